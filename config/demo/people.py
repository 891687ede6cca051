"""Invented trainees: who they are, how they prove it, and what they tick on form 2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from config.demo import names
from offices.models import School, Subdistrict
from offices.thai.national_id import check_digit
from trainees.identity import set_document
from trainees.models import Trainee
from trainees.models.facts import Education, Fact, Occupation, Sex

COUNTED_FROM: Final = date(2026, 1, 1)
FIRST_OF_THE_YEAR: Final = date(2025, 10, 1)
PRISON_KEEPS_IT: Final = "เรือนจำเก็บรักษาบัตรไว้"
NO_DOCUMENT: Final = (
    "บัตรหาย อยู่ระหว่างทำบัตรใหม่",
    "ไม่ได้นำบัตรมาในวันสมัคร",
    "อยู่ระหว่างพิสูจน์สถานะบุคคล",
    PRISON_KEEPS_IT,
)
EDUCATION_BY_AGE: Final = {
    15: (70, 30, 0, 0, 0, 0, 0),
    25: (1, 8, 32, 42, 9, 8, 0),
    60: (6, 32, 20, 22, 9, 9, 2),
    120: (38, 48, 5, 4, 2, 2, 1),
}

BY_TITLE: Final = {
    "ดร.": (Education.ABOVE_BACHELOR, Occupation.CIVIL_SERVANT),
    "ว่าที่ ร.ต.": (Education.BACHELOR, Occupation.STATE_ENTERPRISE),
    "ว่าที่ ร.ต.หญิง": (Education.BACHELOR, Occupation.STATE_ENTERPRISE),
    "พลฯ": (Education.UPPER_SECONDARY, Occupation.OTHER),
    "พระ": (Education.LOWER_SECONDARY, Occupation.OTHER),
    "พระมหา": (Education.BACHELOR, Occupation.OTHER),
    "แม่ชี": (Education.PRIMARY, Occupation.OTHER),
}


@dataclass
class Register:
    """A school's people while they are made up. Numbers come from its own block: no two schools share one."""

    school: School
    block: int
    southern: bool
    highland: bool
    subdistricts: Sequence[Subdistrict]
    rng: Random
    people: list[Trainee] = field(default_factory=list)

    def newcomer(self) -> Trainee:
        """Somebody new in this register."""
        rng = self.rng
        age = _age(rng)
        female = rng.random() < 0.62
        person = Trainee(school=self.school)
        draw = rng.random()
        if draw < 0.04:
            self._foreign(person, female)
            age = max(age, 19)
        elif draw < 0.07:
            female = self._monastic(person)
            age = max(age, 20)
        elif draw < (0.12 if self.highland else 0.08):
            self._of_one_name(person, female)
        else:
            self._of_two_names(person, female, age)
        self._life(person, female, age)
        self._residence(person)
        self.people.append(person)
        return person

    def guest(self, known: Trainee) -> Trainee:
        """Somebody whom another school knows already, by the same document; titles change with a wedding."""
        person = Trainee(school=self.school)
        for column in (
            "title", "first_name", "surname", "sex", "birth_date", "birth_precision", "education", "occupation",
            "facts", "phone", "monastic_name", "nationality", "consented_on",
        ):  # fmt: skip
            setattr(person, column, getattr(known, column))
        if person.title == "นางสาว" and self.rng.random() < 0.5:
            person.title = "นาง"
        set_document(person, known.document_kind, known.document_number)
        self._residence(person)
        self.people.append(person)
        return person

    def _number(self) -> str:
        """Seven digits that nobody else in the demo has; within a block they do not simply count up."""
        return f"{self.block:04d}{len(self.people) * 367 % 1000:03d}"

    def _national_id(self, person: Trainee) -> None:
        """It begins with 00000, the number of no registration office: it belongs to nobody."""
        if self.rng.random() < 0.012:
            set_document(person, Trainee.Document.NONE, "", reason=self.rng.choice(NO_DOCUMENT))
            return
        twelve = f"00000{self._number()}"
        set_document(person, Trainee.Document.NATIONAL_ID, twelve + check_digit(twelve))

    def _foreign(self, person: Trainee, female: bool) -> None:
        person.first_name = self.rng.choice(names.FOREIGN_FEMALE if female else names.FOREIGN_MALE)
        person.title = "" if person.first_name.isascii() else "นาง" if female else "นาย"
        if self.rng.random() < 0.6:
            set_document(person, Trainee.Document.WORK_PERMIT, f"000000{self._number()}")
        else:
            set_document(person, Trainee.Document.PASSPORT, f"ZZ{self._number()}")
        person.facts = [Fact.MIGRANT_WORKER]
        person.nationality = "เมียนมา"

    def _monastic(self, person: Trainee) -> bool:
        """A nun, or a monk with his name in the order; says whether it is a woman."""
        female = self.rng.random() < 0.35
        person.first_name = names.first_name(self.rng, female=female, southern=False)
        if female:
            person.title = "แม่ชี"
            person.surname = self.rng.choice(["", names.surname(self.rng)])
        else:
            person.title = self.rng.choice(["พระ", "พระ", "พระมหา"])
            person.monastic_name = self.rng.choice(names.MONASTIC)
        self._national_id(person)
        return female

    def _of_one_name(self, person: Trainee, female: bool) -> None:
        person.title = "นาง" if female else "นาย"
        person.first_name = self.rng.choice(names.SINGLE)
        draw = self.rng.random()
        if draw < 0.35:
            set_document(person, Trainee.Document.NONE, "", reason="อยู่ระหว่างพิสูจน์สถานะบุคคล")
        elif draw < 0.6:
            set_document(person, Trainee.Document.OTHER, f"000000{self._number()}")
        else:
            self._national_id(person)

    def _of_two_names(self, person: Trainee, female: bool, age: int) -> None:
        rng = self.rng
        person.first_name = names.first_name(rng, female=female, southern=self.southern)
        person.surname = names.surname(rng)
        if age < 15:
            person.title = "ด.ญ." if female else "ด.ช."
        elif female:
            person.title = rng.choice(["นาง", "นางสาว"] if age >= 25 else ["นางสาว"])
        else:
            person.title = "พลฯ" if age in (21, 22) else "นาย"
        if 23 <= age < 60 and rng.random() < 0.03:
            person.title = rng.choice(["ว่าที่ ร.ต.หญิง", "ดร."] if female else ["ว่าที่ ร.ต.", "ดร."])
        self._national_id(person)

    def _life(self, person: Trainee, female: bool, age: int) -> None:
        rng = self.rng
        person.sex = "" if rng.random() < 0.03 else Sex.FEMALE if female else Sex.MALE
        born = COUNTED_FROM.year - age
        draw = rng.random()
        if draw < (0.3 if age >= 60 else 0.04):
            person.birth_date, person.birth_precision = date(born, 1, 1), Trainee.BirthPrecision.YEAR
        elif draw < 0.98:
            person.birth_date = date(born, rng.randint(1, 12), rng.randint(1, 28))
        weights = next(weights for below, weights in EDUCATION_BY_AGE.items() if age < below)
        person.education = "" if rng.random() < 0.02 else rng.choices(Education.values, weights)[0]
        person.occupation = _occupation(rng, age)
        if person.title in BY_TITLE:
            person.education, person.occupation = BY_TITLE[person.title]
        person.facts = _facts(rng, person, female, age)
        if person.document_kind == Trainee.Document.NATIONAL_ID and not person.nationality:
            person.nationality = "ไทย"
        if len(self.people) % 9:
            person.consented_on = FIRST_OF_THE_YEAR
        if rng.random() < 0.85:
            person.phone = f"010000{rng.randint(0, 9999):04d}"  # no number in use begins with 010

    def _residence(self, person: Trainee) -> None:
        rng = self.rng
        if not self.subdistricts or rng.random() < 0.03:
            return
        person.subdistrict = rng.choice(self.subdistricts)
        house = f"{rng.randint(1, 299)}" + (f"/{rng.randint(1, 9)}" if rng.random() < 0.3 else "")
        person.house_number, person.moo = house, f"{rng.randint(1, 12)}"
        person.village = f"บ้าน{names.surname(rng)}"


