"""Which rows stand in the pictures: for each kind of key in the permission matrix, one with something to show."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Exists, OuterRef

from courses import needs
from courses.models import (
    Allocation,
    Answer,
    BudgetLine,
    CoDesigner,
    Course,
    CoursePartner,
    CoursePhoto,
    Curriculum,
    Fair,
    FairPart,
    Instructor,
    Partner,
    Project,
    Session,
    Spending,
    Survey,
    Teaching,
)
from documents.models import Circular
from jobs.models import Job
from offices.invitations import invite
from offices.models import FiscalYear, Holiday, NumberSeries, Province, School, Signer, User
from offices.roles import Role
from supervision.models import Visit
from trainees import asking, satisfaction
from trainees.follow_up import waves_of
from trainees.models import (
    Assessment,
    Channel,
    ContestEntry,
    Enrolment,
    Exhibit,
    Group,
    Product,
    ProductPhoto,
    Publicity,
    Trainee,
    Waiver,
)

# What a course leaves behind is seen at one that is over.
OF_THE_PAST = {
    "courses:photos",
    "courses:course_partners",
    "money:course",
    "supervision:course",
    "trainees:course_channels",
    "trainees:course_follow_up",
    "trainees:course_groups",
    "trainees:course_products",
    "trainees:papers",
    "trainees:results",
    "trainees:satisfaction",
}


def keys_for(user) -> dict[str, dict[str, object]]:
    """The arguments of a route, by what its key names; a kind of which the demo has no row is left out."""
    rows = {
        **rows_of_courses(user),
        **rows_of_people(user),
        **rows_with_others(user),
        **rows_of_money(user),
        **rows_of_offices(user),
    }
    keys: dict[str, dict[str, object]] = {name: {"pk": pk} for name, pk in rows.items() if pk is not None}
    if "course" in keys:
        keys["paper"] = keys["course"] | {"number": 8}
    if "money_name" in keys:
        keys["money_name"] |= {"kind": "lines"}
    return keys | follow_ups(user) | {
        "": {},
        "money_kind": {"kind": "payment"},
        "money_names": {"kind": "lines"},
        "number_kind": {"kind": NumberSeries.Kind.LETTER},
    }  # fmt: skip


def first(rows, name: str = "pk") -> object:
    return rows.values_list(name, flat=True).first()


def rows_of_courses(user) -> dict[str, object]:
    courses = Course.objects.visible_to(user)
    course = first(courses.filter(status="running")) or first(courses)
    products = Product.objects.visible_to(user).filter(course=OuterRef("pk"))
    photos = CoursePhoto.objects.visible_to(user).filter(course=OuterRef("pk"))
    over = courses.filter(Exists(products), status="closed")
    waiting = Visit.objects.decided_by(user).newest(user).filter(status="submitted")
    visits = Visit.objects.visible_to(user).filter(status="submitted")
    answers = Answer.objects.visible_to(user)
    return {
        "course": course,
        "past_course": first(over.filter(Exists(photos))) or first(over) or course,
        "session": first(Session.objects.visible_to(user).filter(course=course)),
        "photo": first(CoursePhoto.objects.visible_to(user)),
        "curriculum": first(Curriculum.objects.visible_to(user)),
        "project": first(Project.objects.visible_to(user)),
        "instructor": first(Instructor.objects.visible_to(user)),
        "teaching": first(Teaching.objects.visible_to(user).filter(course=course)),
        "survey": first(answers, "survey") or first(Survey.objects.visible_to(user)),
        "answer": first(answers),
        "visit": first(Visit.objects.decided_by(user).exclude(status="submitted")),
        "submitted_visit": first(waiting) or first(visits),
    }


def rows_of_people(user) -> dict[str, object]:
    places = Enrolment.objects.visible_to(user).filter(course__status="running").order_by("pk")
    waivers = Waiver.objects.decided_by(user)
    return {
        "trainee": first(places, "trainee") or first(Trainee.objects.visible_to(user)),
        "enrolment": first(places),
        "waiver": first(waivers.filter(decision=Waiver.Decision.WAITING)) or first(waivers),
        "product": first(ProductPhoto.objects.visible_to(user), "product")
        or first(Product.objects.visible_to(user)),
        "product_photo": first(ProductPhoto.objects.visible_to(user)),
        "assessment": first(Assessment.objects.visible_to(user).filter(binned_at=None)),
        "channel": first(Channel.objects.visible_to(user).filter(sales__isnull=False)),
        "publicity": first(Publicity.objects.visible_to(user)),
        "group": first(Group.objects.visible_to(user)),
        "exhibit": first(Exhibit.objects.visible_to(user)),
        "contest_entry": first(ContestEntry.objects.visible_to(user)),
    }


def rows_with_others(user) -> dict[str, object]:
    """Partners and what they do; a fair that the user's office has joined; circulars and who signs."""
    parts = CoursePartner.objects.visible_to(user)
    joined = first(FairPart.objects.own_of(user).filter(fair__status="held"), "fair")
    circulars = Circular.objects.visible_to(user)
    return {
        "partner": first(parts, "partner") or first(Partner.objects.visible_to(user)),
        "course_partner": first(parts),
        "co_designer": first(CoDesigner.objects.visible_to(user)),
        "any_fair": joined,
        "joined_fair": joined,
        "own_fair": first(Fair.objects.organised_by(user)),
        "circular": first(circulars.filter(status="sent")),
        "draft_circular": first(circulars.filter(status="draft")),
    }


