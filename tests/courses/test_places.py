"""Finding the subdistrict of a venue by what people type."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from courses import places
from offices.models import District
from offices.roles import Role
from tests import factories as make


@pytest.fixture
def near(world):
    """Our district, and subdistricts of one name in three districts."""
    ours = District.objects.get(pk="5007")
    make.SubdistrictFactory(code="500702", district=ours, name_th="ดอนแก้ว", postal_code="50180")
    twin = make.DistrictFactory(code="5019", province=world.our_province, name_th="สารภี", name_en="Saraphi")
    make.SubdistrictFactory(code="501901", district=twin, name_th="ดอนแก้ว", postal_code="50140")
    far = District.objects.get(pk="9001")
    make.SubdistrictFactory(code="900101", district=far, name_th="บ่อยาง", postal_code="90000")
    return ours


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("บ่อยาง", "900101"),
        ("ต.บ่อยาง", "900101"),
        ("ตำบลบ่อยาง จ.สงขลา", "900101"),
        ("๙๐๐๐๐", "900101"),
        ("501901", "501901"),
        ("ดอนแก้ว สารภี", "501901"),
        ("ต.ดอนแก้ว อ.แม่ริม", "500702"),
        ("ดอนแก้ว · แม่ริม · เชียงใหม่ 50180", "500702"),
    ],
)
def test_a_subdistrict_is_found_by_name_district_or_postal_code(near, text, code):
    assert places.find(text, near=near).pk == code


def test_several_of_one_name_are_named_instead_of_guessed(near):
    with pytest.raises(ValidationError) as refused:
        places.find("ดอนแก้ว", near=near)
    assert "สารภี" in refused.value.messages[0] and "แม่ริม" in refused.value.messages[0]


@pytest.mark.parametrize("text", ["เมืองลับแล", "😀", "a" * 5000, "'; drop"])
def test_a_place_that_is_not_there_is_refused(near, text):
    with pytest.raises(ValidationError) as refused:
        places.find(text, near=near)
    assert refused.value.code == "unknown_place"


def test_the_search_offers_ones_own_district_first_and_everything_when_asked(near, clerk, stranger):
    address = reverse("courses:subdistricts")
    own = clerk.get(address).content.decode()
    assert "ดอนแก้ว" in own and "บ่อยาง" not in own
    assert "บ่อยาง" in clerk.get(address, {"subdistrict": "บ่อ"}).content.decode()
    offered = clerk.get(address, {"subdistrict": "ดอนแก้ว"}).content.decode()
    assert 0 < offered.index("แม่ริม") < offered.index("สารภี")
    assert "ดอนแก้ว" not in stranger.get(address).content.decode()


def test_a_label_is_read_back_as_its_own_subdistrict(near, world, clerk, stranger, typed):
    label = places.label_of(places.find("501901", near=near))
    response = clerk.post(reverse("courses:create"), typed | {"subdistrict": label})
    page = clerk.get(response.url)
    assert page.context["course"].subdistrict_id == "501901"
    edit = clerk.get(reverse("courses:edit", args=[page.context["course"].pk]))
    assert edit.context["form"]["subdistrict"].value() == label
    assert stranger.get(response.url).status_code == 404
    assert world.users[Role.SCHOOL].school == page.context["course"].school
