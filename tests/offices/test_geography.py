"""The official places: all of them, once, in Thai order."""

import time

import pytest
from django.core.management import call_command
from django.utils.translation import override

from offices.addresses import in_one_line
from offices.models import AreaGroup, CourseType, District, FiscalYear, Province, Subdistrict

pytestmark = pytest.mark.django_db


def test_all_places_are_loaded_and_hang_together():
    call_command("load_geography", verbosity=0)
    assert Province.objects.count() == 77
    assert District.objects.count() == 928
    assert Subdistrict.objects.count() == 7436
    chiang_mai = Province.objects.get(code="50")
    assert (chiang_mai.name_th, chiang_mai.name_en, chiang_mai.iso_code) == ("เชียงใหม่", "Chiang Mai", "TH-50")
    mae_rim = District.objects.get(code="5007")
    assert (mae_rim.name_th, mae_rim.province) == ("แม่ริม", chiang_mai)
    assert Subdistrict.objects.filter(district=mae_rim, postal_code="50180").exists()


def test_provinces_stand_in_the_order_of_a_thai_dictionary():
    call_command("load_geography", verbosity=0)
    names = list(Province.objects.values_list("name_th", flat=True))
    assert names[:3] == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"]
    assert names[-3:] == ["อุตรดิตถ์", "อุทัยธานี", "อุบลราชธานี"]
    assert names.index("เชียงใหม่") < names.index("ตรัง") < names.index("แพร่") < names.index("ภูเก็ต")


def test_a_second_loading_writes_nothing_and_is_quick(capsys):
    call_command("load_geography")
    events = [model.pgh_event_model.objects.count() for model in (FiscalYear, CourseType)]
    started = time.monotonic()
    call_command("load_geography")
    assert time.monotonic() - started < 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("; 0 written")
    assert [model.pgh_event_model.objects.count() for model in (FiscalYear, CourseType)] == events


def test_a_changed_place_is_put_right_again():
    call_command("load_geography", verbosity=0)
    Province.objects.filter(code="50").update(name_th="เชียงใหมx")
    call_command("load_geography", verbosity=0)
    assert Province.objects.get(code="50").name_th == "เชียงใหม่"


def test_an_empty_database_gets_the_letters_rules_and_empty_area_lists():
    call_command("load_geography", verbosity=0)
    year = FiscalYear.objects.get()
    assert year.year == 2569
    rules = [(t.kind, t.least_hours, t.most_hours, t.group_size) for t in year.course_types.all()]
    assert rules == [("short", 3, 9, 6), ("long", 10, None, 15)]
    assert {group.code for group in AreaGroup.objects.all()} == set(AreaGroup.Code.values)
    assert not any(group.provinces.exists() or group.districts.exists() for group in AreaGroup.objects.all())


def test_years_that_people_made_are_left_alone(world):
    world.short.group_size = 7
    world.short.save()
    call_command("load_geography", verbosity=0)
    assert FiscalYear.objects.count() == 1
    world.short.refresh_from_db()
    assert world.short.group_size == 7


def test_an_address_is_one_line_with_spaces_in_thai_and_commas_in_english(world):
    told = ("12/3", "4", "บ้านดอย", world.subdistrict, "50180")
    with override("th"):
        assert in_one_line(*told) == "12/3 หมู่ที่ 4 บ้านดอย ตำบล500701 แม่ริม เชียงใหม่ 50180"
    with override("en"):
        assert in_one_line(*told) == "12/3, moo 4, บ้านดอย, Subdistrict 500701, Mae Rim, Chiang Mai, 50180"
    assert in_one_line("", "", "", None, "") == ""
