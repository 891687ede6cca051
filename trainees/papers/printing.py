"""A form of a course, printed: filled or empty, with document numbers masked or, written down as such, in full."""

from __future__ import annotations

from dataclasses import replace
from typing import IO, Any, Final

from django.utils.translation import override

from courses.models import Course
from offices.models import Disclosure, User
from trainees.models import Trainee
from trainees.papers import applicants, assessment, facts, signing, time_sheets
from trainees.papers.wording import wording

FORMS: Final = (8, 9, 10)
WITH_NUMBERS: Final = (8, 10)
"""The forms that show document numbers."""


def print_form(
    number: int,
    course: Course,
    user: User,
    target: IO[bytes],
    way: facts.Way,
    *,
    filled: bool,
    in_full: bool = False,
) -> int:
    """Write form 8, 9 or 10 of a course taken from `whole`, in Thai. How many people are named in it."""
    words = wording(f"pt{number}", course.starts_on)
    if filled:
        on = signing.day_of(number, course)
        way = replace(way, signers=signing.completed(way.signers, course, on, user))
    with override("th"):
        head = facts.facts_of(course, user) if filled else facts.CourseFacts()
        match number:
            case 8:
                people = facts.applicants(course, user, in_full=in_full) if filled else []
                applicants.write(target, words, head, people, way)
                return len(people)
            case 9:
                names = facts.names(course, user) if filled else []
                days = facts.days(course, user) if filled else []
                time_sheets.write(target, words, head, names, days, way)
                return len(names)
            case 10:
                assessed = facts.assessed(course, user, in_full=in_full) if filled else []
                assessment.write(target, words, head, assessed, facts.Rule.of(course.fiscal_year), way)
                return len(assessed)
            case _:
                raise ValueError(f"Form {number} is not a form of a course's people.")


def note_disclosure(number: int, course: Course, by: User, people: int, reason: str) -> None:
    """Write down that a paper with document numbers in full was made."""
    if not people:
        return
    box = wording(f"pt{number}", course.starts_on)["box"]
    Disclosure.objects.create(
        school_id=course.school_id,
        act=Disclosure.Act.EXPORT,
        subject=Trainee._meta.label,
        rows=people,
        reason=": ".join(filter(None, [box, reason]))[:200],
        by=by,
    )


def whole(courses: Any) -> Any:
    """These courses, with everything that the heads of the forms say."""
    return courses.select_related(
        "curriculum", "fiscal_year", "school__district__province", "subdistrict__district__province"
    )
