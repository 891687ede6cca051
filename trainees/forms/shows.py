"""What may be typed about exhibits and entries in contests."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from offices.forms import VersionedModelForm
from trainees.forms.text import TidyField
from trainees.models import ContestEntry, Enrolment, Exhibit, Product

LONGEST_KEY = 16


class ShownForm(VersionedModelForm):
    """A row of a school for a fair; what it must not stand twice with are its school and the fair."""

    product = forms.ModelChoiceField(
        queryset=Product.objects.all(), label=_("Product"), required=False, empty_label=_("No product")
    )

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"school", "fair"}


class ExhibitForm(ShownForm):
    """A product or a course that is shown."""

    course = forms.ModelChoiceField(
        queryset=Course.objects.all(), label=_("Course"), required=False, empty_label=_("No course")
    )
    note = TidyField(label=_("Note"), required=False, max_length=300)

    class Meta:
        model = Exhibit
        fields = ["product", "course", "note"]

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        courses = self.fields["course"].queryset
        self.fields["course"].queryset = courses.exclude(
            ~Q(pk=self.instance.course_id), status=Course.Status.CANCELLED
        )


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, enrolment: Enrolment) -> str:
        return enrolment.trainee.full_name


class EntryForm(ShownForm):
    """A product or a person in a contest. A person is looked for among those of one course."""

    asides = ("course",)

    contest = TidyField(label=_("Contest"), max_length=200, help_text=_("Its name, such as it was announced."))
    course = forms.ModelChoiceField(
        queryset=Course.objects.all(),
        label=_("Course of the person"),
        required=False,
        empty_label=_("No course"),
        help_text=_("Choose it to be offered the people who are on it."),
        widget=forms.Select(
            attrs={
                "hx-get": reverse_lazy("trainees:contest_people"),
                "hx-target": "#id_enrolment",
                "hx-trigger": "change",
            }
        ),
    )
    enrolment = PersonChoice(
        queryset=Enrolment.objects.all(), label=_("Person"), required=False, empty_label=_("No person")
    )
    result = TidyField(
        label=_("Result of the contest"),
        required=False,
        max_length=200,
        help_text=_("As soon as it is known, such as: first prize."),
    )

    class Meta:
        model = ContestEntry
        fields = ["contest", "product", "enrolment", "result"]

    field_order = ["contest", "product", "course", "enrolment", "result"]

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if self.instance.enrolment_id:
            self.initial.setdefault("course", self.instance.enrolment.course_id)
        course = str(self["course"].value() or "")
        self.fields["enrolment"].queryset = people_on(user, course if is_key(course) else None)


def is_key(text):
    """Whether it can be the key of a row at all."""
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_KEY


def people_on(user, course):
    """The people on a course whom `user` may enter; nobody as long as no course is chosen."""
    places = Enrolment.objects.visible_to(user).filter(course=course).select_related("trainee", "course")
    return places.on_roster().defer(*Enrolment.ENCRYPTED)
