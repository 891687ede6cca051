"""What may be typed about circulars: the circular itself, its enclosures, to whom it goes, why it is withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.circulars import not_reached
from documents.models import Circular, Delivery
from offices.clock import today
from offices.forms import VersionedModelForm
from offices.models import Membership, Province, School, Signer, User
from offices.scoping import DEPARTMENT_EYES, provinces_for
from offices.signers import holder_of
from offices.thai.forms import ThaiDateField, TidyField

ALL = "all"
CHOSEN = "chosen"


class CircularForm(VersionedModelForm):
    """The words of a draft."""

    class Meta:
        model = Circular
        fields = (
            "urgency",
            "number",
            "dated_on",
            "subject",
            "body",
            "signer_name",
            "signer_position",
            "due_on",
        )
        field_classes = {
            "number": TidyField,
            "dated_on": ThaiDateField,
            "subject": TidyField,
            "signer_name": TidyField,
            "signer_position": TidyField,
            "due_on": ThaiDateField,
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"due_on": _("Schools see this day on their home page; afterwards it counts as late.")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if self.instance._state.adding:
            self.initial.setdefault("dated_on", today())
            self._propose_signer()

    def _propose_signer(self) -> None:
        """The director of today, if the department has written down who that is."""
        holder = holder_of(Signer.Role.DIRECTOR, today(), self.user)
        if holder:
            self.initial["signer_name"] = holder.name
            self.initial["signer_position"] = " ".join(holder.lines[1:])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        dated, due = cleaned.get("dated_on"), cleaned.get("due_on")
        if dated and due and due < dated:
            self.add_error("due_on", _("This day is before the date of the letter."))
        return cleaned


class EnclosureForm(forms.Form):
    file = forms.FileField(
        label=_("Enclosure"),
        help_text=_("PDF, picture, .docx, .xlsx or .pptx, up to 20 MB."),
        error_messages={"required": _("Choose a file.")},
    )


class WithdrawalForm(forms.Form):
    reason = TidyField(
        label=_("Why it is withdrawn"),
        max_length=500,
        help_text=_("Every office that has the circular sees the reason."),
    )


class SendForm(forms.Form):
    """To whom a circular goes: everybody, or chosen provinces and schools directly under the department."""

    to = forms.ChoiceField(
        label=_("To whom"),
        choices=[
            (ALL, _("All provinces and all schools directly under the department")),
            (CHOSEN, _("Only those chosen below")),
        ],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    provinces = forms.ModelMultipleChoiceField(
        Province.objects.none(), label=_("Provinces"), required=False, widget=forms.CheckboxSelectMultiple
    )
    schools = forms.ModelMultipleChoiceField(
        School.objects.none(),
        label=_("Schools directly under the department"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, user: User, circular: Circular, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces: Any = self.fields["provinces"]
        provinces.queryset = Province.objects.filter(provinces_for(user))
        schools: Any = self.fields["schools"]
        schools.queryset = attached_schools(user)
        if circular.replaces_id:
            self._propose_as_before(user, circular)

    def _propose_as_before(self, user: User, circular: Circular) -> None:
        """A circular that replaces another goes to the same offices, unless somebody chooses others."""
        before = Delivery.objects.visible_to(user).filter(circular=circular.replaces_id, passed_on_by=None)
        self.initial["to"] = CHOSEN
        self.initial["provinces"] = [each.province_id for each in before if each.province_id]
        self.initial["schools"] = [each.school_id for each in before if each.school_id]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") == ALL:
            cleaned["provinces"] = self.fields["provinces"].queryset  # type: ignore[attr-defined]
            cleaned["schools"] = self.fields["schools"].queryset  # type: ignore[attr-defined]
        elif not self.errors and not cleaned.get("provinces") and not cleaned.get("schools"):
            self.add_error("provinces", _("Choose at least one province or school."))
        return cleaned


def attached_schools(user: User) -> Any:
    """The open schools that have no province today, hence get circulars from the department directly."""
    members = Membership.objects.visible_to(DEPARTMENT_EYES).on(today())
    schools = School.objects.visible_to(user).filter(closed_on=None).exclude(pk__in=members.values("school"))
    return schools.order_by("name_order", "pk")


class PassOnForm(forms.Form):
    """To which of its schools a province passes a circular on."""

    to = forms.ChoiceField(
        label=_("To whom"),
        choices=[(ALL, _("All schools that have not got it yet")), (CHOSEN, _("Only those chosen below"))],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    schools = forms.ModelMultipleChoiceField(
        School.objects.none(), label=_("Schools"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Note to the schools"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands above the circular."),
    )

    def __init__(self, user: User, circular: Circular, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools: Any = self.fields["schools"]
        schools.queryset = not_reached(circular, user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") == ALL:
            cleaned["schools"] = self.fields["schools"].queryset  # type: ignore[attr-defined]
        elif not self.errors and not cleaned.get("schools"):
            self.add_error("schools", _("Choose at least one school."))
        return cleaned
