"""What may be typed about a person's place on a course, and about its opening."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from offices.clock import today
from offices.forms import VersionedModelForm
from offices.thai.forms import ThaiDateField
from trainees.forms.applications import APPLICATION, ApplicationFields, FactsField
from trainees.forms.text import ReasonField, TidyField
from trainees.models import Enrolment, Trainee


class PeopleField(forms.ModelMultipleChoiceField):
    """People of a scoped queryset, by key; drawn by the page itself."""

    default_error_messages = {
        "required": _("Tick at least one person."),
        "invalid_choice": _("One of the people is no longer there. Please look again."),
        "invalid_pk_value": _("One of the people is no longer there. Please look again."),
    }


class EnrolForm(forms.Form):
    """People of the register, ticked, to be put on a course."""

    people = PeopleField(label=_("People"), queryset=None)
    joined_on = ThaiDateField(label=_("First day they came"))

    def __init__(self, user, course, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = Trainee.objects.visible_to(user).filter(Trainee.KNOWN, school=course.school_id)
        self.fields["people"].queryset = people
        if course.status != Course.Status.RUNNING:
            del self.fields["joined_on"]


class EnrolmentForm(ApplicationFields, VersionedModelForm):
    """An application as it stands on the enrolment: what was said then, and how the person lived then."""

    enrolled_on = ThaiDateField(label=_("Enrolled on"))
    facts = FactsField(
        help_text=_("As things stood at this course; what the register says may have changed since.")
    )
    qualification = TidyField(label=_("Vocational qualification obtained"), required=False, max_length=200)

    field_order = [
        "enrolled_on", "skill_purpose", *APPLICATION, "education", "occupation", "facts", "qualification",
    ]  # fmt: skip

    class Meta:
        model = Enrolment
        fields = [
            "enrolled_on", "skill_purpose", *APPLICATION, "education", "occupation", "facts", "qualification",
        ]  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        self.clean_application(cleaned)
        return cleaned

    def clean_enrolled_on(self):
        day = self.cleaned_data["enrolled_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."), "future")
        return day


class WithdrawForm(forms.Form):
    withdrawn_on = ThaiDateField(label=_("Withdrew on"))
    reason = ReasonField()


class _RosterForm(forms.Form):
    """Ticks over the roster of a course."""

    came = PeopleField(label=_("Who came"), queryset=None)

    def __init__(self, roster, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came"].queryset = roster


class OpenForm(_RosterForm):
    first_day = ThaiDateField(label=_("First day of training"))


class CameForm(_RosterForm):
    on = ThaiDateField(label=_("First day they came"))
