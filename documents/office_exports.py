"""Signers and given numbers as files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.list_books import list_book
from documents.tables import Book, Column, Row
from offices.models import GivenNumber, Signer, User
from offices.signer_lists import GivenFilter, SignerFilter


def signers_book(user: User, asked: Any) -> Book:
    rows = Signer.objects.visible_to(user).select_related("school", "province")
    columns = [
        Column("office", _("Office"), width=36),
        Column("signs_as", _("Signs as"), width=20),
        Column("name", _("Full name"), width=30),
        Column("position", _("Position"), width=30),
        Column("acting", _("Acting form"), width=24),
        Column("acts_for", _("Acts for the position"), width=30),
        Column("starts_on", pgettext("signer", "From day"), "date"),
        Column("ends_on", pgettext("signer", "Until day"), "date"),
    ]
    return list_book(_("Signers"), columns, SignerFilter(user, asked, queryset=rows), _signer, user)


def _signer(signer: Signer) -> Row:
    return [
        signer.office_name,
        signer.get_signs_as_display(),
        signer.name,
        signer.position,
        signer.get_acting_display() or None,
        signer.acts_for or None,
        signer.starts_on,
        signer.ends_on,
    ]


def numbers_book(user: User, asked: Any) -> Book:
    rows = GivenNumber.objects.own_of(user).select_related("series", "given_by")
    columns = [
        Column("kind", _("Kind of number"), width=20),
        Column("number", pgettext("running", "Number"), "id", 24),
        Column("given_on", _("Of day"), "date"),
        Column("purpose", _("For what"), width=40),
        Column("given_by", _("By"), width=30),
        Column("given_at", _("Given at"), "datetime"),
    ]
    return list_book(_("Given numbers"), columns, GivenFilter(user, asked, queryset=rows), _given, user)


def _given(given: GivenNumber) -> Row:
    kind = given.series.get_kind_display()
    return [kind, given.text, given.given_on, given.purpose or None, str(given.given_by), given.given_at]
