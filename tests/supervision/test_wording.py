"""The form is word for word the official one, and stays as it was printed."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import InternalError, transaction

from supervision.models import FormItem, FormVersion
from supervision.wording import ensure_wording

# บันทึกการนิเทศการฝึกอบรม, แบบ พต. 11
ITEMS = [
    "1. มีการจัดกิจกรรมตามโครงการ/แผนการจัดการเรียนรู้ตามหลักสูตรหรือไม่อย่างไร",
    "2. กิจกรรมตามโครงการ/แผนการจัดการเรียนรู้สอดคล้องกับหลักสูตรหรือไม่",
    "3. วิทยากรใช้สื่อ/วัสดุอุปกรณ์ ประกอบกิจกรรมการเรียนรู้อย่างเหมาะสมหรือไม่",
    "4. การถ่ายทอดความรู้และประสบการณ์ของวิทยากร",
    "5. ผู้เรียนมีส่วนร่วมในการจัดกิจกรรมหรือไม่ อย่างไร",
    "6. เครือข่ายมีส่วนร่วมในการจัดกิจกรรมหรือไม่ อย่างไร",
    "7. การวัดผล ประเมินผล ทั้งภาคทฤษฎีและปฏิบัติ เป็นอย่างไร เหมาะสมหรือไม่",
    "8. อื่น ๆ (โปรดระบุ)……… (สถานศึกษาสามารถเพิ่มเติมข้อนิเทศได้)",
]


def test_the_eight_items_are_the_printed_ones(world):
    version = FormVersion.objects.valid_on(date(2026, 1, 16))
    assert [str(item) for item in version.items.all()] == ITEMS
    assert [item.position for item in version.items.filter(is_open=True)] == [8]


def test_the_head_is_the_printed_one(world):
    wording = FormVersion.objects.get(code="pt11", number=1).wording
    assert wording["box"] == "แบบ พต. 11"
    assert wording["title"] == "บันทึกการนิเทศการฝึกอบรม"
    assert wording["part_two"] == "ตอนที่ 2 การจัดกระบวนการเรียนรู้"
    assert [wording[column] for column in ("item", "found", "advice")] == ["ประเด็นการนิเทศ", "สภาพที่พบ", "ข้อนิเทศ"]
    assert wording["recommendations"] == "ข้อเสนอแนะเพื่อการพัฒนา"


def test_a_day_takes_the_version_in_force_then(world):
    first = FormVersion.objects.get()
    second = FormVersion.objects.create(code="pt11", number=2, valid_from=date(2027, 10, 1), wording=first.wording)
    assert FormVersion.objects.valid_on(date(2027, 9, 30)) == first
    assert FormVersion.objects.valid_on(date(2027, 10, 1)) == second
    assert FormVersion.objects.valid_on(date(2020, 1, 1)) == first


def test_seeding_twice_changes_nothing(world):
    ensure_wording()
    assert (FormVersion.objects.count(), FormItem.objects.count()) == (1, 8)


@pytest.mark.django_db(transaction=True)
def test_the_wording_comes_back_when_a_database_is_emptied():
    call_command("flush", interactive=False, verbosity=0)
    assert [str(item) for item in FormVersion.objects.get().items.all()] == ITEMS


@pytest.mark.parametrize("change", [
    lambda: FormItem.objects.filter(position=1).update(text="อื่น"),
    lambda: FormVersion.objects.update(wording={}),
    lambda: FormItem.objects.all().delete(),
])  # fmt: skip
def test_what_was_printed_once_cannot_be_reworded(world, change):
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        change()
