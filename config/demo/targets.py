"""The demo's targets: the nation's, the lively provinces', and those of some schools; the rest have none yet."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

from config.demo import DEMO_YEAR
from config.demo.places import ATTACHED_CODE, LIVELY_PROVINCES, OUR_SCHOOL, SISTER_SCHOOL
from reports.models import Target
from reports.target_grid import is_share

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

SEED: Final = "ค่าเป้าหมาย"
SCHOOLS: Final = (OUR_SCHOOL, SISTER_SCHOOL, ATTACHED_CODE)
OF_NATION: Final = {
    "1.1": 2_000, "1.2": 120, "1.3": 1, "1.4": 60, "2.1": 80,
    "2.2": 60, "2.3": 50, "3.1": 60, "3.2": 30, "3.3": 50,
}  # fmt: skip
OF_SCHOOL: Final = {"1.1": 120, "1.2": 8, "1.4": 1, "2.1": 80, "3.1": 60}


def tell(lives: list[SchoolLife]) -> None:
    rng = Random(SEED)  # noqa: S311 (play, not secrets)
    rows = [_target(code, value) for code, value in OF_NATION.items()]
    for province in LIVELY_PROVINCES:
        for code, value in OF_NATION.items():
            own = value if is_share(code) else max(1, value * rng.randint(20, 35) // 100)
            rows.append(_target(code, own, province_id=province))
    for life in lives:
        if life.offer.school.code in SCHOOLS:
            for code, value in OF_SCHOOL.items():
                rows.append(_target(code, value, school=life.offer.school))
    Target.objects.bulk_create(rows)


def _target(code: str, value: int, **office: Any) -> Target:
    return Target(fiscal_year_id=DEMO_YEAR, code=code, value=value, **office)
