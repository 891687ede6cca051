"""The columns of the lists of courses and curricula."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Curriculum
from courses.rules import hours_shown
from courses.templatetags.courses import people_of
from offices.looks import NUMERIC, ROOMY, TIGHT, UNBROKEN
from offices.thai.dates import short_date
from offices.thai.digits import BLANK


class CourseTable(tables.Table):
    name = tables.Column(
        _("Course"), linkify=("courses:detail", {"pk": tables.A("pk")}), order_by=("name_order", "pk")
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"), attrs=ROOMY)
    status = tables.TemplateColumn(
        "{% load courses %}{% course_state record %}", verbose_name=_("State"), order_by=("status", "pk")
    )
    course_type = tables.Column(_("Type"), order_by=("course_type__least_hours", "pk"), attrs=UNBROKEN)
    hours = tables.Column(_("Hours"), order_by=("hours", "pk"), attrs=NUMERIC)
    starts_on = tables.Column(_("First day"), order_by=("starts_on", "name_order", "pk"), attrs=UNBROKEN)
    ends_on = tables.Column(_("Last day"), order_by=("ends_on", "pk"), attrs=UNBROKEN)
    people = tables.Column(_("People"), empty_values=(), orderable=False, attrs=UNBROKEN)

    class Meta:
        attrs = {"caption": _("Courses"), "class": TIGHT}
        empty_text = _("No course fits this filter.")

    def __init__(self, *args, several_schools, **kwargs):
        self.people: dict[int, int] = {}
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def render_hours(self, value):
        return hours_shown(value)

    def render_starts_on(self, value):
        return short_date(value)

    def render_ends_on(self, value):
        return short_date(value)

    def render_people(self, record: Course):
        return people_of(self.people.get(record.pk), record.course_type.group_size)


class CurriculumTable(tables.Table):
    title = tables.Column(
        _("Title"), linkify=("courses:curriculum", {"pk": tables.A("pk")}), order_by=("title_order", "pk")
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"))
    trade_group = tables.Column(
        _("Trade group"), accessor="get_trade_group_display", order_by=("trade_group", "pk")
    )
    fit = tables.Column(_("Fits"), accessor="get_fit_display", order_by=("fit", "pk"))
    hours = tables.Column(_("Hours"), orderable=False, attrs=NUMERIC)
    used = tables.Column(_("Courses made from it"), order_by=("-used", "pk"), attrs=NUMERIC)
    ways = tables.TemplateColumn(
        template_name="courses/curriculum_ways.html", verbose_name=_("Actions"), orderable=False
    )

    class Meta:
        attrs = {"caption": _("Curricula")}
        empty_text = _("No curriculum fits this filter.")

    def __init__(self, *args, several_schools, may_edit, **kwargs):
        left_out = [*([] if several_schools else ["school"]), *([] if may_edit else ["ways"])]
        super().__init__(*args, exclude=left_out, **kwargs)

    def render_hours(self, record: Curriculum):
        return hours_shown(record.hours) if record.hours else BLANK
