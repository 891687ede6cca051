"""What is typed to open a school, to move it to another province, and to close it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offices.clock import today
from offices.models import District, Province, School, User
from offices.thai.forms import ThaiDateField


class SchoolForm(forms.ModelForm):
    """A school's own facts. Only who sees every school may use it, so a code that is taken may be named."""

    class Meta:
        model = School
        fields = ("code", "name", "kind", "district", "opened_on")
        field_classes = {"opened_on": ThaiDateField}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        district: Any = self.fields["district"]
        district.queryset = District.objects.select_related("province")
        district.label_from_instance = _district_and_province

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        if School.objects.visible_to(self.user).filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("A school with this code exists already."))
        return code

    def validate_unique(self) -> None:
        """Done by `clean_code`: Django would ask the sealed rows."""


class NewSchoolForm(SchoolForm):
    province = forms.ModelChoiceField(
        Province.objects.all(),
        label=_("Province"),
        required=False,
        empty_label=_("Directly under the department"),
    )


class MovingForm(forms.Form):
    to = forms.ModelChoiceField(
        Province.objects.all(),
        label=_("To province"),
        required=False,
        empty_label=_("Directly under the department"),
    )
    since = ThaiDateField(label=_("From day"))


class SchoolClosingForm(forms.Form):
    closed_on = ThaiDateField(label=_("Closed on"), initial=today)


def _district_and_province(district: District) -> str:
    return f"{district.name} – {district.province.name}"