def rows_of_money(user) -> dict[str, object]:
    spending = Spending.objects.own_of(user).standing()
    return {
        "province": user.province_id or first(Province.objects.filter(pk="50")),
        "allocation": first(Allocation.objects.handled_by(user).standing().filter(amount__gt=0)),
        "kept_allocation": first(Allocation.objects.kept_by(user).standing()),
        "spending": first(spending),
        "commitment": first(spending.exclude(kind="payment").order_by("cleared", "-pk")),
        "money_name": first(BudgetLine.objects.order_by("-fiscal_year", "pk")),
    }


def rows_of_offices(user) -> dict[str, object]:
    return {
        "job": first(Job.objects.of(user)),
        "account": first(User.objects.looked_after_by(user)),
        "school": user.school_id or first(School.objects.visible_to(user)),
        "signer": first(Signer.objects.own_of(user)),
        "holiday": first(Holiday.objects.filter(binned_at=None)),
        "year": first(FiscalYear.objects.order_by("-pk")),
    }


def follow_ups(user) -> dict[str, dict[str, object]]:
    """A course and a person at a wave at which somebody is to be asked still."""
    for year in FiscalYear.objects.order_by("-pk"):
        for wave in waves_of(year):
            to_ask = asking.due_people(user, wave).filter(asking.TO_ASK, course__fiscal_year=year)
            if place := to_ask.values("pk", "course").first():
                return {
                    "wave_of_course": {"pk": place["course"], "wave": wave},
                    "wave_of_person": {"pk": place["pk"], "wave": wave},
                }
    return {}


def opened_by_link(user) -> dict[str, str]:
    """What people open on their own phones, with a link of the user's school and without an account."""
    found = {}
    if survey := rows_of_courses(user)["survey"]:
        found["courses:survey_answer"] = needs.LINK.token(pk=survey, school_id=user.school_id)
    asked = Enrolment.objects.visible_to(user).filter(satisfaction.ASKED, satisfaction=None)
    if place := first(asked.filter(course__status__in=satisfaction.TAKES_ANSWERS)):
        found["trainees:satisfaction_form"] = satisfaction.LINK.token(pk=place, school_id=user.school_id)
    if wave := follow_ups(user).get("wave_of_person"):
        token = asking.LINK.token(pk=wave["pk"], school_id=user.school_id, part=wave["wave"])
        found["trainees:follow_up_form"] = token
    return found


@contextmanager
def invitation(by) -> Iterator[str]:
    """The token of an invitation that is there for as long as it is looked at."""
    issued = invite(
        by=by,
        username="somebody-new",
        name="สมชาย ใจดี",
        role=Role.SCHOOL,
        school=School.objects.visible_to(by).first(),
    )
    try:
        yield issued.token
    finally:
        issued.invitation.delete()
