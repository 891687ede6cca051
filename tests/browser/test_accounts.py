"""In a browser: an invited teacher starts from the link, an administrator switches on the second step."""

import re

import pytest
from django.urls import reverse

from offices.models import User
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW_PASSWORD = "ข้าวเหนียวมะม่วง-2569"


def sign_in(page, username, password=make.PASSWORD):
    page.goto(reverse("account_login"))
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_load_state("networkidle")


def test_an_invited_teacher_starts_from_the_link(someone, world):
    page = someone()
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    sign_in(page, "province")
    page.goto(reverse("offices:accounts"))
    page.get_by_role("link", name="เชิญผู้ใช้").click()
    page.select_option("[name=school]", world.our_school.code)
    page.fill("[name=username]", "somsri")
    page.fill("[name=name]", "สมศรี ใจดี")
    page.get_by_role("button", name="เชิญ", exact=True).click()
    link = page.locator(".link-to-copy").inner_text()
    assert re.search(r"/offices/invitation/[\w-]{40,}/$", link)

    teacher = someone()
    teacher.goto(link)
    teacher.fill("[name=new_password1]", NEW_PASSWORD)
    teacher.fill("[name=new_password2]", NEW_PASSWORD)
    teacher.get_by_role("button", name="เริ่มใช้งาน").click()
    teacher.wait_for_load_state("networkidle")
    assert "สมศรี ใจดี" in teacher.locator(".whoami").inner_text()
    assert User.objects.get(username="somsri").school == world.our_school
    assert faults == []


def test_switching_on_the_second_step_breaks_no_policy(someone, world):
    page = someone()
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    sign_in(page, "administrator")
    page.goto("/admin/")
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="ยืนยัน").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("img[src^='data:image/svg']").is_visible()
    page.goto(reverse("mfa_add_webauthn"))
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="เพิ่มพาสคีย์").is_visible()
    assert faults == []
