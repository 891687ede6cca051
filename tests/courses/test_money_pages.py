"""Money on screen: what each level sees, forms with their refusals, lists and files, and what they cost."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from courses.models import Allocation, BudgetLine, ExpenseLine, Rate, Spending
from courses.tasks import export_money
from courses.views import money as money_views
from jobs.models import Job
from offices.roles import Role
from tests import factories as make

OVERVIEW, LIST, ALLOCATIONS = (reverse(f"money:{name}") for name in ("overview", "spending_list", "allocations"))
PAYMENT = reverse("money:spend", args=["payment"])


@pytest.fixture
def province(world, signed_in):
    return signed_in(world.users[Role.PROVINCE])


@pytest.fixture
def department(world, signed_in):
    return signed_in(world.users[Role.DEPARTMENT])


@pytest.fixture
def paying(world, money, funded):
    """What is typed into the form of a right payment; change what matters."""
    return {
        "purpose": "course",
        "course": world.ours.course.pk,
        "fair": "",
        "fair_rule": "",
        "spent_on": "๑๗/๐๑/๒๕๖๙",
        "budget_line": money.line.pk,
        "expense_line": money.materials.pk,
        "amount": "๑,๒๓๔.๕๐",
        "tax_withheld": "",
        "payee": "ร้านวัสดุชุมชน",
        "document_number": "บจ. 4/2569",
        "note": "",
    }


@pytest.fixture
def paid(world, money, funded):
    return make.SpendingFactory(
        school=world.our_school, budget_line=money.line, expense_line=money.materials, purpose="course",
        course=world.ours.course, amount=Decimal("30000.25"),
    )  # fmt: skip


def only(user):
    return Spending.objects.visible_to(user).get()


def test_a_payment_is_entered_from_the_course_and_told_in_words(world, money, clerk, stranger, paying):
    panel = clerk.get(reverse("courses:detail", args=[world.ours.course.pk])).content.decode()
    assert reverse("money:course", args=[world.ours.course.pk]) in panel
    form = clerk.get(PAYMENT, {"course": world.ours.course.pk}).context["form"]
    assert (form["purpose"].value(), str(form["course"].value())) == ("course", str(world.ours.course.pk))
    answer = clerk.post(PAYMENT, paying)
    row = only(world.users[Role.SCHOOL])
    assert answer.url == reverse("money:spending", args=[row.pk])
    assert (row.amount, row.quarter, row.course, row.tax_withheld) == (
        Decimal("1234.50"),
        2,
        world.ours.course,
        None,
    )
    assert "หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์" in clerk.get(answer.url).content.decode()
    assert stranger.get(answer.url).status_code == 404
    assert "1,234.50" in clerk.get(reverse("money:course", args=[world.ours.course.pk])).content.decode()


def test_overspending_is_refused_beside_the_amount_and_nothing_typed_is_lost(world, clerk, stranger, paying):
    answer = clerk.post(PAYMENT, paying | {"amount": "100,000.01"})
    (told,) = answer.context["form"].errors["amount"]
    assert all(figure in told for figure in ("100,000.00", "100,000.01", "0.01"))
    assert answer.context["form"]["payee"].value() == "ร้านวัสดุชุมชน"
    assert answer.context["form"]["amount"].value() == "100,000.01"
    assert not Spending.objects.visible_to(world.users[Role.DEPARTMENT])
    nothing = stranger.post(PAYMENT, paying | {"course": "", "purpose": "general"})  # it received nothing
    assert "0.00" in nothing.context["form"].errors["amount"][0]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"amount": "1,5"}, "amount"),
        ({"amount": "9" * 30}, "amount"),
        ({"amount": "หนึ่งพัน"}, "amount"),
        ({"tax_withheld": "1,235"}, "tax_withheld"),
        ({"tax_withheld": "-1"}, "tax_withheld"),
        ({"course": ""}, "course"),
        ({"course": "x"}, "course"),
        ({"purpose": "fair"}, "fair"),
        ({"purpose": ""}, "purpose"),
        ({"expense_line": ""}, "expense_line"),
        ({"budget_line": "0"}, "budget_line"),
        ({"spent_on": "31/02/2569"}, "spent_on"),
        ({"spent_on": "01/10/2569"}, "spent_on"),  # the next fiscal year
        ({"payee": "\x00"}, "payee"),
        ({"note": "x" * 501}, "note"),
    ],
    ids=str,
)
def test_wrong_input_is_told_at_its_field(world, clerk, paying, typed, field):
    answer = clerk.post(PAYMENT, paying | typed)
    assert field in answer.context["form"].errors
    assert not Spending.objects.visible_to(world.users[Role.DEPARTMENT])


def test_a_course_of_another_school_is_not_offered_nor_taken(world, clerk, paying):
    answer = clerk.post(PAYMENT, paying | {"course": world.theirs.course.pk})
    assert "course" in answer.context["form"].errors
    assert world.theirs.course.name not in answer.content.decode()


def test_a_fair_is_paid_under_one_of_three_rules(world, money, province, paying, funded):
    fair = make.FairFactory(fiscal_year=world.year)
    typed = {key: value for key, value in paying.items() if key != "course"} | {"purpose": "fair", "fair": fair.pk}
    assert "fair_rule" in province.post(PAYMENT, typed).context["form"].errors
    province.post(PAYMENT, typed | {"fair_rule": "procurement", "tax_withheld": "12.34"})
    row = only(world.users[Role.PROVINCE])
    assert (row.fair, row.province, row.school, row.net) == (fair, world.our_province, None, Decimal("1222.16"))


def test_an_advance_is_lent_cleared_and_the_rest_brought_back(world, money, clerk, stranger, paying):
    typed = paying | {"amount": "10000", "document_number": "", "payee": ""}
    refused = clerk.post(reverse("money:spend", args=["advance"]), typed).context["form"]
    assert {"document_number", "payee"} <= set(refused.errors)
    clerk.post(
        reverse("money:spend", args=["advance"]),
        typed | {"document_number": "บย. 7/2569", "payee": "ครูสมใจ", "expense_line": "", "due_on": "16/2/2569"},
    )
    advance = only(world.users[Role.SCHOOL])
    clear, release = (reverse(f"money:{name}", args=[advance.pk]) for name in ("clear", "release"))
    assert clerk.get(clear).context["form"]["amount"].value() == "10,000.00"
    assert stranger.get(clear).status_code == stranger.post(release).status_code == 404
    over = clerk.post(clear, paying | {"amount": "10000.50"}).context["form"]
    assert "10,000.00" in over.errors["amount"][0] and "0.50" in over.errors["amount"][0]
    clerk.post(clear, paying | {"amount": "9000"})
    assert "reason" in clerk.post(release, {"amount": "1000"}).context["form"].errors
    clerk.post(release, {"amount": "1,000.00", "reason": "คืนเงินสด ใบเสร็จ 5"})
    advance.refresh_from_db()
    assert (advance.cleared, advance.released, advance.open_amount) == (9000, 1000, 0)
    page = clerk.get(reverse("money:spending", args=[advance.pk])).content.decode()
    assert "9,000.00" in page and "คืนเงินสด" in page and clear not in page


def test_an_amount_changes_only_with_a_reason_and_the_history_tells(world, clerk, stranger, paying, paid):
    edit = reverse("money:spending_edit", args=[paid.pk])
    typed = paying | {"amount": "20000", "version": paid.version}
    assert "reason" in clerk.post(edit, typed).context["form"].errors
    assert stranger.post(edit, typed).status_code == 404
    clerk.post(edit, typed | {"reason": "พิมพ์ผิด"})
    paid.refresh_from_db()
    assert paid.amount == 20_000
    page = clerk.get(reverse("money:spending", args=[paid.pk])).content.decode()
    assert "30,000.25 → 20,000" in page and "พิมพ์ผิด" in page
    late = clerk.post(edit, typed | {"reason": "อีกครั้ง", "amount": "1"})  # somebody saved meanwhile
    assert late.context["form"].conflict


def test_a_row_is_cancelled_with_a_reason_and_taken_back(world, clerk, stranger, paid):
    cancel, restore = (reverse(f"money:spending_{act}", args=[paid.pk]) for act in ("cancel", "restore"))
    assert "reason" in clerk.post(cancel).context["form"].errors
    assert stranger.post(cancel, {"reason": "x"}).status_code == stranger.post(restore).status_code == 404
    page = clerk.post(cancel, {"reason": "บันทึกซ้ำ"}, follow=True).content.decode()
    assert restore in page and "บันทึกซ้ำ" in page
    assert clerk.get(LIST, {"state": "cancelled"}).context["count"] == 1
    assert clerk.get(LIST, {"state": ""}).context["totals"]["paid"] is None
    clerk.post(restore)
    paid.refresh_from_db()
    assert not paid.is_cancelled
    assert clerk.get(LIST, {"q": ""}).context["totals"]["paid"] == Decimal("30000.25")


def test_a_province_looks_at_its_schools_rows_but_touches_only_its_own(world, province, paid):
    assert province.get(reverse("money:spending", args=[paid.pk])).status_code == 200
    for act in ("spending_edit", "spending_cancel", "spending_restore"):
        assert province.post(reverse(f"money:{act}", args=[paid.pk]), {"reason": "x"}).status_code == 404


def allocating(world, money, **amounts):
    return {
        "budget_line": money.line.pk, "quarter": "1", "document_number": "ศธ 07005/488",
        "document_on": "16/01/2569", "note": "", **amounts,
    }  # fmt: skip


def test_one_document_gives_to_many_offices_at_once(world, money, department, clerk):
    page = department.get(reverse("money:allocate"))
    assert {field.name for field, _balance in page.context["rows"]} == {
        "province_50", "province_90", f"school_{world.attached_school.pk}",
    }  # fmt: skip
    typed = allocating(world, money, province_50="๒๐๐,๐๐๐", province_90="50,000.50")
    told = department.post(reverse("money:allocate_sum"), typed).content.decode()
    assert "250,000.50" in told and "สองแสนห้าหมื่นบาทห้าสิบสตางค์" in told
    department.post(reverse("money:allocate"), typed)
    given = Allocation.objects.visible_to(world.users[Role.DEPARTMENT]).filter(source="department")
    assert {(row.province_id, row.amount) for row in given} == {("50", 200_000), ("90", Decimal("50000.50"))}
    assert clerk.get(ALLOCATIONS).context["count"] == 0  # what its province has is nothing of the school's
    over = department.post(reverse("money:allocate"), allocating(world, money, province_50="60000"))
    assert "49,999.50" in over.context["form"].non_field_errors()[0]
    assert given.count() == 2
    zero = department.post(reverse("money:allocate"), allocating(world, money, province_50="0"))
    assert "province_50" in zero.context["form"].errors
    nothing = department.post(reverse("money:allocate"), allocating(world, money))
    assert nothing.context["form"].non_field_errors()


def test_a_school_gives_back_what_it_does_not_need(world, money, funded, clerk, stranger, province):
    back = reverse("money:give_back", args=[funded.allocation.pk])
    typed = {"amount": "40,000", "reason": "ผู้เรียนไม่ครบ", "document_number": "ศธ 1", "document_on": "1/2/2569"}
    assert stranger.post(back, typed).status_code == 404
    assert "amount" in clerk.post(back, typed | {"amount": "100000.01"}).context["form"].errors
    clerk.post(back, typed)
    page = province.get(reverse("money:allocation", args=[funded.allocation.pk]))
    assert page.context["still_given"] == 60_000 and "ผู้เรียนไม่ครบ" in page.content.decode()
    for act in ("allocation_cancel", "allocation_edit", "allocation_restore"):  # the giver's business
        url = reverse(f"money:{act}", args=[funded.allocation.pk])
        assert clerk.post(url, {"reason": "x"}).status_code == 404


def test_a_giver_mends_the_words_and_cancels_what_is_still_there(world, money, funded, province, stranger):
    edit, cancel, restore = (
        reverse(f"money:allocation_{act}", args=[funded.allocation.pk]) for act in ("edit", "cancel", "restore")
    )
    typed = {"document_number": "ศธ 9", "document_on": "2/2/2569", "note": "", "version": "1", "amount": "5"}
    province.post(edit, typed)
    funded.allocation.refresh_from_db()
    assert (funded.allocation.document_number, funded.allocation.amount) == ("ศธ 9", 100_000)
    assert stranger.post(cancel, {"reason": "x"}).status_code == 404
    page = province.post(cancel, {"reason": "ส่งผิดแห่ง"}, follow=True).content.decode()
    assert restore in page and "ส่งผิดแห่ง" in page
    province.post(restore)
    funded.allocation.refresh_from_db()
    assert not funded.allocation.is_cancelled


def test_the_department_begins_with_what_it_received(world, department, clerk):
    line = make.BudgetLineFactory(fiscal_year=world.year)
    assert reverse("money:receive") in department.get(OVERVIEW).content.decode()
    typed = {
        "budget_line": line.pk, "quarter": "1", "amount": "1,000,000", "document_number": "พ.ร.บ. งบประมาณ",
        "document_on": "1/10/2568", "note": "",
    }  # fmt: skip
    assert clerk.post(reverse("money:receive"), typed).status_code == 403
    department.post(reverse("money:receive"), typed)
    assert department.get(OVERVIEW).context["whole"].left == 1_000_000


def test_money_is_carried_over_on_screen(world, money, funded, clerk, stranger):
    url = reverse("money:carry_over")
    typed = {
        "budget_line": money.line.pk, "amount": "100,000", "reason": "ก่อหนี้แล้ว", "document_number": "ศธ 2",
        "document_on": "15/9/2569",
    }  # fmt: skip
    assert clerk.post(url, typed).context["form"].errors  # there is no next year yet
    make.FiscalYearFactory(year=2570)
    for browser in (clerk, stranger):
        browser.post(reverse("offices:choose_year"), {"year": "2569"})
    assert "amount" in stranger.post(url, typed).context["form"].errors
    clerk.post(url, typed)
    assert clerk.get(OVERVIEW).context["whole"].left == 0
    assert "100,000.00" in clerk.get(ALLOCATIONS, {"source": "carried"}).content.decode()


def test_each_level_sees_what_is_below_it_and_the_sums_open_to_their_rows(
    world, money, funded, paid, clerk, province, department, stranger
):
    own = clerk.get(OVERVIEW).context
    assert (own["whole"].left, own["purposes_in_all"].balance.paid) == (Decimal("69999.75"), Decimal("30000.25"))
    (line,) = own["purposes"]
    assert line.label == world.ours.course.name
    assert clerk.get(line.url).context["count"] == 1
    (expense,) = own["expenses"]
    assert clerk.get(expense.url).context["totals"]["paid"] == Decimal("30000.25")
    below = {row.label: row for row in province.get(OVERVIEW).context["below"]}
    assert below[world.our_school.name].left == Decimal("69999.75")
    assert below[world.sister_school.name].left is None  # blank is not zero
    assert world.their_school.name not in below
    nation = {row.label: row for row in department.get(OVERVIEW).context["below"]}
    ours = nation[str(world.our_province)]
    assert (ours.balance.received, ours.balance.given, ours.balance.paid) == (
        200_000,
        100_000,
        Decimal("30000.25"),
    )
    assert ours.left == Decimal("169999.75")
    assert department.get(ours.url).context["below_in_all"].left == Decimal("69999.75")
    school = department.get(reverse("money:school", args=[world.our_school.pk]))
    assert school.context["whole"].left == Decimal("69999.75")
    assert stranger.get(OVERVIEW).context["lines"] == []
    assert stranger.get(reverse("money:school", args=[world.our_school.pk])).status_code == 404
    assert stranger.get(line.url).context["count"] == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "payment"}, 1),
        ({"kind": "advance"}, 0),
        ({"q": "วัสดุชุมชน"}, 1),
        ({"purpose": "course"}, 1),
        ({"quarter": "2"}, 1),
        ({"quarter": "1"}, 0),
        ({"state": "open"}, 0),
        ({"spent_from": "17/1/2569"}, 0),
        ({"spent_to": "๑๖/๐๑/๒๕๖๙"}, 1),
        ({"fair_rule": "event"}, 0),
    ],
    ids=str,
)
def test_the_list_of_spending_is_narrowed(clerk, stranger, paid, asked, found):
    assert clerk.get(LIST, asked).context["count"] == found
    assert stranger.get(LIST, asked).context["count"] == 0


def test_a_province_narrows_to_its_own_office_or_a_school(world, money, province, department, paid):
    make.SpendingFactory(province=world.our_province, budget_line=money.line, expense_line=money.materials)
    assert province.get(LIST, {"q": ""}).context["count"] == 2
    assert province.get(LIST, {"office": "own"}).context["count"] == 1
    assert province.get(LIST, {"school": world.our_school.pk}).context["count"] == 1
    assert department.get(LIST, {"province": "50"}).context["count"] == 2
    assert department.get(LIST, {"province": "none"}).context["count"] == 0


@pytest.mark.parametrize("what", ["spending", "allocations"])
def test_the_lists_are_files_with_exactly_their_rows(world, clerk, stranger, paid, what):
    url = reverse("money:export", args=[what, "xlsx"])
    sheet = load_workbook(BytesIO(clerk.post(url).getvalue())).worksheets[-1]
    rows = [row for row in sheet.iter_rows(values_only=True) if "2569" in row]
    assert len(rows) == 1
    assert (30000.25 if what == "spending" else 100000) in rows[0]
    for ending in ("csv", "json"):
        ours = clerk.post(reverse("money:export", args=[what, ending])).getvalue().decode("utf-8-sig")
        theirs = stranger.post(reverse("money:export", args=[what, ending])).getvalue().decode("utf-8-sig")
        assert world.our_school.name in ours and world.our_school.name not in theirs
    assert clerk.post(reverse("money:export", args=[what, "exe"])).status_code == 404


def test_a_long_list_becomes_a_file_in_the_background(clerk, stranger, paid, monkeypatch):
    monkeypatch.setattr(money_views, "MOST_AT_ONCE", 0)
    clerk.post(reverse("money:export", args=["spending", "csv"]) + "?kind=payment")
    job = Job.objects.get()
    assert job.params["asked"] == {"kind": "payment"}
    kept = export_money.work(job)
    with kept.file.open() as file:
        text = file.read().decode("utf-8-sig")
    assert "30000.25" in text and job.done == job.total == 1
    assert stranger.get(reverse("jobs:detail", args=[job.pk])).status_code == 404


def test_the_department_keeps_the_names_and_the_rates_of_the_year(world, department, clerk):
    names = reverse("money:names")
    assert clerk.post(reverse("money:fill_names")).status_code == 403
    department.post(reverse("money:fill_names"))
    page = clerk.get(names).content.decode()
    assert "แผนงานยุทธศาสตร์พัฒนาคุณภาพการศึกษาและการเรียนรู้" in page and "07005/9168" in page.translate(
        str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    )
    line = ExpenseLine.objects.get(name="ค่าตอบแทนวิทยากร")
    typed = {
        "expense_line": line.pk,
        "what": "วิทยากร",
        "most": "๒๐๐",
        "unit": "ชั่วโมง",
        "letter": "",
        "position": "1",
    }
    add = reverse("money:name_add", args=["rates"])
    assert "most" in department.post(add, typed | {"most": "0"}).context["form"].errors
    department.post(add, typed)
    assert Rate.objects.get().most == 200
    assert "200.00" in clerk.get(names).content.decode()
    edit = reverse("money:name_edit", args=["lines", BudgetLine.objects.get().pk])
    kept = department.get(edit).context["form"].initial
    department.post(edit, kept | {"code": "20004360001"})
    assert BudgetLine.objects.get().code == "20004360001"
    twin = department.post(reverse("money:name_add", args=["lines"]), kept | {"code": "20004360001"})
    assert twin.context["form"].errors
    used = reverse("money:name_remove", args=["expenses", line.pk])
    assert "ใช้อยู่" in department.post(used, follow=True).content.decode()  # a rate stands under it
    department.post(reverse("money:name_remove", args=["rates", Rate.objects.get().pk]))
    department.post(used)
    assert not ExpenseLine.objects.filter(pk=line.pk).exists()
    assert department.get(reverse("money:name_add", args=["nothing"])).status_code == 404


def test_a_course_with_money_stays_out_of_the_bin(world, clerk, paid):
    page = clerk.post(reverse("courses:bin", args=[world.ours.course.pk]), follow=True).content.decode()
    world.ours.course.refresh_from_db()
    assert world.ours.course.binned_at is None
    assert "30,000.25" in page


@pytest.mark.parametrize("rows", [25, 2_500])
def test_lists_and_pages_ask_few_questions_however_many_rows(
    world, money, funded, department, django_assert_max_num_queries, rows
):
    facts = {"fiscal_year": world.year, "budget_line": money.line, "amount": 1}
    Spending.objects.bulk_create(
        Spending(
            school=world.our_school, kind="payment", purpose="course", course=world.ours.course, quarter=2,
            spent_on=date(2026, 1, 16), expense_line=money.materials, **facts,
        )
        for _ in range(rows)
    )  # fmt: skip
    Allocation.objects.bulk_create(
        Allocation(
            province=world.our_province, source="department", quarter=1, document_on=date(2026, 1, 16), **facts
        )
        for _ in range(rows)
    )
    for url, most in ((LIST, 10), (ALLOCATIONS, 10), (OVERVIEW, 25)):
        department.get(url, {"q": ""})
        with django_assert_max_num_queries(most):
            answer = department.get(url, {"q": ""})
        if "table" in answer.context:
            assert len(answer.context["table"].page.object_list) == 25
    with django_assert_max_num_queries(25):
        department.get(reverse("money:school", args=[world.our_school.pk]))
