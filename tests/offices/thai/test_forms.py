from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils.translation import override

from offices.thai.forms import NationalIDField, ThaiDateField, ThaiDecimalField, ThaiIntegerField


class Registration(forms.Form):
    begins = ThaiDateField()
    hours = ThaiDecimalField(min_value=1, max_digits=6, decimal_places=2)
    seats = ThaiIntegerField(max_value=1000)
    national_id = NationalIDField()


class Draft(forms.Form):
    begins = ThaiDateField(required=False)
    hours = ThaiDecimalField(required=False)
    seats = ThaiIntegerField(required=False)
    national_id = NationalIDField(required=False)


TYPED = {"begins": "๑๖/๐๑/๒๕๖๙", "hours": "๑,๒๐๐.๕๐", "seats": "1,000", "national_id": "1-2345-67890-12-1"}
WRONG = {"begins": "31/02/2569", "hours": "1,5", "seats": "10.5", "national_id": "123456789012"}


def test_a_form_reads_what_thai_staff_type():
    form = Registration(TYPED)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "begins": date(2026, 1, 16),
        "hours": Decimal("1200.50"),
        "seats": 1000,
        "national_id": "1234567890121",
    }
    assert isinstance(form.cleaned_data["seats"], int)


def test_every_wrong_field_says_why_and_keeps_what_was_typed():
    form = Registration(WRONG)
    with override("en"):
        assert {name: list(errors) for name, errors in form.errors.items()} == {
            "begins": ["There is no day 31 in that month: it has 28 days."],
            "hours": ["Put commas between thousands only, and one point before the decimals, as in 1,234.50."],
            "seats": ["Enter a whole number, without decimals."],
            "national_id": ["A national ID has 13 digits; this one has 12."],
        }
    for name, typed in WRONG.items():
        assert f'value="{typed}"' in str(form[name])


@pytest.mark.parametrize("blank", ["", "   ", "\u200b", None])
def test_nothing_typed_is_nothing_or_required(blank):
    typed = dict.fromkeys(TYPED, blank)
    draft = Draft(typed)
    assert draft.is_valid(), draft.errors
    assert draft.cleaned_data == {"begins": None, "hours": None, "seats": None, "national_id": ""}
    assert {error[0].code for error in Registration(typed).errors.as_data().values()} == {"required"}


def test_bounds_of_a_field_still_hold():
    codes = {
        name: errors[0].code
        for name, errors in Registration(TYPED | {"hours": "๐", "seats": "๑๐๐๑"}).errors.as_data().items()
    }
    assert codes == {"hours": "min_value", "seats": "max_value"}
    assert Registration(TYPED | {"hours": "1.234"}).errors.as_data()["hours"][0].code == "max_decimal_places"


def test_a_saved_value_is_shown_in_the_buddhist_era():
    form = Registration(initial={"begins": date(2026, 1, 16), "hours": Decimal("1E+3")})
    assert 'value="16/01/2569"' in str(form["begins"])
    assert 'value="1000"' in str(form["hours"])
    assert "value=" not in str(Registration()["begins"])


def test_a_moment_is_taken_as_its_day():
    assert ThaiDateField().clean(datetime(2026, 1, 16, 14, 5)) == date(2026, 1, 16)
    assert ThaiDateField().clean(date(2026, 1, 16)) == date(2026, 1, 16)


def test_the_date_box_calls_the_number_pad_and_shows_its_pattern():
    with override("en"):
        box = str(Registration()["begins"])
    assert 'type="text"' in box
    assert 'inputmode="numeric"' in box
    assert 'placeholder="dd/mm/yyyy"' in box
    for name in ("hours", "seats", "national_id"):
        assert 'type="text"' in str(Registration()[name]), "a box of type number refuses commas and Thai digits"
        assert "inputmode=" in str(Registration()[name])


def test_typing_the_same_value_another_way_is_no_change():
    saved = {
        "begins": date(2026, 1, 16),
        "hours": Decimal("1200.5"),
        "seats": 1000,
        "national_id": "1234567890121",
    }
    assert Registration(TYPED, initial=saved).changed_data == []
    assert Registration(TYPED | {"seats": "๙๙๙"}, initial=saved).changed_data == ["seats"]
    assert Registration(WRONG, initial=saved).changed_data == list(WRONG)