def _age(rng: Random) -> int:
    low, high = rng.choices([(11, 14), (15, 24), (25, 39), (40, 59), (60, 84)], [4, 12, 24, 38, 22])[0]
    return rng.randint(low, high)


def _occupation(rng: Random, age: int) -> str:
    if age < 18:
        return rng.choice(["", Occupation.OTHER])
    if age >= 60:
        return rng.choices(Occupation.values, [0, 0, 12, 48, 8, 32])[0]
    return rng.choices([*Occupation.values, ""], [4, 3, 20, 36, 26, 9, 2])[0]


def _facts(rng: Random, person: Trainee, female: bool, age: int) -> list[str]:
    """Ticks that agree with the rest of the person, in the order of the list."""
    grown = age >= 18
    chances = {
        Fact.COMMUNITY_LEADER: 0.04 * grown,
        Fact.CONSCRIPT: person.title == "พลฯ",
        Fact.THAI_WORKER: 0.7
        * (person.occupation == Occupation.HIRED and Fact.MIGRANT_WORKER not in person.facts),
        Fact.MIGRANT_WORKER: Fact.MIGRANT_WORKER in person.facts,
        Fact.FARMER: 0.9 * (person.occupation == Occupation.FARMER),
        Fact.HEALTH_VOLUNTEER: 0.07 * grown,
        Fact.WOMENS_GROUP: 0.12 * (female and grown),
        Fact.PRISONER: person.no_document_reason == PRISON_KEEPS_IT or 0.015 * grown,
        Fact.OTHER_GROUP: 0.03,
        Fact.NO_INCOME: 0.1,
        Fact.WOMENS_FUND: 0.12 * (female and grown),
        Fact.DISABLED: 0.03,
        Fact.WELFARE_CARD: 0.25 * grown,
        Fact.VILLAGE_FUND: 0.15 * grown,
        Fact.OTHER_STATUS: 0.02,
        Fact.OUT_OF_SCHOOL_YOUTH: 0.3 * (13 <= age < 25),
    }
    return [fact.value for fact, chance in chances.items() if rng.random() < chance]
