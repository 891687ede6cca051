"""What partners do: their parts in a course, with its panel, and the curricula they helped to design."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses import bins, evidence
from courses.models import CoDesigner, Course, CoursePartner, Curriculum, Partner
from courses.partner_forms import CoDesignerForm, CoursePartnerForm
from offices.permissions import Can, may, requires


def in_register(rows, user):
    """The keys of those of the partners in `rows` that stand in the user's register, hence have a page."""
    partners = Partner.objects.visible_to(user).filter(pk__in=[row.partner_id for row in rows])
    return set(partners.values_list("pk", flat=True))


def _course(request, pk):
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("school"), pk=pk)


@require_safe
@requires(Can.VIEW_PARTNERS)
@vary_on_headers("HX-Request")
def course_partners(request, pk):
    """A page, and the panel of the course page."""
    course = _course(request, pk)
    rows = CoursePartner.objects.visible_to(request.user).filter(course=course).select_related("partner")
    page = {
        "course": course,
        "rows": list(rows),
        "known": in_register(rows, request.user),
        "may_edit": may(request.user, Can.EDIT_COURSES),
    }
    template = "courses/course_partners.html"
    return render(request, f"{template}#panel" if request.htmx else template, page)


def _chosen(request):
    """The partner in the address, with which one comes back from entering it."""
    partner = request.GET.get("partner", "")
    return {"partner": partner} if partner.isascii() and partner.isdecimal() else {}


def _entered(request, form, back, said, **more):
    """A form of either kind: saved and back, or shown again with its reasons."""
    if form.is_valid():
        form.save()
        messages.success(request, said)
        return redirect(back)
    page = {
        "form": form,
        "cancel": back,
        "new_partner": f"{reverse('courses:partner_create')}?next={request.path}",
    }
    return render(request, "courses/partner_part.html", page | more)


def _sent(request, **given):
    files = request.FILES if request.method == "POST" else None
    return {"data": request.POST if request.method == "POST" else None, "files": files, **given}


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def course_partner_add(request, pk):
    course = _course(request, pk)
    row = CoursePartner(course=course, school_id=course.school_id)
    form = CoursePartnerForm(request.user, **_sent(request, instance=row, initial=_chosen(request)))
    back = reverse("courses:course_partners", args=[pk])
    return _entered(
        request, form, back, _("The partner is on the course."), heading=_("A partner of the course"), of=course
    )


def _course_partner(request, pk):
    rows = CoursePartner.objects.visible_to(request.user).select_related("course", "partner")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def course_partner_edit(request, pk):
    row = _course_partner(request, pk)
    form = CoursePartnerForm(request.user, **_sent(request, instance=row))
    back = reverse("courses:course_partners", args=[row.course_id])
    return _entered(
        request, form, back, _("Saved."), heading=_("Change the part of a partner"), of=row.course, row=row
    )


@require_safe
@requires(Can.VIEW_PARTNERS)
def course_partner_evidence(request, pk):
    row = _course_partner(request, pk)
    if not row.evidence:
        raise Http404
    try:
        return evidence.give(row.evidence, row.evidence_name)
    except FileNotFoundError:
        raise Http404 from None


def _binned(request, row, back, undo):
    try:
        bins.throw_away(row, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = _("“%(partner)s” has been taken out.") % {"partner": row.partner}
        messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect(back)


def _restored(request, row, back):
    try:
        bins.take_back(row, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("“%(partner)s” is back.") % {"partner": row.partner})
    return redirect(back)


@require_POST
@requires(Can.EDIT_COURSES)
def course_partner_bin(request, pk):
    row = _course_partner(request, pk)
    back = reverse("courses:course_partners", args=[row.course_id])
    return _binned(request, row, back, reverse("courses:course_partner_restore", args=[pk]))


@require_POST
@requires(Can.EDIT_COURSES)
def course_partner_restore(request, pk):
    rows = bins.still_kept(CoursePartner, request.user).filter(course__binned_at=None)
    row = get_object_or_404(rows.select_related("partner"), pk=pk)
    return _restored(request, row, reverse("courses:course_partners", args=[row.course_id]))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def co_designer_add(request, pk):
    curriculum = get_object_or_404(Curriculum.objects.visible_to(request.user), pk=pk)
    row = CoDesigner(curriculum=curriculum, school_id=curriculum.school_id)
    form = CoDesignerForm(request.user, **_sent(request, instance=row, initial=_chosen(request)))
    back = reverse("courses:curriculum", args=[pk])
    heading = _("A partner that helped to design the curriculum")
    return _entered(request, form, back, _("Saved."), heading=heading, of=curriculum)


def _co_designer(request, pk):
    rows = CoDesigner.objects.visible_to(request.user).select_related("curriculum", "partner")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def co_designer_edit(request, pk):
    row = _co_designer(request, pk)
    form = CoDesignerForm(request.user, **_sent(request, instance=row))
    back = reverse("courses:curriculum", args=[row.curriculum_id])
    heading = _("Change what the partner did")
    return _entered(request, form, back, _("Saved."), heading=heading, of=row.curriculum, row=row)


@require_POST
@requires(Can.EDIT_COURSES)
def co_designer_bin(request, pk):
    row = _co_designer(request, pk)
    back = reverse("courses:curriculum", args=[row.curriculum_id])
    return _binned(request, row, back, reverse("courses:co_designer_restore", args=[pk]))


@require_POST
@requires(Can.EDIT_COURSES)
def co_designer_restore(request, pk):
    rows = bins.still_kept(CoDesigner, request.user).filter(curriculum__binned_at=None)
    row = get_object_or_404(rows.select_related("partner"), pk=pk)
    return _restored(request, row, reverse("courses:curriculum", args=[row.curriculum_id]))
