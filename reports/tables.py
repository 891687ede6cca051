"""The rows behind a figure, as a table of their kind."""

from __future__ import annotations

from typing import Final

import django_tables2 as tables
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.looks import ROOMY, UNBROKEN
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number
from trainees.models import Use
from trainees.passing import judge

NUMERIC = {"th": {"class": "numeric"}, "td": {"class": "numeric"}}
YES_NO: Final = {True: _("Yes"), False: _("No"), None: BLANK}


class CountedPaginator(Paginator):
    """Pages of rows whose number is known already: it is the figure that was opened."""

    count = 0

    @classmethod
    def knowing(cls, number: int) -> type[Paginator]:
        return type(cls.__name__, (cls,), {"count": number})


class Rows(tables.Table):
    class Meta:
        attrs = {"caption": _("The rows that were counted")}
        empty_text = _("No row fits.")


class EvidenceTable(Rows):
    """One row for each enrolment that was counted; IDs are masked."""

    person = tables.Column(
        _("Person"),
        accessor="trainee",
        linkify=("trainees:detail", {"pk": tables.A("trainee_id")}),
        order_by=("trainee__name_order", "pk"),
    )
    document = tables.Column(
        _("Document"),
        accessor="trainee__masked_document",
        empty_values=(),
        orderable=False,  # the order of numbers would tell of numbers
        attrs=UNBROKEN,
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "trainee__name_order", "pk"), attrs=ROOMY)
    course = tables.Column(
        _("Course"),
        linkify=("courses:detail", {"pk": tables.A("course_id")}),
        order_by=("course__name_order", "course_id", "trainee__name_order", "pk"),
        attrs=ROOMY,
    )
    first_day = tables.Column(
        _("First course day"),
        accessor="course__starts_on",
        order_by=("course__starts_on", "course_id", "trainee__name_order", "pk"),
        attrs=UNBROKEN,
    )
    came = tables.Column(
        _("First came on"), accessor="first_attended_on", order_by=("first_attended_on", "pk"), attrs=UNBROKEN
    )

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

    last_day = tables.Column(
        _("Last course day"),
        accessor="course__ends_on",
        order_by=("course__ends_on", "course_id", "trainee__name_order", "pk"),
        attrs=UNBROKEN,
    )

    class Meta(Rows.Meta):
        exclude = ("first_day", "came")

    def render_last_day(self, value):
        return short_date(value)


class JudgedTable(FinishedTable):
    """Each enrolment with what the rule of its year says of it, and why."""

    total = tables.Column(_("Points of 100"), attrs=NUMERIC, default=BLANK, order_by=("total", "pk"))
    attended = tables.Column(
        _("Share of the hours"),
        accessor="attendance_percent",
        attrs=NUMERIC,
        default=BLANK,
        order_by=("attendance_percent", "pk"),
    )
    judgement = tables.Column(
        _("Judgement"), accessor="passed", empty_values=(), order_by=("passed", "pk"), attrs=ROOMY
    )

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

    sells = tables.Column(_("Own product in an open channel"), order_by=("sells", "pk"))
    has_shown = tables.Column(_("Work shown at a fair or contest"), order_by=("has_shown", "pk"))

    class Meta(FinishedTable.Meta):
        pass

    def render_sells(self, value):
        return YES_NO[value]

    def render_has_shown(self, value):
        return YES_NO[value]


class AnswerTable(FinishedTable):
    """Who passed, with the latest answered wave."""

    wave = tables.Column(
        _("Answered at days"),
        accessor="latest_answer__wave",
        default=BLANK,
        attrs=NUMERIC,
        order_by=("latest_answer__wave", "pk"),
    )
    due = tables.Column(_("Due"), accessor="is_due", order_by=("is_due", "pk"))
    uses = tables.Column(_("Uses"), accessor="latest_answer__uses", default=BLANK, orderable=False)
    partners = tables.Column(
        _("Works with partners"), accessor="works_together", order_by=("works_together", "pk")
    )
    joined = tables.Column(_("Joined a group or enterprise"), accessor="has_joined", order_by=("has_joined", "pk"))
    sells = tables.Column(_("Sells"), accessor="sold", order_by=("sold", "pk"))
    income = tables.Column(
        _("Added income (baht a month)"),
        accessor="latest_answer__added_income",
        default=BLANK,
        attrs=NUMERIC,
        order_by=("latest_answer__added_income", "pk"),
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

    name = tables.Column(
        _("Product"), linkify=("trainees:product", {"pk": tables.A("pk")}), order_by=("name_order", "pk")
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "name_order", "pk"))
    course = tables.Column(
        _("Course"),
        linkify=("courses:detail", {"pk": tables.A("course_id")}),
        order_by=("course__name_order", "course_id", "name_order", "pk"),
    )
    verdict = tables.Column(_("Meets the checklist"), empty_values=(), order_by=("verdict", "name_order", "pk"))
    assessed_on = tables.Column(
        _("Assessed on"), accessor="decided_on", order_by=("decided_on", "name_order", "pk"), attrs=UNBROKEN
    )
    is_new = tables.Column(pgettext_lazy("product", "New"), order_by=("is_new", "name_order", "pk"))

    def render_verdict(self, value):
        return YES_NO[value] if value is not None else _("Never assessed")

    def render_assessed_on(self, value, record):
        return BLANK if record.verdict is None else short_date(value)

    def render_is_new(self, value):
        return YES_NO[value]


class FairPartTable(Rows):
    """One row for each office's part in a fair."""

    fair = tables.Column(
        _("Fair"), linkify=("courses:fair", {"pk": tables.A("fair_id")}), order_by=("fair__name_order", "pk")
    )
    starts_on = tables.Column(
        _("First day of the fair"), accessor="fair__starts_on", order_by=("fair__starts_on", "pk"), attrs=UNBROKEN
    )
    office = tables.Column(
        _("Office"), accessor="office_name", order_by=("school__name_order", "province__position", "pk")
    )
    role = tables.Column(_("Part in it"), accessor="get_role_display", order_by=("role", "pk"))
    visitors = tables.Column(_("Visitors"), attrs=NUMERIC, default=BLANK, order_by=("visitors", "pk"))
    sales = tables.Column(_("Sales (baht)"), attrs=NUMERIC, default=BLANK, order_by=("sales", "pk"))

    def render_starts_on(self, value):
        return short_date(value)

    def render_visitors(self, value):
        return format_number(value)

    def render_sales(self, value):
        return format_number(value, 2)


class ChannelTable(Rows):
    """One row for each sales channel."""

    name = tables.Column(
        _("Sales channel"),
        linkify=("trainees:channel_detail", {"pk": tables.A("pk")}),
        order_by=("name_order", "pk"),
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "name_order", "pk"))
    kind = tables.Column(_("Kind"), accessor="get_kind_display", order_by=("kind", "name_order", "pk"))
    opened_on = tables.Column(_("Open since"), order_by=("opened_on", "name_order", "pk"), attrs=UNBROKEN)
    closed_on = tables.Column(
        _("Open until"), default=BLANK, order_by=("closed_on", "name_order", "pk"), attrs=UNBROKEN
    )

    def render_opened_on(self, value):
        return short_date(value)

    def render_closed_on(self, value):
        return short_date(value)
