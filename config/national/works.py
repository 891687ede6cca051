"""What the country's courses brought forth: products, where they are sold and shown, and groups of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from config.demo import names
from config.demo.channels import NAMES
from config.demo.fairs import CONTESTS, RESULTS
from config.demo.products import IDENTITIES, MADE
from config.national import TODAY, YEAR
from config.national.copying import Ledger
from config.national.offices import Nation, Place
from config.national.teaching import FIRST_DAY, Run
from courses.models import Fair, FairPart
from offices.models import Province
from offices.thai.dates import fiscal_year_of
from trainees.models import (
    Assessment,
    Channel,
    ContestEntry,
    Exhibit,
    Group,
    Maker,
    Member,
    Offer,
    Product,
    Publicity,
    Sale,
    Verdict,
)

FROM_A_COURSE: Final = 0.55
ASSESSED: Final = 0.75
ONCE_MORE: Final = 0.15
OFFERED: Final = 0.5
CHANNELS: Final = 4
GROUPS: Final = 4
ENTERPRISES: Final = 0.3


@dataclass
class Fairs:
    """The fairs that a school may join: the department's, and its own province's."""

    everywhere: list[int] = field(default_factory=list)
    of_province: dict[str, list[int]] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)

    def open_to(self, place: Place) -> list[int]:
        return [*self.everywhere, *self.of_province.get(place.province or "", [])]


def plan_fairs(ledger: Ledger) -> Fairs:
    """Two of the department, one of each province; some are only planned, some fell through."""
    rng, fairs = Random("national fairs"), Fairs()  # noqa: S311 (play, not secrets)
    for number in (1, 2):
        pk = _fair(ledger, f"งานมหกรรมวิชาการ สกร. สร้างอาชีพ สร้างรายได้ ครั้งที่ {number}", None, "held", rng)
        fairs.everywhere.append(pk)
        fairs.held.add(pk)
        ledger.add(FairPart, fair_id=pk, role="organises", visitors=rng.randint(9_000, 30_000))
    for province in Province.objects.order_by("code"):
        status = rng.choices(("held", "planned", "cancelled"), (8, 1, 1))[0]
        pk = _fair(ledger, f"งานแสดงผลงานอาชีพ {province.name}", province.pk, status, rng)
        fairs.of_province[province.pk] = [pk]
        if status == "held":
            fairs.held.add(pk)
        ledger.add(FairPart, fair_id=pk, province_id=province.pk, role="organises")
    return fairs


def _fair(ledger: Ledger, name: str, organiser: str | None, status: str, rng: Random) -> int:
    first = FIRST_DAY + timedelta(days=rng.randint(90, 330))
    return ledger.add(
        Fair,
        name=name,
        fiscal_year_id=YEAR,
        organiser_id=organiser,
        starts_on=first,
        ends_on=first + timedelta(days=2),
        status=status,
        status_reason="น้ำท่วมพื้นที่จัดงาน" if status == "cancelled" else "",
    )


class Workshop:
    """Writes down the works of one school after the other."""

    def __init__(self, ledger: Ledger, nation: Nation, fairs: Fairs) -> None:
        self.ledger, self.nation, self.fairs = ledger, nation, fairs
        self.maker = ledger.sheet(Maker).writer("school_id", "product_id", "enrolment_id")
        self.verdict = ledger.sheet(Verdict).writer(
            "school_id", "assessment_id", "item_id", "position", "text", "is_required", "is_met"
        )
        self.sale = ledger.sheet(Sale).writer("school_id", "channel_id", "month", "amount")
        self.member = ledger.sheet(Member).writer("school_id", "group_id", "enrolment_id")

    def work(self, place: Place, runs: Sequence[Run], rng: Random) -> None:
        finished = [run for run in runs if run.is_finished and run.came]
        products = [
            self._product(run, rng) for run in finished if run.trade.title in MADE and rng.random() < FROM_A_COURSE
        ]
        self._channels(place, products, rng)
        self._groups(place, finished, rng)
        for fair in self.fairs.open_to(place):
            if rng.random() < 0.6:
                self._show(fair, place, products, finished, rng)

    def _product(self, run: Run, rng: Random) -> int:
        category, several = MADE[run.trade.title]
        name, price = rng.choice(several)
        school = run.place.school.pk
        pk = self.ledger.add(
            Product,
            school_id=school,
            course_id=run.pk,
            name=name,
            category=category,
            made_on=run.ends_on,
            price=Decimal(price),
            identity=rng.choice(IDENTITIES),
        )
        for enrolment in rng.sample(run.came, min(len(run.came), rng.choice((0, 1, 2, 3)))):
            self.maker(school, pk, enrolment)
        day = run.ends_on + timedelta(days=rng.randint(5, 50))
        if rng.random() < ASSESSED:
            self._assess(run, pk, day, rng)
            if rng.random() < ONCE_MORE:
                self._assess(run, pk, day + timedelta(days=60), rng)
        return pk

    def _assess(self, run: Run, product: int, day: date, rng: Random) -> None:
        if day > TODAY:
            return
        school, points = run.place.school.pk, self.nation.years[fiscal_year_of(day)].points
        found = [rng.random() < 0.93 for _ in points]
        pk = self.ledger.add(
            Assessment,
            school_id=school,
            product_id=product,
            fiscal_year_id=fiscal_year_of(day),
            assessed_on=day,
            assessor=run.place.superior.name,
            assessor_position=run.place.superior.position,
            is_met=all(met for met, point in zip(found, points, strict=True) if point.is_required),
            entered_by_id=run.place.clerk.pk,
            entered_at=f"{day} 15:00+07",
        )
        for point, met in zip(points, found, strict=True):
            self.verdict(school, pk, point.pk, point.position, point.text, "ft"[point.is_required], "ft"[met])

    def _channels(self, place: Place, products: list[int], rng: Random) -> None:
        kinds = rng.sample(list(NAMES), CHANNELS)
        channels = [self._channel(place, kind, rng) for kind in kinds]
        for product in products:
            for channel in channels:
                if rng.random() < OFFERED / 2:
                    self.ledger.add(Offer, school_id=place.school.pk, channel_id=channel, product_id=product)
        self.ledger.add(
            Publicity,
            school_id=place.school.pk,
            kind="facebook",
            name=f"เพจ {place.school.name}",
            opened_on=FIRST_DAY,
        )

    def _channel(self, place: Place, kind: str, rng: Random) -> int:
        opened_on = FIRST_DAY + timedelta(days=rng.randint(-300, 300))
        closed_on = opened_on + timedelta(days=rng.randint(60, 300)) if rng.random() < 0.15 else None
        pk = self.ledger.add(
            Channel,
            school_id=place.school.pk,
            kind=kind,
            name=NAMES[kind].format(place=place.school.name),
            opened_on=opened_on,
            closed_on=closed_on,
        )
        month = max(opened_on, FIRST_DAY).replace(day=1)
        while month <= min(closed_on or TODAY, TODAY):
            if rng.random() < 0.8:
                self.sale(place.school.pk, pk, month, rng.randrange(0, 30_000, 10))
            month = (month + timedelta(days=32)).replace(day=1)
        return pk

    def _groups(self, place: Place, finished: Sequence[Run], rng: Random) -> None:
        for run in rng.sample(finished, min(len(finished), GROUPS)):
            formed_on = run.ends_on + timedelta(days=rng.randint(1, 40))
            registered = rng.random() < ENTERPRISES
            pk = self.ledger.add(
                Group,
                school_id=place.school.pk,
                name=f"กลุ่ม{run.trade.title} บ้าน{names.surname(rng)}",
                kind="enterprise" if registered else "group",
                formed_on=formed_on,
                registration_number=f"{place.school.pk}-{run.pk}" if registered else "",
                registered_on=formed_on + timedelta(days=30) if registered else None,
                subdistrict_id=rng.choice(place.subdistricts),
            )
            for enrolment in rng.sample(run.came, min(len(run.came), 7)):
                self.member(place.school.pk, pk, enrolment)

    def _show(self, fair: int, place: Place, products: list[int], finished: Sequence[Run], rng: Random) -> None:
        facts = {"school_id": place.school.pk, "fair_id": fair}
        counted = {"visitors": rng.randint(20, 600), "sales": rng.randrange(0, 20_000, 20)}
        self.ledger.add(FairPart, **facts, **(counted if fair in self.fairs.held else {}))
        for product in rng.sample(products, min(len(products), 3)):
            self.ledger.add(Exhibit, **facts, product_id=product)
        for run in rng.sample(finished, min(len(finished), 1)):
            self.ledger.add(Exhibit, **facts, course_id=run.pk)
            entry = {"contest": rng.choice(CONTESTS), "result": rng.choice(RESULTS)}
            self.ledger.add(ContestEntry, **facts, **entry, enrolment_id=rng.choice(run.came))
