"""Every indicator of the letter, once: which rows are its evidence, and how they are measured (Letter §5).

The figure is the measure of the evidence, so opening a figure shows exactly the rows that were counted.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from reports import known_measures
from reports.beside import RowsBeside, SchoolsInAll
from reports.definition import Adding, Family, Indicator
from reports.dimensions import BY_FIRST_DAY, BY_LAST_DAY, OF_CHANNELS, OF_FAIRS, OF_PRODUCTS
from reports.evidence import people, works
from reports.omissions import (
    DID_NOT_PASS,
    NOT_ANSWERED,
    OF_ANY_FAIRS,
    OF_JUDGED_PRODUCTS,
    OF_KNOWN_CHANNELS,
    of_courses,
)

LAST_DAY = _("the last course day")
FIRST_DAY = _("the first course day")
WHO_IS_DUE = _(
    "Who was not reached is due and not an answer; the response rate is shown. Who is not yet due, and did not "
    "pass, is not asked."
)

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        "1.1",
        Family.QUANTITY,
        "5.1.1(1)",
        _("Number of people who entered vocational training and development"),
        counted=_(
            "People who came at least once to a course that is running, completed or closed. Somebody on "
            "several courses, or at several schools, is one person, recognised by the number of the document. "
            "Somebody without a number cannot be recognised and is one person at each enrolment. Enrolments "
            "are shown beside. Whoever came and left later still counts."
        ),
        left_out=_(
            "Courses that are cancelled or not yet running, and people who never came. What lies in the bin is "
            "not there."
        ),
        decides=FIRST_DAY,
        across_places=Adding.PEOPLE,
        across_time=Adding.PEOPLE,
        evidence=people.entrants,
        basis=people.counted_courses,
        measure=known_measures.PERSONS,
        dimensions=BY_FIRST_DAY,
        day="course__starts_on",
        basis_day="starts_on",
        omissions=of_courses("starts_on", Course.COUNTED_STATES),
    ),
    Indicator(
        "1.2",
        Family.QUANTITY,
        "5.1.1(2)",
        _(
            "Number of products of quality, to standard, with an identity that fits the community's context, "
            "as consumers want and as markets tend"
        ),
        counted=_(
            "Products whose latest assessment in the period meets the checklist of its year. Beside: the new "
            "ones, which met none before the period. A product counts in another year only if it is assessed "
            "again. By people: the people who made it, so a product may stand in several groups."
        ),
        left_out=_("Products that were not assessed in the period, or did not meet the checklist."),
        decides=_("the day of the assessment"),
        across_places=Adding.ADD,
        across_time=Adding.RECOUNT,
        evidence=works.good_products,
        basis=works.assessed_products,
        measure=known_measures.GOOD,
        dimensions=OF_PRODUCTS,
        day="decided_on",
        basis_day="decided_on",
        omissions=OF_JUDGED_PRODUCTS,
    ),
    Indicator(
        "1.3",
        Family.QUANTITY,
        "5.1.1(3)",
        _("Number of academic fairs “DOLE makes work, makes income”, at least once"),
        counted=_(
            "Fairs that were held, which the office or one below it organised or joined; each fair once. "
            "Beside: the offices that took part. By people: those whose products were shown, or who were in a "
            "contest."
        ),
        left_out=_("Fairs that were planned and not held."),
        decides=_("the first day of the fair"),
        across_places=Adding.RECOUNT,
        across_time=Adding.ADD,
        evidence=works.held_fairs,
        basis=works.any_fairs,
        measure=known_measures.FAIRS,
        dimensions=OF_FAIRS,
        day="fair__starts_on",
        basis_day="fair__starts_on",
        of_offices=True,
        omissions=OF_ANY_FAIRS,
    ),
    Indicator(
        "1.4",
        Family.QUANTITY,
        "5.1.1(4)",
        _("Number of sales channels, at least one"),
        counted=_(
            "Sales channels with at least one product that were open for at least one day of the period. "
            "Beside: the share of schools that have one. Whose a channel is: the school's province on its last "
            "open day in the period. By people: those who made its products."
        ),
        left_out=_("Channels without a product, and those that were closed in the whole period."),
        decides=_("the days on which the channel was open"),
        across_places=Adding.RECOUNT,
        across_time=Adding.RECOUNT,
        evidence=works.open_channels,
        basis=works.known_channels,
        measure=known_measures.CHANNELS,
        dimensions=OF_CHANNELS,
        day="decided_on",
        basis_day="decided_on",
        beside=(SchoolsInAll("of_schools"),),
        omissions=OF_KNOWN_CHANNELS,
    ),
    Indicator(
        "2.1",
        Family.QUALITY,
        "5.1.2(1)",
        _(
            "People who passed vocational training and development have knowledge, understanding and "
            "vocational skills according to their own needs, aptitude and interest"
        ),
        counted=_(
            "Of the people who came to completed or closed courses, the share that passed: enough points and "
            "enough hours, by the rule of the fiscal year that pays. Somebody on several courses is judged on "
            "each. Whoever is not assessed yet has not passed yet, and is shown beside. Beside, too: the mean of "
            "the satisfaction form (form 12) over all its items, and over items 1 and 2 alone, which ask for "
            "need and use, with the number of people who answered."
        ),
        left_out=_(
            "Courses that are cancelled or not yet completed, and people who never came. What lies in the bin "
            "is not there."
        ),
        decides=LAST_DAY,
        across_places=Adding.SHARES,
        across_time=Adding.SHARES,
        evidence=people.judged_entrants,
        basis=people.finished_courses,
        measure=known_measures.PASSED,
        dimensions=BY_LAST_DAY,
        day="course__ends_on",
        basis_day="ends_on",
        omissions=of_courses("ends_on", Course.FINISHED_STATES),
    ),
    Indicator(
        "2.2",
        Family.QUALITY,
        "5.1.2(2)",
        _(
            "Products are of quality, to standard, with an identity that fits the community's context, as "
            "consumers want and as markets tend"
        ),
        counted=_(
            "Of the products that were assessed in the period, the share whose latest assessment met the "
            "checklist of its year. Beside: products of courses that ended in the period which nobody has "
            "assessed."
        ),
        left_out=_(
            "Products that were never assessed are shown beside and not counted. Products of earlier courses "
            "that were assessed only in another period are not there."
        ),
        decides=_("the day of the assessment"),
        across_places=Adding.SHARES,
        across_time=Adding.RECOUNT,
        evidence=works.judged_products,
        basis=works.judged_products,
        measure=known_measures.MET,
        dimensions=OF_PRODUCTS,
        day="decided_on",
        basis_day="decided_on",
    ),
    Indicator(
        "2.3",
        Family.QUALITY,
        "5.1.2(3)",
        _(
            "People who passed vocational training and development have a channel to sell their products and "
            "have shown their vocational work"
        ),
        counted=_(
            "Of the people who passed on courses that ended in the period, the share that on the day of the "
            "report has both: a product of their own in an open sales channel, and work shown at a fair that "
            "was held, as an exhibited product or in a contest. Each of the two beside. The products are those "
            "made at the same school, on whichever course. Somebody with a number is one person, however many "
            "courses."
        ),
        left_out=_(
            "People who did not pass, or are not judged yet, and courses that are cancelled or not yet completed."
        ),
        decides=_("the last course day; the state on the day of the report"),
        across_places=Adding.RECOUNT,
        across_time=Adding.RECOUNT,
        evidence=people.passed_with_work,
        basis=people.finished_courses,
        measure=known_measures.SHOWN,
        dimensions=BY_LAST_DAY,
        day="course__ends_on",
        basis_day="ends_on",
        omissions=(*of_courses("ends_on", Course.FINISHED_STATES), DID_NOT_PASS),
    ),
    Indicator(
        "3.1",
        Family.OUTCOME,
        "5.2.1",
        _(
            "People who passed vocational training and development have knowledge and understanding and can "
            "use them to make an occupation, raise income, lower expenses, solve problems of living, have "
            "skills, add value and grow towards a community enterprise"
        ),
        counted=_(
            "Of the people who passed on courses that ended in the period and answered the follow-up, the "
            "share whose latest answered wave names any of the letter's seven uses. Every use of form 13 "
            "stands beside; that of building on local wisdom is listed and not one of the seven. The response "
            "rate is answered ÷ due: due is who has been out of the course for the days of the first wave, or "
            "has answered."
        ),
        left_out=WHO_IS_DUE,
        decides=LAST_DAY,
        across_places=Adding.SHARES,
        across_time=Adding.SHARES,
        evidence=people.cohort,
        basis=people.finished_courses,
        measure=known_measures.USED,
        dimensions=BY_LAST_DAY,
        day="course__ends_on",
        basis_day="ends_on",
        omissions=(*of_courses("ends_on", Course.FINISHED_STATES), DID_NOT_PASS, *NOT_ANSWERED),
    ),
    Indicator(
        "3.2",
        Family.OUTCOME,
        "5.2.2",
        _(
            "People who passed vocational training and development work together with partner networks and "
            "have joined into groups or set up community enterprises"
        ),
        counted=_(
            "Of the people who passed on courses that ended in the period and answered the follow-up, the "
            "share that by the latest answered wave works with a partner and has joined a group or community "
            "enterprise. Each of the two beside, with the groups formed and the enterprises registered in the "
            "period."
        ),
        left_out=WHO_IS_DUE,
        decides=LAST_DAY,
        across_places=Adding.SHARES_AND_GROUPS,
        across_time=Adding.SHARES_AND_GROUPS,
        evidence=people.cohort,
        basis=people.finished_courses,
        measure=known_measures.TOGETHER,
        dimensions=BY_LAST_DAY,
        day="course__ends_on",
        basis_day="ends_on",
        beside=(
            RowsBeside("groups", Count("pk"), works.formed_groups, "formed_on"),
            RowsBeside("enterprises", Count("pk"), works.registered_enterprises, "registered_on"),
        ),
        omissions=(*of_courses("ends_on", Course.FINISHED_STATES), DID_NOT_PASS, *NOT_ANSWERED),
    ),
    Indicator(
        "3.3",
        Family.OUTCOME,
        "5.2.3",
        _(
            "People who passed vocational training and development can sell products, are known and have a "
            "higher income"
        ),
        counted=_(
            "Of the people who passed on courses that ended in the period and answered the follow-up, the "
            "share that by the latest answered wave sells products and earns more than before. Each of the two "
            "beside, with who is known for it, mean and median of the added income a month of those who said "
            "how much (zeros count, blanks do not), and the sales of the channels in the months of the period."
        ),
        left_out=WHO_IS_DUE,
        decides=_("the last course day; for sales, their month"),
        across_places=Adding.SHARES_AND_BAHT,
        across_time=Adding.SHARES_AND_BAHT,
        evidence=people.cohort,
        basis=people.finished_courses,
        measure=known_measures.EARNS,
        dimensions=BY_LAST_DAY,
        day="course__ends_on",
        basis_day="ends_on",
        beside=(RowsBeside("sales", Sum("amount"), works.sales, "month"),),
        omissions=(*of_courses("ends_on", Course.FINISHED_STATES), DID_NOT_PASS, *NOT_ANSWERED),
    ),
)

BY_CODE: Final = {indicator.code: indicator for indicator in INDICATORS}
