"""Lists of signers and of given numbers: filters and tables."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.lists import Narrowed, Part, ThaiDateFilter, ThaiDay
from offices.looks import ROOMY, TIGHT
from offices.models import GivenNumber, NumberSeries, Signer
from offices.thai.digits import to_arabic, to_thai
from offices.thai.typed import tidy


def holding(columns: list[str], typed: str) -> Q:
    """Rows in which some column holds each typed word; ๕ finds 5 and the other way round."""
    found = Q()
    for word in tidy(typed).split(" "):
        either = Q()
        for column in columns:
            for spelling in {word, to_arabic(word), to_thai(to_arabic(word))}:
                either |= Q(**{f"{column}__icontains": spelling})
        found &= either
    return found


class SignerFilter(Narrowed):
    words = filters.CharFilter(label=_("Name or position"), method="by_words")
    signs_as = filters.ChoiceFilter(label=_("Signs as"), choices=Signer.Role.choices)
    on = ThaiDateFilter(label=_("Signs on day"), method="by_day")
    office = filters.ChoiceFilter(
        label=_("Office"), choices=[("own", _("Your own office"))], empty_label=_("All"), method="by_office"
    )

    class Meta:
        model = Signer
        fields = ()

    def offer(self) -> None:
        self.keep_if(self.user.school_id is None, "office")

    def by_words(self, queryset: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return queryset.filter(holding(["name", "position"], words))

    def by_day(self, queryset: Any, name: str, day: Any) -> Any:
        return queryset.on(day)

    def by_office(self, queryset: Any, name: str, chosen: str) -> Any:
        return queryset.own_of(self.user)


class SignerTable(tables.Table):
    signs_as = tables.Column(_("Signs as"), accessor="get_signs_as_display", order_by=("signs_as", "-starts_on"))
    name = tables.Column(_("Full name"), order_by=("name_order", "pk"), attrs=ROOMY)
    position = Part(_("Position"), template="offices/signer_position.html", orderable=False, attrs=ROOMY)
    starts_on = ThaiDay(pgettext_lazy("signer", "From day"))
    ends_on = ThaiDay(pgettext_lazy("signer", "Until day"))
    office = tables.Column(_("Office"), accessor="office_name", orderable=False)
    acts = Part(_("Actions"), template="offices/signer_acts.html", orderable=False)

    class Meta:
        template_name = "django_tables2/ours.html"
        attrs = {"caption": _("Signers"), "class": TIGHT}
        empty_text = _("No signer fits.")

    def before_render(self, request: Any) -> None:
        """A school sees its own alone."""
        if request.user.school_id is not None:
            self.columns.hide("office")


class GivenFilter(Narrowed):
    words = filters.CharFilter(label=_("Number or what for"), method="by_words")
    kind = filters.ChoiceFilter(
        label=_("Kind of number"), field_name="series__kind", choices=NumberSeries.Kind.choices
    )
    since = ThaiDateFilter(label=_("From day"), field_name="given_on", lookup_expr="gte")
    until = ThaiDateFilter(label=_("To day"), field_name="given_on", lookup_expr="lte")

    class Meta:
        model = GivenNumber
        fields = ()

    def by_words(self, queryset: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return queryset.filter(holding(["text", "purpose"], words))


class GivenTable(tables.Table):
    text = tables.Column(pgettext_lazy("running", "Number"), order_by=("period", "number", "pk"))
    kind = tables.Column(
        _("Kind of number"), accessor="series__get_kind_display", order_by=("series__kind", "-pk")
    )
    given_on = ThaiDay(_("Of day"))
    purpose = tables.Column(_("For what"), orderable=False)
    given_by = tables.Column(_("By"), orderable=False)

    class Meta:
        template_name = "django_tables2/ours.html"
        attrs = {"caption": _("Given numbers")}
        empty_text = _("No number is in this list yet.")
