"""What may be typed about the sessions of a course."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses import sessions
from courses.models import Session
from offices.forms import VersionedModelForm
from offices.thai.digits import to_arabic
from offices.thai.forms import ThaiDateField, ThaiDecimalField
from offices.thai.typed import tidy

CLOCK = re.compile(r"([0-9]{1,2}) ?[:.] ?([0-9]{2})|([0-9]{1,2})|([0-9]{2})([0-9]{2})")
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class ClockField(forms.TimeField):
    """A time of day as it is written in Thailand: 9, 09:00, 9.00, 0900, ๐๙.๐๐."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write the time as 09:00.")}

    def to_python(self, value):
        if value is None or isinstance(value, time):
            return value
        typed = to_arabic(tidy(str(value)))
        if not typed:
            return None
        if not (match := CLOCK.fullmatch(typed)):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        hour, minute = int(match[1] or match[3] or match[4]), int(match[2] or match[5] or 0)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return time(hour, minute)

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off", "maxlength": 8}


class PlanForm(forms.Form):
    """How to spread a course's hours over its days; filled with the usual times, so one press is enough."""

    morning_from = ClockField(label=_("Morning from"), initial=time(9), required=False)
    morning_to = ClockField(label=_("Morning until"), initial=time(12), required=False)
    afternoon_from = ClockField(label=_("Afternoon from"), initial=time(13), required=False)
    afternoon_to = ClockField(label=_("Afternoon until"), initial=time(16), required=False)
    skip = forms.TypedMultipleChoiceField(
        label=_("Days without training"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    without_holidays = forms.BooleanField(label=_("Leave out public holidays"), initial=True, required=False)

    def clean(self):
        cleaned = super().clean()
        sittings = []
        for part in ("morning", "afternoon"):
            if {f"{part}_from", f"{part}_to"} & set(self.errors):
                continue
            first, last = cleaned.get(f"{part}_from"), cleaned.get(f"{part}_to")
            if first is None and last is None:
                continue
            if first is None or last is None:
                self.add_error(f"{part}_to", ValidationError(_("Enter both times, or neither."), "half"))
            elif sessions.hours_between(first, last) <= 0:
                self.add_error(f"{part}_to", ValidationError(_("The session ends before it starts."), "order"))
            else:
                sittings.append((first, last))
        if not self.errors:
            if not sittings:
                self.add_error("morning_from", ValidationError(_("Enter the times of the training."), "none"))
            elif len(sittings) == 2 and sittings[1][0] < sittings[0][1]:
                early = _("The afternoon begins before the morning is over.")
                self.add_error("afternoon_from", ValidationError(early, "order"))
            elif len(set(cleaned.get("skip", []))) == len(WEEKDAYS):
                self.add_error("skip", ValidationError(_("No day of the week is left."), "no_day"))
        cleaned["sittings"] = sittings
        return cleaned


class SessionForm(VersionedModelForm):
    """One session. Without hours it lasts from beginning to end; breaks are taken off by typing fewer."""

    held_on = ThaiDateField(label=_("Day"), help_text=_("Such as 16/01/2569."))
    starts_at = ClockField(label=_("From"))
    ends_at = ClockField(label=_("Until"))
    hours = ThaiDecimalField(
        label=_("Hours that count"),
        required=False,
        help_text=_("Without breaks. Leave it empty to count from beginning to end."),
    )

    class Meta:
        model = Session
        fields = ["held_on", "starts_at", "ends_at", "hours", "topic", "venue", "instructor"]
        labels = {
            "topic": _("Topic"),
            "venue": _("Venue, where it differs"),
            "instructor": _("Instructor, where it differs"),
        }

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if isinstance(hours := self.initial.get("hours"), Decimal):
            self.initial["hours"] = f"{hours.normalize():f}"

    def clean(self):
        cleaned = super().clean()
        first, last, hours = (cleaned.get(name) for name in ("starts_at", "ends_at", "hours"))
        if first is None or last is None or "hours" in self.errors:
            return cleaned
        length = sessions.hours_between(first, last)
        if first >= last:
            self.add_error("ends_at", ValidationError(_("The session ends before it starts."), "order"))
        elif hours is None:
            if length > 0:
                cleaned["hours"] = length
            else:
                self.add_error("ends_at", ValidationError(_("A session lasts at least half an hour."), "short"))
        elif hours <= 0:
            self.add_error("hours", ValidationError(_("A session has more than 0 hours."), "zero"))
        elif hours % sessions.HALF:
            self.add_error(
                "hours", ValidationError(_("Only whole and half hours count, such as 3 or 2.5."), "step")
            )
        elif hours > length:
            over = _("From beginning to end it is %(length)s hours; more cannot count.")
            self.add_error("hours", ValidationError(over, "long", {"length": f"{length.normalize():f}"}))
        return cleaned
