"""A school's projects: list, page, entry, copy to the next year, bin, file."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import bins, project_lists, project_sums
from courses.histories import happenings
from courses.models import Activity, Course, Project
from courses.project_forms import TOLD, ActivityRows, ProjectForm
from courses.project_lists import ProjectTable
from courses.tasks import export_projects
from courses.views.exporting import exported
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from offices.years import chosen_year, years_known

PER_PAGE = 25
COURSES_SHOWN = 100
EVENTS_SHOWN = 10


@require_safe
@requires(Can.VIEW_COURSES)
@remembered("courses:projects")
@vary_on_headers("HX-Request")
def project_list(request):
    narrow = project_lists.narrowed(request.user, request.GET, chosen_year(request))
    may_edit = may(request.user, Can.EDIT_COURSES)
    table = ProjectTable(narrow.qs, several_schools=narrow.sees_schools, may_edit=may_edit)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    query = urlencode({name: value for name, value in request.GET.items() if value and name != "page"})
    page = {"filter": narrow, "table": table, "count": table.page.paginator.count, "may_edit": may_edit}
    template = "courses/projects.html#results" if request.htmx else "courses/projects.html"
    return render(request, template, page | {"query": query})


@require_POST
@requires(Can.VIEW_COURSES)
def project_export(request):
    return exported(request, export_projects, year=chosen_year(request))


def _seen_by(request):
    return Project.objects.visible_to(request.user)


@require_safe
@requires(Can.VIEW_COURSES)
def project_detail(request, pk):
    """Everything of form 5, and the courses that the project carries."""
    project = get_object_or_404(_seen_by(request).select_related("school"), pk=pk)
    activities = list(Activity.objects.visible_to(request.user).filter(project=project))
    courses = Course.objects.visible_to(request.user).filter(project=project).order_by("starts_on", "pk")
    return render(
        request,
        "courses/project.html",
        {
            "project": project,
            "activities": activities,
            "sums": project_sums.added_up(activities),
            "disagreements": project_sums.disagreements(project, activities),
            "used": courses.count(),
            "courses": courses[:COURSES_SHOWN],
            "may_edit": may(request.user, Can.EDIT_COURSES),
            "events": happenings(project, request.user, most=EVENTS_SHOWN),
        },
    )


def _shown(request, form, **more):
    return render(request, "courses/project_form.html", {"form": form, "rows": form.rows, **more})


def _sent(request):
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def project_create(request):
    rows = ActivityRows(request.user, _sent(request))
    form = ProjectForm(request.user, _sent(request), rows=rows, initial={"fiscal_year": chosen_year(request)})
    if all([form.is_valid(), rows.is_valid()]):
        project = form.save()
        messages.success(request, _("The project “%(name)s” has been saved.") % {"name": project.name})
        return redirect("courses:project", project.pk)
    return _shown(request, form, heading=_("New project"), cancel=reverse("courses:projects"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def project_edit(request, pk):
    project = get_object_or_404(_seen_by(request), pk=pk)
    rows = ActivityRows(request.user, _sent(request), parent=project)
    form = ProjectForm(request.user, _sent(request), instance=project, rows=rows)
    if all([form.is_valid(), rows.is_valid()]):
        form.save()
        messages.success(request, _("Saved."))
        return redirect("courses:project", pk)
    cancel = reverse("courses:project", args=[pk])
    return _shown(request, form, heading=_("Change the project"), cancel=cancel)


@require_safe
@requires(Can.EDIT_COURSES)
def project_copy(request, pk):
    """The form of a new project, filled from this one with its activities; in the next year, if there is one."""
    project = get_object_or_404(_seen_by(request), pk=pk)
    activities = Activity.objects.visible_to(request.user).filter(project=project)
    rows = ActivityRows(request.user, filled=activities.values("position", *TOLD))
    following = project.fiscal_year_id + 1
    year = following if following in years_known(request) else project.fiscal_year_id
    facts = model_to_dict(project, ProjectForm.Meta.fields) | {"fiscal_year": year}
    return _shown(
        request,
        ProjectForm(request.user, initial=facts, rows=rows),
        heading=_("Copy a project"),
        copied=project,
        action=reverse("courses:project_create"),
        cancel=reverse("courses:project", args=[pk]),
    )


@require_POST
@requires(Can.EDIT_COURSES)
def project_bin(request, pk):
    project = get_object_or_404(_seen_by(request), pk=pk)
    try:
        bins.throw_away(project, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:project", pk)
    thrown = _("The project “%(name)s” is in the bin.") % {"name": project.name}
    undo = reverse("courses:project_restore", args=[pk])
    messages.success(request, thrown, extra_tags=f"undo:{undo}")
    return redirect("courses:projects")


@require_POST
@requires(Can.EDIT_COURSES)
def project_restore(request, pk):
    project = get_object_or_404(bins.still_kept(Project, request.user), pk=pk)
    bins.take_back(project, by=request.user)
    messages.success(request, _("The project “%(name)s” is back.") % {"name": project.name})
    return redirect("courses:project", pk)
