"""An address as people write it in one line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from offices.models import Subdistrict


def in_one_line(house: str, moo: str | int | None, way: str, place: Subdistrict | None, postal_code: str) -> str:
    """House, moo, village or road (`way`), the official place, postal code; '' where nothing is known."""
    named = [str(place), str(place.district), str(place.district.province)] if place else []
    parts = [house, _("moo %(number)s") % {"number": moo} if moo else "", way, *named, postal_code]
    return pgettext("between the parts of an address", ", ").join(part for part in parts if part)
