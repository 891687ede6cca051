"""The lists of need surveys and of their answers: narrowed, on screen, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.filters import PlacedFilter, words_in
from courses.models import Answer, Reason, Survey
from documents.tables import Book, Column, Row, Stamp, Table
from offices.looks import NUMERIC, ROOMY, TIGHT, UNBROKEN
from offices.models import User
from offices.thai.dates import short_date
from offices.thai.digits import BLANK


class SurveyFilter(PlacedFilter):
    q = filters.CharFilter(label=_("Search"), method="holding")

    class Meta:
        model = Survey
        fields: list[str] = []

    always_shown = ("q", "province", "school")

    def __init__(self, data: Any, queryset: QuerySet[Survey], *, user: User) -> None:
        super().__init__(data, queryset, user=user)
        self.arrange("q")

    def holding(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(words_in(["title", "about"], value))


class SurveyTable(tables.Table):
    title = tables.Column(
        _("Survey"), linkify=("courses:survey", {"pk": tables.A("pk")}), order_by=("title_order", "pk")
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"))
    opens_on = tables.Column(_("Open from"), order_by=("opens_on", "pk"), attrs=UNBROKEN)
    closes_on = tables.Column(_("Open until"), order_by=("closes_on", "pk"), attrs=UNBROKEN)
    counted = tables.Column(_("Answers"), order_by=("-counted", "pk"), attrs=NUMERIC)

    class Meta:
        attrs = {"caption": _("Need surveys")}
        empty_text = _("No survey fits this filter.")

    def __init__(self, *args: Any, several_schools: bool, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def render_opens_on(self, value: Any) -> str:
        return short_date(value)

    def render_closes_on(self, value: Any) -> str:
        return short_date(value)


def surveys_of(user: User, asked: Any) -> SurveyFilter:
    counted = Count("answers", filter=Q(answers__binned_at__isnull=True))
    surveys = Survey.objects.visible_to(user).select_related("school").annotate(counted=counted)
    surveys = surveys.order_by("-closes_on", "title_order", "pk")  # counting forgets the order of the model
    return SurveyFilter(asked, surveys, user=user)


def surveys_book(user: User, asked: dict[str, str]) -> Book:
    """The surveys of the list, in its order, with how many answered."""
    narrow, title = surveys_of(user, asked), _("Need surveys")
    rows = SurveyTable(narrow.qs, order_by=asked.get("sort") or None, several_schools=True).data.data
    columns = [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("survey", _("Survey"), width=40),
        Column("opens_on", _("Open from"), "date"),
        Column("closes_on", _("Open until"), "date"),
        Column("answers", _("Answers"), "integer"),
        Column("topics", _("Topics offered"), width=60),
    ]
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=narrow.told())
    return Book(title, stamp, [Table(title, columns, lambda: map(_survey, rows.iterator(2_000)))])


def _survey(survey: Any) -> Row:
    return [
        survey.school.code,
        survey.school.name,
        survey.title,
        survey.opens_on,
        survey.closes_on,
        survey.counted,
        ", ".join(survey.topics) or None,
    ]


class AnswerFilter(filters.FilterSet):
    topic = filters.CharFilter(label=_("Wants to learn"), method="wishing")
    hours = filters.ChoiceFilter(label=_("Hours"), choices=Answer.Hours, empty_label=_("All"))
    source = filters.ChoiceFilter(label=_("How it came"), choices=Answer.Source, empty_label=_("All"))

    class Meta:
        model = Answer
        fields: list[str] = []

    always_shown = ("topic", "hours", "source")

    def wishing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(topics__contains=[value])


class AnswerTable(tables.Table):
    answered_on = tables.Column(_("Day"), order_by=("answered_on", "pk"), attrs=UNBROKEN)
    topics = tables.Column(_("Wants to learn"), orderable=False, attrs=ROOMY)
    hours = tables.Column(_("Hours"), accessor="get_hours_display", order_by=("hours", "pk"))
    days = tables.Column(_("Days they can come"), orderable=False)
    reasons = tables.Column(_("Aims"), orderable=False, attrs=ROOMY)
    subdistrict = tables.Column(_("Subdistrict"), orderable=False)
    source = tables.Column(_("How it came"), accessor="get_source_display", order_by=("source", "pk"))
    ways = tables.TemplateColumn(
        template_name="courses/answer_ways.html", verbose_name=_("Actions"), orderable=False
    )

    class Meta:
        attrs = {"caption": _("Answers"), "class": TIGHT}
        empty_text = _("No answer fits this filter.")

    def __init__(self, *args: Any, may_edit: bool, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_edit else ("ways",), **kwargs)

    def render_answered_on(self, value: Any) -> str:
        return short_date(value)

    def render_topics(self, value: list[str]) -> str:
        return ", ".join(value) or BLANK

    def render_days(self, value: list[str]) -> str:
        return _days(value) or BLANK

    def render_reasons(self, value: list[str]) -> str:
        return _reasons(value) or BLANK


def _days(values: list[str]) -> str:
    return ", ".join(str(Answer.Days(value).label) for value in values)


def _reasons(values: list[str]) -> str:
    return ", ".join(str(Reason(value).label) for value in values)


def answers_of(user: User, survey: Survey, asked: Any) -> AnswerFilter:
    rows = Answer.objects.visible_to(user).filter(survey=survey).select_related("subdistrict")
    return AnswerFilter(asked, rows.defer(*Answer.ENCRYPTED))


def book(user: User, survey: Survey, asked: dict[str, str]) -> Book:
    """The answers as the list shows them; who gave a contact is not in it."""
    rows = answers_of(user, survey, asked).qs
    stamp = Stamp(
        as_of=timezone.now(), by=user.name, office=user.place, filters=[(str(_("Survey")), survey.title)]
    )
    return Book(survey.title, stamp, [Table(_("Answers"), _columns(), lambda: _rows(rows))])


def _columns() -> list[Column]:
    return [
        Column("answered_on", _("Day of the answer"), "date"),
        Column("topics", _("Wants to learn"), width=40),
        Column("hours", _("Hours"), width=18),
        Column("hours_other", _("Hours, where it is another number"), "decimal"),
        Column("days", _("Days they can come"), width=26),
        Column("time_of_day", _("At what time"), width=20),
        Column("reasons", _("Aims"), width=40),
        Column("reasons_other", _("Another reason, in words"), width=24),
        Column("has_occupation", _("Has an occupation now"), width=12),
        Column("subdistrict", _("Subdistrict")),
        Column("source", _("How it came")),
    ]


def _rows(answers: QuerySet[Any]) -> Iterator[Row]:
    said = {True: _("Yes"), False: _("No"), None: None}
    for answer in answers.iterator(2_000):
        yield [
            answer.answered_on,
            ", ".join(answer.topics),
            answer.get_hours_display() or None,
            answer.hours_other,
            _days(answer.days) or None,
            answer.time_of_day or None,
            _reasons(answer.reasons) or None,
            answer.reasons_other or None,
            said[answer.has_occupation],
            str(answer.subdistrict) if answer.subdistrict else None,
            answer.get_source_display(),
        ]
