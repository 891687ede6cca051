"""Signers and given numbers as files; their lists belong to the floor below, which knows no files."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.books import send_book
from documents.office_exports import numbers_book, signers_book
from offices.permissions import Can, requires


@require_POST
@requires(Can.VIEW_SIGNERS)
def signers_export(request, ending):
    return send_book(signers_book(request.user, request.GET), ending, _("signers"))


@require_POST
@requires(Can.VIEW_SIGNERS)
def numbers_export(request, ending):
    return send_book(numbers_book(request.user, request.GET), ending, _("given numbers"))
