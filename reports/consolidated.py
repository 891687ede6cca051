"""The consolidated report of an office: a cover, its own figures, then those by province and by school.

Every figure is asked of reports/figures.py, as the screen does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from documents.tables import Book, Column, Row, Stamp, Table, Value
from reports.breakdowns import View
from reports.figures import Counted, cancelled_courses, count_all, left_out
from reports.indicators import INDICATORS
from reports.lines import adding_note, tables_by_place
from reports.measures import Figure
from reports.offices import Kind, Level
from reports.shown import figure_in_words, shown

Step = Callable[[int, int, str], None]

MOST_CANCELLED = 5000


def silent(done: int, total: int, message: str) -> None:
    """For whoever waits without watching."""


def consolidated(view: View, *, by: str, step: Step = silent, wide: bool = True) -> Book:
    """The whole report as data; `by` is who asked for it. Not `wide` (paper): no breakdowns of single places."""
    as_of = timezone.now()
    step(0, 4, _("The office's own figures"))
    own = count_all(view)
    tables = [_own_figures(view, own), _beside(own), _breakdowns(own)]
    if view.office.kind == Kind.NATION:
        step(1, 4, _("By province"))
        tables += tables_by_place(view, own, Level.PROVINCE, wide=wide)
    if view.office.has_parts:
        step(2, 4, _("By school"))
        tables += tables_by_place(view, own, Level.SCHOOL, wide=wide)
    step(3, 4, _("What was left out"))
    tables.append(_left_out(view))
    title = _("Consolidated report of the indicators, %(period)s") % {"period": view.period}
    filters = [(_("Period"), str(view.period))]
    stamp = Stamp(as_of, by, view.office.name, filters, version("community-career"))
    return Book(title, stamp, tables, _cover(own))


def _cover(own: Sequence[Counted]) -> list[tuple[str | Promise, int | str | None]]:
    lines: list[tuple[str | Promise, int | str | None]] = [
        (f"{each.indicator.code} {each.indicator.label}", figure_in_words(each.indicator, each.total))
        for each in own
    ]
    return [
        *lines,
        ("–", _("Nobody knows yet: there are no rows to count. 0 means counted, and there was nobody.")),
        (_("Groups that overlap"), _("A person may be in several groups; the total counts a person once.")),
    ]


def _sides() -> list[Column]:
    """What a figure is made of: a count has its rows, a share both of its sides."""
    return [
        Column("value", _("Figure"), "integer", 12),
        Column("share", _("Share"), "percent", 10),
        Column("numerator", _("Of them counted"), "integer", 12),
        Column("denominator", _("Of all"), "integer", 12),
        Column("rows", _("Rows behind it"), "integer", 12),
    ]


def _sides_of(figure: Figure) -> list[Value]:
    if figure.kind != "percent":
        return [figure.value, None, None, None, figure.rows]
    some, whole = figure.sides or (None, None)
    return [None, figure.value, some, whole, figure.rows]


def _own_figures(view: View, own: Sequence[Counted]) -> Table:
    """One line for each indicator."""
    columns = [
        Column("code", _("Indicator no."), "text", 8),
        Column("indicator", _("Indicator"), "text", 70),
        *_sides(),
        Column("target", _("Target"), "integer", 12),
        Column("letter", _("Paragraph of the letter"), "text", 14),
        Column("counted", _("What is counted"), "text", 70),
    ]
    rows = [
        [
            each.indicator.code,
            each.indicator.label,
            *_sides_of(each.total),
            each.target,
            each.indicator.letter,
            each.indicator.counted,
        ]
        for each in own
    ]
    return Table(view.office.name, columns, rows, note=adding_note(own))


def _beside(own: Sequence[Counted]) -> Table:
    """One line for each number that stands beside a figure."""
    columns = [
        Column("code", _("Indicator no."), "text", 8),
        Column("name", _("Name for programs"), "text", 18),
        Column("what", _("What stands beside"), "text", 48),
        Column("number", _("How much or how many"), "text", 16),
    ]
    rows = [
        [each.indicator.code, aside.name, aside.label, shown(each.total[aside.name], aside.kind)]
        for each in own
        for aside in each.indicator.measure.asides
    ]
    return Table(_("Beside the figures"), columns, rows)


def _breakdowns(own: Sequence[Counted]) -> Table:
    """One line for each part of each breakdown."""
    columns = [
        Column("dimension", _("Broken down by"), "text", 28),
        Column("part", _("Part"), "text", 36),
        Column("code", _("Indicator no."), "text", 8),
        *_sides(),
        Column("adding", _("How the parts add up"), "text", 18),
    ]
    rows = [
        [
            each.dimension.label,
            part.label,
            counted.indicator.code,
            *_sides_of(figure),
            counted.indicator.adding(each.dimension).in_short,
        ]
        for counted in own
        for each in counted.breakdowns
        for part, figure in each.parts
    ]
    return Table(_("Breakdowns"), columns, rows, note=adding_note(own))


def _left_out(view: View) -> Table:
    """How much was not counted and why, by indicator, then the cancelled courses by name."""
    columns = [
        Column("reason", _("Why it was left out"), "text", 36),
        Column("course", _("Course"), "text", 40),
        Column("school", _("School"), "text", 36),
        Column("first_day", _("First course day"), "date", 16),
        Column("said", _("Reason given"), "text", 40),
        Column("courses", _("Courses"), "integer", 10),
        Column("rows", _("Rows"), "integer", 12),
        Column("code", _("Indicator no."), "text", 8),
    ]

    def rows() -> Iterator[Row]:
        for indicator in INDICATORS:
            for each in left_out(view, indicator):
                whole: list[Value] = [_("All"), view.office.name, None, ""]
                yield [each.reason, *whole, each.courses, each.rows, indicator.code]
        first = INDICATORS[0]
        for course in cancelled_courses(view, first)[:MOST_CANCELLED].iterator():
            said: list[Value] = [course.name, course.school.name, course.starts_on, course.status_reason]
            yield [_("Cancelled courses"), *said, 1, None, first.code]

    return Table(_("Left out"), columns, rows)
