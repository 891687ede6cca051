"""Photographs of a course: the page and its panel, adding, captions, the bin, and the pictures themselves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses import bins, photos
from courses.models import Course, CoursePhoto
from courses.photo_forms import AddPhotosForm, PhotoForm
from offices.permissions import Can, may, requires

SHOWN_IN_PANEL = 8


@require_safe
@requires(Can.VIEW_COURSES)
@vary_on_headers("HX-Request")
def photo_list(request, pk):
    """A page, and the panel of the course page."""
    course = _course(request, pk)
    if request.htmx:
        shown = CoursePhoto.objects.visible_to(request.user).filter(course=course)
        panel = {"course": course, "photos": shown[:SHOWN_IN_PANEL], "count": shown.count()}
        panel["may_edit"] = may(request.user, Can.EDIT_COURSES)
        return render(request, "courses/photos.html#panel", panel)
    return _shown(request, course, AddPhotosForm() if may(request.user, Can.EDIT_COURSES) else None)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def photo_add(request, pk):
    course = _course(request, pk)
    form = AddPhotosForm(request.POST or None, request.FILES if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _shown(request, course, form)
    sent = form.cleaned_data
    added, refused = photos.add(
        course, sent["pictures"], caption=sent["caption"], consent=sent["consent"], by=request.user
    )
    if not refused:
        said = ngettext("%(count)d picture was added.", "%(count)d pictures were added.", len(added))
        messages.success(request, said % {"count": len(added)})
        return redirect("courses:photos", pk)
    again = AddPhotosForm(initial={"caption": sent["caption"], "consent": sent["consent"]})
    return _shown(request, course, again, refused=refused, added=len(added), sent=len(sent["pictures"]))


def _course(request, pk):
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("school"), pk=pk)


def _shown(request, course, form, **more):
    shown = CoursePhoto.objects.visible_to(request.user).filter(course=course).select_related("added_by")
    binned = bins.still_kept(CoursePhoto, request.user).filter(course=course) if form else []
    page = {
        "course": course,
        "photos": list(shown),
        "form": form,
        "binned": [(photo, bins.kept_until(photo)) for photo in binned],
    }
    return render(request, "courses/photos.html", page | more)


@require_safe
@requires(Can.VIEW_COURSES)
def photo_picture(request, pk, size):
    """The picture itself, small or large; whoever may take it back also sees what lies in the bin."""
    seen = CoursePhoto.objects.visible_to(request.user).filter(course__binned_at=None)
    photo = seen.filter(pk=pk).first()
    if photo is None and may(request.user, Can.EDIT_COURSES):
        photo = bins.still_kept(CoursePhoto, request.user).filter(course__binned_at=None, pk=pk).first()
    names = {"large": photo.file.name, "small": photo.small_name} if photo else {}
    try:
        picture = photo.file.storage.open(names[size])
    except (KeyError, AttributeError, FileNotFoundError):
        raise Http404 from None
    response = FileResponse(picture, content_type="image/jpeg", filename=f"{photo.pk}-{size}.jpg")
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _photo(request, pk):
    photos_seen = CoursePhoto.objects.visible_to(request.user).filter(course__binned_at=None)
    return get_object_or_404(photos_seen.select_related("course"), pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def photo_edit(request, pk):
    photo = _photo(request, pk)
    form = PhotoForm(request.user, request.POST if request.method == "POST" else None, instance=photo)
    back = reverse("courses:photos", args=[photo.course_id])
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(back)
    return render(request, "courses/photo_form.html", {"form": form, "photo": photo, "cancel": back})


@require_POST
@requires(Can.EDIT_COURSES)
def photo_bin(request, pk):
    photo = _photo(request, pk)
    try:
        bins.throw_away(photo, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        undo = reverse("courses:photo_restore", args=[pk])
        messages.success(request, _("The picture is in the bin."), extra_tags=f"undo:{undo}")
    return redirect("courses:photos", photo.course_id)


@require_POST
@requires(Can.EDIT_COURSES)
def photo_restore(request, pk):
    kept = bins.still_kept(CoursePhoto, request.user).filter(course__binned_at=None)
    photo = get_object_or_404(kept, pk=pk)
    bins.take_back(photo, by=request.user)
    messages.success(request, _("The picture is back."))
    return redirect("courses:photos", photo.course_id)
