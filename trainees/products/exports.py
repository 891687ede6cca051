"""The list of products as a file: the same rows, in the same order, that the list shows to the same person.

How many people made a product is told, not who.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User
from trainees.models import Product
from trainees.products.filters import ProductFilter
from trainees.products.standing import Standing, with_makers, with_standing
from trainees.products.tables import ProductTable

CHUNK = 2_000
Progress = Callable[[int], None]


def narrowed(user: User, asked: Any) -> ProductFilter:
    """The products of the list that `asked` (the address's query) stands for."""
    products = Product.objects.visible_to(user).select_related("school", "course")
    return ProductFilter(asked, with_makers(with_standing(products, user), user), user=user)


def rows_of(user: User, asked: dict[str, str]) -> QuerySet[Product]:
    """Those products in the order of the list."""
    table = ProductTable(narrowed(user, asked).qs, order_by=asked.get("sort") or None, several_schools=True)
    return table.data.data


def book(user: User, asked: dict[str, str], progress: Progress = lambda done: None) -> Book:
    products = rows_of(user, asked)
    table = Table(_("Products"), _columns(), lambda: _rows(products, progress))
    told = narrowed(user, asked).told()
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=told)
    return Book(_("Products"), stamp, [table])


def _columns() -> list[Column]:
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("name", _("Product"), width=32),
        Column("category", _("Category"), width=22),
        Column("course", _("From the course"), width=36),
        Column("fiscal_year", _("Fiscal year of the course"), "id", 10),
        Column("made_on", _("First made on"), "date"),
        Column("price", _("Price (baht)"), "money"),
        Column("standard", _("Standard that it has"), width=28),
        Column("makers", _("Makers"), "integer"),
        Column("standing", _("Latest assessment"), width=22),
        Column("assessed_on", _("Assessed on"), "date"),
        Column("description", _("Description"), width=40),
        Column("identity", _("Identity that ties it to the community"), width=40),
        Column("demand", _("How it fits what people ask for"), width=40),
        Column("packaging", _("Better packaging"), width=40),
        Column("value_added", _("Value added"), width=40),
    ]


def _rows(products: QuerySet[Product], progress: Progress) -> Iterator[Row]:
    for done, product in enumerate(products.iterator(CHUNK), 1):
        yield _row(product)
        if done % CHUNK == 0:
            progress(done)


def _row(product: Any) -> Row:
    return [
        product.school.code,
        product.school.name,
        product.name,
        product.category or None,
        product.course.name,
        str(product.course.fiscal_year_id),
        product.made_on,
        product.price,
        product.standard or None,
        product.people or 0,
        str(Standing.of(product.latest_is_met).label),
        product.latest_on,
        product.description or None,
        product.identity or None,
        product.demand or None,
        product.packaging or None,
        product.value_added or None,
    ]
