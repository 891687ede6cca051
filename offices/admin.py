"""The Django admin: accounts and reference data, for administrators with the second step of signing in.

No business model is registered here, ever. Schools and memberships are sealed, and are reference data here.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from offices.models import (
    AreaGroup,
    CourseType,
    District,
    FiscalYear,
    Membership,
    Province,
    School,
    Subdistrict,
    User,
)
from offices.permissions import Can, may
from offices.school_forms import SchoolForm
from offices.thai.forms import ThaiDateField


class OfficeAdminSite(admin.AdminSite):
    """Does not exist for anybody but administrators; asks these for the second step first."""

    site_header = site_title = _("Accounts and reference data")
    index_title = _("What is looked after here")

    def has_permission(self, request: HttpRequest) -> bool:
        return may_administer(request) and _has_second_step(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not may_administer(request):
                raise Http404
            if request.user.is_authenticated and not _has_second_step(request):
                messages.warning(request, _("Switch on the authenticator app first: the admin asks for it."))
                return redirect("mfa_activate_totp")
            return guarded(request, *args, **kwargs)

        return asked

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


def may_administer(request: HttpRequest) -> bool:
    return request.user.is_authenticated and may(request.user, Can.OPEN_ADMIN)


def _has_second_step(request: HttpRequest) -> bool:
    return is_mfa_enabled(request.user, [Authenticator.Type.TOTP])


site = OfficeAdminSite(name="admin")


class ReferenceAdmin(admin.ModelAdmin):
    """Whoever comes as far as this site may look and change; deleting is not offered: rows lean on it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is School:
            kwargs.setdefault("queryset", School.objects.unscoped())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class OnlyLookedAt:
    """Rows that an operation elsewhere makes and changes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User, site=site)
class UserAdmin(ReferenceAdmin):
    """Accounts come by invitation, are closed on the accounts page, and their passwords are shown nowhere."""

    fields = ("username", "name", "email", "position", "phone", "role", "school", "province", "is_active")
    readonly_fields = ("is_active",)
    list_display = ("username", "name", "role", "school", "province", "is_active", "last_login")
    list_filter = ("role", "is_active")
    list_select_related = ("school", "province")
    search_fields = ("username", "name")

    def has_add_permission(self, request: HttpRequest) -> bool:  # type: ignore[override]
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody changes their own role: the last administrator would be gone."""
        own = ("role", "school", "province") if obj is not None and obj.pk == request.user.pk else ()
        return (*self.readonly_fields, *own)


class MembershipInline(OnlyLookedAt, admin.TabularInline):
    model = Membership
    fields = ("province", "starts_on", "ends_on")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return Membership.objects.unscoped().select_related("province")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AdminSchoolForm(SchoolForm):
    """The school's form for whoever administers: the admin makes forms without their user."""

    class Meta(SchoolForm.Meta):
        fields: Any = (*SchoolForm.Meta.fields, "closed_on")
        field_classes = {**SchoolForm.Meta.field_classes, "closed_on": ThaiDateField}


@admin.register(School, site=site)
class SchoolAdmin(ReferenceAdmin):
    """Moving a school is an operation of its own, on the schools page."""

    form = AdminSchoolForm
    list_display = ("code", "name", "kind", "district", "opened_on", "closed_on")
    list_filter = ("kind",)
    list_select_related = ("district",)
    search_fields = ("code", "name")
    inlines = (MembershipInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return School.objects.unscoped().order_by("name_order", "pk")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form_class = super().get_form(request, obj, change, **kwargs)

        class OfThisAdministrator(form_class):  # type: ignore[valid-type, misc]
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(request.user, *args, **options)

        return OfThisAdministrator


@admin.register(Membership, site=site)
class MembershipAdmin(OnlyLookedAt, ReferenceAdmin):
    list_display = ("school", "province", "starts_on", "ends_on")
    list_filter = ("province",)
    list_select_related = ("school", "province")
    search_fields = ("school__name", "school__code")

    def get_queryset(self, request: HttpRequest) -> Any:
        return Membership.objects.unscoped().order_by("school__name_order", "starts_on")


@admin.register(Province, site=site)
class ProvinceAdmin(ReferenceAdmin):
    list_display = ("code", "name_th", "name_en", "abbreviation")
    search_fields = ("name_th", "name_en")


@admin.register(District, site=site)
class DistrictAdmin(ReferenceAdmin):
    list_display = ("code", "name_th", "name_en", "province")
    list_select_related = ("province",)
    search_fields = ("code", "name_th", "name_en")


@admin.register(Subdistrict, site=site)
class SubdistrictAdmin(ReferenceAdmin):
    list_display = ("code", "name_th", "name_en", "district", "postal_code")
    list_select_related = ("district",)
    search_fields = ("code", "name_th", "name_en")
    raw_id_fields = ("district",)


@admin.register(AreaGroup, site=site)
class AreaGroupAdmin(ReferenceAdmin):
    """Which places make their people a policy group; the list is shipped empty (Letter §3)."""

    filter_horizontal = ("provinces", "districts")
    readonly_fields = ("code",)


@admin.register(FiscalYear, site=site)
class FiscalYearAdmin(OnlyLookedAt, ReferenceAdmin):
    """The rules of a year are the department's: looked at here, changed on the page of the year."""

    list_display = ("year", "pass_percent", "attendance_percent", "most_hours")


@admin.register(CourseType, site=site)
class CourseTypeAdmin(OnlyLookedAt, ReferenceAdmin):
    list_display = ("fiscal_year", "kind", "least_hours", "most_hours", "group_size")
    list_select_related = ("fiscal_year",)
