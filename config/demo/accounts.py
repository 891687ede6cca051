"""Who signs in to the demo, and the colleagues whose names stand on its rows but who never sign in."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from config.demo import PASSWORD, SIGN_INS, names
from config.demo.places import ATTACHED_CODE, HIGHLAND, LIVELY_PROVINCES, OUR_SCHOOL, SISTER_SCHOOL
from offices.models import Province, School, User
from offices.roles import Role

CANNOT_SIGN_IN: Final = f"{UNUSABLE_PASSWORD_PREFIX}demo"


class Staff:
    """The demo's accounts by the place they belong to."""

    def __init__(self, schools: Sequence[School]) -> None:
        self.schools = schools
        self.at_school: dict[int, User] = {}
        self.at_province: dict[str, User] = {}
        self.department: User

    def make(self) -> Staff:
        """Make the accounts that are missing; those that exist, and their passwords, stay as they are."""
        wanted = dict(self._wanted())
        for user in User.objects.filter(username__in=wanted, is_demo=True):
            self._remember(user)
            del wanted[user.username]
        can_sign_in = {sign_in.username for sign_in in SIGN_INS}
        rng = Random("demo accounts")  # noqa: S311 (play, not secrets)
        users = [
            User(
                username=username,
                name=names.whole_name(rng),
                password=make_password(PASSWORD) if username in can_sign_in else CANNOT_SIGN_IN,
                is_demo=True,
                **facts,
            )
            for username, facts in sorted(wanted.items())
        ]
        for user in User.objects.bulk_create(users):
            self._remember(user)
        return self

    def _wanted(self) -> list[tuple[str, dict[str, Any]]]:
        by_code = {OUR_SCHOOL: "school", SISTER_SCHOOL: "school2", ATTACHED_CODE: "attached"}
        head = {"role": Role.SCHOOL, "position": "ครู"}
        people: list[tuple[str, dict[str, Any]]] = [
            (by_code.get(school.code, f"demo-{school.code}"), {**head, "school": school})
            for school in self.schools
        ]
        head = {"role": Role.PROVINCE, "position": "ศึกษานิเทศก์"}
        for code in Province.objects.filter(code__in=LIVELY_PROVINCES).values_list("code", flat=True):
            username = "province" if code == HIGHLAND else f"demo-province-{code}"
            people.append((username, {**head, "province_id": code}))
        people.append(("department", {"role": Role.DEPARTMENT, "position": "นักวิชาการศึกษา"}))
        people.append(("administrator", {"role": Role.ADMINISTRATOR, "position": "ผู้ดูแลระบบ"}))
        return people

    def _remember(self, user: User) -> None:
        if user.school_id:
            self.at_school[user.school_id] = user
        elif user.province_id:
            self.at_province[user.province_id] = user
        elif user.username == "department":
            self.department = user

    def superior_of(self, school: School) -> User:
        """Who decides on a school's requests: its province, or else the department."""
        province = school.district.province_id if school.district else None
        return self.at_province[province] if province else self.department
