"""One number, second half: ten random worlds as screen, command line, XLSX, CSV, JSON and PDF say them.

Each is compared with the plain loops of tests/reports/plain, for the department and for a province or a school.
"""

import io
import json
import re
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from hypothesis import HealthCheck, Phase, given, settings

from offices.roles import Role
from reports.consolidated import consolidated
from reports.indicators import BY_CODE
from tests.reports.conftest import view_of
from tests.reports.plain.drawing import countries
from tests.reports.plain.facts import ATTACHED, TODAY
from tests.reports.plain.laying import ground_of, lay
from tests.reports.plain.looking import Look
from tests.reports.plain.outlets import SAID, Page, as_data, in_words, keys_of, on_paper, tables_of, written
from tests.reports.plain.recount import MEASURES, Counter, overlaps

WORLDS = 5


class Undone(Exception):
    """Every world is laid on the same ground."""


@pytest.fixture
def ground(world, monkeypatch):
    monkeypatch.setattr("reports.evidence.people.today", lambda: TODAY)
    return ground_of(world)


def onlookers(world, country, office):
    """Two people with their offices, and which schools they may see today."""
    schools = {each.code: each for each in country.schools}
    today = date.today()
    users = {
        "50": world.users[Role.PROVINCE], "90": world.strangers[Role.PROVINCE],
        world.our_school.code: world.users[Role.SCHOOL], world.their_school.code: world.strangers[Role.SCHOOL],
        world.attached_school.code: world.attached_user,
    }  # fmt: skip
    kind, code = office.split(":")
    near = frozenset(each for each in country.schools if each.province_on(today) == code)
    visible = near if kind == "province" else frozenset([schools[code]])
    return [(world.users[Role.DEPARTMENT], Look("department")), (users[code], Look(office, visible))]


def compare(world, ground, seen, country):
    """One of the offices in turn, beside the department; a PDF takes long, so one of the two has it."""
    office, paper = OFFICES[len(seen) % len(OFFICES)], len(seen) % 2
    with pytest.raises(Undone), transaction.atomic():
        lay(country, ground)
        counter = Counter(country)
        for turn, (user, look) in enumerate(onlookers(world, country, office)):
            answers = counter.answers(look)
            on_screen(user, look, answers)
            in_files(user, look, counter, answers, on_paper_too=turn == paper)
            on_the_command_line(Look(look.office), counter)
        seen.append(country)
        raise Undone


