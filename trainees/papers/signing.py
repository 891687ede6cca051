"""Who signs the forms of a course where nobody typed a name: whoever held the office on the day of the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from courses.models import Course
from offices.models import Signer
from offices.scoping import Eyes
from offices.signers import Holder, holder_of
from trainees.papers.facts import Signers

ROLES = {"responsible": Signer.Role.RESPONSIBLE, "director": Signer.Role.DIRECTOR}


def day_of(number: int, course: Course) -> date:
    """The day of a form: applicants are listed before the course, the others are signed at its end."""
    return course.starts_on if number == 8 else course.ends_on


def recorded(course: Course, on: date, user: Eyes) -> dict[str, Holder]:
    """Who signs for the school of the course on a day, by the field that their name would be typed into."""
    found = {name: holder_of(role, on, user, school=course.school) for name, role in ROLES.items()}
    return {name: holder for name, holder in found.items() if holder is not None}


def completed(typed: Signers, course: Course, on: date, user: Eyes) -> Signers:
    """What was typed, and for the rest who is on record for the day; still empty names become dotted lines."""
    found = recorded(course, on, user)
    if "responsible" in found and not typed.responsible:
        typed = replace(typed, responsible=found["responsible"].name)
    if "director" in found and not typed.director:
        director = found["director"]
        own = director.position if director.acting else ""
        typed = replace(typed, director=director.name, director_position=own, acting=director.acting)
    return typed
