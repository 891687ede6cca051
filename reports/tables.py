"""The rows behind a figure, as a table of their kind."""

from __future__ import annotations

from typing import Any, Final

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import FairPart
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number
from reports.definition import Indicator
from reports.evidence import people
from trainees.models import Channel, Enrolment, Product, Result, Use
from trainees.passing import judge

UNBROKEN = {"td": {"class": "nowrap"}}
NUMERIC = {"th": {"class": "numeric"}, "td": {"class": "numeric"}}
YES_NO: Final = {True: _("Yes"), False: _("No"), None: BLANK}


class CountedPaginator(Paginator):
    """Pages of rows whose number is known already: it is the figure that was opened."""

    count = 0

    @classmethod
    def knowing(cls, number: int) -> type[Paginator]:
        return type(cls.__name__, (cls,), {"count": number})


def evidence_table(indicator: Indicator, rows: QuerySet[Any]) -> tables.Table:
    """The rows of an indicator as the table of their kind."""
    if rows.model is Product:
        return ProductTable(rows.select_related("school", "course").order_by("decided_on", "name_order", "pk"))
    if rows.model is FairPart:
        parts = rows.select_related("fair", "school", "province")
        return FairPartTable(parts.order_by("fair__starts_on", "fair__name_order", "pk"))
    if rows.model is Channel:
        return ChannelTable(rows.select_related("school").order_by("name_order", "pk"))
    if indicator.evidence is people.entrants:
        return EvidenceTable(_people(rows))
    if indicator.evidence is people.judged_entrants:
        return JudgedTable(_with_points(_people(rows)))
    if indicator.evidence is people.passed_with_work:
        return WorkTable(_people(rows))
    return AnswerTable(_people(rows).select_related("trainee", "course", "school", "latest_answer"))


