"""People on courses: who came, who was judged, who passed, and what became of them afterwards."""

from __future__ import annotations

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    F,
    FilteredRelation,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.lookups import LessThanOrEqual

from courses.models import Course, Fair
from offices.clock import today
from offices.scoping import Eyes
from reports.offices import Office
from reports.periods import Period
from trainees.models import ContestEntry, Enrolment, Exhibit, Offer, Use
from trainees.models.enrolments import EnrolmentQuerySet
from trainees.models.follow_ups import LETTERS_USES
from trainees.passing import with_judgement


def counted_courses(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Courses that count and begin in the period."""
    courses = Course.objects.visible_to(user).counted().filter(starts_on__range=period.bounds)
    return office.of(courses, "starts_on")


def entrants(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Enrolments of those who attended at least once, on courses that count and begin in the period."""
    enrolments = Enrolment.objects.visible_to(user).filter(course__starts_on__range=period.bounds)
    return office.of(enrolments, "course__starts_on").counted().entrants()


def finished_courses(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Completed and closed courses that end in the period."""
    courses = Course.objects.visible_to(user).filter(
        status__in=Course.FINISHED_STATES, ends_on__range=period.bounds
    )
    return office.of(courses, "ends_on")


def judged_entrants(user: Eyes, office: Office, period: Period) -> EnrolmentQuerySet:
    """Enrolments of those who attended at least once, on courses that finished in the period, each judged."""
    enrolments = Enrolment.objects.visible_to(user).entrants()
    enrolments = enrolments.filter(course__status__in=Course.FINISHED_STATES, course__ends_on__range=period.bounds)
    return with_judgement(office.of(enrolments, "course__ends_on"))


def passed(user: Eyes, office: Office, period: Period) -> EnrolmentQuerySet:
    """Those of the judged who passed."""
    return judged_entrants(user, office, period).filter(passed=True)


def passed_with_work(user: Eyes, office: Office, period: Period) -> EnrolmentQuerySet:
    """Those who passed, with two marks of the day of the report: `sells` and `has_shown`.

    The products are those that the person made at the same school, on whichever course; so only those of the
    office's own schools are looked at.
    """
    maker = "product__makers__enrolment__trainee"
    live = Q(product__makers__enrolment__binned_at=None, product__makers__enrolment__course__binned_at=None)
    open_today = Q(channel__closed_on=None) | Q(channel__closed_on__gte=today())
    offers = office.of_its_schools(Offer.objects.visible_to(user))
    shows = office.of_its_schools(Exhibit.objects.visible_to(user))
    contests = office.of_its_schools(ContestEntry.objects.visible_to(user))
    sold = offers.filter(live, open_today, channel__opened_on__lte=today())
    held = Q(fair__in=Fair.objects.filter(Fair.HELD, starts_on__lte=today()))
    exhibits = shows.filter(held, live, product__isnull=False)
    entries = contests.filter(held)
    in_person = entries.filter(enrolment__isnull=False)
    by_product = entries.filter(live, product__isnull=False)
    shown = (
        Q(trainee__in=exhibits.values(maker))
        | Q(trainee__in=in_person.values("enrolment__trainee"))
        | Q(trainee__in=by_product.values(maker))
    )
    return passed(user, office, period).annotate(
        sells=holds(Q(trainee__in=sold.values(maker))), has_shown=holds(shown)
    )


def cohort(user: Eyes, office: Office, period: Period) -> EnrolmentQuerySet:
    """Those who passed, each with `is_due` (asked by now, or answered) and marks of the latest answered wave."""
    first_wave = F("course__fiscal_year__follow_up_days__0")
    due_on = Func(
        F("course__ends_on"), first_wave, template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField()
    )
    answered = Q(latest_answer__isnull=False)
    works_together = Q(answer__works_with_partners=True)
    joined = Q(answer__joined_group=True) | Q(answer__joined_enterprise=True)
    letters = Q(answer__uses__overlap=[use.value for use in LETTERS_USES])
    return passed(user, office, period).annotate(
        answer=_latest_answer(),
        is_due=holds(answered | Q(LessThanOrEqual(due_on, Value(today())))),
        is_answered=holds(answered),
        uses_it=holds(letters),
        has_joined=holds(joined),
        works_together=holds(works_together),
        sold=holds(Q(answer__sells=True)),
        earns_more=holds(Q(answer__added_income__gt=0)),
    )


def _latest_answer() -> FilteredRelation:
    """The row that `latest_answer` names, joined by the enrolment's own key as well.

    Most enrolments name none. Joined by that null alone, the nation's took all memory of the machine (a parallel
    hash cannot split equal keys); with a key of their own they do not (docs/adr/0004).
    """
    return FilteredRelation("follow_ups", condition=Q(follow_ups__pk=F("latest_answer")))


def uses_q(use: Use) -> Q:
    """People whose latest answer names this use."""
    return Q(answer__uses__contains=[use.value])


def holds(*conditions: Q, **columns: object) -> Case:
    """A mark that is true or false, never null."""
    found = Q(*conditions, **columns)
    return Case(When(found, then=Value(True)), default=Value(False), output_field=BooleanField())
