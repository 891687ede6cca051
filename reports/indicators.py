"""Every indicator of the letter, once: which rows are its evidence, and how they are measured (Letter §5).

The figure is the measure of the evidence, so opening a figure shows exactly the rows that were counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from offices.scoping import Eyes
from reports.breakdowns import Dimension
from reports.dimensions import BY_FIRST_DAY, BY_LAST_DAY
from reports.measures import UNKNOWN, Measure, Measured, Passed, Persons
from reports.offices import Office
from reports.periods import Period
from trainees.models import Enrolment
from trainees.models.enrolments import EnrolmentQuerySet
from trainees.passing import with_judgement

Evidence = Callable[[Eyes, Office, Period], QuerySet]


class Adding(TextChoices):
    """What becomes of a figure when places or periods are put together."""

    ADD = "add", _("The parts add up.")
    RECOUNT = "recount", _("Counted anew for the wider place or period; the parts do not add up to it.")
    PEOPLE = "people", _("Persons are counted anew, so the parts do not add up to them; enrolments add up.")
    SHARES = "shares", _("Both sides of the share are added up first, then divided.")
    SHARES_AND_GROUPS = (
        "shares_and_groups",
        _("Both sides of the share are added up first, then divided; groups are counted anew."),
    )
    SHARES_AND_BAHT = (
        "shares_and_baht",
        _(
            "Both sides of the share are added up first, then divided; baht add up; mean and median "
            "are counted anew."
        ),
    )


class Family(TextChoices):
    """The headings of Letter §5."""

    QUANTITY = "quantity", _("Outputs: quantity (Letter §5.1.1)")
    QUALITY = "quality", _("Outputs: quality (Letter §5.1.2)")
    OUTCOME = "outcome", _("Outcomes (Letter §5.2)")


@dataclass(frozen=True)
class Indicator:
    """One figure of the letter: which rows count, and how they are measured."""

    code: str
    family: Family
    letter: str
    label: str | Promise  # the letter's own words
    counted: str | Promise  # in simple words: what is counted, and from which rows
    left_out: str | Promise
    decides: str | Promise  # the date that decides
    across_places: Adding
    across_time: Adding
    evidence: Evidence | None = None  # None until the rows it needs are kept here
    basis: Evidence | None = None  # rows without which nobody can know the figure
    measure: Measure | None = None
    dimensions: tuple[Dimension, ...] = ()
    day: str = "starts_on"  # the course's column with the date that decides
    states: tuple[str, ...] = Course.COUNTED_STATES  # of the courses whose people count

    judged: bool = False  # its evidence carries the judgement of each person

    @property
    def unknown(self) -> Measured:
        """The figure of which nobody knows."""
        return UNKNOWN if self.measure is None else self.measure.unknown


def counted_courses(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Courses that count and begin in the period."""
    courses = Course.objects.visible_to(user).counted().filter(starts_on__range=period.bounds)
    return office.of(courses, "starts_on")


def begun(user: Eyes, office: Office, period: Period) -> EnrolmentQuerySet:
    """Enrolments on courses of any state that begin in the period."""
    enrolments = Enrolment.objects.visible_to(user).filter(course__starts_on__range=period.bounds)
    return office.of(enrolments, "course__starts_on")


