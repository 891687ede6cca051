"""Inviting many people from a sheet: every problem at once, all or nothing, twice is told."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from documents.invitation_sheets import check
from offices.invitations import accept
from offices.models import Invitation, User
from offices.roles import Role

S, P, D, A = Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR
HEADS = ["ชื่อผู้ใช้", "ชื่อ-สกุล", "อีเมล", "รหัสสถานศึกษา"]


def sheet(rows, heads=HEADS):
    book = Workbook()
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("people.xlsx", target.getvalue())


def send(client, upload):
    return client.post(reverse("documents:invitations"), {"sheet": upload}, headers={"accept-language": "th"})


def confirm(client, checked):
    return client.post(reverse("documents:confirm_invitations"), {"rows": checked.context["rows"]})


def test_a_sheet_is_checked_then_confirmed_and_all_are_invited(client, world):
    client.force_login(world.users[P])
    rows = [["somsri", "สมศรี", "", 1250070000], ["somchai", "สมชาย", "chai@example.org", "1250010000"]]
    checked = send(client, sheet(rows))
    assert not Invitation.objects.exists()
    done = confirm(client, checked)
    assert {(i.username, i.role, i.school) for i in Invitation.objects.all()} == {
        ("somsri", S, world.our_school),
        ("somchai", S, world.sister_school),
    }
    tokens = re.findall(r"/offices/invitation/([\w-]+)/", done.content.decode())
    assert len(tokens) == 2
    assert accept(token=tokens[0], password="ข้าวเหนียวมะม่วง-2569").username == "somsri"
    result = client.post(reverse("documents:invitations_result"), {"links": done.context["links"]})
    lines = list(load_workbook(io.BytesIO(result.content)).active.iter_rows(values_only=True))
    assert [line[2] for line in lines[1:]] == ["somsri", "somchai"]
    assert all(token in line[4] for token, line in zip(tokens, lines[1:], strict=True))


def test_every_problem_is_told_by_row_and_column_and_nothing_is_saved(client, world):
    client.force_login(world.users[P])
    rows = [
        ["good", "คนดี", "", "1250070000"],
        ["", "ไม่มีชื่อผู้ใช้", "", "1250070000"],
        ["school", "ชื่อซ้ำ", "", "1250070000"],
        ["elsewhere", "ที่อื่น", "", world.their_school.code],
        ["GOOD", "ซ้ำในไฟล์", "not-an-address", "1250070000"],
        ["bad name!", "อักขระ", "", ""],
    ]
    response = send(client, sheet(rows))
    problems = {(p.row, p.column) for p in response.context["checked"].problems}
    assert problems == {
        (3, "ชื่อผู้ใช้"), (4, "ชื่อผู้ใช้"), (5, "รหัสสถานศึกษา"), (6, "ชื่อผู้ใช้"), (6, "อีเมล"),
        (7, "ชื่อผู้ใช้"), (7, "รหัสสถานศึกษา"),
    }  # fmt: skip
    assert all(re.search("[\u0e00-\u0e7f]", p.message) for p in response.context["checked"].problems)
    assert "rows" not in response.context
    assert world.their_school.name not in response.content.decode()
    assert not Invitation.objects.exists()


def test_the_same_file_twice_is_told_that_these_people_are_invited(client, world):
    client.force_login(world.users[P])
    rows = [["somsri", "สมศรี", "", "1250070000"]]
    confirm(client, send(client, sheet(rows)))
    again = send(client, sheet(rows))
    assert [(p.row, p.column) for p in again.context["checked"].problems] == [(2, "ชื่อผู้ใช้")]
    assert Invitation.objects.count() == 1


def test_what_became_wrong_since_the_check_stops_all_of_it(client, world):
    client.force_login(world.users[P])
    checked = send(client, sheet([["one", "ก", "", "1250070000"], ["two", "ข", "", "1250070000"]]))
    User.objects.create(username="Two", role=D)
    response = confirm(client, checked)
    assert response.context["checked"].problems
    assert not Invitation.objects.exists()


def test_rows_cannot_be_forged_or_borrowed(client, world):
    client.force_login(world.users[P])
    checked = send(client, sheet([["one", "ก", "", "1250070000"]]))
    client.force_login(world.strangers[P])
    assert confirm(client, checked).status_code == 302
    for forged in ("", "x", checked.context["rows"] + "x"):
        response = client.post(reverse("documents:confirm_invitations"), {"rows": forged})
        assert response.status_code == 302
    assert not Invitation.objects.exists()


def test_the_department_gives_provinces_and_attached_schools(world):
    rows = [
        (2, {"username": "a", "name": "ก", "province": "50"}),
        (3, {"username": "b", "name": "ข", "school": "A001"}),
        (4, {"username": "c", "name": "ค", "school": "1250070000"}),
        (5, {"username": "d", "name": "ง", "school": "A001", "province": "50"}),
    ]
    checked = check(world.users[D], rows)
    assert {problem.row for problem in checked.problems} == {4, 5}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("role", [P, D])
def test_the_template_has_the_heads_that_are_read_back(client, world, kind, role):
    client.force_login(world.users[role])
    response = client.get(
        reverse("documents:invitations_template", args=[kind]), headers={"accept-language": "th"}
    )
    upload = SimpleUploadedFile(f"template.{kind}", response.content)
    sent = send(client, upload)
    (fault,) = sent.context["form"].errors["sheet"]
    assert fault == "ไม่มีรายชื่อในไฟล์"
    if kind == "csv":
        heads = response.content.decode("utf-8-sig").strip().split(",")
        assert ("รหัสจังหวัด" in heads) == (role == D)


def test_a_wrong_template_is_recognised(client, world):
    client.force_login(world.users[P])
    response = send(client, sheet([["x", "y"]], heads=["อะไร", "ก็ไม่รู้"]))
    assert response.context["form"].errors["sheet"]
    response = send(client, SimpleUploadedFile("people.pdf", b"%PDF-1.7"))
    assert response.context["form"].errors["sheet"]


def test_a_school_cannot_invite(client, world):
    client.force_login(world.users[S])
    assert client.get(reverse("documents:invitations")).status_code == 403
    assert send(client, sheet([["x", "y", "", "1250070000"]])).status_code == 403


def test_names_that_look_like_formulas_stay_names(client, world):
    client.force_login(world.users[P])
    lines = ",".join(HEADS) + "\none,=1+1,,1250070000\n"
    done = confirm(client, send(client, SimpleUploadedFile("people.csv", lines.encode())))
    assert Invitation.objects.get().name == "=1+1"
    result = client.post(reverse("documents:invitations_result"), {"links": done.context["links"]})
    (line,) = load_workbook(io.BytesIO(result.content)).active.iter_rows(min_row=2)
    assert [cell.data_type for cell in line] == ["s"] * 5
