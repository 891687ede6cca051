"""Need surveys: answering one, what the answers come to, and the contacts that people left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Answer, Curriculum, Reason, Survey
from offices.links import Purpose
from offices.models import Disclosure, Subdistrict, User
from offices.scoping import Eyes
from offices.thai.order import sort_key

LINK: Final = Purpose("survey", for_many=True)
"""The QR code on the wall of the village hall."""
MOST_TOPICS: Final = 60
NOT_SAID: Final = ""
HOURS: Final = (*Answer.Hours.values, NOT_SAID)


def common_topics() -> list[str]:
    """What form 1 prints; each survey may say otherwise."""
    return (Path(__file__).parent / "data/form_1_topics.txt").read_text(encoding="utf-8").split("\n")[:-1]


def topics_to_begin_with(user: User) -> list[str]:
    """Form 1's own topics, then what the school has curricula for."""
    titles = Curriculum.objects.visible_to(user).values_list("title", flat=True)[:MOST_TOPICS]
    return list(distinct([*common_topics(), *titles]))[:MOST_TOPICS]


def distinct(topics: Iterable[str]) -> list[str]:
    """Each topic once, whatever its capitals, in the order of first saying."""
    return list({topic.casefold(): topic for topic in reversed(list(topics))}.values())[::-1]


@dataclass
class Wish:
    """A topic, and how many people want to learn it in how many hours."""

    topic: str
    people: int = 0
    hours: Counter[str] = field(default_factory=Counter)
    curriculum: int | None = None
    """The school's own curriculum of that title."""

    def by_hours(self) -> list[int]:
        return [self.hours[choice] for choice in HOURS]


@dataclass
class Results:
    """What the answers come to. People may wish several things: columns do not add up to the answers."""

    answers: int
    wishes: list[Wish]
    days: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    places: list[tuple[str, int]]
    with_occupation: int
    without_occupation: int
    contacts: int


def results(survey: Survey, user: Eyes) -> Results:
    """Counted anew from the answers, in one walk over them."""
    wishes = {topic.casefold(): Wish(topic) for topic in survey.topics}
    days: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    places: Counter[int] = Counter()
    occupation: Counter[bool | None] = Counter()
    answers = contacts = 0
    columns = ("topics", "hours", "days", "reasons", "subdistrict", "has_occupation", "has_contact")
    for topics, hours, on, why, place, has_one, contact in (
        Answer.objects.visible_to(user).filter(survey=survey).order_by("pk").values_list(*columns).iterator()
    ):
        answers += 1
        contacts += contact
        for topic in topics:
            wish = wishes.setdefault(topic.casefold(), Wish(topic))
            wish.people += 1
            wish.hours[hours] += 1
        days.update(on)
        reasons.update(why)
        occupation[has_one] += 1
        places[place] += place is not None
    _name_curricula(wishes, survey, user)
    wished = sorted((wish for wish in wishes.values() if wish.people), key=_most_wished)
    return Results(
        answers=answers,
        wishes=wished,
        days=[(str(Answer.Days(day).label), days[day]) for day in Answer.Days.values],
        reasons=[(str(Reason(why).label), reasons[why]) for why in Reason.values if reasons[why]],
        places=_named(places),
        with_occupation=occupation[True],
        without_occupation=occupation[False],
        contacts=contacts,
    )


def _most_wished(wish: Wish) -> tuple[int, str]:
    return -wish.people, sort_key(wish.topic)


def _name_curricula(wishes: dict[str, Wish], survey: Survey, user: Eyes) -> None:
    rows = Curriculum.objects.visible_to(user).filter(school=survey.school_id).order_by("-pk")
    for key, title in rows.values_list("pk", "title"):
        if title.casefold() in wishes:
            wishes[title.casefold()].curriculum = key


def _named(places: Counter[int]) -> list[tuple[str, int]]:
    found = Subdistrict.objects.in_bulk([key for key, people in places.items() if people])
    return sorted(((str(found[key]), places[key]) for key in found), key=lambda pair: (-pair[1], pair[0]))


@transaction.atomic
def answer_by_phone(answer: Answer) -> Answer:
    """Keep what somebody answered who is not signed in; refused once the survey is over."""
    if not answer.survey.is_open:
        raise ValidationError(_("This survey is over."), "over")
    answer.source = Answer.Source.PHONE
    with pghistory.context(act="survey.answer"):
        answer.save()
    return answer


@transaction.atomic
def reveal_contacts(*, survey: Survey, by: User, reason: str = "") -> list[Answer]:
    """Who wants to hear of such a course, for one look; the look is written down first."""
    rows = list(Answer.objects.visible_to(by).filter(survey=survey, has_contact=True))
    if rows:
        _log(Disclosure.Act.REVEAL, survey, rows=len(rows), by=by, reason=reason)
    return rows


@transaction.atomic
def forget_contacts(*, survey: Survey, by: User) -> int:
    """Erase the contacts of a survey, out of their history too; the answers stay. There is no undo."""
    rows = Answer.objects.unscoped().filter(survey=survey, has_contact=True)  # those in the bin as well
    keys = list(rows.values_list("pk", flat=True))
    with pghistory.context(user=by.pk, act="survey.forget_contacts"):
        rows.update(contact="", has_contact=False)
    events: Any = Answer.pgh_event_model.objects.visible_to(by)  # type: ignore[attr-defined]
    events.filter(pgh_obj_id__in=keys).update(contact="")
    if keys:
        _log(Disclosure.Act.ERASE, survey, rows=len(keys), by=by, reason="")
    return len(keys)


def _log(act: str, survey: Survey, *, rows: int, by: User, reason: str) -> None:
    Disclosure.objects.create(
        school_id=survey.school_id,
        act=act,
        subject=Answer._meta.label,
        rows=rows,
        reason=": ".join(filter(None, [survey.title, reason]))[:200],
        by=by,
    )
