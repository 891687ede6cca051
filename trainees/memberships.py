"""Who belongs to a group: people on courses become members, each person once, and leave again."""

from __future__ import annotations

from collections.abc import Sequence

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from courses.models import Course
from offices.models import User
from offices.scoping import Eyes
from trainees.filters import named
from trainees.identity import keys_of, looks_like_a_number
from trainees.models import Enrolment, Group, Member, Trainee

_UNREAD = tuple(f"enrolment__{column}" for column in Enrolment.ENCRYPTED)


def members_of(user: Eyes) -> QuerySet[Member]:
    """The members that `user` sees, with person and course, by name."""
    rows = Member.objects.visible_to(user).select_related("enrolment__trainee", "enrolment__course")
    return rows.defer(*_UNREAD).order_by("enrolment__trainee__name_order", "pk")


def eligible(group: Group, user: Eyes) -> QuerySet[Enrolment]:
    """Who can become a member: the school's people on courses, those who left before they ever came left out."""
    rows = Enrolment.objects.visible_to(user).filter(Enrolment.ON_ROSTER | Enrolment.ENTRANT)
    rows = rows.filter(school=group.school_id, trainee__erased_at=None).select_related("trainee", "course")
    return rows.defer(*Enrolment.ENCRYPTED).order_by("trainee__name_order", "-course__starts_on", "pk")


def candidates(group: Group, user: Eyes, *, text: str, course: Course | None) -> QuerySet[Enrolment]:
    """Those who are no members yet, are called so and were on that course; nobody when nothing is asked."""
    rows = eligible(group, user)
    if not text and course is None:
        return rows.none()
    there = Member.objects.visible_to(user).filter(group=group).values("enrolment__trainee")
    rows = rows.exclude(trainee__in=there)
    if course is not None:
        rows = rows.filter(course=course)
    if text:
        asked = Q(person_key__in=keys_of(text)) if looks_like_a_number(text) else named(text)
        people = Trainee.objects.visible_to(user).filter(asked)
        rows = rows.filter(trainee__in=people.order_by().values("pk"))
    return rows


@transaction.atomic
def join(*, group: Group, places: Sequence[Enrolment], by: User) -> list[Member]:
    """Make people members by their places on courses; refused as a whole when one of them is a member already."""
    held = Group.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=group.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has thrown this away meanwhile."), "gone")
    there = {row.enrolment.trainee_id for row in members_of(by).filter(group=held)}
    for place in places:
        if place.trainee_id in there:
            raise ValidationError(
                _("%(name)s would be a member twice: each person is a member once, by one course."),
                "twice",
                {"name": place.trainee},
            )
        there.add(place.trainee_id)
    with pghistory.context(user=by.pk, act="group.join"):
        return Member.objects.bulk_create(
            Member(school_id=held.school_id, group=held, enrolment=place) for place in places
        )


@transaction.atomic
def leave(*, member: Member, by: User) -> None:
    """Take a member out of the group; the history keeps that they were one."""
    with pghistory.context(user=by.pk, act="group.leave"):
        Member.objects.visible_to(by).filter(pk=member.pk).delete()
