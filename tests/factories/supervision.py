"""Visits."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from supervision.models import FormVersion, ProposedItem, Visit, VisitSpending


class VisitFactory(DjangoModelFactory):
    """A draft of PT.11 in the wording of its day. Give `course` and `created_by`; the school is the course's."""

    class Meta:
        model = Visit

    school = factory.SelfAttribute("course.school")
    form = factory.LazyAttribute(lambda v: FormVersion.objects.valid_on(v.visited_on))
    stage = Visit.Stage.DURING
    visited_on = date(2026, 1, 16)
    supervisor_name = "ศึกษานิเทศก์"
    answers = factory.LazyFunction(lambda: {"1": {"found": "จัดตามแผน", "advice": ""}})


class VisitSpendingFactory(DjangoModelFactory):
    """That a row of money served a visit. Give `visit`, `spending` and `added_by`; the office is the money's."""

    class Meta:
        model = VisitSpending

    school = factory.SelfAttribute("spending.school")
    province = factory.SelfAttribute("spending.province")


class ProposedItemFactory(DjangoModelFactory):
    """Give `course` and `proposed_by`."""

    class Meta:
        model = ProposedItem

    school = factory.SelfAttribute("course.school")
    text = "การตลาดออนไลน์"
