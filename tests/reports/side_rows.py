"""One row of each kind that stands behind a figure, on one side of the world."""

from datetime import date

from tests import factories as make
from tests.reports.conftest import assess


def everything_on(world, side, running, come):
    """Somebody who passed on a course of one day, answered, and whose product is met, shown and sold."""
    course = running(side, date(2026, 1, 16), status="completed", name=f"ทอผ้า {side.school.name}")
    person = make.TraineeFactory(school=side.school, first_name=f"บัวคำ{side.school.name}")
    enrolment = assess(come(course, person))
    make.FollowUpFactory(enrolment=enrolment, wave=30, uses=["earn"], sells=True, added_income=500)
    product = make.ProductFactory(course=course, name=f"ผ้าฝ้าย {side.school.name}")
    make.MakerFactory(product=product, enrolment=enrolment)
    make.AssessmentFactory(
        product=product, is_met=True, assessed_on=date(2026, 2, 1), fiscal_year=world.year,
        entered_by=world.attached_user,
    )  # fmt: skip
    day = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 1)}
    fair = make.FairFactory(fiscal_year=world.year, status="held", name=f"งาน {side.school.name}", **day)
    make.FairPartFactory(fair=fair, school=side.school)
    make.ExhibitFactory(fair=fair, product=product)
    channel = make.ChannelFactory(school=side.school, name=f"ร้าน {side.school.name}", opened_on=date(2026, 1, 20))
    make.OfferFactory(channel=channel, product=product)
    enrolment.refresh_from_db()
    return enrolment
