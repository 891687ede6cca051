"""The people of the country and their places on courses: what was typed of each, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from config.demo.people import Register
from config.national import TODAY
from config.national.copying import NULL, Ledger, array, as_text
from config.national.offices import Place
from config.national.pools import ANSWERS, LOST, OPINIONS, POINTS, REASONS, answers, opinions, points
from config.national.teaching import Run
from offices.models import School, Subdistrict
from offices.secrecy import encrypt
from offices.thai.national_id import check_digit
from trainees.identity import person_key
from trainees.models import Attendance, Enrolment, FollowUp, Result, Satisfaction, Trainee

PROFILES: Final = 4_000
KNOWN_ELSEWHERE: Final = 0.04
"""The share of a register whom another school knows too."""
NEWCOMERS: Final = 0.8
"""The share of places that go to somebody new in the register; the others are on another course already."""
NUMBERLESS: Final = {Trainee.Document.NONE}
WAVES: Final = ((30, 0.5), (90, 0.4), (180, 0.3))
"""Days after the course, and the share of those who passed who were asked then."""
ENOUGH: Final = 60


@dataclass(frozen=True, slots=True)
class Profile:
    """What many people may share: all texts of a register's row, and those that the application repeats."""

    kind: str
    reason: str
    facts: tuple[str, ...]
    application: tuple[str, str, str]  # education, occupation, facts


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a school's register."""

    pk: int
    profile: Profile
    subdistrict: str


@dataclass(frozen=True, slots=True)
class Document:
    """As it lies in the register: sealed, its tail, its key."""

    profile: Profile
    texts: tuple[str, str, str]


OF_PROFILE: Final = (
    "title", "first_name", "surname", "name_order", "document_kind", "no_document_reason", "monastic_name",
    "nationality", "sex", "birth_date", "birth_precision", "education", "occupation", "facts", "house_number",
    "moo", "village", "phone", "consented_on",
)  # fmt: skip


def profiles() -> list[Profile]:
    """Invented people of the demo, of whom everybody here is one by another number."""
    rng = Random("national profiles")  # noqa: S311 (play, not secrets)
    register = Register(School(), 0, southern=False, highland=True, subdistricts=[Subdistrict()], rng=rng)
    for number in range(PROFILES):
        register.southern = number % 10 == 0
        register.newcomer()
    return [_profile(person) for person in register.people]


def _profile(person: Trainee) -> Profile:
    Trainee._meta.get_field("name_order").pre_save(person, add=True)
    facts = tuple(as_text(Trainee._meta.get_field(name), getattr(person, name)) for name in OF_PROFILE)
    application = (person.education, person.occupation, array(person.facts))
    return Profile(person.document_kind, person.no_document_reason, facts, application)


class Registrar:
    """Writes down the people of one school after the other; one person's number is nobody else's."""

    def __init__(self, ledger: Ledger) -> None:
        self.profiles = profiles()
        self.numbers = 0
        self.sealed: dict[tuple[str, str], str] = {}
        self.write = ledger.sheet(Trainee).writer(
            "school_id", "subdistrict_id", "document_number", "document_tail", "person_key", *OF_PROFILE
        )
        self.elsewhere: list[Document] = []
        """People of the school before, of whom some come to this one too."""

    def document(self, profile: Profile) -> Document:
        """It begins with zeros, as no real one does."""
        self.numbers += 1
        if profile.kind in NUMBERLESS:
            return Document(profile, ("", "", NULL))
        number = f"00000{self.numbers:07d}"
        if profile.kind == Trainee.Document.NATIONAL_ID:
            number += check_digit(number)
        elif profile.kind == Trainee.Document.PASSPORT:
            number = f"ZZ{self.numbers:07d}"
        return Document(
            profile, (self._seal(profile.kind, number), number[-3:], str(person_key(profile.kind, number)))
        )

    def _seal(self, kind: str, number: str) -> str:
        """Sealing a million takes a minute: numbers of one kind and tail share the text of the first of them."""
        text = self.sealed.get((kind, number[-3:]))
        if text is None:
            text = self.sealed[kind, number[-3:]] = encrypt(number)
        return text


@dataclass
class SchoolRegister:
    """One school's people while its courses fill."""

    registrar: Registrar
    place: Place
    rng: Random
    people: list[Person] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    guests: int = 0

    def somebody(self, on_course: set[int]) -> Person:
        """Somebody new, or of an earlier course; never twice on the same."""
        random = self.rng.random
        if self.people and random() > NEWCOMERS:
            known = self.people[int(random() * len(self.people))]
            if known.pk not in on_course:
                return known
        return self._newcomer()

    def _newcomer(self) -> Person:
        random, registrar = self.rng.random, self.registrar
        if random() < KNOWN_ELSEWHERE and self.guests < len(registrar.elsewhere):
            document = registrar.elsewhere[self.guests]
            self.guests += 1
        else:
            document = registrar.document(registrar.profiles[int(random() * PROFILES)])
            if document.profile.kind not in NUMBERLESS:
                self.documents.append(document)
        around = self.place.subdistricts
        subdistrict = around[int(random() * len(around))] if random() > 0.03 else NULL
        pk = registrar.write(self.place.school.pk, subdistrict, *document.texts, *document.profile.facts)
        person = Person(pk, document.profile, subdistrict)
        self.people.append(person)
        return person