def _people(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """In an order that indexes know, whatever their number, with what the table shows; nothing is decrypted."""
    return (
        rows.select_related("trainee", "course", "school")
        .defer(*Enrolment.ENCRYPTED)
        .order_by("course__starts_on", "course_id", "trainee__name_order", "pk")
    )


def _with_points(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With the points themselves, from which the reasons are said."""
    points = {part: F(f"result__{part}") for part in Result.MOST}
    return rows.select_related("trainee", "course__fiscal_year", "school").annotate(**points)


class Rows(tables.Table):
    class Meta:
        attrs = {"caption": _("The rows that were counted")}
        orderable = False
        empty_text = _("No row was counted.")


class EvidenceTable(Rows):
    """One row for each enrolment that was counted; IDs are masked."""

    person = tables.Column(
        _("Person"), accessor="trainee", linkify=("trainees:detail", {"pk": tables.A("trainee_id")})
    )
    document = tables.Column(_("Document"), accessor="trainee__masked_document", empty_values=(), attrs=UNBROKEN)
    school = tables.Column(_("School"))
    course = tables.Column(_("Course"), linkify=("courses:detail", {"pk": tables.A("course_id")}))
    first_day = tables.Column(_("First course day"), accessor="course__starts_on", attrs=UNBROKEN)
    came = tables.Column(_("First came on"), accessor="first_attended_on", attrs=UNBROKEN)

    def render_first_day(self, value):
        return short_date(value)

    def render_came(self, value):
        return short_date(value)

    def render_document(self, record):
        return record.trainee.masked_document if record.trainee.person_key else _("without a number")


VERDICTS = {
    True: pgettext_lazy("person", "Passed"),
    False: pgettext_lazy("person", "Did not pass"),
    None: _("Not known yet"),
}


class FinishedTable(EvidenceTable):
    """Enrolments by their last course day."""

    last_day = tables.Column(_("Last course day"), accessor="course__ends_on")

    class Meta(Rows.Meta):
        exclude = ("first_day", "came")

    def render_last_day(self, value):
        return short_date(value)


class JudgedTable(FinishedTable):
    """Each enrolment with what the rule of its year says of it, and why."""

    total = tables.Column(_("Points of 100"), attrs=NUMERIC, default=BLANK)
    attended = tables.Column(_("Share of the hours"), accessor="attendance_percent", attrs=NUMERIC, default=BLANK)
    judgement = tables.Column(_("Judgement"), accessor="passed", empty_values=())

    class Meta(FinishedTable.Meta):
        pass

    def render_total(self, value):
        return format_number(value.normalize())

    def render_attended(self, value):
        return f"{format_number(value.normalize())}%"

    def render_judgement(self, record):
        course = record.course
        judged = judge(record, record.attended_hours, course.hours, course.fiscal_year)
        return " ".join([str(VERDICTS[record.passed]), *(f"({reason})" for reason in judged.reasons)])


class WorkTable(FinishedTable):
    """Who passed, with what they sell and have shown."""

    sells = tables.Column(_("Own product in an open channel"))
    has_shown = tables.Column(_("Work shown at a fair or contest"))

    class Meta(FinishedTable.Meta):
        pass

    def render_sells(self, value):
        return YES_NO[value]

    def render_has_shown(self, value):
        return YES_NO[value]


class AnswerTable(FinishedTable):
    """Who passed, with the latest answered wave."""

    wave = tables.Column(_("Answered at days"), accessor="latest_answer__wave", default=BLANK, attrs=NUMERIC)
    due = tables.Column(_("Due"), accessor="is_due")
    uses = tables.Column(_("Uses"), accessor="latest_answer__uses", default=BLANK)
    partners = tables.Column(_("Works with partners"), accessor="works_together")
    joined = tables.Column(_("Joined a group or enterprise"), accessor="has_joined")
    sells = tables.Column(_("Sells"), accessor="sold")
    income = tables.Column(
        _("Added income (baht a month)"), accessor="latest_answer__added_income", default=BLANK, attrs=NUMERIC
    )

    class Meta(FinishedTable.Meta):
        pass

    def render_due(self, value):
        return YES_NO[value]

    def render_uses(self, value):
        return ", ".join(str(Use(use).label) for use in value) or BLANK

    def render_partners(self, value, record):
        return YES_NO[value if record.is_answered else None]

    def render_joined(self, value, record):
        return YES_NO[value if record.is_answered else None]

    def render_sells(self, value, record):
        return YES_NO[value if record.is_answered else None]

    def render_income(self, value):
        return format_number(value, 2)


class ProductTable(Rows):
    """One row for each product."""

    name = tables.Column(_("Product"), linkify=("trainees:product", {"pk": tables.A("pk")}))
    school = tables.Column(_("School"))
    course = tables.Column(_("Course"), linkify=("courses:detail", {"pk": tables.A("course_id")}))
    verdict = tables.Column(_("Meets the checklist"), empty_values=())
    assessed_on = tables.Column(_("Assessed on"), accessor="decided_on")
    is_new = tables.Column(pgettext_lazy("product", "New"))

    def render_verdict(self, value):
        return YES_NO[value] if value is not None else _("Never assessed")

    def render_assessed_on(self, value, record):
        return BLANK if record.verdict is None else short_date(value)

    def render_is_new(self, value):
        return YES_NO[value]


class FairPartTable(Rows):
    """One row for each office's part in a fair."""

    fair = tables.Column(_("Fair"), linkify=("courses:fair", {"pk": tables.A("fair_id")}))
    starts_on = tables.Column(_("First day of the fair"), accessor="fair__starts_on")
    office = tables.Column(_("Office"), accessor="office_name")
    role = tables.Column(_("Part in it"), accessor="get_role_display")
    visitors = tables.Column(_("Visitors"), attrs=NUMERIC, default=BLANK)
    sales = tables.Column(_("Sales (baht)"), attrs=NUMERIC, default=BLANK)

    def render_starts_on(self, value):
        return short_date(value)

    def render_visitors(self, value):
        return format_number(value)

    def render_sales(self, value):
        return format_number(value, 2)


class ChannelTable(Rows):
    """One row for each sales channel."""

    name = tables.Column(_("Sales channel"), linkify=("trainees:channel_detail", {"pk": tables.A("pk")}))
    school = tables.Column(_("School"))
    kind = tables.Column(_("Kind"), accessor="get_kind_display")
    opened_on = tables.Column(_("Open since"))
    closed_on = tables.Column(_("Open until"), default=BLANK)

    def render_opened_on(self, value):
        return short_date(value)

    def render_closed_on(self, value):
        return short_date(value)
