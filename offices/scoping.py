"""Who sees which rows. The only place that knows what a role sees, and the seal that lets nobody forget it.

A row belongs to a school. A query over school-owned rows cannot be run until `visible_to(user)` has chosen
whose eyes look: forgetting is a crash in the first test, never a leak (docs/adr/0001-the-wall.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, Self

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, sql

from offices.clock import today
from offices.roles import Role


class ScopeNotChosen(FieldError):
    """Rows of schools were asked for before anybody said whose eyes look."""


class Eyes(Protocol):
    """Whoever looks: a user, or `DEPARTMENT_EYES` for the command line on the server itself."""

    role: str
    is_active: bool
    school_id: int | None
    province_id: str | None


class _DepartmentEyes:
    """The server's own operator, who holds the database anyway, sees what the department sees."""

    pk = None
    role = Role.DEPARTMENT
    is_active = True
    school_id = None
    province_id = None


DEPARTMENT_EYES: Any = _DepartmentEyes()


@dataclass
class OfficeEyes:
    """The eyes that all people of an office share, for what is counted once for all of them; also those of a
    school, for whoever holds a signed link that it gave out (offices/links.py)."""

    role: str = Role.SCHOOL
    school_id: int | None = None
    province_id: str | None = None
    is_active: bool = True


NOTHING = Q(pk__in=[])


def rows_for(user: Eyes) -> Q:
    """Rows of the schools that `user` may see; every such row has a `school` column."""
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.SCHOOL:
            return Q(school=user.school_id)
        case Role.PROVINCE:
            return Q(school__in=_schools_in(user.province_id))
        case Role.DEPARTMENT:
            return Q()
        case Role.ADMINISTRATOR:
            return NOTHING  # accounts and reference data only
        case _:
            raise ValueError(f"No row scope is defined for role {user.role!r}.")


def schools_for(user: Eyes) -> Q:
    """The schools themselves; to an administrator they are reference data."""
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.SCHOOL:
            return Q(pk=user.school_id)
        case Role.PROVINCE:
            return Q(pk__in=_schools_in(user.province_id))
        case Role.DEPARTMENT | Role.ADMINISTRATOR:
            return Q()
        case _:
            raise ValueError(f"No school scope is defined for role {user.role!r}.")


def provinces_for(user: Eyes) -> Q:
    """The provincial offices that `user` may look at as places, by primary key."""
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.SCHOOL:
            return NOTHING
        case Role.PROVINCE:
            return Q(pk=user.province_id)
        case Role.DEPARTMENT | Role.ADMINISTRATOR:
            return Q()
        case _:
            raise ValueError(f"No province scope is defined for role {user.role!r}.")


def office_rows_for(user: Eyes) -> Q:
    """Rows of any office, by their `school` or `province` column; the department's own have neither.

    A province sees its own and those of its schools; nobody sees those of the office above.
    """
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.SCHOOL:
            return Q(school=user.school_id)
        case Role.PROVINCE:
            return Q(province=user.province_id) | Q(school__in=_schools_in(user.province_id))
        case Role.DEPARTMENT:
            return Q()
        case Role.ADMINISTRATOR:
            return NOTHING
        case _:
            raise ValueError(f"No office scope is defined for role {user.role!r}.")


def rows_given_by(user: Eyes) -> Q:
    """Rows that the user's own office gave to one below it, by their `source` and `giver` columns."""
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.PROVINCE:
            return Q(giver=user.province_id)
        case Role.DEPARTMENT:
            return Q(source="department")
        case Role.SCHOOL | Role.ADMINISTRATOR:
            return NOTHING
        case _:
            raise ValueError(f"Nobody said what role {user.role!r} gives.")


def province_rows_for(user: Eyes) -> Q:
    """Rows of a register that a province shares with its schools, by their `province` column.

    The department's own register (no province) is shared with the schools directly under it.
    """
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.SCHOOL:
            here = _memberships_today().filter(school=user.school_id)
            return Q(province__in=here.values("province")) | Q(~Exists(here), province=None)
        case Role.PROVINCE:
            return Q(province=user.province_id)
        case Role.DEPARTMENT:
            return Q()
        case Role.ADMINISTRATOR:
            return NOTHING
        case _:
            raise ValueError(f"No register scope is defined for role {user.role!r}.")


def register_of(user: Eyes) -> str | None:
    """The province into whose register `user` enters rows; none is the department's own register."""
    match user.role:
        case Role.SCHOOL:
            return _memberships_today().filter(school=user.school_id).values_list("province", flat=True).first()
        case Role.PROVINCE:
            return user.province_id
        case Role.DEPARTMENT:
            return None
        case _:
            raise ValueError(f"Nobody said into which register role {user.role!r} enters rows.")


def rows_decided_by(user: Eyes) -> Q:
    """Rows whose superior office is the user's: the province's, or the department's where there is none."""
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.PROVINCE:
            return rows_for(user)
        case Role.DEPARTMENT:
            return Q(~Exists(_memberships_today().filter(school=OuterRef("school"))))
        case Role.SCHOOL | Role.ADMINISTRATOR:
            return NOTHING
        case _:
            raise ValueError(f"Nobody said what role {user.role!r} decides.")


def accounts_for(user: Eyes) -> Q:
    """The accounts that `user` looks after: a province those of its schools, the department those of
    provinces and of schools without one. Nobody looks after accounts of their own level."""
    if not user.is_active:
        return NOTHING
    match user.role:
        case Role.PROVINCE:
            return Q(role=Role.SCHOOL, school__in=_schools_in(user.province_id))
        case Role.DEPARTMENT:
            attached = Q(~Exists(_memberships_today().filter(school=OuterRef("school"))))
            return Q(role=Role.PROVINCE) | (Q(role=Role.SCHOOL) & attached)
        case Role.ADMINISTRATOR:
            return Q()
        case Role.SCHOOL:
            return NOTHING
        case _:
            raise ValueError(f"Nobody said whose accounts role {user.role!r} looks after.")


