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
from offices.thai.digits import format_number, format_percent
from reports.breakdowns import View
from reports.figures import Counted, cancelled_courses, count_all, count_by_province, count_by_school, left_out
from reports.indicators import INDICATORS, Indicator
from reports.measures import Measured, Share
from reports.offices import Kind

Step = Callable[[int, int, str], None]

MOST_CANCELLED = 5000


def silent(done: int, total: int, message: str) -> None:
    """For whoever waits without watching."""


def consolidated(view: View, *, by: str, step: Step = silent, wide: bool = True) -> Book:
    """The whole report as data; `by` is who asked for it. Not `wide` (paper): no breakdowns of single places."""
    as_of = timezone.now()
    step(0, 4, _("The office's own figures"))
    own = count_all(view)
    tables = [_own_figures(view, own), _breakdowns(own)]
    columns = own if wide else [Counted(each.indicator, each.total) for each in own]
    if view.office.kind == Kind.NATION:
        step(1, 4, _("By province"))
        tables.append(_by_province(view, columns))
    if view.office.kind != Kind.SCHOOL:
        step(2, 4, _("By school"))
        tables.append(_by_school(view, columns))
    step(3, 4, _("What was left out"))
    tables.append(_left_out(view))
    title = _("Consolidated report of the indicators, %(period)s") % {"period": view.period}
    filters = [(_("Period"), str(view.period))]
    stamp = Stamp(as_of, by, view.office.name, filters, version("community-career"))
    return Book(title, stamp, tables, _cover(own))


def _cover(own: Sequence[Counted]) -> list[tuple[str | Promise, int | str | None]]:
    lines: list[tuple[str | Promise, int | str | None]] = [
        (f"{each.indicator.code} {each.indicator.label}", _in_words(each.total)) for each in own
    ]
    return [
        *lines,
        ("–", _("Nobody knows yet: there are no rows to count. 0 means counted, and there was nobody.")),
        (_("Groups that overlap"), _("A person may be in several groups; the total counts a person once.")),
    ]


def _in_words(figure: Measured) -> int | str | None:
    """A count as it is; a share with both of its sides."""
    if not isinstance(figure, Share):
        return figure.value
    if figure.value is None:
        return None
    sides = {"some": format_number(figure.numerator), "all": format_number(figure.denominator)}
    return f"{format_percent(figure.value)} ({_('%(some)s of %(all)s') % sides})"


def _sides() -> list[Column]:
    """What a figure is made of: a count has its enrolments, a share both of its sides."""
    return [
        Column("value", _("Figure"), "integer", 12),
        Column("enrolments", _("Enrolments"), "integer", 12),
        Column("without_number", _("Without a number"), "integer", 12),
        Column("share", _("Share"), "percent", 10),
        Column("numerator", _("Of them counted"), "integer", 12),
        Column("denominator", _("Of all"), "integer", 12),
        Column("unassessed", _("Not assessed yet"), "integer", 12),
    ]


def _sides_of(figure: Measured) -> list[Value]:
    if isinstance(figure, Share):
        return [None, None, None, figure.value, figure.numerator, figure.denominator, figure.unassessed]
    return [figure.value, figure.enrolments, figure.without_number, None, None, None, None]


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
    return Table(view.office.name, columns, rows, note=_adding_note(own))


def _breakdowns(own: Sequence[Counted]) -> Table:
    """One line for each part of each breakdown."""
    columns = [
        Column("dimension", _("Broken down by"), "text", 28),
        Column("part", _("Part"), "text", 36),
        Column("code", _("Indicator no."), "text", 8),
        *_sides(),
    ]
    rows = [
        [each.dimension.label, part.label, counted.indicator.code, *_sides_of(figure)]
        for counted in own
        for each in counted.breakdowns
        for part, figure in each.parts
    ]
    return Table(_("Breakdowns"), columns, rows, note=_adding_note(own))


def _adding_note(own: Sequence[Counted]) -> str:
    known = [each.indicator for each in own if each.indicator.evidence]
    return " ".join(f"{indicator.code}: {indicator.across_places.label}" for indicator in known)


def _by_province(view: View, own: Sequence[Counted]) -> Table:
    places = view.office.places(view.user, view.period)
    wide = any(each.breakdowns for each in own)
    by_place = {each.code: count_by_province(each, view, broken_down=wide) for each in INDICATORS}
    columns = [
        Column("code", _("Province code"), "id", 12),
        Column("name", _("Province"), "text", 28),
        *_figure_columns(own),
    ]

    def rows() -> Iterator[Row]:
        for place in places:
            code = place.code if place.office else ""
            yield [code, place.name, *_line(own, {each: by_place[each].get(place.code) for each in by_place})]

    totals = ["", _total_label(view), *_total(own)]
    return Table(_("By province"), columns, rows, note=_adding_note(own), totals=totals)


