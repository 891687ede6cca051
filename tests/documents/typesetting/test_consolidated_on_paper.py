"""The consolidated report as PDF: the figures of the screen, and nothing of other places."""

import io

import pytest
from pypdf import PdfReader

from documents.renderers import pdf
from offices.roles import Role
from reports.breakdowns import View
from reports.consolidated import consolidated
from reports.figures import total
from reports.indicators import BY_CODE
from reports.offices import Office
from reports.periods import Period
from tests.documents.typesetting.readers import pieces_of


@pytest.fixture
def figures(world):
    """Three came to a course of ours, one to a course of the strangers."""
    from tests import factories as make

    for side, people in ((world.ours, 3), (world.theirs, 1)):
        course = world.make_course(side.curriculum, status="running")
        for _person in range(people):
            trainee = make.TraineeFactory(school=side.school)
            make.EnrolmentFactory(course=course, trainee=trainee, first_attended_on=course.starts_on)


def words_for(user, office):
    view = View(user, Office.parse(office, user), Period.of(2569))
    file = io.BytesIO()
    pdf.write(consolidated(view, by=str(user)), file)
    return view, [pieces_of(page) for page in PdfReader(file).pages]


def test_a_province_finds_its_schools_and_figures_and_no_strangers(world, figures):
    view, pages = words_for(world.users[Role.PROVINCE], "province:50")
    assert str(total(BY_CODE["1.1"], view).value) == "3"
    assert "3" in pages[0]
    drawn = "".join(piece for page in pages for piece in page)
    assert world.our_school.name in drawn
    for stranger in (world.their_school.name, world.their_province.name_th):
        assert stranger not in drawn


def test_the_department_finds_every_province_and_school(world, figures):
    _view, pages = words_for(world.users[Role.DEPARTMENT], "department")
    drawn = "".join(piece for page in pages for piece in page)
    for name in (world.our_province.name_th, world.their_province.name_th, world.their_school.name):
        assert name in drawn
