"""The photographs of the demo's courses and products: drawings, added as somebody would add photographs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from courses.models.photos import Photo
from offices.models import User
from trainees.models import Product, ProductPhoto

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

OFTEN: Final = {OUR_SCHOOL: 4, SISTER_SCHOOL: 1, ATTACHED_CODE: 2}
OTHERS: Final = 4
TAUGHT: Final = frozenset({State.RUNNING, State.COMPLETED, State.CLOSED})
CAPTIONS: Final = ("วิทยากรสาธิต", "ลงมือทำด้วยตนเอง", "ทุกคนช่วยกัน")
CONSENT: Final = "ถามทุกคนก่อนถ่าย (ภาพวาดแทนภาพถ่าย)"


def tell(lives: list[SchoolLife]) -> None:
    """Two or three of some courses, one of some products."""
    for course, dice, clerk in _holders(lives, _taught, "pictures of courses"):
        for caption in dice.sample(CAPTIONS, dice.randint(2, 3)):
            _add(CoursePhoto, course, a_class(dice), caption, clerk)
    for product, dice, clerk in _holders(lives, _products, "pictures of products"):
        _add(ProductPhoto, product, a_product(dice), product.name, clerk)


def _holders(
    lives: list[SchoolLife], of_school: Callable[[SchoolLife], list[Any]], what: str
) -> Iterator[tuple[Any, Random, User]]:
    """What is shown, each once, with its dice and who takes the picture."""
    taken: set[int] = set()
    for life, dice in chosen(lives, OFTEN, others=lives, once=OTHERS, what=what):
        left = [each for each in of_school(life) if each.pk not in taken]
        if left:
            holder = dice.choice(left)
            taken.add(holder.pk)
            yield holder, dice, life.offer.clerk


def _taught(life: SchoolLife) -> list[Course]:
    return [course for course in life.offer.courses if course.status in TAUGHT]


def _products(life: SchoolLife) -> list[Product]:
    of_school = Product.objects.visible_to(life.offer.clerk).filter(school=life.offer.school)
    return list(of_school.order_by("course__starts_on", "name", "pk"))


def _add(model: type[Photo], holder: Any, drawn: Image.Image, caption: str, clerk: User) -> None:
    sent = BytesIO()
    drawn.save(sent, "JPEG", quality=85)
    file: Any = ContentFile(sent.getvalue(), name="drawn.jpg")
    _added, refused = photos.add(model, holder, [file], caption=caption, consent=CONSENT, by=clerk)
    if refused:
        raise ValueError(refused)
