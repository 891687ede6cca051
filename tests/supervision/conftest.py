"""A running course under supervision, on our side, on theirs, and at the attached school."""

from dataclasses import dataclass

import pytest

from offices.models import User
from offices.roles import Role
from supervision.models import Visit
from tests import factories as make


@dataclass
class Supervised:
    """The course of one side while it runs, with a draft of the office that supervises it."""

    side: object
    supervisor: User
    draft: Visit


@pytest.fixture
def ours(world) -> Supervised:
    return supervised(world.ours, world.users[Role.PROVINCE])


@pytest.fixture
def theirs(world) -> Supervised:
    return supervised(world.theirs, world.strangers[Role.PROVINCE])


def supervised(side, supervisor) -> Supervised:
    side.course.status = "running"
    side.course.save()
    return Supervised(
        side, supervisor, make.VisitFactory(course=side.course, created_by=supervisor, office=side.province)
    )


@pytest.fixture
def filled():
    """What a browser sends for a form: everything that stands in its boxes, and what is typed over it."""

    def fields(form, **typed):
        sent = {}
        for name in form.fields:
            value = form[name].value()
            if hasattr(value, "strftime"):
                value = f"{value:%d/%m/%Y}"
            sent[name] = "" if value is None else value
        return sent | typed

    return fields
