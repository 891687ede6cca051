"""Narrowing the lists of courses and curricula, and remembering how somebody narrowed them last."""

from __future__ import annotations

from datetime import date

import django_filters as filters
from django.db.models import Q
from django.forms import Form
from django.utils.translation import gettext_lazy as _

from courses import teaching
from courses.models import Course, Curriculum
from offices.clock import today
from offices.models import CourseType, Membership, Province, School
from offices.scoping import provinces_for
from offices.thai.dates import short_date
from offices.thai.digits import to_arabic, to_thai
from offices.thai.forms import ThaiDateField
from offices.thai.typed import tidy

ALL_YEARS = "all"
NO_PROVINCE = "none"


class ThaiDateFilter(filters.Filter):
    field_class = ThaiDateField


def words_in(columns: list[str], typed: str) -> Q:
    """Rows in which some column holds each typed word; ๕ finds 5 and the other way round."""
    found = Q()
    for word in tidy(typed).split(" "):
        either = Q()
        for column in columns:
            for spelling in {word, to_arabic(word), to_thai(to_arabic(word))}:
                either |= Q(**{f"{column}__icontains": spelling})
        found &= either
    return found


def told(form: Form) -> list[tuple[str, str]]:
    """What a filter's form narrows its rows to, in words: label and value."""
    words = []
    form.full_clean()
    for name, value in form.cleaned_data.items():
        if value in (None, ""):
            continue
        field = form.fields[name]
        labels = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
        shown = short_date(value) if isinstance(value, date) else str(labels.get(value, value))
        words.append((str(field.label), shown))
    return words


class PlacedFilter(filters.FilterSet):
    """A filter that offers places below the user's own: schools to a province, provinces to the department."""

    province = filters.ChoiceFilter(label=_("Province"), method="in_province", empty_label=_("All provinces"))
    school = filters.ModelChoiceFilter(
        label=_("School"), queryset=School.objects.none(), empty_label=_("All schools")
    )

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        self.user = user
        self.sees_schools = user.school_id is None
        self.sees_provinces = self.sees_schools and user.province_id is None
        if self.sees_provinces:
            provinces = Province.objects.filter(provinces_for(user)).only("name_th", "name_en")
            self._provinces = [(province.pk, province.name) for province in provinces]
            self.filters["province"].extra["choices"] = [
                (NO_PROVINCE, _("Directly attached schools")),
                *self._provinces,
            ]
        else:
            del self.filters["province"]
        self._offer_schools()

    def _offer_schools(self) -> None:
        """A province chooses among its schools; the department among those of the province it has chosen."""
        chosen = self._chosen_province()
        if not self.sees_schools or (self.sees_provinces and not chosen):
            del self.filters["school"]
            return
        schools = School.objects.visible_to(self.user)
        if chosen:
            schools = schools.filter(self._of_province("pk", chosen))
        self.filters["school"].queryset = self.filters["school"].extra["queryset"] = schools

    def _chosen_province(self) -> str:
        if not self.sees_provinces:
            return ""
        chosen = self.data.get("province", "")
        return chosen if chosen == NO_PROVINCE or chosen in dict(self._provinces) else ""

    def _of_province(self, column: str, province: str) -> Q:
        memberships = Membership.objects.visible_to(self.user).on(today())
        if province == NO_PROVINCE:
            return ~Q(**{f"{column}__in": memberships.values("school")})
        return Q(**{f"{column}__in": memberships.filter(province=province).values("school")})

    def arrange(self, *names):
        """These fields first, then the places."""
        order = [*names, *(name for name in ("province", "school") if name in self.filters)]
        self.filters = {name: self.filters[name] for name in order}

    def told(self) -> list[tuple[str, str]]:
        return told(self.form)

    def in_province(self, queryset, name, value):
        return queryset.filter(self._of_province("school", value))


class CourseFilter(PlacedFilter):
    """The courses of the year in the switcher, or of all years."""

    q = filters.CharFilter(label=_("Search"), method="holding")
    status = filters.ChoiceFilter(label=_("State"), choices=Course.Status, empty_label=_("All states"))
    kind = filters.ChoiceFilter(
        label=_("Course type"), field_name="course_type__kind", choices=CourseType.Kind, empty_label=_("All types")
    )
    trade_group = filters.ChoiceFilter(
        label=_("Trade group"),
        field_name="curriculum__trade_group",
        choices=Curriculum.TradeGroup,
        empty_label=_("All trade groups"),
    )
    skill_purpose = filters.ChoiceFilter(
        label=_("Skill purpose"), choices=Course.SkillPurpose, empty_label=_("All purposes")
    )
    starts_from = ThaiDateFilter(label=_("Begins on or after"), field_name="starts_on", lookup_expr="gte")
    starts_to = ThaiDateFilter(label=_("Begins on or before"), field_name="starts_on", lookup_expr="lte")
    year = filters.ChoiceFilter(label=_("Fiscal year"), method="unchanged", choices=[(ALL_YEARS, _("All years"))])

    class Meta:
        model = Course
        fields: list[str] = []

    field_order = ["q", "status", "kind", "year", "trade_group", "skill_purpose", "starts_from", "starts_to"]
    always_shown = ("q", "status")

    def __init__(self, data, queryset, *, user, year):
        self.year = year
        super().__init__(data, queryset, user=user)
        self.filters["year"].extra["empty_label"] = _("Year %(year)s") % {"year": year} if year else "–"
        self.arrange(*self.field_order)

    def holding(self, queryset, name, value):
        called = words_in(["instructor__first_name", "instructor__surname"], value)
        register = teaching.taught_by_somebody_called(self.user, called)
        return queryset.filter(words_in(["name", "curriculum__title", "venue", "instructor"], value) | Q(register))

    def unchanged(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("year") == ALL_YEARS else found.of_year(self.year)


class CurriculumFilter(PlacedFilter):
    q = filters.CharFilter(label=_("Search"), method="holding")
    trade_group = filters.ChoiceFilter(
        label=_("Trade group"), choices=Curriculum.TradeGroup, empty_label=_("All trade groups")
    )
    fit = filters.ChoiceFilter(label=_("Fits"), choices=Curriculum.Fit, empty_label=_("All"))

    class Meta:
        model = Curriculum
        fields: list[str] = []

    always_shown = ("q", "trade_group", "fit", "province", "school")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        self.arrange("q", "trade_group", "fit")

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(["title", "aims"], value))
