"""Photographs of a course: hostile files, what is left of good ones, who sees them, how they go and come back."""

import io
import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from courses import emptying, photos
from courses.models import CoursePhoto
from documents import pictures
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES

CONSENT = "ถามและได้รับอนุญาตก่อนถ่าย"
LATITUDE = 18.7883
shades = itertools.count()


def picture(kind="JPEG", size=(300, 200), **how) -> bytes:
    """A picture like no other before it, with a dark left half."""
    shade = next(shades)
    image = Image.new("RGB", size, (200, shade % 256, 255 - shade // 256))
    image.paste((10, 10, 10), (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def with_position(orientation=1) -> Image.Exif:
    """What a telephone notes: where, by whom, which side is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SpyPhone"
    exif[0x8825] = {1: "N", 2: (18.0, 47.0, 17.9), 3: "E", 4: (98.0, 59.0, 6.5)}
    return exif


def file(content: bytes, name="ภาพ.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page_of(row, name="photos"):
    return reverse(f"courses:{name}", args=[row.pk])


def address(photo, size="small"):
    return reverse("courses:photo", args=[photo.pk, size])


def send(client, course, *contents, names=(), **typed):
    files = [file(content, names[n] if names else f"{n}.jpg") for n, content in enumerate(contents)]
    return client.post(page_of(course, "photo_add"), {"pictures": files, "consent": CONSENT} | typed)


def stored(course) -> list[CoursePhoto]:
    return list(CoursePhoto.objects.visible_to(DEPARTMENT_EYES).filter(course=course))


def fetched(client, photo, size="small"):
    """The answer, read to its end, as a browser does: that closes the file behind it."""
    response = client.get(address(photo, size))
    if response.streaming:
        response.body = response.getvalue()
    return response


def opened(client, photo, size="large") -> Image.Image:
    return Image.open(io.BytesIO(fetched(client, photo, size).body))


def why_not(content: bytes) -> str:
    with pytest.raises(ValidationError) as refusal:
        pictures.prepare(io.BytesIO(content))
    return refusal.value.code


def bomb(side=20_000) -> bytes:
    """A few kilobytes that claim 400 million points."""
    written = io.BytesIO()
    Image.new("1", (side, 8)).save(written, "PNG")
    small = written.getvalue()
    return (
        small[:20]
        + side.to_bytes(4)
        + small[24:29]
        + _crc(small[12:20] + side.to_bytes(4) + small[24:29])
        + small[33:]
    )


def _crc(chunk: bytes) -> bytes:
    import zlib

    return zlib.crc32(chunk).to_bytes(4)


def test_several_are_added_with_consent_and_caption(world, clerk, stranger):
    course = world.ours.course
    answer = send(clerk, course, picture(), picture("PNG"), picture("WEBP"), caption="วันแรก")
    assert answer.url == page_of(course)
    kept = stored(course)
    assert [(p.caption, p.consent, p.added_by) for p in kept] == [("วันแรก", CONSENT, world.users[Role.SCHOOL])] * 3
    assert {p.school for p in kept} == {world.our_school}
    assert "เพิ่มรูปแล้ว 3 รูป" in clerk.get(page_of(course)).content.decode()
    assert send(stranger, course, picture()).status_code == 404
    assert len(stored(course)) == 3


def test_nothing_of_what_a_telephone_noted_is_kept(world, clerk, stranger):
    sent = picture(exif=with_position(), comment=b"secret words")
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)[2][0] == 18  # the position is in what was sent
    send(clerk, world.ours.course, sent)
    (photo,) = stored(world.ours.course)
    for size in ("large", "small"):
        shown = opened(clerk, photo, size)
        assert (shown.format, dict(shown.getexif())) == ("JPEG", {})
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(shown.info)
    with photo.file.storage.open(photo.file.name) as on_disk:
        kept = on_disk.read()
    assert b"Exif" not in kept and b"SpyPhone" not in kept and b"secret" not in kept
    assert fetched(stranger, photo).status_code == 404


@pytest.mark.parametrize(
    ("orientation", "dark"),
    [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
)
def test_a_picture_is_turned_as_the_camera_was_held(orientation, dark):
    made = pictures.prepare(io.BytesIO(picture(exif=with_position(orientation))))
    shown = Image.open(io.BytesIO(made.large))
    assert shown.size == ((300, 200) if orientation < 5 else (200, 300)) == (made.width, made.height)
    width, height = shown.size
    points = {
        "left": (5, height // 2), "right": (width - 5, height // 2),
        "top": (width // 2, 5), "bottom": (width // 2, height - 5),
    }  # fmt: skip
    assert min(points, key=lambda side: sum(shown.getpixel(points[side]))) == dark


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((4000, 3000), (1600, 1200), (400, 300)),
        ((900, 1800), (800, 1600), (200, 400)),
        ((60, 40), (60, 40), (60, 40)),
    ],
)
def test_pictures_are_made_small_and_never_larger(kind, size, large, small):
    made = pictures.prepare(io.BytesIO(picture(kind, size)))
    assert Image.open(io.BytesIO(made.large)).size == large
    assert Image.open(io.BytesIO(made.small)).size == small


def test_what_shines_through_becomes_white_and_other_colours_stay():
    glass = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(glass, "PNG")
    shown = Image.open(io.BytesIO(pictures.prepare(glass).large))
    assert min(shown.getpixel((25, 25))) > 250
    for mode, kind in (("L", "PNG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")):
        written = io.BytesIO()
        Image.new(mode, (50, 50)).save(written, kind)
        assert Image.open(io.BytesIO(pictures.prepare(written).large)).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind"),
        (b"<html><script>alert(1)</script></html>", "kind"),
        (b"%PDF-1.7 not a picture", "kind"),
        (b"GIF89a" + bytes(50), "kind"),
        (b"MZ" + bytes(500), "kind"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100), "heic"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "kind"),
        (picture()[:900], "damaged"),
        (picture("PNG", (3000, 3000))[:2000], "damaged"),
        (picture("WEBP")[:60], "damaged"),
        (b"x" * (pictures.MOST_BYTES + 1), "too_large"),
        (bomb(), "bomb"),
        (bomb(6000), "bomb"),
    ],
    ids=["nothing", "svg", "html", "pdf", "gif", "program", "heic", "a lying start", "cut jpeg", "cut png",
         "cut webp", "large", "bomb", "small bomb"],
)  # fmt: skip
def test_what_is_no_good_picture_is_refused_for_its_reason(content, code):
    assert why_not(content) == code


def test_a_gif_named_jpg_is_known_by_what_is_inside():
    written = io.BytesIO()
    Image.new("P", (10, 10)).save(written, "GIF")
    assert why_not(written.getvalue()) == "kind"


WHOLE = [picture(kind, exif=with_position(6)) for kind in ("JPEG", "PNG", "WEBP")]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow only mentions what is wrong with a camera's notes
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_spoiled_picture_is_made_anew_or_refused_and_never_breaks_anything(data):
    content = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _spot in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = pictures.prepare(io.BytesIO(bytes(content)))
    except ValidationError as refusal:
        assert refusal.code in {"kind", "damaged", "bomb", "heic"}
    else:
        assert dict(Image.open(io.BytesIO(made.large)).getexif()) == {}


def test_the_good_ones_are_kept_and_each_bad_one_has_its_reason_in_thai(world, clerk, stranger):
    names = ["ดี1.jpg", "งาน.heic", "ดี2.png", "<b>.jpg", "ดี3.webp"]
    heic = b"\x00\x00\x00\x18ftypheic" + bytes(100)
    contents = [picture(), heic, picture("PNG"), b"<html>", picture("WEBP")]
    response = send(clerk, world.ours.course, *contents, names=names, caption="วันแรก")
    assert (response.status_code, len(stored(world.ours.course))) == (200, 3)
    page = response.content.decode()
    assert "เพิ่มแล้ว 3 จาก 5 รูป" in page
    refused = response.context["refused"]
    assert [one.name for one in refused] == ["งาน.heic", "<b>.jpg"] and "<b>.jpg" not in page
    assert "HEIC" in refused[0].why and "iPhone" in refused[0].why and "JPEG" in refused[1].why
    assert all(any("\u0e00" <= letter <= "\u0e7f" for letter in one.why) for one in refused)
    form = response.context["form"]
    assert (form["consent"].value(), form["caption"].value()) == (CONSENT, "วันแรก")
    assert stranger.get(page_of(world.ours.course)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"consent": " \u200b "}, "consent"), ({"pictures": []}, "pictures"), ({"caption": "ก" * 201}, "caption")],
)
def test_without_consent_or_pictures_nothing_is_added(world, clerk, stranger, typed, wrong):
    response = send(clerk, world.ours.course, picture(), **({"caption": "เก็บไว้"} | typed))
    assert list(response.context["form"].errors) == [wrong]
    assert stored(world.ours.course) == [] and page_of(world.ours.course) not in ("", None)
    if wrong != "caption":
        assert "เก็บไว้" in response.content.decode()
    assert send(stranger, world.ours.course, picture(), **typed).status_code == 404


def test_more_than_twenty_at_once_are_refused(world, clerk, stranger):
    response = send(clerk, world.ours.course, *[picture(size=(8, 8)) for _ in range(21)])
    assert "20" in response.context["form"].errors["pictures"][0]
    assert stored(world.ours.course) == []
    assert stranger.get(page_of(world.ours.course)).status_code == 404


def test_the_same_file_is_told_and_stands_once(world, clerk, stranger):
    same, course = picture(), world.ours.course
    assert [one.name for one in send(clerk, course, same, same).context["refused"]] == ["1.jpg"]
    assert "แล้ว" in send(clerk, course, same).context["refused"][0].why
    (photo,) = stored(course)
    clerk.post(page_of(photo, "photo_bin"))
    assert "ถังขยะ" in send(clerk, course, same).context["refused"][0].why
    assert send(stranger, world.theirs.course, same).status_code == 302  # what others have is nobody's business


def test_a_course_has_a_hundred_at_most(world, clerk, stranger, monkeypatch):
    monkeypatch.setattr(photos, "MOST_OF_ONE", 1)
    response = send(clerk, world.ours.course, picture(), picture())
    assert len(stored(world.ours.course)) == 1 and "1" in response.context["refused"][0].why
    assert stranger.get(page_of(world.ours.course, "photo_add")).status_code == 404


def test_a_picture_is_served_privately_and_only_to_who_may_see_it(world, clerk, stranger, signed_in, client):
    send(clerk, world.ours.course, picture(), names=["../../etc/ความลับ.jpg"])
    (photo,) = stored(world.ours.course)
    assert "ความลับ" not in photo.file.name and len(photo.file.name.rsplit("/")[-1]) == 32
    response = fetched(clerk, photo, "large")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"] and "sandbox" in response["Content-Security-Policy"]
    for role in (Role.PROVINCE, Role.DEPARTMENT):
        assert fetched(signed_in(world.users[role]), photo).status_code == 200
    assert fetched(signed_in(world.users[Role.ADMINISTRATOR]), photo).status_code == 403
    for outsider in (stranger, signed_in(world.strangers[Role.PROVINCE]), signed_in(world.attached_user)):
        assert fetched(outsider, photo).status_code == 404
    assert fetched(client, photo).status_code == 302
    for size in ("original", "file", "LARGE"):
        assert fetched(clerk, photo, size).status_code == 404


def test_caption_and_consent_are_changed_and_the_second_editor_sees_the_difference(world, clerk, stranger):
    send(clerk, world.ours.course, picture())
    (photo,) = stored(world.ours.course)
    edit, typed = page_of(photo, "photo_edit"), {"version": "1", "consent": CONSENT}
    assert list(clerk.post(edit, typed | {"consent": ""}).context["form"].errors) == ["consent"]
    assert clerk.post(edit, typed | {"caption": "ของเขา"}).url == page_of(world.ours.course)
    conflict = clerk.post(edit, typed | {"caption": "ของฉัน"}).context["form"].conflict
    assert [(d.mine, d.theirs) for d in conflict] == [("ของฉัน", "ของเขา")]
    assert stored(world.ours.course)[0].caption == "ของเขา"
    assert stranger.post(edit, typed).status_code == 404


def test_a_picture_goes_into_the_bin_and_comes_back(world, clerk, stranger, signed_in):
    send(clerk, world.ours.course, picture())
    (photo,) = stored(world.ours.course)
    assert stranger.post(page_of(photo, "photo_bin")).status_code == 404
    page = clerk.post(page_of(photo, "photo_bin"), follow=True)
    assert page_of(photo, "photo_restore") in page.content.decode() and page.context["photos"] == []
    assert fetched(clerk, photo).status_code == 200  # to know which one it was
    assert fetched(signed_in(world.users[Role.PROVINCE]), photo).status_code == 404
    assert fetched(stranger, photo).status_code == 404
    assert stranger.post(page_of(photo, "photo_restore")).status_code == 404
    clerk.post(page_of(photo, "photo_restore"))
    assert stored(world.ours.course) == [photo]


def test_files_leave_the_disk_with_their_rows_and_not_before(
    world, clerk, stranger, django_capture_on_commit_callbacks
):
    course = world.ours.course
    send(clerk, course, picture(), picture())
    send(stranger, world.theirs.course, picture())
    gone, stays = stored(course)
    (theirs,) = stored(world.theirs.course)
    CoursePhoto.objects.visible_to(DEPARTMENT_EYES).filter(pk=gone.pk).update(
        binned_at=timezone.now() - timedelta(days=31)
    )
    until, storage = timezone.now() - timedelta(days=30), gone.file.storage
    with django_capture_on_commit_callbacks() as callbacks:
        assert emptying.empty(until)["photos"] == 1
    assert storage.exists(gone.file.name)
    for callback in callbacks:
        callback()
    assert not storage.exists(gone.file.name) and not storage.exists(gone.small_name)
    for photo in (stays, theirs):
        assert storage.exists(photo.file.name) and storage.exists(photo.small_name)


def test_pictures_go_with_a_course_that_is_deleted_for_good(
    world, clerk, stranger, django_capture_on_commit_callbacks
):
    course = world.make_course(world.ours.curriculum)
    send(clerk, course, picture())
    (photo,) = stored(course)
    course.binned_at = timezone.now() - timedelta(days=31)
    course.save()
    assert fetched(clerk, photo).status_code == fetched(stranger, photo).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        emptying.empty(timezone.now() - timedelta(days=30))
    assert not photo.file.storage.exists(photo.file.name) and not photo.file.storage.exists(photo.small_name)


def test_no_file_is_left_where_the_row_could_not_be_saved(world, clerk, stranger, settings):
    with pytest.raises(Exception, match="value too long"):
        photos.add(
            CoursePhoto, world.ours.course, [file(picture())], caption="ก" * 201, consent=CONSENT,
            by=world.users[Role.SCHOOL],
        )  # fmt: skip
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert stranger.get(page_of(world.ours.course)).status_code == 404


def test_the_course_page_loads_a_panel_of_the_newest(world, clerk, stranger):
    course = world.ours.course
    assert f'hx-get="{page_of(course)}"' in clerk.get(reverse("courses:detail", args=[course.pk])).content.decode()
    send(clerk, course, *[picture("PNG", (8, 8)) for _ in range(9)])
    panel = clerk.get(page_of(course), headers={"HX-Request": "true"}).content.decode()
    assert panel.count("<img") == 8 and "<html" not in panel and "9" in panel
    assert stranger.get(page_of(course), headers={"HX-Request": "true"}).status_code == 404


def test_province_and_department_look_and_never_add(world, clerk, signed_in, stranger):
    send(clerk, world.ours.course, picture(), caption="วันแรก")
    (photo,) = stored(world.ours.course)
    for role in (Role.PROVINCE, Role.DEPARTMENT):
        reader = signed_in(world.users[role])
        page = reader.get(page_of(world.ours.course)).content.decode()
        assert "วันแรก" in page and 'type="file"' not in page and page_of(photo, "photo_bin") not in page
        assert send(reader, world.ours.course, picture()).status_code == 403
    assert stranger.get(page_of(world.ours.course)).status_code == 404


@pytest.mark.parametrize("many", [3, 100])
def test_the_page_costs_ten_queries_at_any_volume(world, clerk, stranger, django_assert_max_num_queries, many):
    course, user = world.ours.course, world.users[Role.SCHOOL]
    CoursePhoto.objects.bulk_create(
        CoursePhoto(school=course.school, course=course, added_by=user, file=f"photos/00/{n}", consent=CONSENT,
                    width=1, height=1, sha256=f"{n:064x}")
        for n in range(many)
    )  # fmt: skip
    clerk.get(page_of(course))
    with django_assert_max_num_queries(10):
        assert len(clerk.get(page_of(course)).context["photos"]) == many
    assert stranger.get(page_of(course)).status_code == 404
