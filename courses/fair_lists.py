"""Fairs as a list, and the parts of offices in one fair: what they are narrowed to, and their columns."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.filters import ALL_YEARS, told, words_in
from courses.models import Fair, FairPart
from offices.looks import NUMERIC, UNBROKEN
from offices.models import User
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number

TAKES_PART, TAKES_NONE = "yes", "no"
BAHT = 2


def with_parts(fairs: QuerySet[Fair], user: User) -> QuerySet[Fair]:
    """Each fair with the part of the user's office, and how many parts the user sees."""
    seen = FairPart.objects.visible_to(user).filter(fair=OuterRef("pk")).order_by()
    own = FairPart.objects.own_of(user).filter(fair=OuterRef("pk")).order_by()
    parts = seen.values("fair").annotate(n=Count("pk")).values("n")
    return fairs.annotate(
        own_role=Subquery(own.values("role")),
        own_visitors=Subquery(own.values("visitors")),
        own_sales=Subquery(own.values("sales")),
        parts=Coalesce(Subquery(parts), 0),
    )


def days_of(fair: Fair) -> str:
    """1 มี.ค. 2569 – 3 มี.ค. 2569, which may break between the two days only."""
    first, last = fair.starts_on, fair.ends_on
    if first is None:
        return BLANK
    days = [first] if last is None or last == first else [first, last]
    return format_html_join(" – ", '<span class="nowrap">{}</span>', ([short_date(day)] for day in days))


class FairFilter(filters.FilterSet):
    """The fairs of the year in the switcher, or of all years."""

    q = filters.CharFilter(label=_("Search"), method="holding")
    status = filters.ChoiceFilter(
        label=pgettext_lazy("fair", "State"), choices=Fair.Status, empty_label=_("All states")
    )
    joined = filters.ChoiceFilter(
        label=_("Your office"),
        choices=[(TAKES_PART, _("Takes part")), (TAKES_NONE, _("Takes no part"))],
        method="having_part",
        empty_label=_("All fairs"),
    )
    year = filters.ChoiceFilter(label=_("Fiscal year"), method="unchanged", choices=[(ALL_YEARS, _("All years"))])

    class Meta:
        model = Fair
        fields: list[str] = []

    always_shown = ("q", "status", "joined", "year")

    def __init__(self, data, queryset, *, user, year):
        super().__init__(data, queryset)
        self.user, self.year = user, year
        self.filters["year"].extra["empty_label"] = _("Year %(year)s") % {"year": year} if year else "–"

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(["name", "place"], value))

    def having_part(self, queryset, name, value):
        part = Exists(FairPart.objects.own_of(self.user).filter(fair=OuterRef("pk")).order_by())
        return queryset.filter(part if value == TAKES_PART else ~part)

    def unchanged(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("year") == ALL_YEARS else found.of_year(self.year)

    def told(self) -> list[tuple[str, str]]:
        words = told(self.form)
        return words if self.data.get("year") else [(str(_("Fiscal year")), str(self.year)), *words]


class FairTable(tables.Table):
    name = tables.Column(
        _("Fair"), linkify=("courses:fair", {"pk": tables.A("pk")}), order_by=("name_order", "pk")
    )
    days = tables.Column(_("Days"), empty_values=(), order_by=("starts_on", "name_order", "pk"))
    organiser = tables.Column(
        _("Organiser"), accessor="organiser_name", order_by=("organiser__position", "name_order", "pk")
    )
    status = tables.TemplateColumn(
        template_name="courses/fair_state.html",
        verbose_name=pgettext_lazy("fair", "State"),
        order_by=("status", "pk"),
    )
    own_role = tables.Column(_("Your office"), order_by=("own_role", "pk"))
    parts = tables.Column(_("Offices taking part"), order_by=("parts", "pk"), attrs=NUMERIC)
    own_sales = tables.Column(_("Your sales (baht)"), order_by=("own_sales", "pk"), attrs=NUMERIC)

    class Meta:
        attrs = {"caption": _("Fairs")}
        empty_text = _("No fair fits this filter.")

    def __init__(self, *args, several_offices, **kwargs):
        super().__init__(*args, exclude=() if several_offices else ("parts",), **kwargs)

    def render_days(self, record: Fair):
        return days_of(record)

    def render_own_role(self, value):
        return FairPart.Role(value).label

    def render_own_sales(self, value):
        return format_number(value, BAHT)


class PartTable(tables.Table):
    """The parts in one fair that a user sees: those of the own office and of those below it."""

    office = tables.Column(
        _("Office"), accessor="office_name", order_by=("province__position", "school__name_order", "pk")
    )
    role = tables.Column(_("Part in it"), accessor="get_role_display", order_by=("role", "pk"), attrs=UNBROKEN)
    visitors = tables.Column(_("Visitors"), order_by=("visitors", "pk"), attrs=NUMERIC)
    sales = tables.Column(_("Sales (baht)"), order_by=("sales", "pk"), attrs=NUMERIC)
    note = tables.Column(_("Note"), orderable=False)

    class Meta:
        attrs = {"caption": _("Offices taking part")}
        empty_text = _("Nobody takes part yet.")

    def render_visitors(self, value):
        return format_number(value)

    def render_sales(self, value):
        return format_number(value, BAHT)
