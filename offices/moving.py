"""A school's place in the tree: it opens, moves to another province from a day on, and closes.

Nothing of a school's rows moves. What one sees follows today's province; figures follow the province of the
deciding day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offices.models import Membership, Province, School, User
from offices.permissions import Can, may
from offices.scoping import DEPARTMENT_EYES
from offices.thai.dates import short_date


def memberships_of(school: School) -> Any:
    """The dated memberships of a school that was found through its own scope; reference data like the school."""
    return Membership.objects.visible_to(DEPARTMENT_EYES).filter(school=school).select_related("province")


@transaction.atomic
def open_school(*, school: School, province: Province | None, by: User) -> School:
    """Store a new school; with a province it belongs there from its first day."""
    _may(by)
    with pghistory.context(user=by.pk, act="school.open"):
        school.save()
        if province is not None:
            membership = Membership(school=school, province=province)
            if school.opened_on:
                membership.starts_on = school.opened_on
            membership.save()
    return school


@transaction.atomic
def move_school(*, school: School, to: Province | None, since: date, by: User) -> None:
    """From `since` on the school belongs to another province, or to none (directly under the department)."""
    _may(by)
    rows = list(memberships_of(school).select_for_update(of=("self",)).order_by("starts_on"))
    later = next((m for m in rows if m.starts_on >= since), None)
    if later is not None:
        raise ValidationError(
            _("A membership from %(day)s is recorded already. Choose a later day."),
            params={"day": short_date(later.starts_on)},
        )
    current = rows[-1] if rows and (rows[-1].ends_on is None or rows[-1].ends_on >= since) else None
    if (current.province_id if current else None) == (to.pk if to else None):
        raise ValidationError(_("The school belongs there already."))
    with pghistory.context(user=by.pk, act="school.move"):
        if current is not None:
            current.ends_on = since - timedelta(days=1)
            current.save(update_fields=["ends_on"])
        if to is not None:
            Membership(school=school, province=to, starts_on=since).save()


@transaction.atomic
def close_school(*, school: School, on: date | None, by: User) -> None:
    """Close a school on a day; without a day, open it again. Its rows and accounts stay as they are."""
    _may(by)
    school.closed_on = on
    school.validate_constraints(exclude=["code"])
    with pghistory.context(user=by.pk, act="school.close" if on else "school.reopen"):
        school.save(update_fields=["closed_on"])


def _may(by: User) -> None:
    if not may(by, Can.EDIT_SCHOOLS):
        raise PermissionDenied
