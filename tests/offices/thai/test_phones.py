import pytest

from offices.thai.phones import restore_leading_zero
from offices.thai.typed import Unreadable


@pytest.mark.parametrize(
    ("typed", "kept", "missing"),
    [
        ("081-234-5678", "081-234-5678", False),
        ("๐๘๑๒๓๔๕๖๗๘", "0812345678", False),
        ("812345678", "0812345678", True),
        ("81-234-5678", "081-234-5678", True),
        ("๙๑๒๓๔๕๖๗๘", "0912345678", True),
        ("53123456", "053123456", True),
        ("2 123 4567", "02 123 4567", True),
        ("+66812345678", "+66812345678", False),
        ("053-123456, 081-2345678", "053-123456, 081-2345678", False),
        ("1669", "1669", False),
        ("12345678", "12345678", False),
        ("", "", False),
    ],
)
def test_a_lost_zero_is_put_back_where_a_number_lacks_it(typed, kept, missing):
    assert restore_leading_zero(typed) == (kept, missing)


@pytest.mark.parametrize("typed", ["โทรหาผู้ใหญ่บ้าน", "081x", "-", "🙂"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Unreadable):
        restore_leading_zero(typed)
