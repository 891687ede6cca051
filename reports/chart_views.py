"""The tables of charts as files; the pictures are made by the browser that shows them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.books import send_book
from offices.permissions import Can, requires
from reports.asked import query_of, view_asked
from reports.by_course import COURSE, count_by_course
from reports.chart_books import chart_book
from reports.overview import find
from reports.stored import served


@require_POST
@requires(Can.VIEW_INDICATORS)
def chart_export(request, dimension, ending):
    """One breakdown of one indicator; `dimension` is its code."""
    view, indicator = view_asked(request), find(request.GET.get("indicator", ""))
    if view is None or indicator is None or not _is_known(indicator, view, dimension):
        raise Http404
    if dimension == COURSE:
        counted, as_of = count_by_course(indicator, view), timezone.now()
    else:
        found = served(view, indicator)
        counted, as_of = next((each for each in found.figures if each.indicator is indicator), None), found.as_of
    breakdown = counted.broken_down_by(dimension) if counted else None
    if breakdown is None:
        messages.info(request, _("There is no figure to draw yet."))
        return redirect(f"{reverse('reports:indicators')}?{query_of(view)}&indicator={indicator.code}")
    book = chart_book(request.user, view, counted, breakdown, as_of)
    return send_book(book, ending, f"{book.title} {view.office.name}")


def _is_known(indicator, view, code):
    if code == COURSE:
        return not view.office.has_parts
    return any(each.code == code and each.applies(view) for each in indicator.dimensions)
