"""The columns of the register. IDs are masked."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import django_tables2 as tables
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.clock import today
from offices.thai.dates import buddhist_year, short_date
from offices.thai.digits import BLANK
from trainees.ages import age_on
from trainees.models import Trainee


def born_shown(trainee: Trainee) -> str:
    """The birth date as exactly as it is known."""
    if trainee.birth_date is None:
        return BLANK
    if trainee.birth_precision == Trainee.BirthPrecision.YEAR:
        return _("in %(year)s") % {"year": buddhist_year(trainee.birth_date)}
    return short_date(trainee.birth_date)


class RegisterPaginator(Paginator):
    """Pages of a register that may be the whole country's: nobody is kept waiting until all are counted.

    People are counted up to `MOST`; behind them nobody turns pages, but narrows the list.
    """

    MOST: ClassVar[int] = 10_000

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list  # of a table
        found: int = rows.data.data.order_by()[: self.MOST + 1].count()
        return found

    @property
    def count(self) -> int:  # type: ignore[override]
        return min(self._counted, self.MOST)

    @property
    def has_more(self) -> bool:
        return self._counted > self.MOST


class TraineeTable(tables.Table):
    name = tables.Column(
        gettext_lazy("Name"),
        accessor="full_name",
        linkify=("trainees:detail", {"pk": tables.A("pk")}),
        order_by=("name_order", "pk"),
    )
    school = tables.Column(gettext_lazy("School"), order_by=("school__name_order", "name_order", "pk"))
    document = tables.Column(gettext_lazy("Document"), accessor="masked_document", orderable=False)
    sex = tables.Column(gettext_lazy("Sex"), accessor="get_sex_display", order_by=("sex", "name_order", "pk"))
    age = tables.Column(
        gettext_lazy("Age"),
        empty_values=(),
        order_by=("-birth_date", "pk"),
        attrs={"td": {"class": "numeric"}, "th": {"class": "numeric"}},
    )
    occupation = tables.Column(
        gettext_lazy("Occupation"), accessor="get_occupation_display", order_by=("occupation", "name_order", "pk")
    )

    class Meta:
        attrs = {"caption": gettext_lazy("Trainees")}
        empty_text = gettext_lazy("Nobody fits this filter.")

    def __init__(self, *args, several_schools, **kwargs):
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def render_age(self, record: Trainee):
        age = age_on(today(), record.birth_date, record.birth_precision)
        return BLANK if age is None else str(age)
