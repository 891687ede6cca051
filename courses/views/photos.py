"""Photographs of a course."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.models import Course
from courses.photo_forms import PhotoForm
from courses.views.albums import Album
from offices.permissions import Can, requires


def _course(request, pk):
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("school"), pk=pk)


ALBUM = Album(PhotoForm, Can.EDIT_COURSES, _course, routes="courses:photo", template="courses/photos.html")


@require_safe
@requires(Can.VIEW_COURSES)
@vary_on_headers("HX-Request")
def photo_list(request, pk):
    """A page, and the panel of the course page."""
    if request.htmx:
        return render(request, "courses/photos.html#panel", ALBUM.few(request.user, _course(request, pk)))
    return ALBUM.shown(request, pk)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def photo_add(request, pk):
    return ALBUM.add(request, pk)


@require_safe
@requires(Can.VIEW_COURSES)
def photo_picture(request, pk, size):
    return ALBUM.picture(request, pk, size)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def photo_edit(request, pk):
    return ALBUM.edit(request, pk)


@require_POST
@requires(Can.EDIT_COURSES)
def photo_bin(request, pk):
    return ALBUM.throw_away(request, pk)


@require_POST
@requires(Can.EDIT_COURSES)
def photo_restore(request, pk):
    return ALBUM.take_back(request, pk)
