"""Lists of these screens: the filters and tables of accounts, invitations, schools and disclosures."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from offices.account_forms import provinces_to_invite_to, schools_to_invite_to
from offices.clock import today
from offices.looks import NUMERIC, UNBROKEN
from offices.models import Disclosure, Invitation, Membership, Province, School, User
from offices.permissions import GIVES
from offices.scoping import DEPARTMENT_EYES, provinces_for
from offices.templatetags.thai import thai_date, thai_datetime
from offices.thai.forms import ThaiDateField

PER_PAGE = 25


class Part(tables.Column):
    """A cell from a small template, which gets `record` and `csrf_token` and asks nothing else of the page."""

    empty_values = ()

    def __init__(self, *args: Any, template: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template

    def render(self, record: Any, table: tables.Table) -> str:
        return render_to_string(self.template, {"record": record, "csrf_token": get_token(table.request)})


class ThaiMoment(tables.Column):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs=UNBROKEN, **kwargs)

    def render(self, value: Any) -> str:
        return thai_datetime(value)


class ThaiDay(tables.Column):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs={part: {"class": "nowrap"} for part in ("th", "td")}, **kwargs)

    def render(self, value: Any) -> str:
        return thai_date(value)


class ThaiDateFilter(filters.DateFilter):
    field_class = ThaiDateField


class Narrowed(filters.FilterSet):
    """A filter whose choices depend on whose list it is; a field without a choice is left out."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.offer()

    def offer(self) -> None:
        """Fill the choices."""

    def keep_if(self, worth: bool, name: str) -> None:
        if not worth:
            del self.filters[name]


def accounts_of(user: User) -> QuerySet[User]:
    """The accounts that somebody looks after; one's own has a page of its own."""
    looked_after = User.objects.looked_after_by(user).exclude(pk=user.pk)
    return looked_after.select_related("school", "province")


