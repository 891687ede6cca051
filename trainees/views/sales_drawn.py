"""The months of a year's sales as columns of a drawing."""

from dataclasses import dataclass

from offices.thai.dates import month_and_year, short_month
from offices.thai.digits import BLANK, format_number

TALLEST = 100
WIDE, STEP = 14, 20


@dataclass(frozen=True)
class Column:
    """One month: where its bar stands, and what it says."""

    x: int
    y: int
    height: int
    month: str
    label: str

    @property
    def middle(self):
        return self.x + WIDE // 2


def columns_of(totals):
    """A bar for each month, the tallest being the month that sold most; none where nobody knows."""
    most = totals.most()
    drawn = []
    for place, (month, amount) in enumerate(totals.months):
        height = max(1, int(TALLEST * amount / most)) if amount and most else 0
        shown = BLANK if amount is None else format_number(amount, 2)
        x = place * STEP
        drawn.append(Column(x, TALLEST - height, height, short_month(month), f"{month_and_year(month)}: {shown}"))
    return drawn
