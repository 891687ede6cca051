"""What of form 2 is still missing about a person: told on the person's page, and a filter of the register."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainees.models import Trainee

EXPECTED: Final[dict[str, str | Promise]] = {
    "sex": _("Sex"),
    "birth_date": _("Birth date"),
    "nationality": _("Nationality"),
    "education": _("Education"),
    "occupation": _("Occupation"),
    "subdistrict": _("Address"),
    "consented_on": _("Agreement to the privacy notice"),
}
"""What everybody can be asked. Surname, phone and religion may rightly be without an answer."""

_TEXT: Final = {"sex", "nationality", "education", "occupation"}


def _missing(name: str) -> Q:
    return Q(**{name: ""}) if name in _TEXT else Q(**{f"{name}__isnull": True})


INCOMPLETE: Final = Trainee.KNOWN & reduce(or_, (_missing(name) for name in EXPECTED))
"""People about whom something is missing, for the database."""


def gaps_of(trainee: Trainee) -> list[str]:
    """The labels of what is missing about one person."""
    if trainee.erased_at:
        return []
    return [str(label) for name, label in EXPECTED.items() if getattr(trainee, name) in ("", None)]
