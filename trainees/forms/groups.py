"""What may be typed about a group or community enterprise, and how its members are found."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Course
from courses.places import SubdistrictField, district_of, label_of
from offices.clock import today
from offices.forms import VersionedModelForm
from offices.thai.forms import ThaiDateField
from trainees.forms.enrolments import PeopleField
from trainees.forms.text import SECRET, TidyField
from trainees.memberships import eligible
from trainees.models import Group


class GroupForm(VersionedModelForm):
    """A group or enterprise. A registration is a number and a day, never one of them alone."""

    derived_columns = ("name_order",)

    name = TidyField(label=pgettext_lazy("group", "Name"), max_length=200)
    formed_on = ThaiDateField(label=_("Formed on"), help_text=_("Such as 16/01/2569."))
    registration_number = TidyField(
        label=_("Registration number"),
        max_length=50,
        required=False,
        help_text=_("As on the certificate of the community enterprise; empty as long as it is not registered."),
    )
    registered_on = ThaiDateField(label=_("Registered on"), required=False)
    subdistrict = SubdistrictField(
        label=_("Subdistrict"),
        required=False,
        help_text=_("Type a name or a postal code and choose from the list."),
        widget=forms.TextInput(
            attrs={
                "list": "subdistricts",
                "autocomplete": "off",
                "hx-get": reverse_lazy("courses:subdistricts"),
                "hx-target": "#subdistricts",
                "hx-trigger": "focus once, input changed delay:300ms",
            }
        ),
    )

    class Meta:
        model = Group
        fields = ["name", "kind", "formed_on", "registration_number", "registered_on", "subdistrict", "about"]
        labels = {"kind": _("Kind of group"), "about": _("What the group does")}
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["subdistrict"].near = district_of(user.school)
        if self.instance.subdistrict_id and self.initial.get("subdistrict") == self.instance.subdistrict_id:
            self.initial["subdistrict"] = label_of(self.instance.subdistrict)

    def clean(self):
        cleaned = super().clean()
        number, registered = cleaned.get("registration_number"), cleaned.get("registered_on")
        if not {"registration_number", "registered_on"} & set(self.errors) and bool(number) != bool(registered):
            missing = "registered_on" if number else "registration_number"
            self.add_error(missing, _("Give both the registration number and its day, or neither."))
        for name in ("formed_on", "registered_on"):
            if cleaned.get(name) and cleaned[name] > today():
                self.add_error(name, ValidationError(_("This day is still to come."), "future"))
        formed, registered = cleaned.get("formed_on"), cleaned.get("registered_on")
        if formed and registered and registered < formed:
            self.add_error("registered_on", _("It cannot be registered before it was formed."))
        return cleaned


class SearchForm(forms.Form):
    """Whom to look for: a name or a document number, the people of a course, or both."""

    q = TidyField(
        label=_("Name, or document number in full"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=SECRET | {"type": "search"}),
    )
    course: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("From the course"), required=False, empty_label=_("Any course")
    )

    def __init__(self, user, group, *args, **kwargs):
        super().__init__(*args, **kwargs)
        courses = Course.objects.visible_to(user).filter(school=group.school_id)
        self.fields["course"].queryset = courses.order_by("-starts_on", "name_order", "pk")


class MembersForm(forms.Form):
    """People on courses, ticked, to become members."""

    people = PeopleField(label=_("People"), queryset=None)

    def __init__(self, user, group, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = eligible(group, user)
