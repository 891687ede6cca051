"""A school's curricula: list, file, page, entry, copy, bin."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import bins, curriculum_lists, structure
from courses.curriculum_forms import TOLD, CurriculumForm, TopicRows
from courses.histories import happenings
from courses.models import CoDesigner, Course, Curriculum, Topic
from courses.tables import CurriculumTable
from courses.tasks import export_curricula
from courses.views.files import asked_of, sent
from courses.views.partner_roles import in_register
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires

PER_PAGE = 25
COURSES_SHOWN = 10
EVENTS_SHOWN = 10


@require_safe
@requires(Can.VIEW_COURSES)
@remembered("courses:curricula")
@vary_on_headers("HX-Request")
def curriculum_list(request):
    narrow = curriculum_lists.narrowed(request.user, request.GET)
    may_edit = may(request.user, Can.EDIT_COURSES)
    table = CurriculumTable(narrow.qs, several_schools=narrow.sees_schools, may_edit=may_edit)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    page = {"filter": narrow, "table": table, "count": table.page.paginator.count, "may_edit": may_edit}
    template = "courses/curricula.html#results" if request.htmx else "courses/curricula.html"
    return render(request, template, page | {"export_query": request.GET.urlencode()})


@require_POST
@requires(Can.VIEW_COURSES)
def curriculum_export(request, ending):
    user, asked = request.user, asked_of(request)
    return sent(
        request,
        ending,
        count=curriculum_lists.rows_of(user, asked).count(),
        make=lambda: curriculum_lists.book(user, asked),
        task=export_curricula,
        asked=asked,
    )


def _next(request):
    """Where to go on, when another form was left to enter a curriculum in passing."""
    address = request.GET.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


@require_safe
@requires(Can.VIEW_COURSES)
def curriculum_detail(request, pk):
    """Everything of form 3, and the courses made from it."""
    curriculum = get_object_or_404(_seen_by(request).select_related("school"), pk=pk)
    topics = list(Topic.objects.visible_to(request.user).filter(curriculum=curriculum))
    courses = Course.objects.visible_to(request.user).filter(curriculum=curriculum)
    designers = list(
        CoDesigner.objects.visible_to(request.user).filter(curriculum=curriculum).select_related("partner")
    )
    events = happenings(curriculum, request.user, most=EVENTS_SHOWN)
    return render(
        request,
        "courses/curriculum.html",
        {
            "curriculum": curriculum,
            "topics": topics,
            "sums": structure.added_up(topics),
            "disagreements": structure.disagreements(curriculum, topics),
            "used": courses.count(),
            "courses": courses[:COURSES_SHOWN],
            "designers": designers,
            "known": in_register(designers, request.user),
            "may_edit": may(request.user, Can.EDIT_COURSES),
            "events": events,
        },
    )


def _seen_by(request):
    return Curriculum.objects.visible_to(request.user)


def _shown(request, form, **more):
    return render(request, "courses/curriculum_form.html", {"form": form, "rows": form.rows, **more})


def _sent(request):
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def curriculum_create(request):
    rows = TopicRows(request.user, _sent(request))
    form = CurriculumForm(request.user, _sent(request), rows=rows)
    back_to = _next(request)
    if all([form.is_valid(), rows.is_valid()]):
        curriculum = form.save()
        messages.success(request, _("The curriculum “%(title)s” has been saved.") % {"title": curriculum.title})
        return redirect(f"{back_to}?curriculum={curriculum.pk}") if back_to else _to_page(curriculum)
    cancel = back_to or reverse("courses:curricula")
    return _shown(request, form, heading=_("New curriculum"), cancel=cancel, in_passing=bool(back_to))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def curriculum_edit(request, pk):
    curriculum = get_object_or_404(_seen_by(request), pk=pk)
    rows = TopicRows(request.user, _sent(request), parent=curriculum)
    form = CurriculumForm(request.user, _sent(request), instance=curriculum, rows=rows)
    if all([form.is_valid(), rows.is_valid()]):
        form.save()
        messages.success(request, _("Saved."))
        return _to_page(curriculum)
    cancel = reverse("courses:curriculum", args=[pk])
    return _shown(request, form, heading=_("Change the curriculum"), cancel=cancel)


def _to_page(curriculum):
    return redirect("courses:curriculum", curriculum.pk)


@require_safe
@requires(Can.EDIT_COURSES)
def curriculum_copy(request, pk):
    """The form of a new curriculum, filled from this one with its rows."""
    curriculum = get_object_or_404(_seen_by(request), pk=pk)
    topics = Topic.objects.visible_to(request.user).filter(curriculum=curriculum)
    rows = TopicRows(request.user, filled=topics.values("position", *TOLD))
    form = CurriculumForm(request.user, initial=model_to_dict(curriculum, CurriculumForm.Meta.fields), rows=rows)
    return _shown(
        request,
        form,
        heading=_("Copy a curriculum"),
        copied=curriculum,
        action=reverse("courses:curriculum_create"),
        cancel=reverse("courses:curriculum", args=[pk]),
    )


@require_POST
@requires(Can.EDIT_COURSES)
def curriculum_bin(request, pk):
    curriculum = get_object_or_404(Curriculum.objects.visible_to(request.user), pk=pk)
    try:
        bins.throw_away(curriculum, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        thrown = _("The curriculum “%(title)s” is in the bin.") % {"title": curriculum.title}
        undo = reverse("courses:curriculum_restore", args=[pk])
        messages.success(request, thrown, extra_tags=f"undo:{undo}")
    return redirect("courses:curricula")


@require_POST
@requires(Can.EDIT_COURSES)
def curriculum_restore(request, pk):
    curriculum = get_object_or_404(bins.still_kept(Curriculum, request.user), pk=pk)
    bins.take_back(curriculum, by=request.user)
    messages.success(request, _("The curriculum “%(title)s” is back.") % {"title": curriculum.title})
    return redirect("courses:curricula")
