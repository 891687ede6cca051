"""Private files: whose they are, how they are served, and that none is left behind."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from documents.books import keep_book
from documents.files import keep, remove_expired, serve
from documents.models import PrivateFile
from documents.tables import Book, Column, Stamp, Table
from offices.roles import Role


def on_disk():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def clerk(world):
    return world.users[Role.SCHOOL]


def test_a_file_belongs_to_one_person_in_one_office(world, clerk):
    kept = keep(clerk, "รายชื่อ.csv", BytesIO("ก,ข".encode()), "text/csv")
    assert (kept.size, len(kept.sha256), kept.school) == (7, 64, world.our_school)
    assert list(PrivateFile.objects.of(clerk)) == [kept]
    for stranger in (world.strangers[Role.SCHOOL], world.users[Role.DEPARTMENT], world.users[Role.PROVINCE]):
        assert not PrivateFile.objects.of(stranger).exists()
    clerk.school = world.sister_school
    assert not PrivateFile.objects.of(clerk).exists()


def test_its_path_tells_nothing_and_nobody_else_may_read_it(clerk):
    kept = keep(clerk, "../../etc/ลับ.csv", BytesIO(b"x"), "text/csv")
    assert kept.name == "-..-etc-ลับ.csv"
    (path,) = on_disk()
    assert "ลับ" not in str(path)
    assert path.stat().st_mode & 0o077 == 0


def test_it_is_served_to_be_saved_with_its_thai_name(clerk):
    kept = keep(clerk, "รายงาน ปี 2569.xlsx", BytesIO(b"abc"), "text/html")
    response = serve(kept)
    assert b"".join(response.streaming_content) == b"abc"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('รายงาน ปี 2569.xlsx')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].startswith("sandbox")
    response.close()


def test_a_long_name_keeps_its_ending(clerk):
    kept = keep(clerk, "ก" * 400 + ".xlsx", BytesIO(b"x"), "text/plain")
    assert kept.name.endswith("ก.xlsx")
    assert len(kept.name) == 150
    assert keep(clerk, "", BytesIO(b"x"), "text/plain").name == "file"


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_no_bytes_behind(transactional_db, world):
    clerk = world.users[Role.SCHOOL]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(clerk, "a", BytesIO(b"a"), "text/plain")
        assert len(on_disk()) == 1
        1 / 0
    assert on_disk() == []

    with transaction.atomic():
        kept = keep(clerk, "b", BytesIO(b"b"), "text/plain")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            keep(clerk, "c", BytesIO(b"c"), "text/plain")
            1 / 0
    assert list(PrivateFile.objects.all()) == [kept]
    assert [path.read_bytes() for path in on_disk()] == [b"b"]

    keep(clerk, "d", BytesIO(b"d"), "text/plain")
    assert len(on_disk()) == 2


def test_what_has_expired_is_gone_from_disk_too(clerk, django_capture_on_commit_callbacks):
    past, future = timezone.now() - timedelta(seconds=1), timezone.now() + timedelta(days=1)
    old = keep(clerk, "old", BytesIO(b"old"), "text/plain", past)
    fresh = keep(clerk, "fresh", BytesIO(b"fresh"), "text/plain", future)
    assert list(PrivateFile.objects.of(clerk)) == [fresh]
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_expired() == 1
    assert not PrivateFile.objects.filter(pk=old.pk).exists()
    assert [path.read_bytes() for path in on_disk()] == [b"fresh"]


def test_a_book_becomes_a_file_of_who_asked(clerk):
    book = Book("รายชื่อ", Stamp(timezone.now(), "a", "b"), [Table("t", [Column("a", "ก")], [["x"]])])
    kept = keep_book(clerk, book, "csv")
    assert (kept.name, kept.content_type) == ("รายชื่อ.csv", "text/csv; charset=utf-8")
    with kept.file.open() as file:
        assert file.read().decode("utf-8-sig").startswith("ก\r\nx\r\n")