five_worlds = settings(max_examples=WORLDS, phases=[Phase.generate], deadline=None,
                       suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
OFFICES = ["province:50", "school:1250070000", "province:90", "school:1290010000", "school:A001"]


def test_every_outlet_says_of_five_worlds_what_the_plain_loops_say(world, ground):
    ground, places = ground
    seen = []

    @five_worlds
    @given(country=countries(places, 1))
    def says_the_same(country):
        compare(world, ground, seen, country)

    says_the_same()
    assert len(seen) >= WORLDS


def test_every_outlet_says_it_of_five_other_worlds(world, ground):
    ground, places = ground
    seen = []

    @five_worlds
    @given(country=countries(places, 1))
    def says_the_same_of_others(country):
        compare(world, ground, seen, country)

    says_the_same_of_others()
    assert len(seen) >= WORLDS


# Screen.
def on_screen(user, look, answers):
    client = Client()  # of this world alone: a session goes with it
    client.force_login(user)
    asked = {"year": 2569, "office": look.office}
    for code, answer in answers.items():
        page = Page(client.get(reverse("reports:indicators"), {**asked, "indicator": code}).content.decode())
        assert list(page.cards.values()) == [card(each) for each in answers.values()], (look, code)
        page.tables.pop("course", None)  # a school's own courses; tests/reports/test_charts.py looks at them
        assert set(page.tables) == set(answer.parts), (look, code)
        for dimension, (_head, *lines, total) in page.tables.items():
            parts = BY_DIMENSION[code][dimension].parts(view_of(look.office, user))
            expected = [[str(part.label), *line(answer, answer.part(dimension, part.code))] for part in parts]
            assert lines == expected, (look, code, dimension)
            assert total[1:] == line(answer, answer.total), (look, code, dimension)
            assert page.captions[dimension] == [caption(code, dimension)], (look, code, dimension)
        if look.office == "department":
            overview = client.get(reverse("reports:overview"), {**asked, "indicator": code}).content.decode()
            by_place, _heading, by_month = overview.partition('id="by-month"')
            shown = {
                place.name: line(answer, answer.part("place", place.code))[0] if answer.parts else "–"
                for place in view_of(look.office, user).places
            }
            assert drawn(by_place) == shown, (look, code)
            months = BY_DIMENSION[code]["month"].parts(view_of(look.office, user)) if by_month else []
            told = {str(part.label): line(answer, answer.part("month", part.code))[0] for part in months}
            assert drawn(by_month) == told, (look, code)


def drawn(page):
    """What the bars of a page are drawn from: a figure for each place or month."""
    return dict(re.findall(r'data-place="([^"]*)"[^>]*data-shown="([^"]*)"', page))


BY_DIMENSION = {code: {each.code: each for each in BY_CODE[code].dimensions} for code in MEASURES}


def kind_of(code):
    return BY_CODE[code].measure.kind


def card(answer):
    asides = BY_CODE[answer.code].measure.asides
    said = answer.total
    return [
        in_words(said.value, kind_of(answer.code)),
        *(in_words(said.beside.get(aside.name), aside.kind) for aside in asides),
    ]


def line(answer, said):
    """Of a part: the figure, and what stands beside it in a table of parts."""
    asides = [aside for aside in BY_CODE[answer.code].measure.asides if aside.of_parts]
    return [
        in_words(said.value, kind_of(answer.code)),
        *(in_words(said.beside.get(aside.name), aside.kind) for aside in asides),
    ]


def caption(code, dimension):
    """How the parts add up. The sides of 2.3 are persons, who may be on courses of two months or places."""
    if overlaps(code, dimension):
        return gettext("These groups overlap: the parts do not add up.")
    if code in {"2.1", "2.2", "3.1", "3.2", "3.3"}:
        return gettext("Both sides of the share add up to those of the total.")
    return gettext(
        "The rows behind the parts add up to the total; what is counted once may stand in several parts."
    )


# Command line: the eyes are those of the server's own operator, who sees everything.
def on_the_command_line(look, counter):
    out = io.StringIO()
    call_command("indicators", "--year", "2569", "--office", look.office, "--json", stdout=out)
    for told in json.loads(out.getvalue())["indicators"]:
        answer = counter.answer(told["code"], look)
        names = [aside.name for aside in BY_CODE[answer.code].measure.asides]

        def plain(said, names=names):
            return {
                "value": as_data(said.value, ""), **{name: as_data(said.beside.get(name), "") for name in names}
            }  # fmt: skip

        parts = told.pop("breakdowns")
        assert told == {"code": answer.code, **plain(answer.total), "target": None}, look
        assert set(parts) == set(answer.parts), (look, answer.code)
        for dimension, found in parts.items():
            expected = {part: plain(answer.part(dimension, part)) for part in found}
            assert found == expected, (look, answer.code, dimension)
            assert {part for part, said in answer.parts[dimension].items() if said.rows} <= set(found)


# Files.
def in_files(user, look, counter, answers, *, on_paper_too):
    view = view_of(look.office, user)
    book = consolidated(view, by=str(user))
    files = {ending: written(book, ending) for ending in SAID}
    keys, in_json = keys_of(files["json"]), tables_of(files["json"], "json")
    own, beside, parts = own_figures(answers), beside_figures(answers), broken_down(answers, view)
    for ending, say in SAID.items():
        tables = tables_of(files[ending], ending)
        assert len(tables) == len(in_json)
        tables = [rows[-len(known) :] if known else [] for rows, known in zip(tables, in_json, strict=True)]
        assert [row[2:7] for row in tables[0]] == [in_cells(each, say) for each in own], (look, ending)
        assert [row[3] for row in tables[1]] == beside, (look, ending)
        found = [(*row[:3], *row[3:8]) for row in tables[2]]
        assert found == [(*names, *in_cells(cells, say)) for *names, cells in parts], (look, ending)
        for at in range(3, len(tables) - 1):
            by_place(look, counter, keys[at], in_json[at], tables[at], say)
    if on_paper_too:
        printed = on_paper(written(consolidated(view, by=str(user), wide=False), "pdf"))
        found_in_order(printed, [code_and_cells(answer, own[at]) for at, answer in enumerate(answers.values())])
        found_in_order(printed, ["".join([*names, *in_cells(cells, in_words)]) for *names, cells in parts])


def code_and_cells(answer, cells):
    return f"{BY_CODE[answer.code].label}{''.join(in_cells(cells, in_words))}"


def found_in_order(printed, lines):
    at = 0
    for each in lines:
        wanted = each.replace(" ", "")
        at = printed.find(wanted, at)
        assert at >= 0, wanted
        at += len(wanted)


def in_cells(cells, say):
    return [say(value, kind) for value, kind in cells]


def cells_of(code, said):
    """Figure, share, both sides of it, rows."""
    share = kind_of(code) == "percent"
    some, whole = said.sides or (None, None)
    return [
        (None if share else said.value, "integer"), (said.value if share else None, "percent"),
        (some, "integer"), (whole, "integer"), (said.rows, "integer"),
    ]  # fmt: skip


def own_figures(answers):
    return [cells_of(code, answer.total) for code, answer in answers.items()]


def beside_figures(answers):
    return [
        in_words(answer.total.beside.get(aside.name), aside.kind)
        for code, answer in answers.items()
        for aside in BY_CODE[code].measure.asides
    ]


def broken_down(answers, view):
    """Every part of every breakdown: dimension and part in words, code, cells."""
    return [
        (str(dimension.label), str(part.label), code, cells_of(code, answer.part(name, part.code)))
        for code, answer in answers.items()
        for name, dimension in BY_DIMENSION[code].items()
        if name in answer.parts
        for part in dimension.parts(view)
    ]


def by_place(look, counter, keys, in_json, rows, say):
    """A table with a line for each province or school, and the whole office below."""
    is_of_provinces = keys[0] == "code"
    for known, row in zip(in_json, rows, strict=True):
        code = known[keys.index("code")]
        line = Look(f"school:{code}", look.seen, look)
        if is_of_provinces:
            line = Look(f"province:{code}" if code else ATTACHED, look.seen)
        if known is in_json[-1]:
            line = look
        for key, cell in list(zip(keys, row, strict=True))[keys.index("name") + 1 :]:
            value, kind = at_key(counter, line, key)
            assert cell == say(value, kind), (look, line, key)


def at_key(counter, look, key):
    """What stands under a column: 1.1, 1.1.enrolments, 1.1.sex.female, 1.1.sex.female.enrolments."""
    first, second, *rest = key.split(".")
    code = f"{first}.{second}"
    said = answer = counted(counter, code, look)
    said = answer.total if len(rest) < 2 else answer.part(rest[0], rest[1]) if answer.parts else answer.total
    if len(rest) in (0, 2):
        return said.value, kind_of(code)
    if rest == ["target"]:
        return None, "integer"
    aside = next(each for each in BY_CODE[code].measure.asides if each.name == rest[-1])
    return said.beside.get(aside.name), aside.kind


def counted(counter, code, look):
    known = counter.__dict__.setdefault("known", {})
    if (code, look) not in known:
        known[code, look] = counter.answer(code, look)
    return known[code, look]
