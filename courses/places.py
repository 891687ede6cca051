"""Finding the subdistrict of a venue by what people type: its name, its district, a postal code."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from offices.models import District, School, Subdistrict
from offices.thai.digits import to_arabic
from offices.thai.typed import tidy

MOST_OPTIONS = 30
_MOST_CHARACTERS = 200
_WORDS_BEFORE_NAMES = re.compile(r"(?:^|(?<=\s))(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด|ต\.|อ\.|จ\.)\s*")
_BETWEEN = re.compile(r"[\s,·()]+")


def label_of(place: Subdistrict) -> str:
    """แม่ริม · แม่ริม · เชียงใหม่ 50180: what the search offers, and what is read back."""
    return f"{place} · {place.district} · {place.district.province} {place.postal_code}".strip()


def search(text: str, *, near: District | None) -> QuerySet[Subdistrict]:
    """Subdistricts whose names, district, province or postal code hold every typed word, near ones first.

    Nothing typed: the subdistricts of the district that is near.
    """
    words = _words(text)
    places = Subdistrict.objects.select_related("district__province")
    if not words:
        return places.filter(district=near).order_by("name_th") if near else places.none()
    for word in words:
        places = places.filter(
            Q(name_th__icontains=word)
            | Q(name_en__icontains=word)
            | Q(district__name_th__icontains=word)
            | Q(district__name_en__icontains=word)
            | Q(district__province__name_th__icontains=word)
            | Q(district__province__name_en__icontains=word)
            | Q(postal_code__startswith=word)
            | Q(code=word)
        )
    return places.alias(
        named=Case(When(Q(name_th=words[0]) | Q(name_en__iexact=words[0]), Value(0)), default=Value(1)),
        distance=Case(
            When(district=near, then=Value(0)),
            When(district__province=near.province_id if near else None, then=Value(1)),
            default=Value(2),
        ),
    ).order_by("named", "distance", "code")


def find(text: str, *, near: District | None) -> Subdistrict:
    """The one subdistrict that is meant; refused with the possible ones where several could be."""
    found = list(search(text, near=near)[: MOST_OPTIONS + 1])
    if not found:
        raise ValidationError(
            _(
                "No subdistrict was found for “%(text)s”. Write its name or its postal code "
                "and choose from the list."
            ),
            "unknown_place",
            {"text": tidy(text)[:60]},
        )
    exact = [place for place in found if label_of(place) == tidy(to_arabic(text))]
    # The name alone means the one of one's own province, when there is only one of that name.
    named = [place for place in found if _words(text)[0].lower() in (place.name_th, place.name_en.lower())]
    ours = [place for place in named if near and place.district.province_id == near.province_id]
    for candidates in (exact, found, named, ours):
        if len(candidates) == 1:
            return candidates[0]
    raise ValidationError(
        _("Several subdistricts could be meant: %(places)s. Write the district as well."),
        "several_places",
        {"places": "; ".join(label_of(place) for place in found[:5])},
    )


def _words(text: str) -> list[str]:
    plain = _WORDS_BEFORE_NAMES.sub("", tidy(to_arabic(text))[:_MOST_CHARACTERS])
    return [word for word in _BETWEEN.split(plain) if word]


def district_of(school: School | None) -> District | None:
    return school.district if school else None


class SubdistrictField(forms.CharField):
    """A subdistrict by its name, its label from the search, or its postal code; the value is the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.near: District | None = None
        super().__init__(*args, max_length=_MOST_CHARACTERS, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return find(text, near=self.near) if _words(text) else None
