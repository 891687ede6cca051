"""Throwing things away and taking them back for some days; courses and curricula only when they may go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import life
from courses.models import (
    Answer,
    CoDesigner,
    Course,
    CoursePartner,
    Curriculum,
    Instructor,
    Partner,
    Project,
    Spending,
    Survey,
    Teaching,
)
from offices.models import User
from offices.owned import Binnable, Throwable, is_leaned_on
from offices.thai.digits import format_number

Thrown = Binnable | Throwable


def kept_until(row: Thrown) -> datetime | None:
    """Until when a thrown-away row can be taken back."""
    return row.binned_at + timedelta(days=settings.BIN_DAYS) if row.binned_at else None


def still_kept(model: type[Binnable], user: User) -> QuerySet[Any]:
    """What the user's school threw away and may still have back, the latest first."""
    since = timezone.now() - timedelta(days=settings.BIN_DAYS)
    rows: Any = model._default_manager
    return rows.in_bin_of(user).filter(binned_at__gte=since).order_by("-binned_at", "-pk")


def why_course_stays(course: Course) -> str:
    """The reason why a course cannot be thrown away, or an empty string."""
    if course.status in life.MAY_BE_BINNED:
        return ""
    return _("A course in the state “%(state)s” cannot be thrown away: cancel it, with a reason, instead.") % {
        "state": course.get_status_display()
    }


def why_curriculum_stays(curriculum: Curriculum, user: User) -> str:
    """The reason why a curriculum cannot be thrown away, or an empty string."""
    used = Course.objects.visible_to(user).filter(curriculum=curriculum).count()
    if not used:
        return ""
    return ngettext(
        "%(used)d course is made from this curriculum: it cannot be thrown away.",
        "%(used)d courses are made from this curriculum: it cannot be thrown away.",
        used,
    ) % {"used": used}


def why_partner_stays(partner: Partner, user: User) -> str:
    """The reason why a partner cannot be thrown away, or an empty string. Other schools are not named."""
    courses = CoursePartner.objects.visible_to(user).filter(partner=partner).values("course").distinct().count()
    curricula = CoDesigner.objects.visible_to(user).filter(partner=partner).values("curriculum").distinct().count()
    if courses or curricula:
        return _(
            "This partner stands in %(courses)d courses and %(curricula)d curricula: it cannot be thrown away."
        ) % {"courses": courses, "curricula": curricula}
    if is_leaned_on(partner):
        return _("This partner is in use, elsewhere or in a bin: it cannot be thrown away.")
    return ""


def _why_its_money_keeps_it(course: Course, user: User) -> str:
    """What was spent for a course is accounted for; cancelled rows stay too."""
    money = Spending.objects.visible_to(user).filter(course=course).aggregate(rows=Count("pk"), sum=Sum("amount"))
    if not money["rows"]:
        return ""
    return _("Money is entered for this course (%(sum)s baht): it cannot be thrown away. Cancel it instead.") % {
        "sum": format_number(money["sum"], 2)
    }


def why_project_stays(project: Project, user: User) -> str:
    """The reason why a project cannot be thrown away, or an empty string."""
    used = Course.objects.visible_to(user).filter(project=project).count()
    if not used:
        return ""
    return ngettext(
        "%(used)d course belongs to this project: it cannot be thrown away.",
        "%(used)d courses belong to this project: it cannot be thrown away.",
        used,
    ) % {"used": used}


def why_instructor_stays(instructor: Instructor, user: User) -> str:
    """The reason why an instructor cannot be thrown away, or an empty string."""
    used = Teaching.objects.visible_to(user).filter(instructor=instructor, course__binned_at=None).count()
    if not used:
        return ""
    return ngettext(
        "%(name)s stands on %(used)d course and stays in the register.",
        "%(name)s stands on %(used)d courses and stays in the register.",
        used,
    ) % {"name": instructor, "used": used}


def _why_it_stays(row: Thrown, user: User) -> str:
    match row:
        case Partner():
            return why_partner_stays(row, user)
        case Course():
            return why_course_stays(row) or _why_its_money_keeps_it(row, user)
        case Curriculum():
            return why_curriculum_stays(row, user)
        case Project():
            return why_project_stays(row, user)
        case Instructor():
            return why_instructor_stays(row, user)
        case _:
            return ""


@transaction.atomic
def throw_away(row: Binnable, *, by: User) -> None:
    """Put a row into the bin; refused, with the reason, for what must stay."""
    rows: Any = type(row)._default_manager
    current = rows.visible_to(by).select_for_update(of=("self",)).filter(pk=row.pk).first()
    if current is None:
        raise ValidationError(_("Somebody has thrown this away already."), "gone")
    if why := _why_it_stays(current, by):
        raise ValidationError(why, "stays")
    with pghistory.context(user=by.pk, act=f"{row._meta.label_lower}.throw_away"):
        current.binned_at = timezone.now()
        current.save(update_fields=["binned_at"])


def _why_it_cannot_come_back(row: Thrown, user: User) -> str:
    """What a row hangs on must be there, and nobody may have entered the same again meanwhile."""
    match row:
        case CoursePartner() | CoDesigner():
            return _why_part_stays_away(row, user)
        case Course() if not Curriculum.objects.visible_to(user).filter(pk=row.curriculum_id).exists():
            return _("Its curriculum is in the bin too: take that back first.")
        case Course() if row.project_id and not _is_there(Project, row.project_id, user):
            return _("Its project is in the bin too: take that back first.")
        case Teaching() if not _is_there(Course, row.course_id, user):
            return _("The course is in the bin too: take that back first.")
        case Teaching() if not _is_there(Instructor, row.instructor_id, user):
            return _("The instructor is in the bin too: take them back first.")
        case Teaching() if _twins(row, user, "course", "instructor"):
            return _("This instructor is already on the course.")
        case Instructor() if row.person_key and _twins(row, user, "person_key"):
            return _("This instructor is already in your school's register.")
        case Answer() if not _is_there(Survey, row.survey_id, user):
            return _("The survey is in the bin too: take that back first.")
        case _:
            return ""


def _why_part_stays_away(row: CoursePartner | CoDesigner, user: User) -> str:
    if not Partner.objects.visible_to(user).filter(pk=row.partner_id).exists():
        return _("The partner itself is no longer in your register.")
    if not isinstance(row, CoursePartner):
        return ""
    twin = CoursePartner.objects.visible_to(user).filter(
        course=row.course_id, partner=row.partner_id, role=row.role
    )
    return _("This partner already has this part in the course.") if twin.exists() else ""


def _is_there(model: Any, key: int, user: User) -> bool:
    return model.objects.visible_to(user).filter(pk=key).exists()


def _twins(row: Any, user: User, *columns: str) -> bool:
    same = {column: getattr(row, column) for column in columns}
    return type(row)._default_manager.visible_to(user).filter(school=row.school_id, **same).exists()


@transaction.atomic
def take_back(row: Thrown, *, by: User) -> None:
    """Take a row out of the bin; refused, with the reason, where it has no place any more."""
    if why := _why_it_cannot_come_back(row, by):
        raise ValidationError(why, "no_place")
    with pghistory.context(user=by.pk, act=f"{row._meta.label_lower}.take_back"):
        row.binned_at = None
        row.save(update_fields=["binned_at"])
