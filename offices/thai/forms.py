"""Form fields that read what Thai staff type, and leave it as typed when it is wrong."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from . import national_id
from .dates import buddhist_year, numeric_date, parse_date, parse_year
from .digits import format_number, parse_number
from .typed import Unreadable, tidy

Value = TypeVar("Value")


class TidyField(forms.CharField):
    """Short text as people paste it: without invisible characters, and without NUL, which no database takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class ThaiDateInput(forms.TextInput):
    """A text box for a date: shows 16/01/2569, and on a phone the number pad."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shown = {"inputmode": "numeric", "autocomplete": "off", "placeholder": _("dd/mm/yyyy")}
        super().__init__(shown | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        return numeric_date(value) if isinstance(value, date) else super().format_value(value)


class ThaiDateField(forms.DateField):
    """A date typed in either era, with either digits; see `parse_date`."""

    widget = ThaiDateInput

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        return _read(value, parse_date)


class ThaiDecimalField(forms.DecimalField):
    """A number typed with either digits, commas between thousands allowed."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return _read(value, parse_number)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}


class ThaiMoneyField(ThaiDecimalField):
    """An amount of baht, shown as 1,234.50."""

    def prepare_value(self, value: Any) -> Any:
        return format_number(value, 2) if isinstance(value, Decimal) else value


class ThaiIntegerField(forms.IntegerField):
    """A whole number typed with either digits, commas between thousands allowed."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        number = _read(value, parse_number)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise ValidationError(_("Enter a whole number, without decimals."), code="not_whole")
        return int(number)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}


class ThaiYearField(forms.IntegerField):
    """A year typed in either era; its value is the Gregorian one."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        return _read(value, parse_year)

    def prepare_value(self, value: Any) -> Any:
        return buddhist_year(date(value, 1, 1)) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}


class NationalIDField(forms.CharField):
    """A national ID with or without dashes; its value is the 13 digits."""

    def to_python(self, value: Any) -> str:
        return _read(value, national_id.normalise) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}


def _read(value: Any, reader: Callable[[str], Value]) -> Value | None:
    """What `reader` makes of a typed value; None where nothing was typed; its refusal as a form's error."""
    if value is None or not tidy(str(value)):
        return None
    try:
        return reader(str(value))
    except Unreadable as refusal:
        raise ValidationError(refusal.message, refusal.code, refusal.params) from None