class Classroom:
    """Fills the courses of one school after the other, with all that was typed of who came."""

    def __init__(self, ledger: Ledger) -> None:
        self.registrar = Registrar(ledger)
        self.enrolments = ledger.sheet(Enrolment)
        self.enrol = self.enrolments.writer(
            "school_id", "course_id", "trainee_id", "status", "enrolled_on", "first_attended_on", "withdrawn_on",
            "withdrawal_reason", "skill_purpose", "education", "occupation", "facts", "subdistrict_id",
            "has_occupation", "income_before", "reasons", "attended_hours", "latest_answer_id",
        )  # fmt: skip
        self.attend = ledger.sheet(Attendance).writer("school_id", "enrolment_id", "session_id", "hours")
        self.result = ledger.sheet(Result).writer("school_id", "enrolment_id", *Result.MOST)
        self.opinion = ledger.sheet(Satisfaction).writer("school_id", "enrolment_id", "answered_on", *OPINIONS)
        self.answer = ledger.sheet(FollowUp).writer("school_id", "enrolment_id", "wave", "asked_on", *ANSWERS)
        rng = Random("national answers")  # noqa: S311 (play, not secrets)
        self.points, self.opinions, self.answers = points(rng), opinions(rng), answers(rng)

    def fill(self, place: Place, runs: Sequence[Run], rng: Random) -> None:
        register = SchoolRegister(self.registrar, place, rng)
        for run in runs:
            on_course: set[int] = set()
            sheet_typed = run.has_begun and not (run.status == "completed" and rng.random() < 0.12)
            asked = run.is_finished and rng.random() < 0.7
            for _ in range(run.seats):
                person = register.somebody(on_course)
                on_course.add(person.pk)
                self._seat(run, person, rng, sheet_typed, asked)
        self.registrar.elsewhere = register.documents[:2_000]

    def _seat(self, run: Run, person: Person, rng: Random, sheet_typed: bool, asked: bool) -> None:
        random, school, place = rng.random, run.place.school.pk, self.enrolments.last + 1
        came = run.has_begun and random() > 0.05
        withdrew = random() < 0.03
        hours, first = (
            self._sheet(run, place, came, rng) if sheet_typed else (None, run.starts_on if came else None)
        )
        latest: object = NULL
        if first is not None:
            run.came.append(place)
            latest = self._outcome(run, place, hours, rng, asked)
        differs = random()
        self.enrol(
            school, run.pk, person.pk,
            "withdrawn" if withdrew else "enrolled", run.starts_on - timedelta(days=int(random() * 30)),
            first or NULL, run.ends_on if withdrew else NULL, "ติดธุระ" if withdrew else "",
            "re_skill" if differs < 0.04 else "", *person.profile.application, person.subdistrict,
            "t" if differs < 0.6 else NULL, int(differs * 90) * 1000 if differs < 0.7 else NULL,
            REASONS[int(differs * len(REASONS))], NULL if hours is None else hours, latest,
        )  # fmt: skip

    def _sheet(self, run: Run, place: int, came: bool, rng: Random) -> tuple[float | None, date | None]:
        """A cell for each day up to now; who never came was absent. The sums are those that a trigger keeps."""
        random, school, attend = rng.random, run.place.school.pk, self.attend
        total, first = 0.0, None
        absent = 0.4 if random() < 0.06 else 0.02
        held = [each for each in run.sessions if each[1] <= TODAY]
        for session, day, hours in held:
            there = float(hours) if came and random() > absent else 0.0
            attend(school, place, session, there)
            if there:
                total, first = total + there, first or day
        return (total if held else None), first

    def _outcome(self, run: Run, place: int, hours: float | None, rng: Random, asked: bool) -> object:
        """Points, opinion and follow-up of who came to a course that is over; the latest answer's number."""
        random, school = rng.random, run.place.school.pk
        if not run.is_finished or random() < 0.03:
            return NULL
        total, texts = self.points[int(random() * POINTS)]
        self.result(school, place, *texts)
        if asked and random() < 0.85:
            self.opinion(school, place, run.ends_on, *self.opinions[int(random() * len(self.opinions))])
        passed = total is not None and total >= ENOUGH and hours is not None and hours >= 0.8 * float(run.hours)
        return self._follow_up(run, place, rng) if passed else NULL

    def _follow_up(self, run: Run, place: int, rng: Random) -> object:
        random, latest = rng.random, NULL
        for wave, share in WAVES:
            asked_on = run.ends_on + timedelta(days=wave + int(random() * 20))
            if asked_on > TODAY or random() > share:
                continue
            reached = random() > 0.25
            texts = self.answers[int(random() * len(self.answers))] if reached else LOST
            pk = self.answer(run.place.school.pk, place, wave, asked_on, *texts)
            latest = str(pk) if reached else latest
        return latest