def _memberships_today() -> QuerySet[Any]:
    return apps.get_model("offices", "Membership").objects.unscoped().on(today())


def _schools_in(province_id: str | None) -> QuerySet[Any]:
    return _memberships_today().filter(province=province_id).values("school")


class SealedQuery(sql.Query):
    """A query that cannot be compiled, nor turned into an UPDATE, DELETE or aggregate, until it is opened."""

    sealed = True

    def _check(self) -> None:
        if self.sealed and not self.is_empty():
            name = self.model.__name__ if self.model else "?"
            raise ScopeNotChosen(f"{name}: call visible_to(user) first.")

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        return super().get_compiler(*args, **kwargs)

    def chain(self, klass: type[sql.Query] | None = None) -> Any:
        if klass is not None:  # becomes an UPDATE, DELETE or aggregate query
            self._check()
        return super().chain(klass)

    def combine(self, rhs: sql.Query, connector: str) -> None:
        """`visible | sealed` would let the sealed side's rows in through the open one."""
        self._check()
        if isinstance(rhs, SealedQuery):
            rhs._check()
        super().combine(rhs, connector)


class SealedQuerySet(models.QuerySet):
    """Asks nothing of the database until a scope is chosen. Subclasses say which rows a user sees."""

    def __init__(
        self, model: type[models.Model] | None = None, query: Any = None, using: Any = None, hints: Any = None
    ) -> None:
        super().__init__(model, query or (SealedQuery(model) if model else None), using, hints)

    def visible_to(self, user: Eyes) -> Self:
        """The rows that exist for `user`."""
        raise NotImplementedError

    def _live(self) -> Q:
        """Rows in the bin are not there."""
        return getattr(self.model, "LIVE", Q())

    def unscoped(self) -> Self:
        """All rows. For migrations and maintenance only; tests/test_seal.py lists who may say this."""
        opened = self._chain()  # type: ignore[attr-defined]
        opened.query.sealed = False
        return opened

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise ScopeNotChosen(f"{self.model.__name__}: raw SQL knows no scope.")

    def delete(self) -> tuple[int, dict[str, int]]:
        self.query._check()  # type: ignore[attr-defined]
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> Any:
        self.query._check()  # type: ignore[attr-defined]
        return super()._raw_delete(using)  # type: ignore[misc]

    _raw_delete.alters_data = True  # type: ignore[attr-defined]


class ScopedQuerySet(SealedQuerySet):
    """Rows that belong to a school. Rows in the bin are not there, except for `in_bin_of`."""

    def visible_to(self, user: Eyes) -> Self:
        return self.unscoped().filter(rows_for(user), self._live())

    def decided_by(self, user: Eyes) -> Self:
        """Those of the visible rows that the user's office has to decide on."""
        return self.visible_to(user).filter(rows_decided_by(user))

    def in_bin_of(self, user: Eyes) -> Self:
        """Rows that the user's school threw away and may still have back."""
        return self.unscoped().filter(rows_for(user), binned_at__isnull=False)


class OfficeQuerySet(SealedQuerySet):
    """Rows that belong to an office: a school, a province or the department."""

    def visible_to(self, user: Eyes) -> Self:
        return self.unscoped().filter(office_rows_for(user), self._live())

    def visible_with(self, user: Eyes, handed: Q) -> Self:
        """Also those that an office above handed to the user's own; `handed` says which, and asks as the user."""
        below = office_rows_for(user)
        seen = below | handed if below else below  # an empty Q is everything, but vanishes beside another
        return self.unscoped().filter(seen, self._live())

    def own_of(self, user: Eyes) -> Self:
        """Those of the user's own office alone, which only its people may change."""
        return self.visible_to(user).filter(school=user.school_id, province=user.province_id)

    def in_bin_of(self, user: Eyes) -> Self:
        """Rows that the user's office threw away and may still have back."""
        mine = self.unscoped().filter(office_rows_for(user), school=user.school_id, province=user.province_id)
        return mine.filter(binned_at__isnull=False)


class GivenQuerySet(OfficeQuerySet):
    """Rows that an office above gave to the office they belong to; what it gave, it goes on seeing."""

    def visible_to(self, user: Eyes) -> Self:
        seen = office_rows_for(user)
        if seen:  # Django takes an empty Q, which is everything, for nothing when it is joined by "or"
            seen |= rows_given_by(user)
        return self.unscoped().filter(seen, self._live())

    def given_by(self, user: Eyes) -> Self:
        """Those that the user's own office gave."""
        return self.visible_to(user).filter(rows_given_by(user))

    def handled_by(self, user: Eyes) -> Self:
        """Those that the user's own office gave or received, which its people may act on."""
        own = Q(school=user.school_id, province=user.province_id)
        return self.visible_to(user).filter(own | rows_given_by(user))


class ProvinceQuerySet(SealedQuerySet):
    """Rows of a register that a province shares with its schools."""

    def visible_to(self, user: Eyes) -> Self:
        return self.unscoped().filter(province_rows_for(user), self._live())

    def in_bin_of(self, user: Eyes) -> Self:
        """Rows that were thrown away out of the register that the user shares."""
        return self.unscoped().filter(province_rows_for(user), binned_at__isnull=False)


class SchoolQuerySet(SealedQuerySet):
    """The schools themselves."""

    def visible_to(self, user: Eyes) -> Self:
        return self.unscoped().filter(schools_for(user))
