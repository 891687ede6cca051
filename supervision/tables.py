"""The columns of the list of visits."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.looks import UNBROKEN
from offices.thai.dates import short_date
from supervision.models import Visit


def way_to(visit: Visit) -> str:
    """Where one goes on with a visit: its form while it is a draft, then its page."""
    return reverse("supervision:detail" if visit.is_submitted else "supervision:edit", args=[visit.pk])


class VisitTable(tables.Table):
    visited_on = tables.Column(_("Day of the visit"), order_by=("visited_on", "pk"), attrs=UNBROKEN)
    course = tables.Column(
        _("Course"),
        accessor="course__name",
        order_by=("course__name_order", "pk"),
        linkify=lambda record: way_to(record),
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"))
    stage = tables.Column(
        pgettext_lazy("visit", "When"), accessor="get_stage_display", order_by=("stage", "pk"), attrs=UNBROKEN
    )
    supervisor = tables.Column(_("Supervisor"), accessor="supervisor_name", order_by=("supervisor_name", "pk"))
    status = tables.TemplateColumn(
        template_name="supervision/state.html",
        verbose_name=pgettext_lazy("visit", "State"),
        order_by=("status", "pk"),
    )

    class Meta:
        attrs = {"caption": _("Visits")}
        empty_text = _("No visit fits this filter.")

    def __init__(self, *args, several_schools, **kwargs):
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def render_visited_on(self, value):
        return short_date(value)
