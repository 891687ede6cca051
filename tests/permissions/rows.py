"""For each kind of key in the matrix, a row of one side, made ready for the act."""

from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone

from courses.models import Session
from documents import circulars
from documents.models import Circular
from jobs.models import Job
from offices.models import Invitation, User
from offices.scoping import DEPARTMENT_EYES
from supervision.models import Visit
from supervision.part_one import PartOne
from tests import factories as make
from tests.permissions.line import A, D, P, S

PDF = b"%PDF-1.7\n%%EOF\n"
PART_ONE = PartOne(
    school="", office="", course="ขนมไทย", curriculum="ขนมไทย", is_individual=False, hours=Decimal(8),
    starts_on=date(2026, 1, 16), ends_on=date(2026, 1, 17), instructor="", place="", subdistrict="", district="",
    enrolled=6, present=None,
).as_json()  # fmt: skip
# Open to whoever holds a signed link (offices/links.py); the tests of each walk it.
OF_PRODUCTS = {"product", "maker", "assessment", "standard_paper", "product_photo", "product_picture"}


def side_of(world, role: str, *, ours: bool):
    """Whose rows a role meets as its own; what the department looks after itself is the attached school's."""
    if not ours:
        return world.theirs
    return world.attached if role == D else world.ours


def job_of(user, **facts) -> Job:
    return Job.objects.create(
        kind="reports.tasks.compile_consolidated", title="รายงาน", requested_by=user, role=user.role,
        school=user.school, province=user.province, queued_at=timezone.now(), **facts,
    )  # fmt: skip


