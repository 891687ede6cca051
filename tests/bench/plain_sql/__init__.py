"""The ten indicators with all breakdowns as somebody would write them who knows SQL and the letter, by hand.

What our figures are held against, in speed and in every number. Nothing here is taken from reports/: the rules are
written down again, over the tables. For each line of a level (the whole, provinces, schools) a statement counts the
line and all its parts at once; what it cannot say is where nobody knows (“–”), which it gives as nothing.
"""

from tests.bench.plain_sql.asking import Asked
from tests.bench.plain_sql.people import entrants, judged
from tests.bench.plain_sql.works import channels, fairs, products

__all__ = ["Asked", "everything"]

EVERYTHING = (entrants, products, fairs, channels, judged)


def everything(asked):
    """All ten indicators of one level."""
    found = {}
    for part in EVERYTHING:
        found |= part(asked)
    return found
