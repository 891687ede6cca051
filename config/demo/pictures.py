"""The photographs of the demo's courses and products: drawings, added as somebody would add photographs."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from PIL import Image

from config.demo.calendar import State
from config.demo.chosen import chosen
from config.demo.drawings import a_class, a_product
from config.demo.places import ATTACHED_CODE, OUR_SCHOOL, SISTER_SCHOOL
from courses import photos
from courses.models import Course, CoursePhoto
from trainees.models import Product, ProductPhoto

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

OF_COURSES: Final = {OUR_SCHOOL: 4, SISTER_SCHOOL: 1, ATTACHED_CODE: 2}
OF_PRODUCTS: Final = {OUR_SCHOOL: 4, SISTER_SCHOOL: 1, ATTACHED_CODE: 2}
TAUGHT: Final = frozenset({State.RUNNING, State.COMPLETED, State.CLOSED})
CAPTIONS: Final = ("วิทยากรสาธิต", "ลงมือทำด้วยตนเอง", "ทุกคนช่วยกัน")
CONSENT: Final = "ถามทุกคนก่อนถ่าย (ภาพวาดแทนภาพถ่าย)"


def tell(lives: list[SchoolLife]) -> None:
    """Two or three of some courses, one of some products."""
    for life, dice in chosen(lives, OF_COURSES, others=lives, once=4, what="pictures of courses"):
        if course := _one_of(dice, _without(CoursePhoto, _taught(life), life)):
            captions = dice.sample(CAPTIONS, dice.randint(2, 3))
            for caption in captions:
                _add(CoursePhoto, course, a_class, dice, caption, life)
    for life, dice in chosen(lives, OF_PRODUCTS, others=lives, once=4, what="pictures of products"):
        if product := _one_of(dice, _without(ProductPhoto, _products(life), life)):
            _add(ProductPhoto, product, a_product, dice, product.name, life)


def _taught(life: SchoolLife) -> list[Course]:
    return [course for course in life.offer.courses if course.status in TAUGHT]


def _products(life: SchoolLife) -> list[Product]:
    of_school = Product.objects.visible_to(life.offer.clerk).filter(school=life.offer.school)
    return list(of_school.order_by("course__starts_on", "name", "pk"))


def _without(model: Any, holders: list[Any], life: SchoolLife) -> list[Any]:
    """Those that nobody has taken a picture of yet."""
    taken = set(model.objects.visible_to(life.offer.clerk).values_list(model.HOLDER, flat=True))
    return [holder for holder in holders if holder.pk not in taken]


def _one_of(dice: Random, holders: list[Any]) -> Any:
    return dice.choice(holders) if holders else None


def _add(
    model: Any, holder: Any, draw: Callable[[Random], Image.Image], dice: Random, caption: str, life: SchoolLife
) -> None:
    sent = BytesIO()
    draw(dice).save(sent, "JPEG", quality=85)
    file: Any = ContentFile(sent.getvalue(), name="drawn.jpg")
    _added, refused = photos.add(model, holder, [file], caption=caption, consent=CONSENT, by=life.offer.clerk)
    if refused:
        raise ValueError(refused)
