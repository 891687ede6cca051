"""What may be typed about who signs, and about running numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from offices.clock import today
from offices.forms import VersionedModelForm
from offices.models import GivenNumber, NumberSeries, Signer, User
from offices.numbers import last_number, take_number
from offices.thai.digits import format_number
from offices.thai.forms import ThaiDateField, ThaiIntegerField, TidyField

TIDY = {"name": TidyField, "position": TidyField, "acts_for": TidyField}
DAYS = {"starts_on": ThaiDateField, "ends_on": ThaiDateField}


class SignerForm(VersionedModelForm):
    """A signer of the user's own office."""

    derived_columns = ("name_order",)

    class Meta:
        model = Signer
        fields = ("signs_as", "name", "position", "acting", "acts_for", "starts_on", "ends_on")
        field_classes = {**TIDY, **DAYS}
        help_texts = {
            "position": _("Their own, also where they act for somebody."),
            "ends_on": _("Left empty while they hold it. Of several at once, whoever began last signs."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acting: Any = self.fields["acting"]
        acting.choices = [("", _("None: holds the position")), *Signer.Acting.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        acting, acts_for = cleaned.get("acting"), cleaned.get("acts_for")
        if acting and not acts_for and "acts_for" not in self.errors:
            self.add_error("acts_for", _("Say for which position they act."))
        if acts_for and not acting:
            self.add_error("acting", _("Choose the acting form, or leave out for which position they act."))
        return _in_order(self, cleaned.get("starts_on"), cleaned)


class EndForm(VersionedModelForm):
    """The last day of a signer."""

    class Meta:
        model = Signer
        fields = ("ends_on",)
        field_classes = {"ends_on": ThaiDateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = True
        self.fields["ends_on"].label = _("Last day")
        self.initial["ends_on"] = self.instance.ends_on or today()

    def clean(self) -> dict[str, Any]:
        return _in_order(self, self.instance.starts_on, super().clean())


def _in_order(form: forms.ModelForm, first: date | None, cleaned: dict[str, Any]) -> dict[str, Any]:
    last = cleaned.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("The last day is before the first day."))
    return cleaned


class SeriesForm(VersionedModelForm):
    """How the numbers of one kind look in the user's own office."""

    derived_columns = ("begun_in",)

    class Meta:
        model = NumberSeries
        fields = ("prefix", "restarts", "digits", "with_year", "begun_at")
        field_classes = {"prefix": TidyField, "digits": ThaiIntegerField, "begun_at": ThaiIntegerField}
        labels = {"begun_at": _("Last number given so far")}
        help_texts = {
            "begun_at": _("Of the current year, in the paper register too. 0 where none has been given yet.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["begun_at"] = last_number(self.instance, self.instance.period(today()), self.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        restarts, with_year = cleaned.get("restarts"), cleaned.get("with_year")
        if with_year and restarts == NumberSeries.Restart.NEVER:
            self.add_error("with_year", _("Numbers that never begin again belong to no year: leave the year out."))
        if restarts and "begun_at" in cleaned:
            self._take_up(NumberSeries(restarts=restarts).period(today()))
        return cleaned

    def _take_up(self, period: int) -> None:
        """The last number holds for the current year; below what was given here it cannot go."""
        self.instance.begun_in = period
        if self.instance._state.adding:
            return
        given = GivenNumber.objects.own_of(self.user).filter(series=self.instance, period=period, is_typed=False)
        most = given.aggregate(most=Max("number"))["most"] or 0
        if (self.cleaned_data["begun_at"] or 0) < most:
            self.add_error(
                "begun_at",
                forms.ValidationError(
                    _("Number %(most)s has been given here already: the last one cannot be below it."),
                    params={"most": format_number(most)},
                ),
            )


class TakeNumberForm(forms.Form):
    """Take the next number, or enter one that was given on paper."""

    given_on = ThaiDateField(
        label=_("Of day"), help_text=_("The day of the paper: it says in which year it counts.")
    )
    purpose = TidyField(label=_("For what"), max_length=200)
    typed = TidyField(
        label=_("Number given on paper"),
        max_length=100,
        required=False,
        help_text=_("Left empty, the next number is taken."),
    )

    def __init__(self, user: User, kind: str, *args: Any, **kwargs: Any) -> None:
        self.user, self.kind = user, kind
        super().__init__(*args, **kwargs)
        self.initial.setdefault("given_on", today())

    def take(self) -> GivenNumber | None:
        """The number; nothing where it is refused, which the form then says."""
        said = self.cleaned_data
        try:
            return take_number(
                kind=self.kind, on=said["given_on"], by=self.user, purpose=said["purpose"], typed=said["typed"]
            )
        except forms.ValidationError as refusal:
            self.add_error("typed", refusal)
            return None
