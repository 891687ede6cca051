"""Erasing on request (PDPA) what tells who an instructor is, on the row and in its history.

The courses keep the row without a name. What a course says in its own words (`Course.instructor`, a session's) and
what papers already say stays: it is the record of that course.
"""

from __future__ import annotations

from typing import Any, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course, Instructor, Teaching
from offices.models import Disclosure, User

MOST_NAMED: Final = 5

EMPTIED: Final[dict[str, Any]] = {
    "title": "", "first_name": "", "surname": "", "name_order": "", "birth_year": None, "education": "",
    "occupation": "", "workplace": "", "expertise": "", "experience": "", "experience_years": None,
    "house_number": "", "moo": "", "road": "", "subdistrict": None, "postal_code": "", "phone": "", "food": "",
    "national_id": "", "national_id_tail": "", "person_key": None, "bank": "", "bank_branch": "",
    "bank_account": "", "bank_account_tail": "",
}  # fmt: skip
EMPTIED_ON_TEACHING: Final[dict[str, Any]] = {"reason": "", "suggested": ""}


def refuse_while_teaching(instructor: Instructor, by: User) -> None:
    """Somebody on a course that is not over is needed by name: for its papers and the payment."""
    rows = Teaching.objects.visible_to(by).filter(Teaching.TEACHES, instructor=instructor)
    rows = rows.filter(course__binned_at=None).exclude(course__status__in=Course.OVER).select_related("course")
    courses = [str(row.course) for row in rows[: MOST_NAMED + 1]]
    if courses:
        names = ", ".join(courses[:MOST_NAMED]) + (" …" if len(courses) > MOST_NAMED else "")
        raise ValidationError(
            _("Cannot be erased yet: teaches a course that is not over (%(courses)s).") % {"courses": names},
            "teaching",
        )


@transaction.atomic
def erase(*, instructor: Instructor, reason: str, by: User) -> Instructor:
    """Erase an instructor's data at their request. There is no undo."""
    row = Instructor.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=instructor.pk).first()
    if row is None or row.erased_at:
        raise ValidationError(_("This has been erased or thrown away meanwhile."), "gone")
    refuse_while_teaching(row, by)
    teaching = Teaching.objects.unscoped().filter(instructor=row)  # in the bin as well
    with pghistory.context(user=by.pk, act="instructor.erase", reason=reason):
        for column, nothing in EMPTIED.items():
            setattr(row, column, nothing)
        row.erased_at = timezone.now()
        row.save(update_fields=[*EMPTIED, "erased_at"])
        teaching.update(**EMPTIED_ON_TEACHING)
    events: Any = Instructor.pgh_event_model.objects.visible_to(by)  # type: ignore[attr-defined]
    events.filter(pgh_obj_id=row.pk).update(**EMPTIED)
    of_teaching: Any = Teaching.pgh_event_model.objects.visible_to(by)  # type: ignore[attr-defined]
    of_teaching.filter(instructor_id=row.pk).update(**EMPTIED_ON_TEACHING)
    Disclosure.objects.create(
        school_id=row.school_id,
        act=Disclosure.Act.ERASE,
        subject=Instructor._meta.label,
        subject_id=row.pk,
        reason=reason,
        by=by,
    )
    return row
