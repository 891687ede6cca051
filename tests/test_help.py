"""Help: for the screens one may open, in the language one reads, and beside every page."""

import re

import pytest
from django.urls import reverse

from config.help import SECTIONS
from offices.roles import Role
from tests.permissions.matrix import MATRIX

# The help itself; pieces of pages; addresses that answer with a file.
NO_SCREENS = {
    "help",
    "courses:classify",
    "courses:subdistricts",
    "courses:photo",
    "jobs:download",
    "documents:invitations_template",
    "documents:circular_file",
    "documents:circular_paper",
    "courses:course_partner_evidence",
    "courses:fair_subdistricts",
    "trainees:contest_people",
    "trainees:product_photo",
    "trainees:standard_paper",
}


def sections_of(client, user):
    client.force_login(user)
    return {section.id for section in client.get(reverse("help")).context["sections"]}


def test_each_role_reads_of_its_own_screens_only(world, client):
    school = sections_of(client, world.users[Role.SCHOOL])
    province = sections_of(client, world.users[Role.PROVINCE])
    administrator = sections_of(client, world.users[Role.ADMINISTRATOR])
    assert "opening" in school - province
    assert "waivers" in province - school
    assert "accounts" in administrator - school
    assert not administrator & {"courses", "trainees", "indicators"}


def test_a_stranger_is_asked_to_sign_in_first(client, db):
    assert client.get(reverse("help")).status_code == 302


@pytest.mark.parametrize("language", ["th", "en"])
def test_help_speaks_the_language_of_the_reader(world, client, settings, language):
    client.force_login(world.users[Role.SCHOOL])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("help")).content.decode()
    assert ("หลักสูตรหนึ่งรุ่น" in page) == (language == "th")
    assert ("One course" in page) == (language == "en")


def test_the_link_beside_a_page_leads_to_its_section(world, client):
    client.force_login(world.users[Role.SCHOOL])
    page = client.get(reverse("courses:detail", args=[world.ours.course.pk])).content.decode()
    assert f'href="{reverse("help")}#course"' in page


def test_every_section_is_whole_and_names_routes_that_exist():
    routes = set(MATRIX)
    for section in SECTIONS:
        assert section.titles.keys() == section.texts.keys() == {"th", "en"}
        assert re.search("[ก-๙]", section.titles["th"])
        assert len(section.texts["th"]) == len(section.texts["en"])
        named = {route for route in section.routes if not route.endswith(":*")}
        assert named <= routes, f"{section.id}: {named - routes}"


def test_every_screen_has_its_help():
    screens = {name for name, line in MATRIX.items() if line.get} - NO_SCREENS
    without = {name for name in screens if not any(section.covers(name) for section in SECTIONS)}
    assert not without, f"Say in config/help.json what helps there: {sorted(without)}"
