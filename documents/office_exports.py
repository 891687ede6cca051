"""The lists of offices as files: signers, numbers, accounts, invitations, schools, years, holidays, the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.list_books import list_book, stamped
from documents.tables import Book, Column, Row, Table
from offices.holidays import holidays_of_year
from offices.lists import (
    AccountFilter,
    AccountTable,
    DisclosureFilter,
    DisclosureTable,
    InvitationFilter,
    InvitationTable,
    SchoolFilter,
    SchoolTable,
    accounts_of,
    disclosures_of,
    invitations_of,
    schools_of,
    subject_in_words,
)
from offices.models import Disclosure, FiscalYear, GivenNumber, Invitation, Signer, User
from offices.signer_lists import GivenFilter, GivenTable, SignerFilter, SignerTable


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
    narrowed = SignerFilter(user, asked, queryset=rows)
    return list_book(_("Signers"), columns, narrowed, _signer, user, as_in=SignerTable)


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
    narrowed = GivenFilter(user, asked, queryset=rows)
    return list_book(_("Given numbers"), columns, narrowed, _given, user, as_in=GivenTable)


def _given(given: GivenNumber) -> Row:
    kind = given.series.get_kind_display()
    return [kind, given.text, given.given_on, given.purpose or None, str(given.given_by), given.given_at]


def accounts_book(user: User, asked: Any) -> Book:
    """Who holds an account where; how to reach them stays in the program."""
    columns = [
        Column("name", _("Full name"), width=30),
        Column("username", _("User name"), "id", 20),
        Column("role", _("Role"), width=20),
        Column("place", _("Place"), width=36),
        Column("state", _("State"), width=12),
        Column("last_login", _("Last signed in"), "datetime"),
    ]
    narrowed = AccountFilter(user, asked, queryset=accounts_of(user))
    return list_book(_("Accounts"), columns, narrowed, _account, user, as_in=AccountTable)


def _account(account: User) -> Row:
    state = _("Open") if account.is_active else _("Closed")
    role = account.get_role_display()
    return [account.name, account.username, role, account.place, state, account.last_login]


def invitations_book(user: User, asked: Any) -> Book:
    columns = [
        Column("name", _("Full name"), width=30),
        Column("username", _("User name"), "id", 20),
        Column("role", _("Role"), width=20),
        Column("place", _("Place"), width=36),
        Column("state", _("State"), width=12),
        Column("invited_at", _("Invited at"), "datetime"),
        Column("expires_at", _("Runs out at"), "datetime"),
    ]
    narrowed = InvitationFilter(user, asked, queryset=invitations_of(user))
    return list_book(_("Invitations"), columns, narrowed, _invitation, user, as_in=InvitationTable)


def _invitation(invitation: Invitation) -> Row:
    return [
        invitation.name,
        invitation.username,
        invitation.get_role_display(),
        invitation.place,
        str(invitation.state.label),
        invitation.invited_at,
        invitation.expires_at,
    ]


def schools_book(user: User, asked: Any) -> Book:
    columns = [
        Column("code", _("Code"), "id", 16),
        Column("name", _("School"), width=40),
        Column("kind", _("Kind"), width=24),
        Column("province", _("Province today"), width=24),
        Column("district", _("District"), width=24),
        Column("opened_on", _("Opened on"), "date"),
        Column("closed_on", _("Closed on"), "date"),
    ]
    rows = schools_of(user).select_related("district").order_by("name_order", "pk")
    narrowed = SchoolFilter(user, asked, queryset=rows)
    return list_book(_("Schools"), columns, narrowed, _school, user, as_in=SchoolTable)


def _school(school: Any) -> Row:
    return [
        school.code,
        school.name,
        school.get_kind_display(),
        school.province_name or _("Directly under the department"),
        str(school.district) if school.district else None,
        school.opened_on,
        school.closed_on,
    ]


def disclosures_book(user: User, asked: Any) -> Book:
    columns = [
        Column("at", _("When"), "datetime"),
        Column("school", _("School"), width=36),
        Column("by", _("By whom"), width=30),
        Column("act", _("Act"), width=20),
        Column("what", _("Of what"), width=24),
        Column("rows", _("Rows"), "integer"),
        Column("reason", _("Reason"), width=40),
    ]
    narrowed = DisclosureFilter(user, asked, queryset=disclosures_of(user))
    return list_book(
        _("Disclosures of personal data"), columns, narrowed, _disclosure, user, as_in=DisclosureTable
    )


def _disclosure(disclosure: Disclosure) -> Row:
    return [
        disclosure.at,
        str(disclosure.school),
        str(disclosure.by or _("The server's operator")),
        disclosure.get_act_display(),
        subject_in_words(disclosure.subject),
        disclosure.rows,
        disclosure.reason or None,
    ]


def holidays_book(user: User, year: int | None) -> Book:
    columns = [Column("day", _("Day"), "date"), Column("name", _("Name of the holiday"), width=40)]
    rows: list[Row] = [[holiday.day, holiday.name] for holiday in holidays_of_year(year)]
    title = _("Public holidays")
    return stamped(title, [Table(title, columns, rows)], user, [(_("Fiscal year"), str(year or "–"))])


def years_book(user: User) -> Book:
    """The fiscal years with their course types, a line for each type."""
    columns = [
        Column("year", _("Fiscal year"), "id", 10),
        Column("starts_on", pgettext("day", "From"), "date"),
        Column("ends_on", pgettext("day", "Until"), "date"),
        Column("type", _("Course type"), width=16),
        Column("least_hours", _("From hours"), "decimal"),
        Column("most_hours", _("To hours"), "decimal"),
        Column("group_size", _("Group size"), "integer"),
    ]
    title = _("Fiscal years")
    return stamped(title, [Table(title, columns, list(_years()))], user, [])


def _years() -> Iterator[Row]:
    for year in FiscalYear.objects.prefetch_related("course_types"):
        days: Row = [str(year), year.starts_on, year.ends_on]
        types = [[str(t), t.least_hours, t.most_hours, t.group_size] for t in year.course_types.all()]
        yield from ([*days, *each] for each in types or [[None] * 4])
