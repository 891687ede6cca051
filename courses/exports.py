"""The course list as a file: the same rows, in the same order, that the list shows to the same person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import panels, teaching
from courses.filters import CourseFilter
from courses.models import Course
from courses.tables import CourseTable
from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User

CHUNK = 2_000
Progress = Callable[[int], None]


def _narrowed(user: User, asked: dict[str, str], year: int | None) -> CourseFilter:
    courses = Course.objects.visible_to(user).select_related(
        "school", "curriculum", "project", "course_type", "subdistrict__district__province"
    )
    return CourseFilter(asked, courses, user=user, year=year)


def rows_of(user: User, asked: dict[str, str], year: int | None) -> QuerySet[Course]:
    """The courses of the list that `asked` (the address's query) stands for, in its order."""
    table = CourseTable(_narrowed(user, asked, year).qs, order_by=asked.get("sort") or None, several_schools=True)
    return table.data.data


def book(user: User, asked: dict[str, str], year: int | None, progress: Progress = lambda done: None) -> Book:
    courses = rows_of(user, asked, year)
    title = _("Courses")
    table = Table(title, _columns(), lambda: _rows(courses, user, progress))
    filters = _narrowed(user, asked, year).told()
    if not any(name == "year" for name in asked):
        filters = [(_("Fiscal year"), str(year)), *filters]
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=filters)
    return Book(title, stamp, [table])


def _columns() -> list[Column]:
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("name", _("Course"), width=36),
        Column("curriculum", _("Curriculum"), width=36),
        Column("trade_group", _("Trade group"), width=22),
        Column("project", _("Project"), width=36),
        Column("needs_found", _("How needs were found"), width=28),
        Column("status", _("State")),
        Column("course_type", _("Course type")),
        Column("hours", _("Hours"), "decimal"),
        Column("people", _("People"), "integer"),
        Column("group_size", _("Group size"), "integer"),
        Column("learning_mode", _("Way of learning")),
        Column("skill_purpose", _("Skill purpose")),
        Column("starts_on", _("First day"), "date"),
        Column("ends_on", _("Last day"), "date"),
        Column("fiscal_year", _("Fiscal year that pays"), "id", 10),
        Column("venue", _("Venue"), width=28),
        Column("subdistrict", _("Subdistrict")),
        Column("district", _("District")),
        Column("province", _("Province")),
        Column("instructor", _("Instructor"), width=24),
    ]


def _rows(courses: QuerySet[Course], user: User, progress: Progress) -> Iterator[Row]:
    done = 0
    every = courses.iterator(CHUNK)
    while chunk := list(islice(every, CHUNK)):
        people = panels.people_on(user, [course.pk for course in chunk])
        names = teaching.who_teaches(user, chunk)
        yield from (_row(course, people.get(course.pk), names[course.pk]) for course in chunk)
        done += len(chunk)
        progress(done)


def _row(course: Course, people: int | None, names: teaching.Names) -> Row:
    place = course.subdistrict
    return [
        course.school.code,
        course.school.name,
        course.name,
        course.curriculum.title,
        course.curriculum.get_trade_group_display(),
        course.project.name if course.project else None,
        course.needs_in_words or None,
        course.get_status_display(),
        str(course.course_type),
        course.hours,
        people,
        course.course_type.group_size,
        course.get_learning_mode_display(),
        course.get_skill_purpose_display(),
        course.starts_on,
        course.ends_on,
        str(course.fiscal_year_id),
        course.venue,
        place.name if place else None,
        place.district.name if place else None,
        place.district.province.name if place else None,
        teaching.in_words(names),
    ]
