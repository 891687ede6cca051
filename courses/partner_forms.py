"""What may be typed about partners, their parts in courses and the curricula that they helped to design."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.evidence import put
from courses.lookalikes import lookalikes
from courses.models import CoDesigner, CoursePartner, Partner
from documents.scans import take_in
from offices.forms import VersionedModelForm
from offices.models import Province
from offices.scoping import provinces_for
from offices.thai.forms import ThaiDateField
from offices.thai.typed import tidy


class PartnerForm(VersionedModelForm):
    """A partner in a register. One that the register seems to hold already is shown before it is saved."""

    asides = ("register", "is_another")
    derived_columns = ("name_order",)

    register = forms.ModelChoiceField(
        queryset=Province.objects.none(),
        label=_("Register"),
        required=False,
        empty_label=_("The department's own, with directly attached schools"),
    )
    is_another = forms.BooleanField(label=_("This is another partner: save it"), required=False)

    class Meta:
        model = Partner
        fields = ["name", "kind", "address", "contact", "note"]
        labels = {
            "name": _("Name of the partner"),
            "kind": _("Kind of partner"),
            "address": _("Address"),
            "contact": _("Contact"),
            "note": _("Note"),
        }
        help_texts = {"contact": _("Who to talk to, and how: name, telephone.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    lookalikes: list[Partner]

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.lookalikes = []
        self.fields["register"].queryset = Province.objects.filter(provinces_for(user))
        if not self.instance._state.adding or user.school_id or user.province_id:
            del self.fields["register"]

    def clean_name(self):
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"], "required")
        return name

    def clean(self):
        if province := self.cleaned_data.get("register"):
            self.instance.province = province
        cleaned = super().clean()
        if "name" in self.changed_data and "name" not in self.errors and not cleaned.get("is_another"):
            self._show_lookalikes(cleaned["name"])
        return cleaned

    def _show_lookalikes(self, name):
        register = Partner.objects.visible_to(self.user).filter(province=self.instance.province_id)
        self.lookalikes = lookalikes(name, register.exclude(pk=self.instance.pk))
        if self.lookalikes:
            why = _("Is it not in the register already? Look at those named above, or tick here to save it.")
            self.add_error("is_another", ValidationError(why, "lookalike"))


class PartnerChoice(forms.ModelChoiceField):
    def label_from_instance(self, partner: Partner) -> str:
        return f"{partner.name} ({partner.get_kind_display()})"


class OfPartnerForm(VersionedModelForm):
    """A row of a school that names a partner of its register.

    A partner of a register from which the school has moved away stays where it is named; none is chosen anew.
    """

    partner = PartnerChoice(queryset=Partner.objects.all(), label=_("Partner"))

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        kept = self.instance.partner_id
        if kept and not self.fields["partner"].queryset.filter(pk=kept).exists():
            del self.fields["partner"]

    def clean_partner(self):
        """It must stay in the register until the row that names it is saved."""
        partner = self.cleaned_data["partner"]
        held = Partner.objects.visible_to(self.user).select_for_update(of=("self",)).filter(pk=partner.pk).first()
        if held is None:
            raise ValidationError(self.fields["partner"].error_messages["invalid_choice"], "invalid_choice")
        return held

    def clean_note(self):
        return tidy(self.cleaned_data["note"])


class CoursePartnerForm(OfPartnerForm):
    """What a partner does in a course, with its evidence."""

    asides = ("evidence", "without_evidence")
    derived_columns = ("evidence", "evidence_name")

    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_("A PDF or a picture, such as a letter or an agreement; at most 15 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png,image/webp"}),
    )
    without_evidence = forms.BooleanField(label=_("Take the evidence away"), required=False)

    class Meta:
        model = CoursePartner
        fields = ["partner", "role", "note"]
        labels = {"role": _("Part of the partner"), "note": _("Note")}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if not self.instance.evidence:
            del self.fields["without_evidence"]

    def clean_evidence(self):
        sent = self.cleaned_data["evidence"]
        return take_in(sent, sent.name) if sent else None

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"school", "course", "partner", "binned_at"}

    def save(self, commit=True):
        scan = self.cleaned_data["evidence"]
        if scan or self.cleaned_data.get("without_evidence"):
            put(self.instance.evidence, scan)
            self.instance.evidence_name = scan.name if scan else ""
        return super().save(commit)


class CoDesignerForm(OfPartnerForm):
    """What a partner did for a curriculum."""

    worked_on = ThaiDateField(label=_("Worked together on"), required=False, help_text=_("Such as 16/01/2569."))

    class Meta:
        model = CoDesigner
        fields = ["partner", "role", "worked_on", "note"]
        labels = {"role": _("What the partner did"), "note": _("Note")}
        help_texts = {"role": _("Such as: proposed the content, wrote the assessment.")}

    def clean_role(self):
        role = tidy(self.cleaned_data["role"])
        if not role:
            raise ValidationError(self.fields["role"].error_messages["required"], "required")
        return role