def entrants(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Enrolments of those who attended at least once, on courses that count and begin in the period."""
    return begun(user, office, period).counted().entrants()


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


NEVER_CANCELLED = _("Cancelled courses never count. What lies in the bin is not there.")
LAST_DAY = _("the last course day")
FIRST_DAY = _("the first course day")

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        "1.1",
        Family.QUANTITY,
        "5.1.1(1)",
        _("Number of people who entered vocational training and development"),
        counted=_(
            "People who came at least once to a course that is running, completed or closed. Somebody on several "
            "courses, or at several schools, is one person, recognised by the number of the document. Somebody "
            "without a number cannot be recognised and is one person at each enrolment. Enrolments are shown "
            "beside. Who came and left later still counts."
        ),
        left_out=_(
            "Courses that are cancelled or not yet running, and people who never came. What lies in the bin is "
            "not there."
        ),
        decides=FIRST_DAY,
        across_places=Adding.PEOPLE,
        across_time=Adding.PEOPLE,
        evidence=entrants,
        basis=counted_courses,
        measure=Persons(),
        dimensions=BY_FIRST_DAY,
    ),
    Indicator(
        "1.2",
        Family.QUANTITY,
        "5.1.1(2)",
        _(
            "Number of products of quality, to standard, with an identity that fits the community's context, as "
            "consumers want and as markets tend"
        ),
        counted=_("Products whose latest assessment in the period meets its checklist; the new ones beside."),
        left_out=_("Products that were not assessed in the period, or did not meet the checklist."),
        decides=_("the day of the assessment"),
        across_places=Adding.ADD,
        across_time=Adding.RECOUNT,
    ),
    Indicator(
        "1.3",
        Family.QUANTITY,
        "5.1.1(3)",
        _("Number of academic fairs “DOLE makes work, makes income”, at least once"),
        counted=_("Fairs that were held, which the office organised or joined; each fair once."),
        left_out=_("Fairs that were planned and not held."),
        decides=_("the first day of the fair"),
        across_places=Adding.RECOUNT,
        across_time=Adding.ADD,
    ),
    Indicator(
        "1.4",
        Family.QUANTITY,
        "5.1.1(4)",
        _("Number of sales channels, at least one"),
        counted=_(
            "Sales channels with at least one product that were open in the period; the share of offices that "
            "have one beside."
        ),
        left_out=_("Channels without a product, and those that were closed in the whole period."),
        decides=_("the days on which the channel was open"),
        across_places=Adding.RECOUNT,
        across_time=Adding.RECOUNT,
    ),
    Indicator(
        "2.1",
        Family.QUALITY,
        "5.1.2(1)",
        _(
            "People who passed vocational training and development have knowledge, understanding and vocational "
            "skills according to their own needs, aptitude and interest"
        ),
        counted=_(
            "Of the people who came to completed or closed courses, the share that passed: enough points and "
            "enough hours, by the rule of the fiscal year that pays. Somebody on several courses is judged on "
            "each. Who is not assessed yet has not passed yet, and is shown beside. The mean of the "
            "satisfaction form (form 12) is not kept here yet."
        ),
        left_out=_(
            "Courses that are cancelled or not yet completed, and people who never came. What lies in the bin is "
            "not there."
        ),
        decides=LAST_DAY,
        across_places=Adding.SHARES,
        across_time=Adding.SHARES,
        evidence=judged_entrants,
        basis=finished_courses,
        measure=Passed(),
        dimensions=BY_LAST_DAY,
        day="ends_on",
        states=Course.FINISHED_STATES,
        judged=True,
    ),
    Indicator(
        "2.2",
        Family.QUALITY,
        "5.1.2(2)",
        _(
            "Products are of quality, to standard, with an identity that fits the community's context, as "
            "consumers want and as markets tend"
        ),
        counted=_("Of the products that were assessed, the share that met the checklist; the unassessed beside."),
        left_out=_("Products that were never assessed are shown beside and not counted."),
        decides=_("the day of the assessment"),
        across_places=Adding.SHARES,
        across_time=Adding.RECOUNT,
    ),
    Indicator(
        "2.3",
        Family.QUALITY,
        "5.1.2(3)",
        _(
            "People who passed vocational training and development have a channel to sell their products and have "
            "shown their vocational work"
        ),
        counted=_(
            "Of the people who passed, the share with a product of their own in an open channel and with work "
            "shown at a fair or contest; each of the two beside."
        ),
        left_out=NEVER_CANCELLED,
        decides=_("the last course day; the state on the day of the report"),
        across_places=Adding.RECOUNT,
        across_time=Adding.RECOUNT,
    ),
    Indicator(
        "3.1",
        Family.OUTCOME,
        "5.2.1",
        _(
            "People who passed vocational training and development have knowledge and understanding and can use "
            "them to make an occupation, raise income, lower expenses, solve problems of living, have skills, add "
            "value and grow towards a community enterprise"
        ),
        counted=_("Of the people who answered the follow-up, the share with any of the letter's seven uses."),
        left_out=_("Who was not reached is due and not an answer; the response rate is shown."),
        decides=LAST_DAY,
        across_places=Adding.SHARES,
        across_time=Adding.SHARES,
    ),
    Indicator(
        "3.2",
        Family.OUTCOME,
        "5.2.2",
        _(
            "People who passed vocational training and development work together with partner networks and have "
            "joined into groups or set up community enterprises"
        ),
        counted=_(
            "Of the people who answered the follow-up, the share that works with a partner and has joined a group "
            "or enterprise; each of the two beside."
        ),
        left_out=_("Who was not reached is due and not an answer; the response rate is shown."),
        decides=LAST_DAY,
        across_places=Adding.SHARES_AND_GROUPS,
        across_time=Adding.SHARES_AND_GROUPS,
    ),
    Indicator(
        "3.3",
        Family.OUTCOME,
        "5.2.3",
        _(
            "People who passed vocational training and development can sell products, are known and have a higher "
            "income"
        ),
        counted=_(
            "Of the people who answered the follow-up, the share that sold something and earns more than before; "
            "each of the two beside."
        ),
        left_out=_("Who was not reached is due and not an answer; the response rate is shown."),
        decides=_("the last course day; for sales, their month"),
        across_places=Adding.SHARES_AND_BAHT,
        across_time=Adding.SHARES_AND_BAHT,
    ),
)

BY_CODE: Final = {indicator.code: indicator for indicator in INDICATORS}
