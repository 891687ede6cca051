"""Photographs of a product, and the papers that show its standard: private, checked, thrown away and back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from tests.courses.test_photos import CONSENT, file, picture, with_position
from tests.documents.test_scans import pdf
from trainees import emptying
from trainees.models import Product, ProductPhoto, StandardPaper
from trainees.products import operations


@pytest.fixture
def product(world):
    return make.ProductFactory(course=world.ours.course)


@pytest.fixture
def stranger(world):
    browser = Client()
    browser.force_login(world.strangers[Role.SCHOOL])
    return browser


def page_of(row, name="product"):
    return reverse(f"trainees:{name}", args=[row.pk])


def send(client, product, content, name="มผช.pdf"):
    return client.post(page_of(product, "standard_paper_add"), {"file": file(content, name)})


def papers():
    return list(StandardPaper.objects.visible_to(DEPARTMENT_EYES))


def downloaded(client, paper):
    response = client.get(page_of(paper, "standard_paper"))
    return (response, response.getvalue()) if response.status_code == 200 else (response, b"")


def test_a_paper_is_kept_and_sent_to_whoever_may_see_the_product(clerk, client, world, product, stranger):
    sent = pdf()
    assert send(client, product, sent, "../../ใบรับรอง มผช.pdf").url == f"{page_of(product)}#papers"
    (paper,) = papers()
    assert (paper.school, paper.added_by, paper.size) == (world.our_school, clerk, len(sent))
    assert "มผช" not in paper.file.name and paper.name in client.get(page_of(product)).content.decode()
    for role in (Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT):
        client.force_login(world.users[role])
        response, content = downloaded(client, paper)
        assert content == sent and response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff" and "no-store" in response["Cache-Control"]
        assert "sandbox" in response["Content-Security-Policy"]
    client.force_login(world.users[Role.ADMINISTRATOR])
    assert downloaded(client, paper)[0].status_code == 403
    assert downloaded(stranger, paper)[0].status_code == 404
    assert send(stranger, product, sent).status_code == 404 and len(papers()) == 1


def test_a_picture_of_a_paper_is_made_anew_without_its_position(clerk, client, product):
    send(client, product, picture(exif=with_position()), "ใบรับรอง.png")
    (paper,) = papers()
    _response, content = downloaded(client, paper)
    assert (paper.name, paper.content_type) == ("ใบรับรอง.jpg", "image/jpeg")
    assert b"Exif" not in content and b"SpyPhone" not in content


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ" + bytes(99), pdf()[:40], pdf(b"/JavaScript")])
def test_what_is_no_paper_is_refused_beside_the_box_in_thai(clerk, client, product, content):
    response = send(client, product, content)
    (why,) = response.context["form"].errors["file"]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in why) and papers() == []
    assert client.post(page_of(product, "standard_paper_add"), {}).context["form"].errors["file"]


def test_the_same_paper_stands_once_and_there_are_twenty_at_most(clerk, client, product, monkeypatch):
    send(client, product, pdf())
    assert "แล้ว" in send(client, product, pdf()).context["form"].errors["file"][0]
    monkeypatch.setattr(operations, "MOST_PAPERS", 1)
    assert "1" in send(client, product, pdf(b"other")).context["form"].errors["file"][0]
    assert len(papers()) == 1


def test_a_paper_goes_into_the_bin_and_comes_back(clerk, client, product, stranger):
    send(client, product, pdf())
    (paper,) = papers()
    assert stranger.post(page_of(paper, "standard_paper_bin")).status_code == 404
    page = client.post(page_of(paper, "standard_paper_bin"), follow=True).content.decode()
    assert page_of(paper, "standard_paper_restore") in page and papers() == []
    assert downloaded(client, paper)[0].status_code == 404
    assert stranger.post(page_of(paper, "standard_paper_restore")).status_code == 404
    client.post(page_of(paper, "standard_paper_restore"))
    assert papers() == [paper]


def test_photographs_are_resized_without_position_and_with_consent(clerk, client, world, product, stranger):
    add = page_of(product, "product_photo_add")
    assert client.post(add, {"pictures": [file(picture())]}).context["form"].errors["consent"]
    sent = {"pictures": [file(picture(size=(4000, 3000), exif=with_position()))], "consent": CONSENT}
    assert client.post(add, sent).url == page_of(product, "product_photos")
    (photo,) = ProductPhoto.objects.visible_to(DEPARTMENT_EYES)
    assert (photo.school, photo.product, photo.width) == (world.our_school, product, 1600)
    assert (
        reverse("trainees:product_photo", args=[photo.pk, "small"])
        in client.get(page_of(product)).content.decode()
    )
    assert CONSENT in client.get(page_of(product, "product_photos")).content.decode()
    look = reverse("trainees:product_photo", args=[photo.pk, "large"])
    response = client.get(look)
    assert b"Exif" not in response.getvalue() and response["X-Content-Type-Options"] == "nosniff"
    assert stranger.get(look).status_code == stranger.post(add, sent).status_code == 404


def test_photographs_are_changed_thrown_away_and_taken_back(clerk, client, product, stranger):
    photo = make.ProductPhotoFactory(product=product, added_by=clerk)
    edit = page_of(photo, "product_photo_edit")
    sent = {"version": "1", "caption": "ห่อใหม่", "consent": CONSENT}
    assert stranger.post(edit, sent).status_code == 404
    assert client.post(edit, sent).url == page_of(product, "product_photos")
    assert client.post(edit, sent | {"caption": "ช้าไป"}).context["form"].conflict
    assert client.post(page_of(photo, "product_photo_bin")).status_code == 302
    assert stranger.post(page_of(photo, "product_photo_restore")).status_code == 404
    assert "ถังขยะ" in client.get(page_of(product, "product_photos")).content.decode()
    client.post(page_of(photo, "product_photo_restore"))
    assert ProductPhoto.objects.visible_to(clerk).get().caption == "ห่อใหม่"


def test_files_of_a_product_in_the_bin_are_shown_to_nobody(clerk, client, product):
    send(client, product, pdf())
    client.post(page_of(product, "product_photo_add"), {"pictures": [file(picture())], "consent": CONSENT})
    (paper,), (photo,) = papers(), ProductPhoto.objects.visible_to(DEPARTMENT_EYES)
    client.post(page_of(product, "product_bin"))
    assert downloaded(client, paper)[0].status_code == 404
    assert client.get(reverse("trainees:product_photo", args=[photo.pk, "small"])).status_code == 404


def test_files_leave_the_disk_with_their_product_and_not_before(
    clerk, client, product, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, product, pdf())
        client.post(page_of(product, "product_photo_add"), {"pictures": [file(picture())], "consent": CONSENT})
    (paper,), (photo,) = papers(), ProductPhoto.objects.visible_to(DEPARTMENT_EYES)
    storage, names = paper.file.storage, [paper.file.name, photo.file.name, photo.small_name]
    Product.objects.visible_to(clerk).update(binned_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks() as callbacks:
        emptying.empty()
    assert all(storage.exists(name) for name in names)
    for callback in callbacks:
        callback()
    assert not any(storage.exists(name) for name in names)
