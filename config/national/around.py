"""What stands around the country's courses: partners, money, waivers, supervision, letters, numbers, targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from random import Random
from typing import Any, Final

from config.demo import names
from config.demo.money import SHOPS
from config.demo.targets import OF_NATION, OF_SCHOOL
from config.demo.visits import FOUND, RECOMMENDED
from config.national import TODAY, YEAR
from config.national.copying import Ledger
from config.national.offices import Nation, Place
from config.national.teaching import FIRST_DAY, Run
from courses.models import Allocation, CoDesigner, CoursePartner, Curriculum, Partner, Spending
from documents.models import Circular, Delivery
from offices.models import Disclosure, GivenNumber, Holiday, NumberSeries, Province, Signer
from offices.thai.dates import fiscal_year_of, quarter_bounds, quarter_of
from reports.models import Target
from reports.target_grid import is_share
from supervision.models import FormVersion, ProposedItem, Visit, VisitSpending
from trainees.models import Waiver

PARTNERS: Final = 25
KINDS: Final = ("public", "private", "industry", "civil", "local", "school")
ROLES: Final = ("training", "workplace", "instructor", "product", "sales", "venue")
LETTERS: Final = 12
VISITED: Final = 0.3
JOURNEY: Final = 480  # baht, within what an office has of its own in a quarter (STEP)
HOLIDAYS: Final = (("2025-12-05", "วันชาติ"), ("2026-01-01", "วันขึ้นปีใหม่"), ("2026-04-13", "วันสงกรานต์"))
STEP: Final = 50_000
Needs = dict[tuple[int | None, str | None], dict[tuple[int, int], Decimal]]


class Surroundings:
    """Writes them down, school by school, then for the offices above, whose money is the sum of what went down."""

    def __init__(self, ledger: Ledger, nation: Nation) -> None:
        self.ledger, self.nation = ledger, nation
        self.form = FormVersion.objects.valid_on(TODAY).pk
        self.needs: dict[int, dict[tuple[int, int], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        self.partners = self._partners()

    def _partners(self) -> dict[str | None, list[int]]:
        rng = Random("national partners")  # noqa: S311 (play, not secrets)
        codes: list[str | None] = [None, *Province.objects.order_by("code").values_list("code", flat=True)]
        return {
            code: [
                self.ledger.add(
                    Partner, province_id=code, name=f"เครือข่าย{names.surname(rng)} {n}", kind=rng.choice(KINDS)
                )
                for n in range(PARTNERS)
            ]
            for code in codes
        }

    def of_school(self, place: Place, runs: Sequence[Run], rng: Random) -> None:
        school = place.school.pk
        partners = self.partners[place.province]
        for run in runs:
            if run.has_begun:
                self._of_course(run, partners, rng)
            elif run.status in ("open", "cancelled") and rng.random() < 0.3:
                self._waiver(run)
        last = self.ledger.sheet(Curriculum).last
        if runs:
            self.ledger.add(
                CoDesigner, school_id=school, curriculum_id=last, partner_id=partners[0], role="ร่วมออกแบบ"
            )
        for role in ("director", "responsible"):
            facts = {"name": names.whole_name(rng), "position": "ครู", "starts_on": date(2020, 10, 1)}
            self.ledger.add(Signer, school_id=school, signs_as=role, **facts)
        series = self.ledger.add(NumberSeries, school_id=school, kind="letter", prefix=f"ศธ 07{school:04d}/")
        for number in range(1, 6):
            self.ledger.add(
                GivenNumber, school_id=school, series_id=series, period=YEAR, number=number, given_on=FIRST_DAY,
                text=f"ศธ 07{school:04d}/{number}", given_by_id=place.clerk.pk, given_at=f"{FIRST_DAY} 09:00+07",
            )  # fmt: skip
        for number in range(3):
            self.ledger.add(
                Disclosure, school_id=school, act="export", subject="รายชื่อผู้เรียน", rows=20 + number,
                by_id=place.clerk.pk, at=f"{FIRST_DAY + timedelta(days=number)} 10:00+07",
            )  # fmt: skip
        self._targets(OF_SCHOOL, 1, school_id=school)

    def _of_course(self, run: Run, partners: list[int], rng: Random) -> None:
        school = run.place.school.pk
        if rng.random() < 0.5:
            facts = {"partner_id": rng.choice(partners), "role": rng.choice(ROLES)}
            self.ledger.add(CoursePartner, school_id=school, course_id=run.pk, **facts)
        self._spend(run, run.ends_on, 200 * run.hours, 0, "คณะวิทยากร")
        self._spend(run, run.starts_on, Decimal(rng.randrange(1_500, 9_000, 50)), 1, rng.choice(SHOPS))
        if rng.random() < VISITED:
            self._visit(run, rng)

    def _spend(self, run: Run, day: date, amount: Decimal, line: int, payee: str) -> None:
        if day > TODAY:
            return
        year, quarter = self.nation.years[fiscal_year_of(day)], quarter_of(day)
        self.needs[run.place.school.pk][year.pk, quarter] += amount
        self.ledger.add(
            Spending, school_id=run.place.school.pk, fiscal_year_id=year.pk, budget_line_id=year.budget_line,
            amount=amount, document_number=f"บจ. {run.pk}/{year.pk}", kind="payment", spent_on=day,
            quarter=quarter, purpose="course", course_id=run.pk, expense_line_id=year.expense_lines[line],
            payee=payee, created_by_id=run.place.clerk.pk,
        )  # fmt: skip

    def _waiver(self, run: Run) -> None:
        decided = run.status == "cancelled"
        facts: dict[str, Any] = {"decision": "waiting"}
        if decided:
            facts = {
                "decision": "refused",
                "decision_note": "ขอให้รับสมัครเพิ่ม",
                "decided_by_id": run.place.superior.pk,
            }
            facts["decided_at"] = f"{run.starts_on - timedelta(days=2)} 11:00+07"
        self.ledger.add(
            Waiver, school_id=run.place.school.pk, course_id=run.pk, reason="ผู้สมัครไม่ครบ", people=3,
            group_size=6, requested_by_id=run.place.clerk.pk,
            requested_at=f"{run.starts_on - timedelta(days=5)} 09:00+07", **facts,
        )  # fmt: skip

    def _visit(self, run: Run, rng: Random) -> None:
        school, by = run.place.school.pk, run.place.superior
        if run.pk % 3 == 0:
            self.ledger.add(
                ProposedItem, school_id=school, course_id=run.pk, text="ขอให้ดูความพร้อมของสถานที่",
                proposed_by_id=run.place.clerk.pk, proposed_at=f"{run.starts_on} 08:00+07",
            )  # fmt: skip
        written = f"{run.starts_on} 16:00+07"
        visit = self.ledger.add(
            Visit, school_id=school, course_id=run.pk, office_id=by.province_id, form_id=self.form,
            stage="during", visited_on=run.starts_on, supervisor_name=by.name, supervisor_position=by.position,
            created_by_id=by.pk,
            answers={number: {"found": found[0], "advice": ""} for number, found in FOUND.items()},
            recommendations=rng.choice(RECOMMENDED), created_at=written, submitted_at=written,
            submitted_by_id=by.pk, status="submitted", part_one=self._part_one(run),
            internal=[{"name": run.place.clerk.name, "position": run.place.clerk.position}],
        )  # fmt: skip
        self._journey(run, visit)

    def _journey(self, run: Run, visit: int) -> None:
        """What the visit cost the office that made it."""
        year, by = self.nation.years[fiscal_year_of(run.starts_on)], run.place.superior
        spending = self.ledger.add(
            Spending, province_id=by.province_id, fiscal_year_id=year.pk, budget_line_id=year.budget_line,
            amount=JOURNEY, document_number=f"นท. {run.pk}", kind="payment", spent_on=run.starts_on,
            quarter=quarter_of(run.starts_on), purpose="supervision", expense_line_id=year.expense_lines[1],
            payee=by.name, created_by_id=by.pk,
        )  # fmt: skip
        self.ledger.add(
            VisitSpending, province_id=by.province_id, visit_id=visit, spending_id=spending, added_by_id=by.pk,
            added_at=f"{run.starts_on} 16:00+07",
        )  # fmt: skip

    def _part_one(self, run: Run) -> dict[str, Any]:
        """As the form froze it when it was submitted."""
        return {
            "school": run.place.school.name, "office": "", "course": run.name, "curriculum": run.trade.title,
            "is_individual": False, "hours": str(run.hours), "starts_on": str(run.starts_on),
            "ends_on": str(run.ends_on), "instructor": "", "place": "", "subdistrict": "", "district": "",
            "enrolled": run.seats, "present": len(run.came),
        }  # fmt: skip

    def of_offices_above(self) -> None:
        for day, name in HOLIDAYS:
            self.ledger.add(Holiday, day=day, name=name)
        self._targets(OF_NATION, 250)
        for province in self.nation.staff.at_province:
            self._targets(OF_NATION, 3, province_id=province)
        self._letters()
        self._allocate()

    def _targets(self, of: dict[str, int], times: int, **office: Any) -> None:
        for code, value in of.items():
            reached = value if is_share(code) else value * times
            self.ledger.add(Target, fiscal_year_id=YEAR, code=code, value=reached, **office)

    def _letters(self) -> None:
        """From the department to all provinces, which passed them on; the last one is still being read."""
        officer = self.nation.department
        for number in range(1, LETTERS + 1):
            day = date(2025, 11, 10) + timedelta(days=30 * number)
            sent_at = f"{day} 09:00+07"
            pk = self.ledger.add(
                Circular, number=f"ศธ 07005/ว {number}", dated_on=day, subject=f"แนวทางการดำเนินงาน ฉบับที่ {number}",
                body="จึงเรียนมาเพื่อทราบและดำเนินการต่อไป", status="sent", sent_at=sent_at, sent_by_id=officer.pk,
                made_by_id=officer.pk, made_at=sent_at, due_on=day + timedelta(days=14),
            )  # fmt: skip
            for province in self.nation.staff.at_province:
                sent = {"sent_by_id": officer.pk, "sent_at": sent_at}
                self.ledger.add(Delivery, circular_id=pk, province_id=province, **sent)
            for place in self.nation.places:
                self._delivered(pk, place, f"{day + timedelta(days=1)} 09:00+07", is_last=number == LETTERS)

    def _delivered(self, circular: int, place: Place, sent_at: str, *, is_last: bool) -> None:
        read = {"opened_by_id": place.clerk.pk, "opened_at": sent_at}
        read |= {"acknowledged_by_id": place.clerk.pk, "acknowledged_at": sent_at}
        waits = is_last and place.school.pk % 3 == 0
        self.ledger.add(
            Delivery, circular_id=circular, school_id=place.school.pk, passed_on_by_id=place.province,
            sent_by_id=place.superior.pk, sent_at=sent_at, **({} if waits else read),
        )  # fmt: skip

    def _allocate(self) -> None:
        """In each quarter as much as was spent in it, in round sums, from the top down."""
        down: Needs = defaultdict(lambda: defaultdict(Decimal))
        for place in self.nation.places:
            for when, need in sorted(self.needs[place.school.pk].items()):
                amount = Decimal(ceil(need / STEP) * STEP)
                source = (
                    {"source": "province", "giver_id": place.province}
                    if place.province
                    else {"source": "department"}
                )
                self._given(when, amount, school_id=place.school.pk, **source)
                if place.province:
                    down[None, place.province][when] += amount
                down[None, None][when] += amount
        for (_school, province), amounts in down.items():
            for when, amount in sorted(amounts.items()):
                whole = amount + STEP
                if province:
                    self._given(when, whole, province_id=province, source="department")
                else:
                    self._given(when, whole + 100 * STEP, source="budget")

    def _given(self, when: tuple[int, int], amount: Decimal, **facts: Any) -> None:
        year, quarter = when
        self.ledger.add(
            Allocation, fiscal_year_id=year, budget_line_id=self.nation.years[year].budget_line, amount=amount,
            quarter=quarter, document_on=quarter_bounds(year, quarter)[0], document_number=f"ศธ 07005/{quarter}",
            created_by_id=self.nation.department.pk, **facts,
        )  # fmt: skip
