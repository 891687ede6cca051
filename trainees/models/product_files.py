"""What is kept of a product beside words: photographs, and papers that show the standard it has."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.photos import Photo
from offices.history import tracked
from offices.owned import Binnable, SameSchool
from trainees.models.products import Product

PRODUCT_HELD = Q(product__binned_at__isnull=True, product__course__binned_at__isnull=True)


@tracked
class ProductPhoto(Photo):
    """A photograph of a product."""

    HOLDER = "product"
    HELD = PRODUCT_HELD
    LIVE = Binnable.LIVE & HELD

    product = models.ForeignKey(
        Product, models.CASCADE, verbose_name=_("product"), related_name="photos", editable=False
    )

    class Meta(Photo.Meta):
        verbose_name = _("photograph of a product")
        verbose_name_plural = _("photographs of products")
        constraints = [*Binnable.Meta.constraints, SameSchool("product", name="product_photo_same_school")]


def _random_path(instance: StandardPaper, filename: str) -> str:
    token = uuid.uuid4().hex
    return f"papers/{token[:2]}/{token}"


@tracked
class StandardPaper(Binnable):
    """A paper that shows which standard a product has: a certificate, a test result."""

    HELD: ClassVar[Q] = PRODUCT_HELD
    LIVE: ClassVar[Q] = Binnable.LIVE & HELD

    product = models.ForeignKey(
        Product, models.CASCADE, verbose_name=_("product"), related_name="papers", editable=False
    )
    file = models.FileField(upload_to=_random_path, max_length=100, editable=False)
    name = models.CharField(_("file name"), max_length=200, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta(Binnable.Meta):
        verbose_name = _("paper of a standard")
        verbose_name_plural = _("papers of standards")
        ordering = ["added_at", "pk"]
        constraints = [*Binnable.Meta.constraints, SameSchool("product", name="standard_paper_same_school")]

    def __str__(self) -> str:
        return self.name
