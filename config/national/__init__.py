"""Invented rows at national volume, in a database of their own: what `manage.py seed_national` makes.

Speed is measured on it (`make bench`) and queries are tried out on it; people never work in it. It is made by
COPY, the same for the same two numbers, but for what cannot be: encrypted texts, and when history was made.
Every constraint of the database holds. Triggers do not run: the sums that they keep are written as they would have
kept them. Of each table's history there is how its newest hundred thousand rows came to be: of all courses and
products and whatever else is few, of a tenth of the enrolments. Files are invented by nobody, so nothing that
holds one has rows. A sealed document number shares its kind and last three digits with the one that a person is
known by.
"""

from datetime import date
from typing import Final

from config.demo import DEMO_YEAR

YEAR: Final = DEMO_YEAR
"""Nine tenths of the courses begin in it; the others in the first weeks of the next."""
TODAY: Final = date(2026, 11, 26)
"""From here the story is told: what has happened, happened by this day."""
