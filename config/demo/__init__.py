"""Invented people on the real map, for laptops only: what `manage.py seed_demo` fills a database with."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offices.roles import Role

DEMO_YEAR: Final = 2569
"""The year full of life; the next one has only begun."""

PASSWORD: Final = "try-it-2569"  # noqa: S105 (printed on purpose; demo accounts exist under DEBUG only)


class SignIn(NamedTuple):
    role_label: str | Promise
    username: str
    password: str


SIGN_INS: Final[list[SignIn]] = [
    SignIn(Role.SCHOOL.label, "school", PASSWORD),
    SignIn(_("School staff, another school of the same province"), "school2", PASSWORD),
    SignIn(Role.PROVINCE.label, "province", PASSWORD),
    SignIn(Role.DEPARTMENT.label, "department", PASSWORD),
    SignIn(Role.ADMINISTRATOR.label, "administrator", PASSWORD),
    SignIn(_("School staff, directly attached school"), "attached", PASSWORD),
]
"""One sign-in for each kind of user. The administrator switches on the authenticator app by themselves."""
