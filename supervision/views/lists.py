"""The visits as a list and as a file, and those of one course."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.models import Course
from courses.views.files import asked_of, sent
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from offices.years import chosen_year
from supervision import exports, operations
from supervision.forms import ProposalForm
from supervision.models import ProposedItem, Visit
from supervision.tables import VisitTable
from supervision.tasks import export_visits
from trainees.views.refused import done, done_or_told

PER_PAGE = 25
FILTER = "supervision:filter"


@require_safe
@requires(Can.VIEW_SUPERVISION)
@remembered(FILTER)
@vary_on_headers("HX-Request")
def visit_list(request):
    narrow = exports.narrowed(request.user, request.GET, chosen_year(request))
    table = VisitTable(narrow.qs, several_schools=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    template = "supervision/list.html#results" if request.htmx else "supervision/list.html"
    context = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "supervises": may(request.user, Can.SUPERVISE),
        "export_query": request.GET.urlencode(),
    }
    return render(request, template, context)


@require_POST
@requires(Can.VIEW_SUPERVISION)
def visit_export(request, ending):
    user, asked, year = request.user, asked_of(request), chosen_year(request)
    return sent(
        request,
        ending,
        count=exports.rows_of(user, asked, year).count(),
        make=lambda: exports.book(user, asked, year),
        task=export_visits,
        asked=asked,
        year=year,
    )


def visible_course(request, pk):
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("school"), pk=pk)


def _course(request, course, form):
    user = request.user
    visits = Visit.objects.visible_to(user).newest(user).filter(course=course)
    template = "supervision/course.html#panel" if request.htmx else "supervision/course.html"
    context = {
        "course": course,
        "visits": visits,
        "proposals": ProposedItem.objects.visible_to(user).filter(course=course),
        "form": form,
        "may_propose": may(user, Can.PROPOSE_ITEMS) and course.status not in Course.OVER,
        "may_begin": may(user, Can.SUPERVISE)
        and course.status in operations.VISITED
        and Course.objects.decided_by(user).filter(pk=course.pk).exists(),
    }
    return render(request, template, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_SUPERVISION)
def course_visits(request, pk):
    """The visits to one course, and what the school proposes to look at: a page, and the course page's panel."""
    return _course(request, visible_course(request, pk), ProposalForm())


def _to_course(course_id):
    return redirect(reverse("supervision:course", args=[course_id]))


@require_POST
@requires(Can.PROPOSE_ITEMS)
def item_propose(request, pk):
    course = visible_course(request, pk)
    form = ProposalForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if done(form, operations.propose, course=course, text=text, by=request.user):
            messages.success(request, _("Proposed. The supervisor finds it in the form."))
            return _to_course(course.pk)
    return _course(request, course, form)


@require_POST
@requires(Can.PROPOSE_ITEMS)
def proposal_withdraw(request, pk):
    item = get_object_or_404(ProposedItem.objects.visible_to(request.user), pk=pk)
    done_or_told(request, operations.withdraw_proposal, item=item, by=request.user)
    messages.success(request, _("The proposal has been withdrawn."))
    return _to_course(item.course_id)