def invitations_of(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.looked_after_by(user).select_related("school", "province")


def schools_of(user: User) -> QuerySet[School]:
    """The schools that somebody sees, each with the province it belongs to today."""
    provinces = Province.objects.filter(provinces_for(user))
    now = (
        Membership.objects.visible_to(DEPARTMENT_EYES)
        .on(today())
        .filter(school=OuterRef("pk"), province__in=provinces)
    )
    name = "province__name_en" if get_language() == "en" else "province__name_th"
    return School.objects.visible_to(user).annotate(
        province_today=Subquery(now.values("province")),
        province_name=Subquery(now.values(name)),
        province_position=Subquery(now.values("province__position")),
    )


def disclosures_of(user: User) -> QuerySet[Disclosure]:
    """The log of the schools that somebody sees, the newest first."""
    return Disclosure.objects.visible_to(user).select_related("school", "by").order_by("-at", "-pk")


def _accounts_by_words(queryset: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
    return queryset.filter(Q(name__icontains=words) | Q(username__icontains=words))


class PlaceFilter(Narrowed):
    """Accounts and invitations by words, role and place."""

    words = filters.CharFilter(label=_("Name or user name"), method=_accounts_by_words)
    role = filters.ChoiceFilter(label=_("Role"), choices=())
    school = filters.ModelChoiceFilter(label=_("School"), queryset=School.objects.none())
    province = filters.ModelChoiceFilter(label=_("Province"), queryset=Province.objects.none())

    def offer(self) -> None:
        given = GIVES[self.user.role]
        self.filters["role"].extra["choices"] = [(r.value, r.label) for r in given]
        self.keep_if(len(given) > 1, "role")
        self.filters["school"].queryset = schools_to_invite_to(self.user)
        self.filters["province"].queryset = provinces_to_invite_to(self.user)
        self.keep_if(self.filters["province"].queryset.exists(), "province")


class AccountFilter(PlaceFilter):
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("Open")), ("closed", _("Closed"))],
        method="by_state",
    )

    class Meta:
        model = User
        fields = ()

    def by_state(self, queryset: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        return queryset.filter(is_active=state == "open")


class AccountTable(tables.Table):
    name = tables.Column(
        _("Full name"), order_by=("name_order", "pk"), linkify=("offices:account", {"pk": tables.A("pk")})
    )
    username = tables.Column(_("User name"), attrs=UNBROKEN)
    role = tables.Column(_("Role"))
    place = tables.Column(_("Place"), orderable=False)
    state = Part(_("State"), template="offices/account_state.html", order_by=("-is_active",))
    last_login = ThaiMoment(_("Last signed in"))

    class Meta:
        template_name = "django_tables2/ours.html"
        empty_text = _("No account fits.")


class InvitationFilter(PlaceFilter):
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[("waiting", _("Waiting")), ("accepted", _("Accepted")), ("over", _("Run out or revoked"))],
        method="by_state",
    )

    class Meta:
        model = Invitation
        fields = ()

    def by_state(self, queryset: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        waiting = Invitation.objects.waiting().values("pk")
        match state:
            case "waiting":
                return queryset.filter(pk__in=waiting)
            case "accepted":
                return queryset.filter(accepted_at__isnull=False)
            case _:
                return queryset.filter(accepted_at=None).exclude(pk__in=waiting)


class InvitationTable(tables.Table):
    name = tables.Column(_("Full name"))
    username = tables.Column(_("User name"))
    role = tables.Column(_("Role"))
    place = tables.Column(_("Place"), orderable=False)
    state = Part(_("State"), template="offices/invitation_state.html", orderable=False)
    invited_at = ThaiMoment(_("Invited at"))
    expires_at = ThaiMoment(_("Runs out at"))
    acts = Part(_("Actions"), template="offices/invitation_acts.html", orderable=False)

    class Meta:
        template_name = "django_tables2/ours.html"
        empty_text = _("No invitation fits.")


class SchoolFilter(Narrowed):
    words = filters.CharFilter(label=_("Name or code"), method="by_words")
    province = filters.ModelChoiceFilter(
        label=_("Province today"),
        queryset=Province.objects.none(),
        null_label=_("Directly under the department"),
        method="by_province",
    )
    kind = filters.ChoiceFilter(label=_("Kind"), choices=School.Kind.choices)
    state = filters.ChoiceFilter(
        label=_("State"), choices=[("open", _("Open")), ("closed", _("Closed"))], method="by_state"
    )

    class Meta:
        model = School
        fields = ()

    def offer(self) -> None:
        provinces = Province.objects.filter(provinces_for(self.user))
        self.filters["province"].queryset = provinces
        self.keep_if(provinces.count() > 1, "province")

    def by_words(self, queryset: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return queryset.filter(Q(name__icontains=words) | Q(code__icontains=words))

    def by_province(self, queryset: QuerySet[Any], name: str, province: Any) -> QuerySet[Any]:
        if province == self.filters["province"].null_value:
            return queryset.filter(province_today=None)
        return queryset.filter(province_today=province.pk)

    def by_state(self, queryset: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        return queryset.filter(closed_on__isnull=state == "open")


class SchoolTable(tables.Table):
    name = tables.Column(
        _("School"), order_by=("name_order", "pk"), linkify=("offices:school", {"pk": tables.A("pk")})
    )
    code = tables.Column(_("Code"), attrs=UNBROKEN)
    kind = tables.Column(_("Kind"))
    province_name = tables.Column(
        _("Province today"), order_by=("province_position",), default=_("Directly under the department")
    )
    closed_on = ThaiDay(_("Closed on"))

    class Meta:
        template_name = "django_tables2/ours.html"
        empty_text = _("No school fits.")


class DisclosureFilter(Narrowed):
    act = filters.ChoiceFilter(label=_("Act"), choices=Disclosure.Act.choices)
    words = filters.CharFilter(label=_("By whom"), field_name="by__name", lookup_expr="icontains")
    school = filters.ModelChoiceFilter(label=_("School"), queryset=School.objects.none())
    since = ThaiDateFilter(label=_("From day"), field_name="at", lookup_expr="date__gte")
    until = ThaiDateFilter(label=_("To day"), field_name="at", lookup_expr="date__lte")

    class Meta:
        model = Disclosure
        fields = ()

    def offer(self) -> None:
        schools = School.objects.visible_to(self.user)
        self.filters["school"].queryset = schools
        self.keep_if(schools.count() > 1, "school")


class DisclosureTable(tables.Table):
    at = ThaiMoment(_("When"))
    school = tables.Column(_("School"), orderable=False)
    by = tables.Column(_("By whom"), orderable=False, default=_("The server's operator"))
    act = tables.Column(_("Act"))
    what = tables.Column(_("Of what"), orderable=False, empty_values=())
    rows = tables.Column(_("Rows"), attrs=NUMERIC)
    reason = tables.Column(_("Reason"), orderable=False)

    class Meta:
        template_name = "django_tables2/ours.html"
        empty_text = _("Nobody has seen or taken away personal data here.")

    def render_what(self, record: Disclosure) -> str:
        return subject_in_words(record.subject)


def subject_in_words(label: str) -> str:
    """The words for a model's label; the label itself where it is no longer known."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
