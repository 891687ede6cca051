"""Lists of circulars and of the schools that have one: filters and tables."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from documents.circular_standing import DIRECT, done_at, waiting_at
from documents.models import Circular, Delivery
from offices.lists import Narrowed, Part, ThaiDateFilter, ThaiDay, ThaiMoment
from offices.looks import NUMERIC, ROOMY, TIGHT
from offices.models import Province
from offices.permissions import Can, may
from offices.scoping import provinces_for
from offices.signer_lists import holding


class CircularFilter(Narrowed):
    """Circulars, with their standing (documents.circular_standing.with_standing)."""

    words = filters.CharFilter(label=_("Subject or number"), method="by_words")
    urgency = filters.ChoiceFilter(label=_("Urgency"), choices=Circular.Urgency.choices)
    status = filters.ChoiceFilter(label=_("State"), choices=())
    mine = filters.ChoiceFilter(label=_("At your office"), choices=(), method="by_mine")
    since = ThaiDateFilter(label=_("From day"), field_name="dated_on", lookup_expr="gte")
    until = ThaiDateFilter(label=_("To day"), field_name="dated_on", lookup_expr="lte")

    class Meta:
        model = Circular
        fields = ()

    def offer(self) -> None:
        sends = may(self.user, Can.SEND_CIRCULARS)
        hidden = () if sends else (Circular.Status.DRAFT,)
        states = [(state.value, state.label) for state in Circular.Status if state not in hidden]
        self.filters["status"].extra["choices"] = states
        self.keep_if(not sends, "mine")
        if not sends:
            self.filters["mine"].extra["choices"] = self._at_the_office()

    def _at_the_office(self) -> list[tuple[str, Any]]:
        unread = ("unread", _("Unread"))
        if may(self.user, Can.ACKNOWLEDGE_CIRCULARS):
            return [unread, ("waiting", _("To be acknowledged")), ("done", _("Acknowledged"))]
        return [unread, ("waiting", _("To be passed on")), ("done", _("Passed on"))]

    def by_words(self, queryset: Any, name: str, words: str) -> Any:
        return queryset.filter(holding(["subject", "number"], words))

    def by_mine(self, queryset: Any, name: str, chosen: str) -> Any:
        match chosen:
            case "unread":
                return queryset.filter(opened_at=None)
            case "waiting":
                return waiting_at(queryset, self.user)
            case _:
                return done_at(queryset, self.user)


class CircularTable(tables.Table):
    dated_on = ThaiDay(_("Date"), order_by=("dated_on", "pk"))
    number = tables.Column(_("Number"), orderable=False, attrs={"td": {"class": "nowrap"}})
    subject = Part(_("Subject"), template="documents/circular_subject.html", order_by=("subject", "pk"))
    state = Part(_("State"), template="documents/circular_state.html", order_by=("status", "-dated_on"))
    due_on = ThaiDay(_("To be acknowledged by"), order_by=("due_on", "pk"))
    standing = Part(_("Schools that acknowledged"), template="documents/circular_counts.html", orderable=False)

    class Meta:
        template_name = "django_tables2/ours.html"
        attrs = {"caption": _("Circulars")}
        empty_text = _("No circular fits.")

    def before_render(self, request: Any) -> None:
        if not may(request.user, Can.FOLLOW_CIRCULARS):
            self.columns.hide("standing")


class RecipientFilter(Narrowed):
    """The schools that have a circular."""

    words = filters.CharFilter(label=_("Name or code"), method="by_words")
    province = filters.ChoiceFilter(label=_("Passed on by"), choices=(), method="by_province")
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("waiting", _("Not acknowledged")),
            ("unread", _("Not opened")),
            ("done", _("Acknowledged")),
        ],
        method="by_state",
    )

    class Meta:
        model = Delivery
        fields = ()

    def offer(self) -> None:
        provinces = Province.objects.filter(provinces_for(self.user)).only("name_th", "name_en")
        known = [(province.pk, province.name) for province in provinces]
        self.filters["province"].extra["choices"] = [(DIRECT, _("The department itself")), *known]
        self.keep_if(len(known) > 1, "province")

    def by_words(self, queryset: Any, name: str, words: str) -> Any:
        return queryset.filter(holding(["school__name", "school__code"], words))

    def by_province(self, queryset: Any, name: str, chosen: str) -> Any:
        return queryset.filter(passed_on_by=None if chosen == DIRECT else chosen)

    def by_state(self, queryset: Any, name: str, state: str) -> Any:
        match state:
            case "waiting":
                return queryset.filter(acknowledged_at=None)
            case "unread":
                return queryset.filter(opened_at=None)
            case _:
                return queryset.filter(acknowledged_at__isnull=False)


class RecipientTable(tables.Table):
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"))
    passed_on_by = tables.Column(
        _("Passed on by"), order_by=("passed_on_by__position", "pk"), default=_("The department itself")
    )
    sent_at = ThaiMoment(_("Sent at"))
    opened_at = ThaiMoment(_("Opened at"))
    acknowledged_at = ThaiMoment(_("Acknowledged at"))
    acknowledged_by = tables.Column(_("By whom"), orderable=False, attrs=ROOMY)
    reminders = tables.Column(_("Reminders"), attrs=NUMERIC)

    class Meta:
        template_name = "django_tables2/ours.html"
        attrs = {"caption": _("Schools that have the circular"), "class": TIGHT}
        empty_text = _("No school fits.")

    def before_render(self, request: Any) -> None:
        if request.user.province_id is not None:
            self.columns.hide("passed_on_by")
