"""Who teaches a course: the only place that says so, for pages, lists, files, papers and PT.11.

The rows of the register say it where there are any that did not decline; else the words on the course do, for
schools that keep no register.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from courses.models import Course, Session, Teaching
from offices.scoping import Eyes

Names = tuple[str, ...]


def who_teaches(user: Eyes, courses: Iterable[Course]) -> dict[int, Names]:
    """The names on each course, by its key; one query for all of them."""
    courses = list(courses)
    names: dict[int, list[str]] = {}
    for row in _rows(user, [course.pk for course in courses]):
        names.setdefault(row.course_id, []).append(row.instructor.full_name)
    return {course.pk: tuple(names.get(course.pk) or filter(None, [course.instructor])) for course in courses}


def taught_by(user: Eyes, course: Course) -> Names:
    return who_teaches(user, [course])[course.pk]


def in_words(names: Names) -> str:
    return ", ".join(names)


def teachers_of(session: Session, names: Names) -> Names:
    """Whoever holds a session: the one it names, else those of its course."""
    return (session.instructor,) if session.instructor else names


def register_of(user: Eyes, courses: Iterable[int]) -> dict[int, dict[int, str]]:
    """Course key → key and name of those of the register who teach it."""
    found: dict[int, dict[int, str]] = {}
    for row in _rows(user, list(courses)):
        found.setdefault(row.course_id, {})[row.instructor_id] = row.instructor.full_name
    return found


def taught_by_somebody_called(user: Eyes, column_words: Q) -> Exists:
    """Courses with an instructor of the register to whom `column_words` (about `instructor__…`) applies."""
    rows = Teaching.objects.visible_to(user).filter(Teaching.TEACHES, column_words, course=OuterRef("pk"))
    return Exists(rows)


def _rows(user: Eyes, courses: list[int]) -> Iterable[Teaching]:
    rows = Teaching.objects.visible_to(user).filter(Teaching.TEACHES, course__in=courses)
    shown = ("title", "first_name", "surname", "erased_at")
    return rows.select_related("instructor").only("course", "instructor", *(f"instructor__{c}" for c in shown))
