"""What nobody is asked for, because it follows from the birth date and the address."""

from typing import NamedTuple

from django import forms

from courses.places import SubdistrictField, district_of
from offices.clock import today
from offices.models import Subdistrict
from trainees.ages import age_on
from trainees.forms.births import BirthDateField
from trainees.models import Trainee
from trainees.models.facts import PolicyGroup
from trainees.policy import policy_groups


class Derived(NamedTuple):
    place: Subdistrict | None
    age: int | None
    groups: list[str]


class DerivedForm(forms.Form):
    """The two boxes, while they are being filled in; what cannot be read yet says nothing."""

    birth_date = BirthDateField(required=False)
    subdistrict = SubdistrictField(required=False)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subdistrict"].near = district_of(user.school)

    @classmethod
    def of(cls, user, form):
        """The same boxes of a person's form, as they stand in it."""
        return cls(user, {name: form[name].value() for name in cls.base_fields})

    def derived(self):
        self.is_valid()
        born, place = self.cleaned_data.get("birth_date"), self.cleaned_data.get("subdistrict")
        only_year = BirthDateField.is_only_a_year(str(self.data.get("birth_date", "")))
        precision = Trainee.BirthPrecision.YEAR if only_year else Trainee.BirthPrecision.DAY
        age = age_on(today(), born, precision)
        groups = policy_groups((), age, place)
        return Derived(place, age, [group.label for group in PolicyGroup if group in groups])
