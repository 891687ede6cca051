"""What all lists of what comes of courses do alike: the list, its file, entry, the bin."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from courses import bins
from documents.renderers import OF_LISTS
from jobs.queue import enqueue
from offices.permissions import Can, may
from offices.years import chosen_year
from trainees.outlet_lists import CHANNELS, PUBLICITY
from trainees.tasks import export_listing
from trainees.views.refused import done_or_told, typed

PER_PAGE = 25
MOST_IN_BIN = 200
BESIDE = (CHANNELS, PUBLICITY)
"""Two lists of one kind, shown as two tabs."""


def visible_row(request, listing, pk, *related):
    rows = listing.model.objects.visible_to(request.user).select_related("school", *related)
    return get_object_or_404(rows, pk=pk)


def _asked(request, *but):
    return {name: value for name, value in request.GET.items() if value and name not in but}


def listed(request, listing):
    narrow = listing.narrowed(request.user, request.GET, chosen_year(request))
    table = listing.table(narrow.qs, several_schools=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    tabs = [
        {"label": each.words.title, "url": reverse(each.route("list")), "active": each is listing}
        for each in BESIDE
    ]
    context = {
        "words": listing.words,
        "icon": listing.icon,
        "filter": narrow,
        "is_narrowed": bool(_asked(request, "page", "sort")),
        "table": table,
        "count": table.page.paginator.count,
        "tabs": tabs if listing in BESIDE else [],
        "files": {ending: reverse(listing.route("export"), args=[ending]) for ending in OF_LISTS},
        "query": urlencode(_asked(request, "page")),
        "create_url": reverse(listing.route("create")),
        "bin_url": reverse(listing.route("bin_list")),
        "may_edit": may(request.user, Can.EDIT_PRODUCTS),
    }
    template = "trainees/listing.html#results" if request.htmx else "trainees/listing.html"
    return render(request, template, context)


def taken_away(request, listing, ending):
    """The rows of the list as a file, made by a job."""
    if ending not in OF_LISTS:
        raise Http404
    params = {"listing": listing.slug, "asked": _asked(request, "page"), "year": chosen_year(request)}
    job = enqueue(export_listing, request.user, title=listing.words.file, ending=ending, **params)
    return redirect("jobs:detail", job.pk)


def entered(request, listing, row=None, *, then="", **more):
    """A new row, or a change of one; afterwards its page, with `then` behind the address."""
    form = listing.form(request.user, typed(request), instance=row)
    if form.is_valid():
        row = form.save()
        messages.success(request, _("“%(name)s” has been saved.") % {"name": row})
        return redirect(reverse(listing.route("detail"), args=[row.pk]) + then)
    page = [listing.route("detail"), [row.pk]] if row else [listing.route("list"), []]
    context = {
        "form": form,
        "heading": listing.words.change if row else listing.words.new,
        "about": listing.words.about,
        "cancel": reverse(page[0], args=page[1]),
    }
    return render(request, listing.form_template, context | more)


def thrown_away(request, listing, pk):
    row = visible_row(request, listing, pk)
    if done_or_told(request, _throw, row=row, by=request.user):
        undo = reverse(listing.route("restore"), args=[pk])
        messages.success(request, _("%(name)s is in the bin.") % {"name": row}, extra_tags=f"undo:{undo}")
    return redirect(listing.route("list"))


def _throw(*, row, by):
    bins.throw_away(row, by=by)
    return row


def taken_back(request, listing, pk):
    row = get_object_or_404(bins.still_kept(listing.model, request.user), pk=pk)
    bins.take_back(row, by=request.user)
    messages.success(request, _("“%(name)s” is back.") % {"name": row})
    return redirect(listing.route("detail"), pk)


def binned(request, listing):
    rows = bins.still_kept(listing.model, request.user)[:MOST_IN_BIN]
    context = {
        "words": listing.words,
        "list_url": reverse(listing.route("list")),
        "rows": [(row, bins.kept_until(row), reverse(listing.route("restore"), args=[row.pk])) for row in rows],
    }
    return render(request, "trainees/listing_bin.html", context)
