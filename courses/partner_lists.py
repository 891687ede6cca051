"""The register of partners as a list: what it is narrowed to, and its columns."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.filters import NO_PROVINCE, told, words_in
from courses.models import CoDesigner, CoursePartner, Partner
from offices.looks import NUMERIC, ROOMY
from offices.models import Province, User
from offices.scoping import provinces_for

DEPARTMENTS_OWN = _("The department's own")


def with_work(partners: QuerySet[Partner], user: User) -> QuerySet[Partner]:
    """Each partner with how many courses and curricula it has worked for, of those that `user` sees."""
    counted = {}
    for name, model, parent in (("courses", CoursePartner, "course"), ("curricula", CoDesigner, "curriculum")):
        rows = model.objects.visible_to(user).filter(partner=OuterRef("pk")).order_by().values("partner")
        counted[name] = Coalesce(Subquery(rows.annotate(n=Count(parent, distinct=True)).values("n")), 0)
    return partners.annotate(**counted)


class PartnerFilter(filters.FilterSet):
    """Partners by name, kind, what they do in courses that the user sees, and whose register it is."""

    q = filters.CharFilter(label=_("Search"), method="holding")
    kind = filters.ChoiceFilter(label=_("Kind of partner"), choices=Partner.Kind, empty_label=_("All kinds"))
    role = filters.ChoiceFilter(
        label=_("Part in courses"), choices=CoursePartner.Role, method="having_role", empty_label=_("All")
    )
    province = filters.ChoiceFilter(label=_("Register"), method="of_province", empty_label=_("All registers"))

    class Meta:
        model = Partner
        fields: list[str] = []

    always_shown = ("q", "kind", "role", "province")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        self.user = user
        self.sees_registers = user.school_id is None and user.province_id is None
        if not self.sees_registers:
            del self.filters["province"]
            return
        provinces = Province.objects.filter(provinces_for(user)).only("name_th", "name_en")
        choices = [(province.pk, province.name) for province in provinces]
        self.filters["province"].extra["choices"] = [(NO_PROVINCE, DEPARTMENTS_OWN), *choices]

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(["name", "address", "contact"], value))

    def having_role(self, queryset, name, value):
        roles = CoursePartner.objects.visible_to(self.user).filter(partner=OuterRef("pk"), role=value)
        return queryset.filter(Exists(roles.order_by()))

    def of_province(self, queryset, name, value):
        return queryset.filter(province=None if value == NO_PROVINCE else value)

    def told(self) -> list[tuple[str, str]]:
        return told(self.form)


class PartnerTable(tables.Table):
    name = tables.Column(
        _("Partner"), linkify=("courses:partner", {"pk": tables.A("pk")}), order_by=("name_order", "pk")
    )
    kind = tables.Column(_("Kind of partner"), accessor="get_kind_display", order_by=("kind", "name_order", "pk"))
    province = tables.Column(_("Register"), order_by=("province__position", "pk"), default=DEPARTMENTS_OWN)
    contact = tables.Column(_("Contact"), orderable=False, attrs=ROOMY)
    courses = tables.Column(_("Courses"), order_by=("courses", "pk"), attrs=NUMERIC)
    curricula = tables.Column(_("Curricula designed"), order_by=("curricula", "pk"), attrs=NUMERIC)
    ways = tables.TemplateColumn(
        template_name="courses/partner_ways.html", verbose_name=_("Actions"), orderable=False
    )

    class Meta:
        attrs = {"caption": _("Partners")}
        empty_text = _("No partner fits this filter.")

    def __init__(self, *args, several_registers, **kwargs):
        super().__init__(*args, exclude=() if several_registers else ("province",), **kwargs)
