"""Inviting many people from a sheet: each row passes the form of one invitation; all are invited, or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Font

from documents.renderers.cells import clean
from documents.sheets import Expected, Problem, read_rows
from offices.account_forms import InvitationForm
from offices.invitations import Issued
from offices.models import User
from offices.roles import Role

MOST_PEOPLE: Final = 1000

# A place given in a row says which role it is; roles without a place are given one by one.
ROLE_OF_PLACE: Final = {"school": Role.SCHOOL, "province": Role.PROVINCE}

COLUMNS: Final = (
    Expected("username", gettext_lazy("User name")),
    Expected("name", gettext_lazy("Full name")),
    Expected("email", gettext_lazy("E-mail"), required=False),
    Expected("school", gettext_lazy("School code"), required=False),
    Expected("province", gettext_lazy("Province code"), required=False),
)


def columns_for(user: User) -> list[Expected]:
    """The columns of the template: only the places that `user` may give."""
    offered = set(InvitationForm(user).fields)
    return [column for column in COLUMNS if column.key in offered]


@dataclass
class Checked:
    """Every row of a sheet with what is wrong in it; `forms` are ready to be saved when nothing is."""

    rows: list[tuple[int, dict[str, str]]]
    forms: list[InvitationForm] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(file: IO[bytes], user: User) -> list[tuple[int, dict[str, str]]]:
    """The numbered rows of an upload; raises ValidationError for what is not such a sheet."""
    rows = list(read_rows(file).by_key(columns_for(user)))
    if not rows:
        raise ValidationError(_("There is nobody in the sheet."), code="blank")
    if len(rows) > MOST_PEOPLE:
        raise ValidationError(
            _("There are more than %(most)s people. Please send the sheet in parts."),
            code="rows",
            params={"most": MOST_PEOPLE},
        )
    return rows


def check(user: User, rows: Iterable[tuple[int, dict[str, str]]]) -> Checked:
    """Validate every row and report every problem; nothing is saved."""
    checked = Checked([(number, dict(row)) for number, row in rows])
    labels = {column.key: str(column.label) for column in COLUMNS}
    seen: dict[str, int] = {}
    for number, row in checked.rows:
        form = InvitationForm(user, row | {"role": _role(row)})
        for name, faults in form.errors.items():
            label = labels.get(name, "")
            checked.problems += [Problem(number, label, str(fault)) for fault in faults]
        typed = row.get("username", "").casefold()
        earlier = seen.setdefault(typed, number)
        if typed and earlier != number:
            message = _("The same user name stands in row %(row)s.") % {"row": earlier}
            checked.problems.append(Problem(number, labels["username"], message))
        checked.forms.append(form)
    return checked


def _role(row: dict[str, str]) -> str:
    given = [role for place, role in ROLE_OF_PLACE.items() if row.get(place)]
    return given[0] if given else ""


@transaction.atomic
def invite_all(checked: Checked) -> list[Issued]:
    """Invite everybody in the sheet, or nobody."""
    if checked.problems:
        raise ValueError("A sheet with problems is not saved.")
    return [form.save() for form in checked.forms]


def write_sheet(heads: list[str], rows: Iterable[Iterable[Any]], kind: str) -> bytes:
    """A plain sheet with one line of heads, as it is read back."""
    target = io.BytesIO()
    if kind == "csv":
        text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
        csv.writer(text).writerows([heads, *([clean(str(cell)) for cell in row] for row in rows)])
        text.flush()
        return target.getvalue()
    book = Workbook()
    sheet = book.active
    sheet.append(heads)
    for place, cell in enumerate(sheet[1]):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 24 if place < 5 else 70
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, clean(str(value)))
            cell.data_type = "s"  # never a formula, whatever somebody is called
            cell.number_format = "@"
    for letter in "ABCDE":
        sheet.column_dimensions[letter].number_format = "@"  # codes keep their zeros
    book.save(target)
    return target.getvalue()
