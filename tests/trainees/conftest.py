import pytest

from courses.models import Course
from offices.roles import Role
from tests import factories as make
from trainees.models import Enrolment, Trainee


@pytest.fixture
def clerk(world, client):
    """Our school's staff, signed in."""
    client.force_login(world.users[Role.SCHOOL])
    return world.users[Role.SCHOOL]


@pytest.fixture
def people(world):
    """So many more people in our register, and on our course if wanted."""

    def make_people(how_many, *, on=None):
        found = [make.TraineeFactory(school=world.our_school) for _ in range(how_many)]
        if on is not None:
            for person in found:
                make.EnrolmentFactory(course=on, trainee=person)
        return found

    return make_people


@pytest.fixture
def set_state(world):
    """Put a course into a state, past the table of its life."""

    def put(course, state):
        course.status = state
        course.status_reason = "ลองดู" if state in ("cancelled", "postponed") else ""
        course.save()
        return course

    return put


@pytest.fixture
def ours(world):
    """The newest state of our own rows: rows.course(), rows.trainee(), rows.places()."""

    class Rows:
        user = world.users[Role.SCHOOL]

        def course(self):
            return Course.objects.visible_to(self.user).get(pk=world.ours.course.pk)

        def trainees(self):
            return Trainee.objects.visible_to(self.user)

        def places(self):
            return Enrolment.objects.visible_to(self.user)

    return Rows()
