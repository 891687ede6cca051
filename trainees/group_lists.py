"""The list of groups and community enterprises: how it is narrowed, its columns, its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.filters import PlacedFilter, ThaiDateFilter, words_in
from documents.tables import Column, Row
from offices.looks import NUMERIC, UNBROKEN
from offices.scoping import Eyes
from offices.thai.dates import short_date
from offices.thai.digits import BLANK
from trainees.forms.groups import GroupForm
from trainees.listings import Listing, Words, figure
from trainees.models import Group, Member

REGISTERED, UNREGISTERED = "yes", "no"


class GroupFilter(PlacedFilter):
    q = filters.CharFilter(label=gettext_lazy("Search"), method="holding")
    kind = filters.ChoiceFilter(
        label=gettext_lazy("Kind of group"), choices=Group.Kind, empty_label=gettext_lazy("All kinds")
    )
    registered = filters.ChoiceFilter(
        label=gettext_lazy("Registration"),
        choices=[(REGISTERED, gettext_lazy("Registered")), (UNREGISTERED, gettext_lazy("Not registered"))],
        method="being_registered",
        empty_label=gettext_lazy("All"),
    )
    formed_from = ThaiDateFilter(
        label=gettext_lazy("Formed on or after"), field_name="formed_on", lookup_expr="gte"
    )
    formed_to = ThaiDateFilter(
        label=gettext_lazy("Formed on or before"), field_name="formed_on", lookup_expr="lte"
    )

    class Meta:
        model = Group
        fields: list[str] = []

    field_order = ("q", "kind", "registered", "formed_from", "formed_to")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        places = [name for name in ("province", "school") if name in self.filters]
        self.filters = {name: self.filters[name] for name in [*self.field_order, *places]}

    @property
    def always_shown(self):
        return tuple(self.filters)

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(["name", "registration_number", "about"], value))

    def being_registered(self, queryset, name, value):
        return queryset.filter(registered_on__isnull=value == UNREGISTERED)


class GroupTable(tables.Table):
    name = tables.Column(
        pgettext_lazy("group", "Name"),
        linkify=("trainees:group_detail", {"pk": tables.A("pk")}),
        order_by=("name_order", "pk"),
    )
    school = tables.Column(gettext_lazy("School"), order_by=("school__name_order", "name_order", "pk"))
    kind = tables.Column(
        gettext_lazy("Kind of group"), accessor="get_kind_display", order_by=("kind", "name_order", "pk")
    )
    members = tables.Column(gettext_lazy("Members"), order_by=("-people", "pk"), accessor="people", attrs=NUMERIC)
    taught = tables.Column(
        gettext_lazy("Courses they come from"), order_by=("-courses", "pk"), accessor="courses", attrs=NUMERIC
    )
    formed_on = tables.Column(
        gettext_lazy("Formed on"), order_by=("formed_on", "name_order", "pk"), attrs=UNBROKEN
    )
    registered_on = tables.Column(
        gettext_lazy("Registered on"), order_by=("registered_on", "name_order", "pk"), attrs=UNBROKEN
    )

    class Meta:
        attrs = {"caption": gettext_lazy("Groups and enterprises")}
        default = BLANK
        empty_text = gettext_lazy("No group fits this filter.")

    def __init__(self, *args, several_schools, **kwargs):
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def render_formed_on(self, value):
        return short_date(value)

    def render_registered_on(self, value):
        return short_date(value)


def _groups(user: Eyes, year: int | None) -> QuerySet[Group]:
    members = Member.objects.visible_to(user)
    people = Count("enrolment__trainee", distinct=True)
    courses = Count("enrolment__course", distinct=True)
    return (
        Group.objects.visible_to(user)
        .select_related("school", "subdistrict__district__province")
        .annotate(
            people=Coalesce(figure(members, "group", people), 0),
            courses=Coalesce(figure(members, "group", courses), 0),
        )
    )


def _columns(year: int | None) -> list[Column]:
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("name", _("Name of the group"), width=40),
        Column("kind", _("Kind of group"), width=20),
        Column("formed_on", _("Formed on"), "date"),
        Column("registration_number", _("Registration number"), "id", 22),
        Column("registered_on", _("Registered on"), "date"),
        Column("subdistrict", _("Subdistrict")),
        Column("district", _("District")),
        Column("province", _("Province")),
        Column("members", _("Members"), "integer"),
        Column("courses", _("Courses they come from"), width=50),
        Column("about", _("What the group does"), width=40),
    ]


def _cells(user: Eyes, rows: Sequence[Group], year: int | None) -> Iterator[Row]:
    """Members are counted, not named."""
    taught: dict[int, dict[str, None]] = defaultdict(dict)
    members = Member.objects.visible_to(user).filter(group__in=rows).order_by("enrolment__course__starts_on", "pk")
    for key, course in members.values_list("group", "enrolment__course__name"):
        taught[key][course] = None
    for group in rows:
        place = group.subdistrict
        yield [
            group.school.code,
            group.school.name,
            group.name,
            group.get_kind_display(),
            group.formed_on,
            group.registration_number or None,
            group.registered_on,
            place.name if place else None,
            place.district.name if place else None,
            place.district.province.name if place else None,
            group.people,  # type: ignore[attr-defined]
            ", ".join(taught[group.pk]) or None,
            group.about or None,
        ]


GROUPS = Listing(
    slug="group",
    model=Group,
    words=Words(
        title=gettext_lazy("Groups and enterprises"),
        about=gettext_lazy("Occupation groups and community enterprises that people of courses formed or joined."),
        new=gettext_lazy("New group"),
        change=gettext_lazy("Change the group"),
        none_yet=gettext_lazy("No group has been entered yet."),
        file=gettext_lazy("Groups and enterprises as a file"),
    ),
    icon="diagram-3",
    rows=_groups,
    filter=GroupFilter,
    table=GroupTable,
    form=GroupForm,
    form_template="trainees/group_form.html",
    columns=_columns,
    cells=_cells,
)
