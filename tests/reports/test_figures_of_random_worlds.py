"""One number, first half: every indicator of random worlds, with every breakdown, counted again by plain loops.

A hundred worlds in each test, each with two provinces and four schools. Ten of them lie side by side in a country,
whose nation is counted over all ten; one statement serves all provinces or schools, so ten cost hardly more than
one. The loops of tests/reports/plain are written from DOMAIN §4 and know nothing of the program's queries.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.reports.plain.comparing import Met, same_everywhere
from tests.reports.plain.drawing import countries
from tests.reports.plain.facts import TODAY
from tests.reports.plain.laying import PLACES, lay, make_ground

WORLDS, TOGETHER = 100, 10
TELLING = 0.05
"""In how many of the worlds each breakdown of each indicator must have told rows of a province apart."""

a_hundred_worlds = settings(
    max_examples=WORLDS // TOGETHER,
    phases=[Phase.generate],  # what was drawn by chance cannot be made smaller step by step
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
OFFICES = st.sampled_from([code for codes in PLACES for code in codes])


class Undone(Exception):
    """Every country is laid on the same ground."""


@pytest.fixture
def ground(db, monkeypatch):
    monkeypatch.setattr("reports.evidence.people.today", lambda: TODAY)
    return make_ground()


def office_of(code):
    return f"province:{code}" if len(code) == 2 else f"school:{code}"


def compare(ground, met, country, code):
    with pytest.raises(Undone), transaction.atomic():
        lay(country, ground)
        met.saw(country, same_everywhere(country, [office_of(code)]))
        raise Undone


def test_plain_loops_count_a_hundred_worlds_the_same(ground):
    met = Met()

    @a_hundred_worlds
    @given(country=countries(PLACES, TOGETHER), code=OFFICES)
    def counted_the_same(country, code):
        compare(ground, met, country, code)

    counted_the_same()
    assert met.worlds >= WORLDS
    met.enough(TELLING)


def test_plain_loops_count_another_hundred_worlds_the_same(ground):
    met = Met()

    @a_hundred_worlds
    @given(country=countries(PLACES, TOGETHER), code=OFFICES)
    def counted_the_same_again(country, code):
        compare(ground, met, country, code)

    counted_the_same_again()
    assert met.worlds >= WORLDS
    met.enough(TELLING)
