"""Planning the days of a course: spreading its hours, adding up what is planned, and seeing clashes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from courses import teaching
from courses.models import Course, Session
from offices.models import User
from offices.scoping import Eyes
from offices.thai.dates import short_date
from offices.thai.typed import tidy

HALF: Final = Decimal("0.5")
NONE: Final = Decimal(0)
Sitting = tuple[time, time]

Follower = Callable[[User, Session], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Tell a higher floor of each session that changed, inside the same transaction; it may refuse."""
    if follower not in _followers:
        _followers.append(follower)


def hours_between(starts_at: time, ends_at: time) -> Decimal:
    """Whole and half hours between two times of a day, what is left over cut off."""
    minutes = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    return (Decimal(minutes) / 30).to_integral_value(ROUND_FLOOR) * HALF


def spread(
    course: Course,
    sittings: Sequence[Sitting],
    skipped_weekdays: Collection[int],
    there: Iterable[Session],
    skipped_days: Collection[date] = (),
) -> list[Session]:
    """Sessions for the hours that are not planned yet, from the first day on; the last may be shorter.

    What is `there` stays: its hours are taken off, and nothing is planned on top of it.
    """
    taken = list(there)
    missing = course.hours - sum((session.hours for session in taken), NONE)
    planned: list[Session] = []
    day = course.starts_on
    while missing > 0 and day <= course.ends_on:
        is_skipped = day.weekday() in skipped_weekdays or day in skipped_days
        for starts_at, ends_at in () if is_skipped else sittings:
            if missing <= 0 or any(overlap(session, day, starts_at, ends_at) for session in taken):
                continue
            hours = min(hours_between(starts_at, ends_at), missing)
            if hours <= 0:
                continue
            if hours < hours_between(starts_at, ends_at):
                minutes = int(hours * 60)
                ends_at = (datetime.combine(day, starts_at) + timedelta(minutes=minutes)).time()
            planned.append(
                Session(
                    school_id=course.school_id,
                    course=course,
                    held_on=day,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    hours=hours,
                )
            )
            missing -= hours
        day += timedelta(days=1)
    return planned


def overlap(session: Session, day: date, starts_at: time, ends_at: time) -> bool:
    return session.held_on == day and session.starts_at < ends_at and starts_at < session.ends_at


def sessions_of(course: Course, user: Eyes) -> list[Session]:
    """The sessions of a course in the order of its days."""
    return list(Session.objects.visible_to(user).filter(course=course))


def hours_planned(sessions: Iterable[Session]) -> Decimal:
    return sum((session.hours for session in sessions), NONE)


def refuse_unless_open_to_changes(course: Course) -> None:
    """The days of a course that is closed or cancelled stay as they are."""
    if course.status in Course.OVER:
        raise ValidationError(
            _("The course is in the state “%(state)s”: its days and instructors stay as they are.")
            % {"state": course.get_status_display()},
            "over",
        )


def lock(course: Course, by: User) -> Course:
    """The course as it is now, held until the end of the transaction."""
    held = Course.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=course.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has thrown this course away meanwhile."), "gone")
    refuse_unless_open_to_changes(held)
    return held


@transaction.atomic
def plan(
    *,
    course: Course,
    sittings: Sequence[Sitting],
    skipped_weekdays: Collection[int],
    skipped_days: Collection[date] = (),
    by: User,
) -> Decimal:
    """Plan the hours that have no session yet; the hours for which there was no room are returned."""
    held = lock(course, by)
    there = sessions_of(held, by)
    if held.hours <= hours_planned(there):
        raise ValidationError(_("All hours of the course are planned already."), "planned")
    planned = spread(held, sittings, skipped_weekdays, there, skipped_days)
    if not planned:
        raise ValidationError(_("No day of the course has room for these times."), "no_room")
    with pghistory.context(user=by.pk, act="session.plan"):
        Session.objects.visible_to(by).bulk_create(planned)
    return held.hours - hours_planned([*there, *planned])


@transaction.atomic
def keep(session: Session, *, by: User) -> Session:
    """Save a new or changed session; those who follow its day and hours are told, and may refuse."""
    held = lock(session.course, by)
    others = Session.objects.visible_to(by).filter(course=held, held_on=session.held_on).exclude(pk=session.pk)
    for other in others:
        if overlap(other, session.held_on, session.starts_at, session.ends_at):
            raise ValidationError(
                _("At this time the course already has a session: %(from)s–%(to)s.")
                % {"from": f"{other.starts_at:%H:%M}", "to": f"{other.ends_at:%H:%M}"},
                "overlap",
            )
    if not held.starts_on <= session.held_on <= held.ends_on:
        lasts = _("The course lasts from %(first)s to %(last)s.")
        told = lasts % {"first": short_date(held.starts_on), "last": short_date(held.ends_on)}
        raise ValidationError({"held_on": [told]})
    is_new = session.pk is None
    with pghistory.context(user=by.pk, act="session.add" if is_new else "session.change"):
        session.save()
        if not is_new:
            for follower in _followers:
                follower(by, session)
    return session


@transaction.atomic
def remove(session: Session, *, by: User) -> None:
    """Take a session out of the plan; one in which anybody's attendance is recorded stays."""
    lock(session.course, by)
    with pghistory.context(user=by.pk, act="session.remove"):
        try:
            with transaction.atomic():
                Session.objects.visible_to(by).filter(pk=session.pk).delete()
        except ProtectedError:
            raise ValidationError(
                _("Attendance of this session is recorded, so it stays. Clear its attendance first."), "attended"
            ) from None


@dataclass(frozen=True)
class Clash:
    """Two sessions of different courses that need one instructor, or one room, at one time."""

    session: Session
    other: Session
    instructor: str
    venue: str


def clashes(course: Course, sessions: Sequence[Session], user: Eyes) -> list[Clash]:
    """What other courses of the school need at the same time, an instructor or a room: told, not refused."""
    if not sessions:
        return []
    others = list(
        Session.objects.visible_to(user)
        .filter(school=course.school_id, held_on__in={session.held_on for session in sessions})
        .filter(course__binned_at__isnull=True)
        .exclude(course=course.pk)
        .exclude(course__status=Course.Status.CANCELLED)
        .select_related("course")
    )
    register = teaching.register_of(user, {course.pk, *(other.course_id for other in others)})
    found = []
    for other in others:
        for mine in sessions:
            if overlap(mine, other.held_on, other.starts_at, other.ends_at):
                instructor = _one_of_both(
                    _teachers(mine, course, register), _teachers(other, other.course, register)
                )
                venue = _same(mine.venue or course.venue, other.venue or other.course.venue)
                if instructor or venue:
                    found.append(Clash(mine, other, instructor, venue))
    return found


Teacher = tuple[int | None, str]
"""Key in the register, where they stand there, and name."""


def _teachers(session: Session, course: Course, register: dict[int, dict[int, str]]) -> list[Teacher]:
    if session.instructor:
        return [(None, session.instructor)]
    return list(register.get(course.pk, {}).items()) or [(None, course.instructor)]


def _one_of_both(mine: list[Teacher], theirs: list[Teacher]) -> str:
    """Somebody who teaches on both sides: one row of the register, or one name where either side is only words."""
    for key, name in mine:
        for other_key, other_name in theirs:
            if key is not None and other_key is not None:
                if key == other_key:
                    return name
            elif same := _same(name, other_name):
                return same
    return ""


def _same(mine: str, theirs: str) -> str:
    return tidy(mine) if mine and tidy(mine).casefold() == tidy(theirs).casefold() else ""
