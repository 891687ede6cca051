"""The way back up from the office that one looks at to one's own: school, province, nation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from offices.clock import today
from offices.models import Membership
from offices.scoping import rows_for
from reports.breakdowns import View
from reports.offices import Kind


def way_to(view: View) -> list[tuple[str, str]]:
    """Name and office of each that lies above, as far as whoever looks may see it, the widest first."""
    user, office = view.user, view.office
    above = []
    if not rows_for(user) and office.kind != Kind.NATION:
        above.append((_("Whole country"), str(Kind.NATION)))
    if office.kind == Kind.SCHOOL and user.school_id is None:
        today_in = Membership.objects.visible_to(user).on(today()).filter(school=office.pk)
        above += [
            (each.province.name, f"{Kind.PROVINCE}:{each.province_id}")
            for each in today_in.select_related("province")
        ]
    return above
