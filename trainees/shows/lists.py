"""Exhibits and entries in contests of one fair: what they are narrowed to, and their columns."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.filters import PlacedFilter, words_in
from courses.models import Fair
from offices.looks import ROOMY
from offices.models import User
from offices.thai.digits import BLANK
from trainees.models import ContestEntry, Enrolment, Exhibit


def exhibits_at(fair: Fair, user: User) -> QuerySet[Exhibit]:
    """The exhibits of a fair that `user` sees."""
    seen = Exhibit.objects.visible_to(user).filter(fair=fair).select_related("school", "product", "course")
    return seen.order_by("school__name_order", "product__name_order", "course__name_order", "pk")


def entries_at(fair: Fair, user: User) -> QuerySet[ContestEntry]:
    """The entries in contests of a fair that `user` sees."""
    seen = ContestEntry.objects.visible_to(user).filter(fair=fair)
    with_rows = seen.select_related("school", "product", "enrolment__trainee", "enrolment__course")
    encrypted = [f"enrolment__{column}" for column in Enrolment.ENCRYPTED]
    return with_rows.defer(*encrypted).order_by("contest", "school__name_order", "pk")


class ShowFilter(PlacedFilter):
    """Both lists of a fair, by words and by place."""

    q = filters.CharFilter(label=_("Search"), method="holding")

    class Meta:
        model = Exhibit
        fields: list[str] = []

    always_shown = ("q", "province", "school")
    searched: tuple[str, ...] = ("product__name", "course__name", "note")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        self.filters = {name: self.filters[name] for name in self.always_shown if name in self.filters}

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(list(self.searched), value))


class EntryFilter(ShowFilter):
    searched = (
        "contest",
        "result",
        "product__name",
        "enrolment__trainee__first_name",
        "enrolment__trainee__surname",
    )

    class Meta:
        model = ContestEntry
        fields: list[str] = []


class ShowTable(tables.Table):
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"))
    ways = tables.TemplateColumn(
        template_name="trainees/show_ways.html", verbose_name=_("Actions"), orderable=False
    )

    def __init__(self, *args, several_schools, may_edit, **kwargs):
        left_out = [*([] if several_schools else ["school"]), *([] if may_edit else ["ways"])]
        super().__init__(*args, exclude=left_out, **kwargs)


class ExhibitTable(ShowTable):
    what = tables.Column(
        pgettext_lazy("exhibit", "What is shown"),
        empty_values=(),
        order_by=("product__name_order", "course__name_order", "pk"),
    )
    kind = tables.Column(pgettext_lazy("exhibit", "Kind"), empty_values=(), orderable=False)
    note = tables.Column(_("Note"), orderable=False)

    class Meta:
        attrs = {"caption": _("Exhibits")}
        empty_text = _("Nothing is shown yet.")
        sequence = ("what", "kind", "school", "note", "ways")

    def render_what(self, record: Exhibit):
        return str(record)

    def render_kind(self, record: Exhibit):
        return kind_of(record)


class EntryTable(ShowTable):
    contest = tables.Column(_("Contest"), order_by=("contest", "pk"))
    who = tables.Column(_("Product or person"), empty_values=(), orderable=False)
    result = tables.Column(_("Result of the contest"), order_by=("result", "pk"), attrs=ROOMY)

    class Meta:
        attrs = {"caption": _("Entries in contests")}
        empty_text = _("Nobody takes part in a contest yet.")
        sequence = ("contest", "who", "school", "result", "ways")

    def render_who(self, record: ContestEntry):
        return subject_of(record)


def kind_of(exhibit: Exhibit) -> str:
    """Product, or course."""
    shown = exhibit.product or exhibit.course
    return capfirst(str(shown._meta.verbose_name)) if shown else BLANK


def subject_of(entry: ContestEntry) -> str:
    """The product, or the person with the course."""
    if entry.enrolment is None:
        return str(entry.product)
    return f"{entry.enrolment.trainee} ({entry.enrolment.course})"
