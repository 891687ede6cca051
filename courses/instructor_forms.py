"""What may be typed about an instructor of the register, and about an instructor on a course (form 4)."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Instructor, Teaching
from courses.places import SubdistrictField, district_of, label_of
from courses.secret_numbers import NUMBER_FIELDS, key_of, read_account, set_bank_account, set_national_id
from offices.clock import today
from offices.forms import SECRET, VersionedModelForm
from offices.thai.digits import to_arabic
from offices.thai.forms import NationalIDField, ThaiDateField, ThaiIntegerField, ThaiYearField, TidyField
from offices.thai.phones import restore_leading_zero
from offices.thai.typed import Unreadable

OLDEST = 110
_POSTAL_CODE = re.compile(r"[0-9]{5}")


class InstructorForm(VersionedModelForm):
    """An instructor of the school. A number left empty stays as it is kept."""

    derived_columns = ("name_order",)

    title = TidyField(label=pgettext_lazy("person", "Title"), required=False, max_length=40)
    first_name = TidyField(label=_("First name"), max_length=100)
    surname = TidyField(label=_("Surname"), required=False, max_length=100)
    birth_year = ThaiYearField(
        label=_("Year of birth"), required=False, help_text=_("Such as 2523; the forms ask the age.")
    )
    education = TidyField(label=_("Education"), required=False, max_length=200)
    occupation = TidyField(label=_("Present occupation"), required=False, max_length=150)
    workplace = TidyField(label=_("Workplace and where it is"), required=False, max_length=300)
    experience_years = ThaiIntegerField(label=_("Years of teaching"), required=False, min_value=0, max_value=80)
    house_number = TidyField(label=_("House number"), required=False, max_length=30)
    moo = TidyField(label=_("Moo"), required=False, max_length=10)
    road = TidyField(label=_("Road"), required=False, max_length=100)
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
    food = forms.ChoiceField(
        label=_("Food"), choices=[("", _("Not asked yet")), *Instructor.Food.choices], required=False
    )
    id_number = NationalIDField(
        label=_("National ID"),
        required=False,
        max_length=40,
        help_text=_("For the receipt only. It is kept encrypted and shown masked."),
        widget=forms.TextInput(attrs=SECRET),
    )
    bank = TidyField(label=_("Bank"), required=False, max_length=100)
    bank_branch = TidyField(label=_("Branch of the bank"), required=False, max_length=100)
    account_number = TidyField(
        label=_("Bank account"),
        required=False,
        max_length=40,
        help_text=_("For the payment only. It is kept encrypted and shown masked."),
        widget=forms.TextInput(attrs={**SECRET, "inputmode": "numeric"}),
    )

    # As they stand on the page, so that the summary of errors leads from top to bottom.
    field_order = [
        "title", "first_name", "surname", "birth_year", "education", "occupation", "workplace", "expertise",
        "experience", "experience_years", "house_number", "moo", "road", "subdistrict", "postal_code", "phone",
        "food", "id_number", "bank", "bank_branch", "account_number",
    ]  # fmt: skip

    class Meta:
        model = Instructor
        fields = [
            "title", "first_name", "surname", "birth_year", "education", "occupation", "workplace", "expertise",
            "experience", "experience_years", "house_number", "moo", "road", "subdistrict", "postal_code", "phone",
            "food", "bank", "bank_branch",
        ]  # fmt: skip
        labels = {"expertise": _("Special ability"), "experience": _("Courses taught before, and where")}
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("expertise", "experience")}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["subdistrict"].near = district_of(user.school)
        if self.instance.subdistrict:
            self.initial["subdistrict"] = label_of(self.instance.subdistrict)
        kept = _("Kept: %(number)s. Leave it empty to keep it.")
        for name, number in (
            ("id_number", self.instance.masked_id),
            ("account_number", self.instance.masked_account),
        ):
            if number:
                self.fields[name].help_text = kept % {"number": number}

    def clean_first_name(self):
        name = self.cleaned_data["first_name"]
        if not any(character.isalpha() for character in name):
            raise ValidationError(_("Enter a name in letters."), "no_letters")
        return name

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year is not None and not today().year - OLDEST <= year < today().year:
            raise ValidationError(_("This cannot be the year of birth of somebody who teaches."), "year")
        return year

    def clean_moo(self):
        return to_arabic(self.cleaned_data["moo"])

    def clean_house_number(self):
        return to_arabic(self.cleaned_data["house_number"])

    def clean_postal_code(self):
        code = to_arabic(self.cleaned_data["postal_code"])
        if code and not _POSTAL_CODE.fullmatch(code):
            raise ValidationError(_("A postal code is five digits."), "not_a_code")
        return code

    def clean_phone(self):
        return _read(restore_leading_zero, self.cleaned_data["phone"]).number

    def clean_account_number(self):
        return _read(read_account, self.cleaned_data["account_number"])

    def clean_id_number(self):
        number = self.cleaned_data["id_number"]
        if number:
            same = Instructor.objects.visible_to(self.user).filter(
                school=self.user.school_id, person_key=key_of(number)
            )
            twin = same.exclude(pk=self.instance.pk).defer(*Instructor.ENCRYPTED).first()
            if twin is not None:
                raise ValidationError(
                    _("This ID belongs to %(name)s in your school's register."), "twin", {"name": twin}
                )
        return number

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            if cleaned.get("id_number"):
                set_national_id(self.instance, cleaned["id_number"])
            if cleaned.get("account_number"):
                set_bank_account(self.instance, cleaned["account_number"])
            if cleaned.get("id_number") or cleaned.get("account_number"):
                self.derived_columns = ("name_order", *NUMBER_FIELDS)
        return cleaned


def _read(reader, typed):
    try:
        return reader(typed)
    except Unreadable as refusal:
        raise ValidationError(refusal.message, refusal.code) from None


class InstructorChoice(forms.ModelChoiceField):
    def label_from_instance(self, instructor: Instructor) -> str:
        return instructor.full_name


class TeachingForm(VersionedModelForm):
    """An instructor on a course: invitation, and the reply of form 4. Given a `course`, somebody new is added."""

    instructor = InstructorChoice(queryset=Instructor.objects.all(), label=_("Instructor"))
    letter_number = TidyField(label=_("Number of the invitation"), required=False, max_length=60)
    invited_on = ThaiDateField(label=_("Day of the invitation"), required=False)
    reply = forms.ChoiceField(
        label=_("Reply"), choices=[("", _("No reply yet")), *Teaching.Reply.choices], required=False
    )
    replied_on = ThaiDateField(label=_("Day of the reply"), required=False)
    reason = TidyField(
        label=_("Why they cannot come"), required=False, max_length=300, help_text=_("Only if they cannot come.")
    )
    suggested = TidyField(label=_("Whom they suggest instead"), required=False, max_length=150)

    class Meta:
        model = Teaching
        fields = ["instructor", "letter_number", "invited_on", "reply", "replied_on", "reason", "suggested"]

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        on_course = Teaching.objects.visible_to(user).filter(course=self.instance.course_id)
        others = on_course.exclude(pk=self.instance.pk).values("instructor")
        register = Instructor.objects.visible_to(user).filter(Instructor.KNOWN, school=self.instance.school_id)
        self.fields["instructor"].queryset = register.exclude(pk__in=others).defer(*Instructor.ENCRYPTED)
        if self.instance.pk:
            del self.fields["instructor"]

    def clean(self):
        cleaned = super().clean()
        invited, replied, reply = (cleaned.get(name) for name in ("invited_on", "replied_on", "reply"))
        if replied and not reply and "reply" not in self.errors:
            self.add_error("reply", ValidationError(_("A day of the reply needs a reply."), "no_reply"))
        if invited and replied and replied < invited:
            self.add_error("replied_on", ValidationError(_("The reply came before the invitation."), "order"))
        if reply != Teaching.Reply.DECLINED:
            for name in ("reason", "suggested"):
                if cleaned.get(name):
                    self.add_error(name, ValidationError(_("Only if they cannot come."), "comes"))
        return cleaned


class RevealForm(forms.Form):
    reason = TidyField(label=_("What it is needed for"), required=False, max_length=200)


class EraseForm(forms.Form):
    """How the request came; and that it is meant."""

    reason = TidyField(
        label=_("How the request came, and who received it"),
        max_length=200,
        help_text=_("Such as: by letter of 16/01/2569. Do not write the person's name: this text stays."),
    )
    confirmed = forms.BooleanField(label=_("I understand that this cannot be undone."))
