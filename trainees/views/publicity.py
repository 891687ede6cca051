"""Publicity channels: list, page, entry, bin."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.histories import happenings
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from trainees.outlet_lists import PUBLICITY
from trainees.views import listed

EVENTS_SHOWN = 8


@require_safe
@requires(Can.VIEW_PRODUCTS)
@remembered("trainees:publicity")
@vary_on_headers("HX-Request")
def publicity_list(request):
    return listed.listed(request, PUBLICITY)


@require_POST
@requires(Can.VIEW_PRODUCTS)
def publicity_export(request, ending):
    return listed.taken_away(request, PUBLICITY, ending)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def publicity_create(request):
    return listed.entered(request, PUBLICITY)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def publicity_edit(request, pk):
    return listed.entered(request, PUBLICITY, listed.visible_row(request, PUBLICITY, pk))


@require_POST
@requires(Can.EDIT_PRODUCTS)
def publicity_bin(request, pk):
    return listed.thrown_away(request, PUBLICITY, pk)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def publicity_restore(request, pk):
    return listed.taken_back(request, PUBLICITY, pk)


@require_safe
@requires(Can.EDIT_PRODUCTS)
def publicity_bin_list(request):
    return listed.binned(request, PUBLICITY)


@require_safe
@requires(Can.VIEW_PRODUCTS)
def publicity_detail(request, pk):
    outlet = listed.visible_row(request, PUBLICITY, pk)
    context = {
        "outlet": outlet,
        "may_edit": may(request.user, Can.EDIT_PRODUCTS),
        "events": happenings(outlet, request.user, most=EVENTS_SHOWN),
    }
    return render(request, "trainees/publicity.html", context)
