"""Fill an empty database with the nation: offices by the program itself, everything else by COPY."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from config.national import place as own_place
from config.national.around import Surroundings
from config.national.copying import Ledger, bare, write_newest_history
from config.national.offices import found
from config.national.people import Classroom
from config.national.teaching import Teacher, wished
from config.national.works import Workshop, plan_fairs
from courses.models import BudgetLine, ExpenseClass, ExpenseLine
from jobs.models import Job
from offices.models import (
    AreaGroup,
    ChecklistItem,
    CourseType,
    District,
    FiscalYear,
    Invitation,
    Membership,
    Province,
    SatisfactionBand,
    School,
    Subdistrict,
    User,
)
from reports.models import StoredFigures
from supervision.models import FormItem, FormVersion

FLOORS: Final = ("offices", "documents", "jobs", "courses", "trainees", "supervision", "reports")
MADE_BY_PROGRAM: Final = frozenset(
    {
        AreaGroup, BudgetLine, ChecklistItem, CourseType, District, ExpenseClass, ExpenseLine, FiscalYear,
        FormItem, FormVersion, Membership, Province, SatisfactionBand, School, Subdistrict, User,
    }
)  # fmt: skip
"""Few rows, which others lean on; their triggers ran and wrote their history."""
LEFT_EMPTY: Final = frozenset({Invitation, Job, StoredFigures, apps.get_model("courses", "Rate")})
"""Accounts that wait, work in the background, stored figures, rates (shipped empty, as the letter says none)."""
NEWEST: Final = 100_000
Said = Callable[[str], None]


def load(name: str, courses: int, enrolments: int, say: Said) -> None:
    """Make the database `name` anew, fill it, and mark it as whole."""
    own_place.make_empty(name)
    with own_place.inside(name):
        _refuse_other_database(name)
        say("Tables")
        own_place.make_tables()
        say("Offices")
        nation = found()
        with bare([model._meta.db_table for model in copied()]):
            ledger = Ledger()
            say("Rows")
            _write(ledger, nation, courses, enrolments, say)
            ledger.close()
            say("History, indexes, keys")
            write_newest_history(ledger.sheets.values(), NEWEST)
        say("Statistics")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    own_place.finish(name, own_place.said_of(courses, enrolments))


def copied() -> list[type[models.Model]]:
    """The models whose rows come by COPY, and those that stay empty for want of files or of work in progress."""
    return [
        model
        for floor in FLOORS
        for model in apps.get_app_config(floor).get_models()
        if model not in MADE_BY_PROGRAM and not hasattr(model, "pgh_tracked_model")
    ]


def holds_files(model: type[models.Model]) -> bool:
    """Files are invented by nobody: their rows would lead nowhere."""
    related: list[Any] = [model, *(f.related_model for f in model._meta.concrete_fields if f.related_model)]
    return any(
        isinstance(f, models.FileField) and not f.blank for each in related for f in each._meta.concrete_fields
    )


def _write(ledger: Ledger, nation: Any, courses: int, enrolments: int, say: Said) -> None:
    runs = wished(nation, courses, enrolments)
    teacher, classroom = Teacher(ledger, nation), Classroom(ledger)
    workshop, surroundings = Workshop(ledger, nation, plan_fairs(ledger)), Surroundings(ledger, nation)
    for number, place in enumerate(nation.places, 1):
        rng = Random(f"national {place.school.code}")  # noqa: S311 (play, not secrets)
        own = runs.pop(place.school.pk)
        teacher.teach(place, own, rng)
        classroom.fill(place, own, rng)
        workshop.work(place, own, rng)
        surroundings.of_school(place, own, rng)
        if number % 100 == 0:
            say(f"  {number} of {len(nation.places)} schools")
    surroundings.of_offices_above()


def _refuse_other_database(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (here,) = cursor.fetchone()
    if here != name:
        raise own_place.Refused(f"The program stands in “{here}”, not in “{name}”.")
