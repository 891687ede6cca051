"""One line of the matrix, and the roles that it names."""

from dataclasses import dataclass
from typing import Final

from offices.roles import Role

S, P, D, A = Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR
ALL: Final = {S, P, D, A}
BUSINESS: Final = {S, P, D}
NO_CELLS: Final = '{"cells": []}'


@dataclass(frozen=True)
class Line:
    """Roles that may GET, roles that may POST, and what the route's key names (see rows.py)."""

    get: frozenset[str] | set[str] = frozenset()
    post: frozenset[str] | set[str] = frozenset()
    key: str = ""
    says: tuple[tuple[str, str], ...] | str = ()  # what a POST must say to be understood at all; text is JSON
