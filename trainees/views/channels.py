"""Sales channels: list, page with products and sales, entry, bin; and the channels of a course's products."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.histories import happenings
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from offices.years import chosen_year, years_known
from trainees import offers
from trainees.forms.outlets import OfferForm
from trainees.models import Channel, Offer
from trainees.outlet_lists import CHANNELS
from trainees.sales import SalesGrid
from trainees.views import listed
from trainees.views.cells import answer_cells, drawn, form_context, save_form, saved_words
from trainees.views.enrolments import visible_course
from trainees.views.refused import done
from trainees.views.sales_drawn import columns_of

PAGE = "trainees/channel.html"
EVENTS_SHOWN = 8


@require_safe
@requires(Can.VIEW_PRODUCTS)
@remembered("trainees:channels")
@vary_on_headers("HX-Request")
def channel_list(request):
    return listed.listed(request, CHANNELS)


@require_POST
@requires(Can.VIEW_PRODUCTS)
def channel_export(request, ending):
    return listed.taken_away(request, CHANNELS, ending)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def channel_create(request):
    return listed.entered(request, CHANNELS)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def channel_edit(request, pk):
    return listed.entered(request, CHANNELS, listed.visible_row(request, CHANNELS, pk))


@require_POST
@requires(Can.EDIT_PRODUCTS)
def channel_bin(request, pk):
    return listed.thrown_away(request, CHANNELS, pk)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def channel_restore(request, pk):
    return listed.taken_back(request, CHANNELS, pk)


@require_safe
@requires(Can.EDIT_PRODUCTS)
def channel_bin_list(request):
    return listed.binned(request, CHANNELS)


@require_safe
@requires(Can.VIEW_PRODUCTS)
def channel_detail(request, pk):
    return _detail(request, listed.visible_row(request, CHANNELS, pk), chosen_year(request))


def _detail(request, channel, year, *, typed=None, answers=None, gone=0, offer_form=None):
    may_edit = may(request.user, Can.EDIT_PRODUCTS)
    context = {
        "outlet": channel,
        "offers": offers.offers_of(request.user).filter(channel=channel),
        "may_edit": may_edit,
        "events": happenings(channel, request.user, most=EVENTS_SHOWN),
    }
    if may_edit:
        context["offer_form"] = offer_form or OfferForm(request.user, channel)
    if year:
        grid = SalesGrid(channel, request.user, year=year)
        context["sales"] = form_context(grid, typed or {}, answers or {}, gone) | {
            "year": year,
            "rows": [
                {"key": key, "name": grid.line_of(key), "drawn": drawn(cell, typed, answers)}
                for key, cell in grid.cells.items()
            ],
            "sums": _sums(grid),
        }
    return render(request, PAGE, context)


def _sums(grid):
    totals = grid.totals()
    return {"lines": [*totals.quarters(), totals.year()], "year": totals.year(), "columns": columns_of(totals)}


@require_POST
@requires(Can.EDIT_PRODUCTS)
def channel_offer(request, pk):
    """One more product sold through the channel."""
    channel = listed.visible_row(request, CHANNELS, pk)
    form = OfferForm(request.user, channel, request.POST)
    if form.is_valid():
        product = form.cleaned_data["product"]
        if done(form, offers.offer, channel=channel, product=product, by=request.user):
            messages.success(request, _("“%(name)s” is sold here now.") % {"name": product})
            return redirect(f"{reverse('trainees:channel_detail', args=[pk])}#products")
    return _detail(request, channel, chosen_year(request), offer_form=form)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def offer_remove(request, pk):
    row = get_object_or_404(Offer.objects.visible_to(request.user).select_related("product"), pk=pk)
    offers.withdraw(offer=row, by=request.user)
    messages.success(request, _("“%(name)s” is no longer sold here.") % {"name": row.product})
    return redirect(f"{reverse('trainees:channel_detail', args=[row.channel_id])}#products")


def _channel_and_year(request, pk, year):
    if year not in years_known(request):
        raise Http404
    return get_object_or_404(Channel.objects.visible_to(request.user).select_related("school"), pk=pk)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def channel_sales(request, pk, year):
    """The sales of a year as a plain form: all or nothing."""
    channel = _channel_and_year(request, pk, year)
    typed, answers, gone = save_form(request, channel, SalesGrid, year=year)
    if typed or gone:
        return _detail(request, channel, year, typed=typed, answers=answers, gone=gone)
    messages.success(request, saved_words())
    return redirect(f"{reverse('trainees:channel_detail', args=[pk])}#sales")


@require_POST
@requires(Can.EDIT_PRODUCTS)
def channel_sales_cells(request, pk, year):
    """Months as they are typed, each by itself."""
    return answer_cells(request, _channel_and_year(request, pk, year), SalesGrid, _fragments, year=year)


def _fragments(grid, touched):
    context = {"sums": _sums(grid), "year": grid.year}
    return {"sales-sums": render_to_string("trainees/sales_sums.html", context)}


@require_safe
@requires(Can.VIEW_PRODUCTS)
@vary_on_headers("HX-Request")
def course_channels(request, pk):
    """Through which channels the products of a course are sold."""
    course = visible_course(request, pk)
    sold = {}
    for offer in (
        offers.offers_of(request.user).filter(product__course=course).order_by("channel__name_order", "pk")
    ):
        sold.setdefault(offer.channel, []).append(offer.product)
    template = "trainees/course_channels.html#panel" if request.htmx else "trainees/course_channels.html"
    return render(request, template, {"course": course, "channels": list(sold.items())})
