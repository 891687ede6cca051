"""Who may go where: the specification, one line per route. A route without a line fails the build.

For each route: the roles that may GET it, the roles that may POST to it, and whose row its key names.
A refused role gets 403 whatever the key; a stranger's key is 404; no page names another place.
"""

from tests.permissions import courses, documents, money, offices, supervision, trainees
from tests.permissions.line import Line

FLOORS = (offices, documents, courses, money, trainees, supervision)
MATRIX: dict[str, Line] = {name: line for floor in FLOORS for name, line in floor.LINES.items()}

# Open to whoever holds a signed link (offices/links.py); the tests of each walk it.
BY_LINK = {"courses:survey_answer", "trainees:satisfaction_form", "trainees:follow_up_form"}

# Open without signing in, or concerning one's own sign-in only: each has tests of its own.
OPEN = {"healthz", "readyz", "set_language", "gallery", "offices:accept_invitation", *BY_LINK}
OWN_TESTS = ("admin:", "account_", "mfa_")

# Keys of rows that belong to places, hence have strangers.
PLACED = {line.key for line in MATRIX.values()} - {"", "year", "sheet", "ending", "any_fair", "fair_file", "chart"}
PLACED -= {"money_file", "money_kind", "money_names", "money_name", "holiday", "binned_holiday", "number_kind"}
