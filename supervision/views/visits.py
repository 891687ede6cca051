"""One visit: begun, filled in, submitted, read, corrected, thrown away, taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import Course
from offices.clock import today
from offices.permissions import Can, may, requires
from supervision import operations
from supervision.form_eleven import form_eleven, whole
from supervision.forms import BeginForm, CorrectionForm, VisitForm
from supervision.models import Visit
from supervision.part_one import part_one
from trainees.views.refused import done, done_or_told, typed


def _written_by(user, pk):
    """A visit that the user's office writes."""
    return get_object_or_404(whole(Visit.objects.decided_by(user)), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.SUPERVISE)
def visit_begin(request, pk):
    course = get_object_or_404(Course.objects.decided_by(request.user).select_related("school"), pk=pk)
    over = course.ends_on < today()
    first = {"stage": Visit.Stage.AFTER if over else Visit.Stage.DURING, "visited_on": today()}
    form = BeginForm(typed(request), initial=first)
    if form.is_valid():
        said = form.cleaned_data
        visit = done(
            form, operations.begin, course=course, stage=said["stage"], day=said["visited_on"], by=request.user
        )
        if visit is not None:
            return redirect("supervision:edit", visit.pk)
    return render(request, "supervision/begin.html", {"form": form, "course": course})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.SUPERVISE)
def visit_edit(request, pk):
    """The form. Sent with `submit` it is signed and frozen, and then the school reads it."""
    visit = _written_by(request.user, pk)
    if visit.is_submitted and request.method != "POST":  # what a colleague typed meanwhile is not dropped
        return redirect("supervision:detail", pk)
    items = list(visit.form.items.all())
    form = VisitForm(request.user, typed(request), instance=visit, items=items)
    if form.is_valid():
        form.save()
        if "submit" not in request.POST:
            messages.success(request, _("Saved."))
            return redirect("supervision:edit", pk)
        if _submitted(form, visit, request.user):
            messages.success(request, _("Submitted. The school can read it now."))
            return redirect("supervision:detail", pk)
        visit.refresh_from_db(fields=["version"])
        form.data = form.data.copy()
        form.data["version"] = str(visit.version)
    return render(request, "supervision/edit.html", _editing(request, visit, form, items))


def _submitted(form, visit, user):
    try:
        operations.submit(visit=visit, by=user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _editing(request, visit, form, items):
    return {
        "visit": visit,
        "form": form,
        "part_one": part_one(visit, request.user),
        "wording": visit.form.wording,
        "filled": visit.filled(items),
        "saved_at": None,
    }


@require_POST
@requires(Can.SUPERVISE)
def visit_autosave(request, pk):
    """The same form, sent by itself while somebody writes; the answer says how far it got."""
    visit = _written_by(request.user, pk)
    items = list(visit.form.items.all())
    form = VisitForm(request.user, request.POST, instance=visit, items=items)
    saved = form.is_valid()
    if saved:
        form.save()
        visit.refresh_from_db(fields=["version"])
    context = {
        "visit": visit,
        "filled": visit.filled(items),
        "saved_at": timezone.now() if saved else None,
        "refused": [] if saved else [error for errors in form.errors.values() for error in errors],
        "is_autosave": True,
    }
    return render(request, "supervision/saved.html", context)


@require_safe
@requires(Can.VIEW_SUPERVISION)
def visit_detail(request, pk):
    visit = get_object_or_404(whole(Visit.objects.visible_to(request.user)), pk=pk)
    user = request.user
    corrections = Visit.objects.visible_to(user).filter(replaces=visit)
    context = {
        "visit": visit,
        "form": form_eleven(visit, user),
        "correction": corrections.first(),
        "older": _older(visit, user),
        "may_write": Visit.objects.decided_by(user).filter(pk=visit.pk).exists(),
        "sees_money": may(user, Can.SUPERVISE) and may(user, Can.VIEW_MONEY),
    }
    return render(request, "supervision/detail.html", context)


def _older(visit, user):
    """The editions before this one, the latest first."""
    older = []
    while visit.replaces_id:
        visit = Visit.objects.visible_to(user).get(pk=visit.replaces_id)
        older.append(visit)
    return older


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.SUPERVISE)
def visit_correct(request, pk):
    visit = _written_by(request.user, pk)
    begun = Visit.objects.visible_to(request.user).filter(replaces=visit).first()
    if begun is not None:
        return redirect("supervision:detail" if begun.is_submitted else "supervision:edit", begun.pk)
    form = CorrectionForm(typed(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        draft = done(form, operations.correct, visit=visit, reason=reason, by=request.user)
        if draft is not None:
            return redirect("supervision:edit", draft.pk)
    return render(request, "supervision/correct.html", {"form": form, "visit": visit})


@require_POST
@requires(Can.SUPERVISE)
def visit_discard(request, pk):
    visit = _written_by(request.user, pk)
    try:
        operations.discard(visit=visit, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("supervision:detail", pk)
    undo = reverse("supervision:restore", args=[pk])
    messages.success(request, _("The draft has been thrown away."), extra_tags=f"undo:{undo}")
    return redirect("supervision:list")


@require_POST
@requires(Can.SUPERVISE)
def visit_restore(request, pk):
    visit = get_object_or_404(Visit.objects.in_bin_of(request.user), pk=pk)
    done_or_told(request, operations.take_back, visit=visit, by=request.user)
    back = Visit.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("supervision:edit", pk) if back else redirect("supervision:list")
