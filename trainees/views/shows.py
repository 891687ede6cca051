"""What is shown at a fair: the page and the panel of the fair's page, exhibits, entries in contests, the file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.models import Fair
from courses.views.files import asked_of
from documents.renderers import OF_LISTS
from jobs.queue import enqueue
from offices.permissions import Can, may, requires
from trainees.forms.shows import EntryForm, ExhibitForm, is_key, people_on
from trainees.models import ContestEntry, Exhibit
from trainees.shows import operations
from trainees.shows.lists import EntryFilter, EntryTable, ExhibitTable, ShowFilter, entries_at, exhibits_at
from trainees.tasks import export_shows
from trainees.views.refused import done, done_or_told, typed

PER_PAGE = 25
SHOWN_IN_PANEL = 5


@require_safe
@requires(Can.VIEW_FAIRS)
@vary_on_headers("HX-Request")
def fair_shows(request, pk):
    """A page, and the panel of the fair's page."""
    fair, user = get_object_or_404(Fair, pk=pk), request.user
    may_edit = may(user, Can.EDIT_PRODUCTS) and not operations.why_nothing_is_shown(fair, user)
    page = {"fair": fair, "may_edit": may_edit}
    if request.htmx:
        exhibits, entries = exhibits_at(fair, user), entries_at(fair, user)
        counts = {"exhibit_count": exhibits.count(), "entry_count": entries.count()}
        page |= counts | {"exhibits": exhibits[:SHOWN_IN_PANEL], "entries": entries[:SHOWN_IN_PANEL]}
        return render(request, "trainees/shows.html#panel", page)
    exhibits = ShowFilter(request.GET, exhibits_at(fair, user), user=user)
    entries = EntryFilter(request.GET, entries_at(fair, user), user=user)
    options = {"several_schools": exhibits.sees_schools, "may_edit": may_edit}
    lists = (ExhibitTable(exhibits.qs, prefix="e-", **options), EntryTable(entries.qs, prefix="c-", **options))
    for table in lists:
        RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    page |= {"filter": exhibits, "tables": lists, "export_query": request.GET.urlencode()}
    page["is_empty"] = not any(table.page.paginator.count for table in lists)
    return render(request, "trainees/shows.html", page)


def _back(fair):
    return reverse("trainees:fair_shows", args=[fair.pk])


def _entered(request, form, fair, heading):
    """A form of either kind: saved and back to the fair, or shown again with its reasons."""
    if form.is_valid() and done(form, operations.hold_part, fair=fair, by=request.user):
        form.save()
        messages.success(request, _("Saved."))
        return redirect(_back(fair))
    page = {"form": form, "fair": fair, "cancel": _back(fair), "heading": heading}
    return render(request, "trainees/show_form.html", page)


def _added(request, pk, model, form_class, heading):
    fair = get_object_or_404(Fair, pk=pk)
    if why_not := operations.why_nothing_is_shown(fair, request.user):
        messages.error(request, why_not)
        return redirect("courses:fair", pk)
    form = form_class(request.user, typed(request), instance=model(fair=fair))
    return _entered(request, form, fair, heading)


def _row(request, model, pk):
    return get_object_or_404(model.objects.visible_to(request.user).select_related("fair"), pk=pk)


def _removed(request, model, pk, said):
    row = _row(request, model, pk)
    if done_or_told(request, operations.remove, row=row, by=request.user):
        messages.success(request, said)
    return redirect(_back(row.fair))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PRODUCTS)
def exhibit_add(request, pk):
    return _added(request, pk, Exhibit, ExhibitForm, _("Show something at the fair"))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PRODUCTS)
def exhibit_edit(request, pk):
    row = _row(request, Exhibit, pk)
    form = ExhibitForm(request.user, typed(request), instance=row)
    return _entered(request, form, row.fair, _("Change the exhibit"))


@require_POST
@requires(Can.EDIT_PRODUCTS)
def exhibit_remove(request, pk):
    return _removed(request, Exhibit, pk, _("The exhibit has been taken out."))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PRODUCTS)
def contest_add(request, pk):
    return _added(request, pk, ContestEntry, EntryForm, _("Enter a contest"))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PRODUCTS)
def contest_edit(request, pk):
    row = _row(request, ContestEntry, pk)
    form = EntryForm(request.user, typed(request), instance=row)
    return _entered(request, form, row.fair, _("Change the entry or its result"))


@require_POST
@requires(Can.EDIT_PRODUCTS)
def contest_remove(request, pk):
    return _removed(request, ContestEntry, pk, _("The entry has been taken out."))


@require_safe
@requires(Can.EDIT_PRODUCTS)
def contest_people(request):
    """The people on the course that is being chosen: a fragment of the form of a contest."""
    course = request.GET.get("course", "")
    people = people_on(request.user, course) if is_key(course) else ()
    return render(request, "trainees/show_form.html#people", {"people": people})


@require_POST
@requires(Can.VIEW_FAIRS)
def shows_export(request, pk, ending):
    """Both lists as a file, made by a job, which also logs the people who are named in it."""
    fair = get_object_or_404(Fair, pk=pk)
    if ending not in OF_LISTS:
        raise Http404
    job = enqueue(export_shows, request.user, fair=fair.pk, asked=asked_of(request), ending=ending)
    return redirect("jobs:detail", job.pk)
