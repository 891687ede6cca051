"""A birth date as people know it."""

import re

from offices.thai.digits import to_arabic
from offices.thai.forms import ThaiDateField
from offices.thai.typed import tidy

_ONLY_A_YEAR = re.compile(r"[0-9]{4}")


class BirthDateField(ThaiDateField):
    """A birth date, or only its year: common among the elderly, and kept as its 1 January."""

    def to_python(self, value):
        only_year = isinstance(value, str) and self.is_only_a_year(value)
        return super().to_python(f"1/1/{to_arabic(tidy(value))}" if only_year else value)

    @staticmethod
    def is_only_a_year(typed: str) -> bool:
        return bool(_ONLY_A_YEAR.fullmatch(to_arabic(tidy(typed))))
