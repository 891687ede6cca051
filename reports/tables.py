"""The rows behind a figure."""

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number
from trainees.models import Result
from trainees.passing import judge

UNBROKEN = {"td": {"class": "nowrap"}}
NUMERIC = {"th": {"class": "numeric"}, "td": {"class": "numeric"}}


class CountedPaginator(Paginator):
    """Pages of rows whose number is known already: it is the figure that was opened."""

    count = 0

    @classmethod
    def knowing(cls, number: int) -> type[Paginator]:
        return type(cls.__name__, (cls,), {"count": number})


def shown(rows):
    """Rows in an order that indexes know, whatever their number, with what the table shows; no full ID."""
    return (
        rows.select_related("trainee", "course", "school")
        .defer("trainee__document_number")
        .order_by("course__starts_on", "course_id", "trainee__name_order", "pk")
    )


def evidence_table(indicator, rows):
    """The rows of an indicator as its table; those of people who were judged show their judgement."""
    return JudgedTable(_with_points(shown(rows))) if indicator.judged else EvidenceTable(shown(rows))


def _with_points(rows):
    """With the points themselves, from which the reasons are said."""
    points = {part: F(f"result__{part}") for part in Result.MOST}
    return rows.select_related("trainee", "course__fiscal_year", "school").annotate(**points)


class EvidenceTable(tables.Table):
    """One row for each enrolment that was counted; IDs are masked."""

    person = tables.Column(
        _("Person"), accessor="trainee", linkify=("trainees:detail", {"pk": tables.A("trainee_id")})
    )
    document = tables.Column(_("Document"), accessor="trainee__masked_document", empty_values=(), attrs=UNBROKEN)
    school = tables.Column(_("School"))
    course = tables.Column(_("Course"), linkify=("courses:detail", {"pk": tables.A("course_id")}))
    first_day = tables.Column(_("First course day"), accessor="course__starts_on", attrs=UNBROKEN)
    came = tables.Column(_("First came on"), accessor="first_attended_on", attrs=UNBROKEN)

    class Meta:
        attrs = {"caption": _("The rows that were counted")}
        orderable = False
        empty_text = _("No row was counted.")

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


class JudgedTable(EvidenceTable):
    """Each enrolment with what the rule of its year says of it, and why."""

    last_day = tables.Column(_("Last course day"), accessor="course__ends_on")
    total = tables.Column(_("Points of 100"), attrs=NUMERIC, default=BLANK)
    attended = tables.Column(_("Share of the hours"), accessor="attendance_percent", attrs=NUMERIC, default=BLANK)
    judgement = tables.Column(_("Judgement"), accessor="passed", empty_values=())

    class Meta(EvidenceTable.Meta):
        exclude = ("first_day", "came")

    def render_last_day(self, value):
        return short_date(value)

    def render_total(self, value):
        return format_number(value.normalize())

    def render_attended(self, value):
        return f"{format_number(value.normalize())}%"

    def render_judgement(self, record):
        course = record.course
        judged = judge(record, record.attended_hours, course.hours, course.fiscal_year)
        return " ".join([str(VERDICTS[record.passed]), *(f"({reason})" for reason in judged.reasons)])
