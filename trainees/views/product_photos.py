"""Photographs of a product."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.views.albums import Album
from offices.permissions import Can, requires
from trainees.forms.products import ProductPhotoForm
from trainees.models import Product


def _product(request, pk):
    return get_object_or_404(Product.objects.visible_to(request.user).select_related("school"), pk=pk)


ALBUM = Album(
    ProductPhotoForm,
    Can.EDIT_PRODUCTS,
    _product,
    routes="trainees:product_photo",
    template="trainees/product_photos.html",
)


@require_safe
@requires(Can.VIEW_PRODUCTS)
def photo_list(request, pk):
    return ALBUM.shown(request, pk)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PRODUCTS)
def photo_add(request, pk):
    return ALBUM.add(request, pk)


@require_safe
@requires(Can.VIEW_PRODUCTS)
def photo_picture(request, pk, size):
    return ALBUM.picture(request, pk, size)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PRODUCTS)
def photo_edit(request, pk):
    return ALBUM.edit(request, pk)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def photo_bin(request, pk):
    return ALBUM.throw_away(request, pk)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def photo_restore(request, pk):
    return ALBUM.take_back(request, pk)
