"""The menu marks the one entry that a page belongs to."""

import pytest

from config.navigation import navigation
from offices.roles import Role


def marked(rf, user, path):
    request = rf.get(path)
    request.user, request.session = user, {}
    return [
        str(each["label"])
        for section in navigation(request)["nav"]
        for each in section["entries"]
        if each["active"]
    ]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "หน้าแรก"),
        ("/courses/", "หลักสูตรที่เปิดสอน"),
        ("/trainees/courses/1/attendance/", "หลักสูตรที่เปิดสอน"),
        ("/trainees/enrolments/1/follow-up/30/", "หลักสูตรที่เปิดสอน"),
        ("/courses/partners/parts/1/edit/", "หลักสูตรที่เปิดสอน"),
        ("/courses/answers/1/edit/", "สำรวจความต้องการ"),
        ("/trainees/", "ผู้เข้ารับการอบรม"),
        ("/trainees/1/", "ผู้เข้ารับการอบรม"),
        ("/trainees/products/1/", "ผลิตภัณฑ์"),
        ("/trainees/product-photos/1/edit/", "ผลิตภัณฑ์"),
        ("/trainees/fairs/1/shows/", "งานมหกรรม"),
        ("/reports/evidence/", "ตัวชี้วัด"),
        ("/files/invitations/", "บัญชีผู้ใช้"),
        ("/offices/invitations/new/", "บัญชีผู้ใช้"),
        ("/offices/holidays/", "ปีงบประมาณ"),
    ],
)
def test_one_entry_is_marked(rf, world, path, label):
    assert marked(rf, world.users[Role.DEPARTMENT], path) == [label]


def test_nothing_is_marked_for_a_page_of_no_entry_or_of_one_that_is_not_offered(rf, world):
    assert marked(rf, world.users[Role.DEPARTMENT], "/help/") == []
    assert marked(rf, world.users[Role.SCHOOL], "/offices/invitations/") == []