def invitation_for(world, role: str, school) -> Invitation:
    return Invitation.objects.create(
        role=S, school=school, username=f"new-{school.pk}", name="คนใหม่", token_hash=f"{school.pk}",
        invited_by=world.users[role], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip


def with_pictures(photo):
    """A row with its two pictures on the disk."""
    for name in (photo.file.name, photo.small_name):
        photo.file.storage.save(name, ContentFile(b"picture"))
    return photo


def product_row(side, user, key: str):
    """A product of that school's course, or something of it."""
    product = make.ProductFactory(course=side.course)
    match key.removeprefix("binned_"):
        case "product":
            return product
        case "maker":
            return make.MakerFactory(product=product, enrolment=side.enrolment)
        case "assessment":
            year = side.course.fiscal_year
            facts = {"is_met": True, "entered_by": user, "taken_back_because": "ผิดรายการ"}
            return make.AssessmentFactory(product=product, fiscal_year=year, **facts)
        case "standard_paper":
            paper = make.StandardPaperFactory(product=product, added_by=user)
            paper.file.storage.save(paper.file.name, ContentFile(b"paper"))
            return paper
        case _:
            return with_pictures(make.ProductPhotoFactory(product=product, added_by=user))


def partner_row_of(world, side, key: str):
    """A partner of that side's register, what it does in the side's course, or for its curriculum."""
    partner = make.PartnerFactory(province=side.province)
    if key.endswith("course_partner"):
        row = make.CoursePartnerFactory(course=side.course, partner=partner, evidence_name="หนังสือ.pdf")
        row.evidence.save("evidence", ContentFile(b"%PDF-"))
    elif key.endswith("co_designer"):
        row = make.CoDesignerFactory(curriculum=side.curriculum, partner=partner)
    else:
        row = partner
    return thrown_away(row) if key.startswith("binned_") else row


def fair_of(world, role: str, side, key: str):
    """A planned fair: of the role's own office, or one that it, or the school of that side, has joined."""
    if key != "joined_fair":
        organiser = side.province if key == "own_fair" and role != D else None
        return make.FairFactory(fiscal_year=world.year, status="planned", organiser=organiser)
    fair = make.FairFactory(fiscal_year=world.year, status="planned")
    place = {S: {"school": side.school}, P: {"province": side.province}}.get(role, {})
    make.FairPartFactory(fair=fair, **place)
    return fair


def show_of(world, side, key: str):
    """What that side's school shows at a fair which it has joined."""
    fair = make.FairFactory(fiscal_year=world.year)
    make.FairPartFactory(fair=fair, school=side.school)
    if key == "exhibit":
        return make.ExhibitFactory(fair=fair, course=side.course)
    return make.ContestEntryFactory(fair=fair, enrolment=side.enrolment)


def signer_of(role: str, side, key: str):
    """A signer of the role's own office, or of the same kind of office on their side."""
    place = {S: {"school": side.school}, P: {"province": side.province}}.get(role, {})
    signer = make.SignerFactory(**place)
    return thrown_away(signer) if key == "binned_signer" else signer


def circular_of(world, side, key: str):
    """A circular that went to that side's province and school alone, a draft, or an enclosure of one of them."""
    officer = world.users[D]
    facts = {} if key.startswith(("draft", "binned")) else {"sent_by": officer, "sent_at": timezone.now()}
    circular = make.CircularFactory(made_by=officer)
    enclosure = circulars.enclose(circular=circular, file=BytesIO(PDF), name="แนบ.pdf", by=officer)
    if facts:
        Circular.objects.visible_to(officer).filter(pk=circular.pk).update(status="sent", **facts)
        if side.province:
            make.DeliveryFactory(circular=circular, province=side.province, sent_by=officer)
        make.DeliveryFactory(circular=circular, school=side.school, passed_on_by=side.province, sent_by=officer)
    if key == "binned_circular":
        return thrown_away(circular)
    return enclosure if key.endswith("enclosure") else circular


def visit_of(side, user, key: str) -> Visit:
    """A form PT.11: a draft of the office above that school, or one that it has submitted or thrown away."""
    facts = {"course": side.course, "created_by": user, "office": side.province}
    if key == "submitted_visit":
        facts |= {"status": "submitted", "submitted_by": user, "submitted_at": timezone.now()}
        facts |= {"part_one": PART_ONE | {"school": side.school.name}}
    visit = make.VisitFactory(**facts)
    return thrown_away(visit) if key == "binned_visit" else visit


def thrown_away(row):
    row.binned_at = timezone.now()
    row.save()
    return row


MADE = {"channel": make.ChannelFactory, "publicity": make.PublicityFactory, "group": make.GroupFactory}


def made(side, key: str):
    """A row that hangs on a school, or on a channel or a group of it."""
    match key:
        case "offer":
            product = make.ProductFactory(course=side.course)
            return make.OfferFactory(channel=make.ChannelFactory(school=side.school), product=product)
        case "member":
            return make.MemberFactory(group=make.GroupFactory(school=side.school), enrolment=side.enrolment)
        case _:
            return MADE[key](school=side.school)


def allocation_of(world, side, role: str, *, kept: bool):
    """Money of the side's school, given from above; `kept` by a school itself is what it carried over the year."""
    facts = {"source": "province", "giver": side.province} if side.province else {"source": "department"}
    if kept and role == S:
        facts = {"source": "carried"}
    return make.AllocationFactory(
        budget_line=make.BudgetLineFactory(fiscal_year=world.year), school=side.school, **facts
    )


def spending_of(world, side, role: str, key: str):
    """A row of the role's own kind of office."""
    office = {S: {"school": side.school}, P: {"province": side.province}, D: {}}.get(role, {})
    kind = make.ExpenseClassFactory(fiscal_year=world.year)
    return make.SpendingFactory(
        budget_line=make.BudgetLineFactory(fiscal_year=world.year),
        expense_line=make.ExpenseLineFactory(expense_class=kind),
        kind="commitment" if key == "commitment" else "payment",
        **office,
    )


def kwargs_for(world, role: str, key: str, *, ours: bool = True) -> dict:
    """The route's arguments, naming a row of our side or of theirs, which is made ready for the act."""
    side = side_of(world, role, ours=ours)
    somebody = world.users[role] if ours else world.strangers[S]
    match key:
        case "":
            return {}
        case "year":
            return {"pk": world.year.pk}
        case "holiday" | "binned_holiday":
            holiday = make.HolidayFactory()
            return {"pk": (thrown_away(holiday) if key == "binned_holiday" else holiday).pk}
        case "sheet":
            return {"kind": "xlsx"}
        case "province":
            return {"pk": (side.province or world.our_province).pk}
        case "money_file":
            return {"what": "spending", "ending": "xlsx"}
        case "money_kind":
            return {"kind": "payment"}
        case "money_names":
            return {"kind": "lines"}
        case "money_name":
            return {"kind": "lines", "pk": make.BudgetLineFactory(fiscal_year=world.year).pk}
        case "allocation" | "kept_allocation":
            return {"pk": allocation_of(world, side, role, kept=key == "kept_allocation").pk}
        case "spending" | "commitment":
            return {"pk": spending_of(world, side, role, key).pk}
        case "ending":
            return {"ending": "xlsx"}
        case "chart":
            return {"dimension": "month", "ending": "xlsx"}
        case "account":
            return {"pk": User.objects.get(school=side.school).pk}
        case "invitation":
            return {"pk": invitation_for(world, A, side.school).pk}
        case "school":
            return {"pk": side.school.pk}
        case "photo" | "binned_photo" | "picture":
            photo = with_pictures(make.CoursePhotoFactory(course=side.course, added_by=somebody))
            if key == "binned_photo":
                thrown_away(photo)
            return {"pk": photo.pk} | ({"size": "small"} if key == "picture" else {})
        case "job":
            return {"pk": job_of(somebody).pk}
        case "failed_job" | "job_without_result":
            return {"pk": job_of(somebody, status="failed", finished_at=timezone.now()).pk}
        case "partner" | "binned_partner" | "course_partner" | "co_designer":
            return {"pk": partner_row_of(world, side, key).pk}
        case "binned_course_partner" | "binned_co_designer":
            return {"pk": partner_row_of(world, side, key).pk}
        case "exhibit" | "contest_entry":
            return {"pk": show_of(world, side, key).pk}
        case "any_fair" | "own_fair" | "joined_fair" | "fair_file":
            fair = fair_of(world, role, side, key)
            return {"pk": fair.pk} | ({"ending": "xlsx"} if key == "fair_file" else {})
        case "signer" | "binned_signer":
            return {"pk": signer_of(role, side, key).pk}
        case "number_kind":
            return {"kind": "letter"}
        case "circular" | "draft_circular" | "binned_circular" | "enclosure" | "draft_enclosure":
            return {"pk": circular_of(world, side, key).pk}
        case "circular_as_file":
            return {"pk": circular_of(world, side, key).pk, "ending": "csv"}
        case "paper":
            return {"pk": side.course.pk, "number": 8}
        case "session":
            # Its hour is its own, for whoever asks for several sessions of one course.
            hour = 6 + Session.objects.visible_to(DEPARTMENT_EYES).filter(course=side.course).count()
            held = {"starts_at": time(hour), "ends_at": time(hour + 1), "hours": 1}
            return {"pk": make.SessionFactory(course=side.course, **held).pk}
        case "visit" | "submitted_visit" | "binned_visit":
            return {"pk": visit_of(side, somebody, key).pk}
        case "visit_and_kind":
            return {"pk": visit_of(side, somebody, "visit").pk, "kind": "payment"}
        case "visit_spending":
            money = spending_of(world, side, role, "payment")
            facts = {"visit": visit_of(side, somebody, "visit"), "spending": money, "added_by": somebody}
            return {"pk": make.VisitSpendingFactory(**facts).pk}
        case "proposal":
            return {"pk": make.ProposedItemFactory(course=side.course, proposed_by=somebody).pk}
        case about if about.removeprefix("binned_") in OF_PRODUCTS:
            row = product_row(side, somebody, key)
            if key.startswith("binned_"):
                thrown_away(row)
            return {"pk": row.pk} | ({"size": "small"} if key == "product_picture" else {})
        case "channel" | "publicity" | "group" | "offer" | "member":
            return {"pk": made(side, key).pk}
        case "binned_channel" | "binned_publicity" | "binned_group":
            return {"pk": thrown_away(made(side, key.removeprefix("binned_"))).pk}
        case "channel_and_year":
            return {"pk": made(side, "channel").pk, "year": world.year.pk}
        case "project" | "binned_project":
            project = make.ProjectFactory(school=side.school, fiscal_year=world.year)
            return {"pk": (thrown_away(project) if key == "binned_project" else project).pk}
        case "instructor" | "binned_instructor":
            instructor = make.InstructorFactory(school=side.school)
            return {"pk": (thrown_away(instructor) if key == "binned_instructor" else instructor).pk}
        case "teaching" | "binned_teaching":
            row = make.TeachingFactory(course=side.course, instructor=make.InstructorFactory(school=side.school))
            return {"pk": (thrown_away(row) if key == "binned_teaching" else row).pk}
        case "survey" | "binned_survey" | "answer" | "binned_answer":
            survey = make.SurveyFactory(school=side.school, fiscal_year=world.year)
            row = make.AnswerFactory(survey=survey) if key.endswith("answer") else survey
            return {"pk": (thrown_away(row) if key.startswith("binned_") else row).pk}
        case "wave_of_course":
            return {"pk": side.course.pk, "wave": 30}
        case "wave_of_person":
            make.who_passed(side.enrolment)
            return {"pk": side.enrolment.pk, "wave": 30}
        case binned if binned.startswith("binned_"):
            return {"pk": thrown_away(getattr(side, binned.removeprefix("binned_"))).pk}
        case attribute:
            return {"pk": getattr(side, attribute).pk}
