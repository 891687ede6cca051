"""Invented rows at national volume, in a database of their own: what `manage.py seed_national` makes.

Speed is measured on it (`make bench`) and queries are tried out on it; people never work in it. It is made by COPY,
the same for the same two numbers, except for what cannot be: encrypted texts, and when history was written. Every
constraint of the database holds. Triggers do not run: the sums that they keep are written as they would have kept
them, and of each table's history only the beginning of its newest hundred thousand rows is there: all of a course's,
of a product's and of what else is few, a tenth of the enrolments'.
"""

from datetime import date
from typing import Final

YEAR: Final = 2569
"""Nine tenths of the courses begin in it; the others in the first weeks of the next."""
TODAY: Final = date(2026, 11, 26)
"""From here the story is told: what has happened, happened by this day."""