def _by_school(view: View, own: Sequence[Counted]) -> Table:
    schools = view.office.schools(view.user, view.period)
    wide = any(each.breakdowns for each in own)
    by_school = {each.code: count_by_school(each, view, broken_down=wide) for each in INDICATORS}
    columns = [
        Column("province", _("Province"), "text", 28),
        Column("code", _("School code"), "id", 14),
        Column("name", _("School"), "text", 40),
        *_figure_columns(own),
    ]

    def rows() -> Iterator[Row]:
        for school in schools:
            province = " → ".join(school.provinces) or _("Directly attached schools")
            figures = _line(own, {each: by_school[each].get(school.code) for each in by_school})
            yield [province, school.code, school.name, *figures]

    totals = ["", "", _total_label(view), *_total(own)]
    return Table(_("By school"), columns, rows, note=_adding_note(own), totals=totals)


def _total_label(view: View) -> str:
    return _("%(office)s, counted anew") % {"office": view.office.name}


def _parts(counted: Counted) -> Iterator[tuple[str, str]]:
    """The parts that stand beside each other in a line: key and heading. Places are the lines themselves."""
    for each in counted.breakdowns:
        if each.dimension.code != "place":
            for part, _figure in each.parts:
                yield f"{each.dimension.code}.{part.code}", f"{each.dimension.label}: {part.label}"


def _figure_columns(own: Sequence[Counted]) -> list[Column]:
    columns = []
    for counted in own:
        code, measure, kind = counted.indicator.code, counted.indicator.measure, counted.total.kind
        columns.append(Column(code, f"{code} {_short(counted.indicator)}", kind, 14))
        if measure is None:
            continue
        for name, heading in measure.beside.items():
            columns.append(Column(f"{code}.{name}", f"{code} {heading}", "integer", 12))
        for key, label in _parts(counted):
            for name, heading in measure.of_parts.items():
                stem = f"{code}.{key}"
                if name == "value":
                    columns.append(Column(stem, f"{code} {label} ({heading})", kind, 12))
                else:
                    columns.append(Column(f"{stem}.{name}", f"{code} {label} ({heading})", "integer", 12))
    return columns


def _short(indicator: Indicator) -> str:
    return str(indicator.label) if len(str(indicator.label)) <= 60 else f"{str(indicator.label)[:57]}…"


def _total(own: Sequence[Counted]) -> list[Value]:
    return _line(own, {each.indicator.code: each for each in own})


def _line(own: Sequence[Counted], counted: dict[str, Counted | None]) -> list[Value]:
    """The figures of one place, in the order of the columns."""
    line: list[Value] = []
    for each in own:
        indicator, measure = each.indicator, each.indicator.measure
        here = counted[indicator.code] or Counted(indicator, indicator.unknown)
        line.append(here.total.value)
        if measure is None:
            continue
        line += [getattr(here.total, name) for name in measure.beside]
        figures = {
            f"{breakdown.dimension.code}.{part.code}": figure
            for breakdown in here.breakdowns
            for part, figure in breakdown.parts
        }
        for key, _label in _parts(each):
            figure = figures.get(key, indicator.unknown)
            line += [getattr(figure, name) for name in measure.of_parts]
    return line


def _left_out(view: View) -> Table:
    """How much was not counted and why, by indicator, then the cancelled courses by name."""
    columns = [
        Column("reason", _("Why it was left out"), "text", 36),
        Column("course", _("Course"), "text", 40),
        Column("school", _("School"), "text", 36),
        Column("first_day", _("First course day"), "date", 16),
        Column("said", _("Reason given"), "text", 40),
        Column("courses", _("Courses"), "integer", 10),
        Column("enrolments", _("Enrolments"), "integer", 12),
        Column("code", _("Indicator no."), "text", 8),
    ]

    def rows() -> Iterator[Row]:
        known = [each for each in INDICATORS if each.evidence]
        for indicator in known:
            for each in left_out(view, indicator):
                whole = [_("All"), view.office.name, None, ""]
                yield [each.reason, *whole, each.courses, each.enrolments, indicator.code]
        for course in cancelled_courses(view, known[0])[:MOST_CANCELLED].iterator():
            said = [course.name, course.school.name, course.starts_on, course.status_reason]
            yield [_("Cancelled courses"), *said, 1, None, known[0].code]

    return Table(_("Left out"), columns, rows)
