"""The daily sheet (form 9): how many hours of a session each person was there."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Session
from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned, UniqueInSchool, bump_version
from trainees.models.enrolments import Enrolment

# Once the sheet says anything of a person, it decides when they first came and how long they were there.
sum_up = pgtrigger.Trigger(
    name="sum_up",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        UPDATE trainees_enrolment AS e
           SET attended_hours = sheet.hours,
               first_attended_on = CASE WHEN sheet.n = 0 THEN e.first_attended_on ELSE sheet.first END
          FROM (SELECT count(*) AS n, sum(a.hours) AS hours,
                       min(s.held_on) FILTER (WHERE a.hours > 0) AS first
                  FROM trainees_attendance a JOIN courses_session s ON s.id = a.session_id
                 WHERE a.enrolment_id = COALESCE(NEW.enrolment_id, OLD.enrolment_id)) AS sheet
         WHERE e.id = COALESCE(NEW.enrolment_id, OLD.enrolment_id);
        RETURN NULL;
    """,
)


@tracked
class Attendance(SchoolOwned):
    """One cell of the sheet. No row means: nothing recorded yet; 0 hours means: absent."""

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, verbose_name=_("enrolment"), related_name="attendance", editable=False
    )
    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name=_("session"), related_name="attendance", editable=False
    )
    hours = models.DecimalField(_("hours attended"), max_digits=4, decimal_places=1)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        triggers = [bump_version, sum_up]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("enrolment", name="attendance_enrolment_same_school"),
            SameSchool("session", name="attendance_session_same_school"),
            UniqueInSchool(fields=["school", "session", "enrolment"], name="one_cell_a_person_and_session"),
            models.CheckConstraint(
                name="attendance_not_negative",
                condition=Q(hours__gte=0),
                violation_error_message=_("Hours cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.session_id} {self.hours}"
