"""The lists of offices as files; the lists themselves belong to the floor below, which knows no files."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents import office_exports as books
from documents.books import send_book
from offices.lists import DisclosureFilter, disclosures_of
from offices.permissions import Can, requires
from offices.thai.digits import format_number
from offices.years import chosen_year

MOST_DISCLOSURES = 50_000


@require_POST
@requires(Can.VIEW_SIGNERS)
def signers_export(request, ending):
    return send_book(books.signers_book(request.user, request.GET), ending, _("signers"))


@require_POST
@requires(Can.VIEW_SIGNERS)
def numbers_export(request, ending):
    return send_book(books.numbers_book(request.user, request.GET), ending, _("given numbers"))


@require_POST
@requires(Can.MANAGE_ACCOUNTS)
def accounts_export(request, ending):
    return send_book(books.accounts_book(request.user, request.GET), ending, _("accounts"))


@require_POST
@requires(Can.MANAGE_ACCOUNTS)
def invitations_export(request, ending):
    return send_book(books.invitations_book(request.user, request.GET), ending, _("invitations"))


@require_POST
@requires(Can.VIEW_SCHOOLS)
def schools_export(request, ending):
    return send_book(books.schools_book(request.user, request.GET), ending, _("schools"))


@require_POST
@requires(Can.VIEW_YEARS)
def holidays_export(request, ending):
    return send_book(books.holidays_book(request.user, chosen_year(request)), ending, _("public holidays"))


@require_POST
@requires(Can.VIEW_YEARS)
def years_export(request, ending):
    return send_book(books.years_book(request.user), ending, _("fiscal years"))


@require_POST
@requires(Can.VIEW_DISCLOSURES)
def disclosures_export(request, ending):
    """The log grows for ever: what is too much to wait for is asked for in parts."""
    narrowed = DisclosureFilter(request.user, request.GET, queryset=disclosures_of(request.user))
    if narrowed.qs.count() > MOST_DISCLOSURES:
        told = _("These are more than %(most)s rows. Narrow the list first, such as by its days.")
        messages.error(request, told % {"most": format_number(MOST_DISCLOSURES)})
        return redirect("offices:disclosures")
    return send_book(books.disclosures_book(request.user, request.GET), ending, _("disclosures"))
