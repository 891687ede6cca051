"""What each role may do. The only table; every route names one of these permissions."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied

from offices.roles import Role
from offices.scoping import Eyes


class Can(StrEnum):
    OPEN_HOME = "open_home"
    MANAGE_ACCOUNTS = "manage_accounts"
    VIEW_SCHOOLS = "view_schools"
    EDIT_SCHOOLS = "edit_schools"
    VIEW_YEARS = "view_years"
    EDIT_YEARS = "edit_years"
    WATCH_OWN_JOBS = "watch_own_jobs"
    VIEW_COURSES = "view_courses"
    EDIT_COURSES = "edit_courses"
    DECIDE_WAIVERS = "decide_waivers"
    VIEW_TRAINEES = "view_trainees"
    EDIT_TRAINEES = "edit_trainees"
    REVEAL_IDS = "reveal_ids"
    VIEW_DISCLOSURES = "view_disclosures"
    OPEN_ADMIN = "open_admin"
    VIEW_INDICATORS = "view_indicators"
    COMPILE_REPORTS = "compile_reports"
    VIEW_SUPERVISION = "view_supervision"
    SUPERVISE = "supervise"
    PROPOSE_ITEMS = "propose_items"
    VIEW_PRODUCTS = "view_products"  # with sales channels, groups
    EDIT_PRODUCTS = "edit_products"
    VIEW_OUTCOMES = "view_outcomes"  # satisfaction, follow-up
    EDIT_OUTCOMES = "edit_outcomes"
    VIEW_PARTNERS = "view_partners"
    EDIT_PARTNERS = "edit_partners"
    VIEW_FAIRS = "view_fairs"
    PLAN_FAIRS = "plan_fairs"
    JOIN_FAIRS = "join_fairs"
    VIEW_MONEY = "view_money"
    ALLOCATE_MONEY = "allocate_money"
    SPEND_MONEY = "spend_money"
    VIEW_CIRCULARS = "view_circulars"
    SEND_CIRCULARS = "send_circulars"
    FORWARD_CIRCULARS = "forward_circulars"
    ACKNOWLEDGE_CIRCULARS = "acknowledge_circulars"
    FOLLOW_CIRCULARS = "follow_circulars"  # who below has acknowledged, reminders
    VIEW_SIGNERS = "view_signers"  # with running numbers
    EDIT_SIGNERS = "edit_signers"
    EDIT_TARGETS = "edit_targets"


EVERYONE = {Can.OPEN_HOME}
BUSINESS = {
    *EVERYONE,
    Can.WATCH_OWN_JOBS,
    Can.VIEW_YEARS,
    Can.VIEW_COURSES,
    Can.VIEW_TRAINEES,
    Can.VIEW_INDICATORS,
    Can.COMPILE_REPORTS,
    Can.VIEW_DISCLOSURES,
    Can.VIEW_SUPERVISION,
    Can.VIEW_PRODUCTS,
    Can.VIEW_OUTCOMES,
    Can.VIEW_PARTNERS,
    Can.EDIT_PARTNERS,
    Can.VIEW_FAIRS,
    Can.JOIN_FAIRS,
    Can.VIEW_MONEY,
    Can.SPEND_MONEY,
    Can.VIEW_CIRCULARS,
    Can.VIEW_SIGNERS,
    Can.EDIT_SIGNERS,
}

ALLOWED: dict[str, frozenset[Can]] = {
    Role.SCHOOL: frozenset(
        {
            *BUSINESS,
            Can.EDIT_COURSES,
            Can.EDIT_TRAINEES,
            Can.REVEAL_IDS,
            Can.PROPOSE_ITEMS,
            Can.EDIT_PRODUCTS,
            Can.EDIT_OUTCOMES,
            Can.ACKNOWLEDGE_CIRCULARS,
        }
    ),
    Role.PROVINCE: frozenset(
        {
            *BUSINESS,
            Can.MANAGE_ACCOUNTS,
            Can.VIEW_SCHOOLS,
            Can.DECIDE_WAIVERS,
            Can.SUPERVISE,
            Can.PLAN_FAIRS,
            Can.ALLOCATE_MONEY,
            Can.FORWARD_CIRCULARS,
            Can.FOLLOW_CIRCULARS,
        }
    ),
    Role.DEPARTMENT: frozenset(
        {
            *BUSINESS,
            Can.MANAGE_ACCOUNTS,
            Can.VIEW_SCHOOLS,
            Can.EDIT_SCHOOLS,
            Can.DECIDE_WAIVERS,
            Can.EDIT_YEARS,
            Can.SUPERVISE,
            Can.PLAN_FAIRS,
            Can.ALLOCATE_MONEY,
            Can.SEND_CIRCULARS,
            Can.FOLLOW_CIRCULARS,
            Can.EDIT_TARGETS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            *EVERYONE,
            Can.MANAGE_ACCOUNTS,
            Can.VIEW_SCHOOLS,
            Can.EDIT_SCHOOLS,
            Can.VIEW_YEARS,
            Can.OPEN_ADMIN,
        }
    ),
}

# The roles that each role may give; scoping.accounts_for says at which places.
GIVES: dict[str, tuple[Role, ...]] = {
    Role.SCHOOL: (),
    Role.PROVINCE: (Role.SCHOOL,),
    Role.DEPARTMENT: (Role.SCHOOL, Role.PROVINCE),
    Role.ADMINISTRATOR: tuple(Role),
}


def may(user: Eyes, permission: Can) -> bool:
    return user.is_active and permission in ALLOWED[user.role]


def requires(permission: Can) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Refuse the view to roles without `permission`, and record it for the tests."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.requires = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
