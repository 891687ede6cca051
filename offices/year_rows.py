"""The lists of a fiscal year as they are typed: points of the product checklist, levels of satisfaction, days."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from offices.models import ChecklistItem, FiscalYear, SatisfactionBand
from offices.thai.digits import parse_number
from offices.thai.forms import ThaiDecimalField, ThaiIntegerField
from offices.thai.typed import Unreadable, tidy

MOST_POINTS: Final = 60
MOST_BANDS: Final = 10
MOST_WAVES: Final = 10
LAST_DAY: Final = 3 * 365
BLANK_ROWS: Final = 2


class DaysField(forms.CharField):
    """Numbers of days in a box, such as 30, 90, 180; `first` is the least that one may be."""

    def __init__(self, *, first: int = 1, example: str = "30, 90, 180", **kwargs: Any) -> None:
        self.first, self.example = first, example
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        words = tidy(str(value or "")).replace(",", " ").split()
        try:
            numbers = [parse_number(word) for word in words]
        except Unreadable as refusal:
            raise forms.ValidationError(refusal.message, refusal.code, refusal.params) from None
        if any(number != number.to_integral_value() or not self.first <= number <= LAST_DAY for number in numbers):
            raise forms.ValidationError(
                _("Write whole days from %(first)d to %(last)d, parted by commas, such as %(example)s."),
                "days",
                {"first": self.first, "last": LAST_DAY, "example": self.example},
            )
        days = sorted({int(number) for number in numbers})
        if len(days) > MOST_WAVES:
            raise forms.ValidationError(_("At most %(most)d different days."), "too_many", {"most": MOST_WAVES})
        return days

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class YearRowForm(forms.ModelForm):
    """One row of a year's list. A new row in which nothing is typed is no row."""

    told: str
    """The column without which there is no row."""

    def has_changed(self) -> bool:
        changed = set(self.changed_data)
        return bool(changed & {self.told} if self.instance._state.adding else changed)

    def clean(self) -> dict[str, Any]:
        # A row that somebody else has taken out meanwhile: what was typed stands as a new one.
        self.errors.pop("id", None)
        return super().clean() or self.cleaned_data

    def validate_constraints(self) -> None:
        """Not against the stored rows: those of this very form are changing too. The set of forms looks."""


class PointForm(YearRowForm):
    told = "text"

    position = ThaiIntegerField(label=_("No."), required=False, min_value=1, max_value=999)

    class Meta:
        model = ChecklistItem
        fields = ("position", "text", "is_required")

    def order(self) -> tuple[bool, int, int]:
        """By the number typed. A row sent up goes before the one of that number, a row sent down behind it."""
        number, was = self.cleaned_data.get("position"), self.initial.get("position")
        if number is None:
            return (True, 0, 0)
        return (False, number, -1 if was is None or number < was else int(number > was))

    def clean_text(self) -> str:
        return tidy(self.cleaned_data["text"])


class BandForm(YearRowForm):
    told = "label"

    class Meta:
        model = SatisfactionBand
        fields = ("least_mean", "label")
        field_classes = {"least_mean": ThaiDecimalField}

    def has_changed(self) -> bool:
        return bool(self.changed_data)

    def clean_label(self) -> str:
        return tidy(self.cleaned_data["label"])


class BaseYearRows(forms.BaseInlineFormSet):
    """The rows of one list. A sender that sends none at all leaves the list as it is."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self.is_sent = data is not None and f"{kwargs['prefix']}-TOTAL_FORMS" in data
        super().__init__(data if self.is_sent else None, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this row out when saving")

    def is_valid(self) -> bool:
        return not self.is_sent or super().is_valid()

    def validate_unique(self) -> None:
        """Looked at in words of our own."""

    def standing(self) -> list[Any]:
        """The forms of the rows that shall stand, as they were sent."""
        kept = [form for form in self.forms if form.has_changed() or not form.instance._state.adding]
        return [form for form in kept if not self._is_out(form)]

    def _is_out(self, form: Any) -> bool:
        return bool(form.cleaned_data.get("DELETE"))

    def save_rows(self) -> None:
        if not self.is_sent:
            return
        for form in self.forms:
            if form.instance.pk and self._is_out(form):
                form.instance.delete()
        self.keep([form.instance for form in self.standing()])

    def keep(self, rows: list[Any]) -> None:
        raise NotImplementedError


class BasePoints(BaseYearRows):
    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.standing() if not form.errors]
        if rows and not any(row["is_required"] for row in rows):
            raise forms.ValidationError(_("At least one point must be met, or every product would pass."))

    def standing(self) -> list[Any]:
        """In the order of their numbers."""
        return sorted(super().standing(), key=PointForm.order)

    def keep(self, rows: list[Any]) -> None:
        for position, row in enumerate(rows, 1):
            row.position = position
            row.fiscal_year = self.instance
            row.save()


class BaseBands(BaseYearRows):
    def clean(self) -> None:
        super().clean()
        means = [form.cleaned_data.get("least_mean") for form in self.standing() if not form.errors]
        if len(set(means)) < len(means):
            raise forms.ValidationError(_("Two levels begin at the same mean."))

    def keep(self, rows: list[Any]) -> None:
        """Written anew: while means are exchanged, two rows would have the same for a moment."""
        SatisfactionBand.objects.filter(pk__in=[row.pk for row in rows if row.pk]).delete()
        for row in rows:
            row.pk, row.fiscal_year = None, self.instance
            row._state.adding = True
        SatisfactionBand.objects.bulk_create(rows)


def _rows(model: Any, form: type[YearRowForm], formset: type[BaseYearRows], most: int) -> Any:
    return forms.inlineformset_factory(
        FiscalYear,
        model,
        form=form,
        formset=formset,
        extra=BLANK_ROWS,
        max_num=most,
        validate_max=True,
        absolute_max=2 * most,
        can_delete=True,
    )


Points = _rows(ChecklistItem, PointForm, BasePoints, MOST_POINTS)
Bands = _rows(SatisfactionBand, BandForm, BaseBands, MOST_BANDS)
