"""What may be typed about a person in the register (form 2)."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Course
from courses.places import SubdistrictField, district_of, label_of
from offices.clock import today
from offices.forms import VersionedModelForm
from offices.thai.dates import buddhist_year
from offices.thai.digits import to_arabic
from offices.thai.forms import ThaiDateField, ThaiDateInput
from offices.thai.phones import restore_leading_zero
from offices.thai.typed import Unreadable
from trainees.forms.applications import APPLICATION, ApplicationFields, FactsField
from trainees.forms.births import BirthDateField
from trainees.forms.documents import KIND, NUMBER, WHY_NONE, DocumentFields
from trainees.forms.text import SECRET, ReasonField, TidyField
from trainees.identity import set_document
from trainees.models import Trainee
from trainees.models.facts import Fact, Occupation, Sex
from trainees.register import people_like

OLDEST = 130
_POSTAL_CODE = re.compile(r"[0-9]{5}")


@cache
def offered(of: str) -> list[str]:
    """What a box offers; anything else may be typed. `of` is a list in trainees/data."""
    return (Path(__file__).parent.parent / f"data/{of}.txt").read_text(encoding="utf-8").split("\n")[:-1]


def titles() -> list[str]:
    return offered("titles")


def _offering(of):
    return forms.TextInput(attrs={"list": of, "autocomplete": "off"})


class TraineeForm(ApplicationFields, DocumentFields, VersionedModelForm):
    """A person of the register. A document is typed for a new person only; a wrong one is mended by its own act.

    Given a `course`, the application for it is asked as well; on a running one, also since when they come.
    """

    derived_columns = ("name_order", "birth_precision")

    title = TidyField(
        label=pgettext_lazy("person", "Title"), required=False, max_length=40, widget=_offering("titles")
    )
    first_name = TidyField(label=_("First name"), max_length=100)
    surname = TidyField(
        label=_("Surname"), required=False, max_length=100, help_text=_("Left empty where a person has none.")
    )
    monastic_name = TidyField(
        label=_("Monastic name"), required=False, max_length=100, help_text=_("A monk's name in the order.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect)
    birth_date = BirthDateField(
        label=_("Birth date"),
        required=False,
        help_text=_("Such as 16/01/2509, or only the year, such as 2509."),
    )
    nationality = TidyField(
        label=_("Nationality"), required=False, max_length=60, widget=_offering("nationalities")
    )
    religion = TidyField(
        label=_("Religion"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={**SECRET, "list": "religions"}),
        help_text=_("Nobody has to answer. It is kept encrypted, seen by your school only, and never counted."),
    )
    occupation_other = TidyField(label=_("Other occupation, in words"), required=False, max_length=100)
    facts = FactsField(help_text=_("Tick all that fit."))
    facts_other = TidyField(label=_("Other group or status, in words"), required=False, max_length=100)
    house_number = TidyField(label=_("House number"), required=False, max_length=30)
    moo = TidyField(
        label=_("Moo"), required=False, max_length=10, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    village = TidyField(label=_("Village"), required=False, max_length=100)
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
    postal_code = TidyField(
        label=_("Postal code"),
        required=False,
        max_length=5,
        help_text=_("Only where it is not the subdistrict's own."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = TidyField(
        label=_("Phone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    consented_on = ThaiDateField(
        label=_("Agreed to the privacy notice on"),
        required=False,
        help_text=_("Left empty until the person has read or heard the notice and agreed."),
        widget=ThaiDateInput(attrs={"list": "today"}),
    )
    joined_on = ThaiDateField(
        label=_("First day they came"),
        help_text=_("The course is running already: since when do they come?"),
    )
    different_person = forms.BooleanField(
        label=_("This is a different person: keep both"), required=False, widget=forms.HiddenInput
    )

    # As they stand on the page, so that the summary of errors leads from top to bottom.
    field_order = [
        "title", "first_name", "surname", "monastic_name", "document_kind", "number", "no_document_reason",
        "different_person", "sex", "birth_date", "joined_on", "house_number", "moo", "village", "subdistrict",
        "postal_code", "phone", "nationality", "education", "occupation", "occupation_other", "facts",
        "facts_other", *APPLICATION, "religion", "consented_on",
    ]  # fmt: skip

    class Meta:
        model = Trainee
        fields = [
            "title", "first_name", "surname", "monastic_name", "sex", "birth_date", "house_number", "moo",
            "village", "subdistrict", "postal_code", "phone", "nationality", "religion", "education", "occupation",
            "occupation_other", "facts", "facts_other", "consented_on",
        ]  # fmt: skip

    phone_zero_was_missing = False

    def __init__(self, user, *args, course=None, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.is_new = self.instance._state.adding
        self.alike = []
        self.fields["subdistrict"].near = district_of(user.school)
        if not self.is_new:
            for name in (KIND, NUMBER, WHY_NONE, "different_person"):
                del self.fields[name]
            self._show_what_is_stored()
        if course is None:
            for name in APPLICATION:
                del self.fields[name]
        if course is None or course.status != Course.Status.RUNNING:
            del self.fields["joined_on"]

    def _show_what_is_stored(self):
        if self.instance.subdistrict:
            self.initial["subdistrict"] = label_of(self.instance.subdistrict)
        born = self.instance.birth_date
        if born and self.instance.birth_precision == Trainee.BirthPrecision.YEAR:
            self.initial["birth_date"] = str(buddhist_year(born))

    @property
    def application(self):
        """What was said for the course, for `operations.enrol`."""
        return {name: self.cleaned_data[name] for name in APPLICATION if name in self.cleaned_data}

    def clean_first_name(self):
        name = self.cleaned_data["first_name"]
        if not any(character.isalpha() for character in name):
            raise ValidationError(_("Enter a name in letters."), "no_letters")
        return name

    def clean_birth_date(self):
        born: date | None = self.cleaned_data["birth_date"]
        if born and born > today():
            raise ValidationError(_("This day is still to come."), "future")
        if born and today().year - born.year > OLDEST:
            raise ValidationError(
                _("That would be more than %(years)d years ago: check the year."), "too_old", {"years": OLDEST}
            )
        return born

    def clean_phone(self):
        try:
            phone = restore_leading_zero(self.cleaned_data["phone"])
        except Unreadable as refusal:
            raise ValidationError(refusal.message, refusal.code) from None
        self.phone_zero_was_missing = phone.zero_was_missing
        return phone.number

    def clean_moo(self):
        return to_arabic(self.cleaned_data["moo"])

    def clean_house_number(self):
        return to_arabic(self.cleaned_data["house_number"])

    def clean_postal_code(self):
        code = to_arabic(self.cleaned_data["postal_code"])
        if code and not _POSTAL_CODE.fullmatch(code):
            raise ValidationError(_("A postal code is five digits."), "not_a_code")
        return code

    def clean_consented_on(self):
        day = self.cleaned_data["consented_on"]
        if day and day > today():
            raise ValidationError(_("This day is still to come."), "future")
        return day

    def clean(self):
        cleaned = super().clean()
        typed = self.data.get(self.add_prefix("birth_date"), "")
        only_year = cleaned.get("birth_date") and BirthDateField.is_only_a_year(str(typed))
        precision = Trainee.BirthPrecision.YEAR if only_year else Trainee.BirthPrecision.DAY
        self.instance.birth_precision = precision
        self._clean_words_of_others(cleaned)
        self.clean_application(cleaned)
        place = cleaned.get("subdistrict")
        if place and cleaned.get("postal_code") == place.postal_code:
            cleaned["postal_code"] = ""  # follows the subdistrict, also when that changes
        if cleaned.get("religion") and not cleaned.get("consented_on") and "consented_on" not in self.errors:
            self.add_error("consented_on", _("A religion is kept only of people who have agreed."))
        if self.is_new:
            self.clean_document(cleaned)
            if not self.errors:
                self._warn_of_people_alike(cleaned)
                set_document(self.instance, cleaned[KIND], cleaned[NUMBER], reason=cleaned[WHY_NONE])
        return cleaned

    def _clean_words_of_others(self, cleaned):
        if cleaned.get("occupation_other") and cleaned.get("occupation") != Occupation.OTHER:
            self.add_error("occupation_other", _("Choose “Other occupation” as well, or leave this empty."))
        other = {Fact.OTHER_GROUP, Fact.OTHER_STATUS} & set(cleaned.get("facts", []))
        if cleaned.get("facts_other") and not other:
            self.add_error("facts_other", _("Tick the other group or status as well, or leave this empty."))

    def _warn_of_people_alike(self, cleaned):
        self.alike = people_like(self.user, cleaned["first_name"], cleaned["surname"], cleaned.get("birth_date"))
        if self.alike:
            self.fields["different_person"].widget = forms.CheckboxInput()
            if not cleaned.get("different_person"):
                self.add_error(
                    "different_person",
                    ValidationError(_("Somebody much alike is in your register: compare, then confirm."), "alike"),
                )


class MendDocumentForm(DocumentFields):
    """The right document instead of a wrong one."""

    reason = ReasonField(label=_("What was wrong"))
    field_order = ["document_kind", "number", "no_document_reason", "reason"]

    def __init__(self, user, *args, trainee, **kwargs):
        self.user, self.trainee = user, trainee
        super().__init__(*args, initial={KIND: trainee.document_kind}, **kwargs)

    def clean(self):
        cleaned = super().clean()
        self.clean_document(cleaned, other_than=self.trainee)
        return cleaned


class RevealForm(forms.Form):
    reason = ReasonField(label=_("What it is needed for"), required=False)


class FindForm(forms.Form):
    """Somebody's document number in full. It is sent by POST, so that it stays out of addresses and logs."""

    number = TidyField(label=_("Find by document number"), max_length=60, widget=forms.TextInput(attrs=SECRET))
