from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

EVENING_IN_UTC = datetime(2026, 1, 15, 18, 30, tzinfo=UTC)


def shown(expression, value):
    with override("th"):
        return Template("{% load thai %}{{ value|" + expression + " }}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("thai_date", date(2026, 1, 16), "16 ม.ค. 2569"),
        ("thai_date", EVENING_IN_UTC, "16 ม.ค. 2569"),
        ("thai_date_long", date(2026, 1, 16), "16 มกราคม 2569"),
        ("thai_date_long|thai_digits", date(2026, 1, 16), "๑๖ มกราคม ๒๕๖๙"),
        ("thai_datetime", EVENING_IN_UTC, "16 ม.ค. 2569 01:30 น."),
        ("thai_digits", 2569, "๒๕๖๙"),
        ("thai_digits", "<b>1</b>", "&lt;b&gt;๑&lt;/b&gt;"),
        ("number", 1234567, "1,234,567"),
        ("number", 0, "0"),
        ("number", Decimal("1234.50"), "1,234.50"),
        ("number:2", Decimal("1234.5"), "1,234.50"),
        ("percent", Decimal("0.625"), "62.5%"),
        ("percent", 0, "0.0%"),
        ("masked_id", "1234567890121", "x-xxxx-xxxxx-12-1"),
    ],
)
def test_values_are_shown_the_thai_way(expression, value, text):
    assert shown(expression, value) == text


@pytest.mark.parametrize(
    "expression",
    [
        "thai_date",
        "thai_date_long",
        "thai_datetime",
        "thai_digits",
        "number",
        "number:2",
        "percent",
        "masked_id",
    ],
)
def test_what_is_not_known_is_a_dash_and_not_zero(expression):
    assert shown(expression, None) == "–"


@pytest.mark.parametrize("expression", ["thai_date", "thai_datetime", "number", "percent", "masked_id"])
def test_a_missing_name_in_a_template_is_a_dash(expression):
    assert shown(expression, "") == "–"
