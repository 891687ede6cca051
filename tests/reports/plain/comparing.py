"""What the program says against what the plain loops say, figure by figure; and how much there was to compare."""

from collections import Counter as Tally

from reports.figures import count_all, count_by_place
from reports.indicators import BY_CODE
from reports.offices import Level
from tests.reports.conftest import view_of
from tests.reports.plain.facts import ATTACHED
from tests.reports.plain.looking import Look
from tests.reports.plain.recount import MEASURES, Counter, overlaps

ADDING_SIDES = {"2.1", "2.2", "3.1", "3.2", "3.3"}
"""Both sides of these shares add up over a partition; those of 2.3 are persons, who may be in several parts."""


class Met:
    """In how many worlds each breakdown of each indicator told anything: a part with some of the rows, not all."""

    def __init__(self):
        self.worlds = 0
        self.telling = Tally()

    def saw(self, country, counter):
        self.worlds += len(country.lands)
        for land in country.lands:
            found = set()
            for office in (f"province:{land.near}", f"province:{land.far}"):
                for answer in counter.answers(Look(office)).values():
                    for dimension, parts in answer.parts.items():
                        if any(0 < (said.rows or 0) < answer.total.rows for said in parts.values()):
                            found.add((answer.code, dimension))
            self.telling.update(found)

    def enough(self, share):
        """Every breakdown of every indicator was told apart in at least this share of the worlds."""
        every = [(code, each.code) for code in MEASURES for each in BY_CODE[code].dimensions]
        seldom = {key: self.telling[key] for key in every if self.telling[key] < share * self.worlds}
        assert not seldom, f"Of {self.worlds} worlds, these told something in too few: {seldom}"


def same(figure, said, *where):
    """One figure with all that stands beside it."""
    names = set(said.beside) or set(figure.beside)
    found = (figure.rows, figure.value, figure.sides, {name: figure[name] for name in figure.beside or names})
    expected = (said.rows, said.value, said.sides, {name: said.beside.get(name) for name in names})
    assert found == expected, f"{where}: {found} and not {expected}"


def same_answer(counted, answer, *where, but=()):
    """An indicator with all its breakdowns; `but`: those that are not asked for."""
    where, indicator = (*where, answer.code), counted.indicator
    assert indicator.code == answer.code
    same(counted.total, answer.total, *where)
    found = {each.dimension.code: each for each in counted.breakdowns}
    assert set(found) == set(answer.parts) - set(but), where
    for dimension, breakdown in found.items():
        told = {part.code: figure for part, figure in breakdown.parts}
        filled = {code for code, said in answer.parts[dimension].items() if said.rows}
        assert filled <= set(told), (*where, dimension)
        compared = set()
        for part, figure in told.items():
            said = answer.part(dimension, part)
            if (id(figure), id(said)) not in compared:  # most parts have no rows, and are one and the same
                same(figure, said, *where, dimension, part)
                compared.add((id(figure), id(said)))
        adds_up(breakdown, counted.total, told.values(), (*where, dimension))


def adds_up(breakdown, total, parts, where):
    """A partition and its not recorded part make up the whole; overlapping groups do not, and say so."""
    code = where[-2]
    assert breakdown.dimension.overlapping is overlaps(code, where[-1]), where
    rows = sum(figure.rows or 0 for figure in parts)
    if breakdown.dimension.overlapping:
        assert rows >= total.rows, where
        return
    assert rows == total.rows, where
    if code in ADDING_SIDES:
        sides = [figure.sides or (0, 0) for figure in parts]
        assert (sum(some for some, _all in sides), sum(whole for _some, whole in sides)) == total.sides, where


def same_everywhere(country, offices):
    """The nation, each province and each school by its line, and some offices by their own view."""
    counter = Counter(country)
    for office in ("department", *offices):
        answers = counter.answers(Look(office))
        counted = count_all(view_of(office))
        assert [each.indicator.code for each in counted] == list(answers)
        for each in counted:
            same_answer(each, answers[each.indicator.code], office)
    provinces = [code for land in country.lands for code in (land.near, land.far)]
    same_lines(counter, Level.PROVINCE, {**{code: f"province:{code}" for code in provinces}, ATTACHED: ATTACHED})
    same_lines(counter, Level.SCHOOL, {school.code: f"school:{school.code}" for school in country.schools})
    return counter


def same_lines(counter, level, offices):
    """The lines of the table by province or by school; an office without a line is one of which nobody knows."""
    view = view_of()
    for code in MEASURES:
        lines = count_by_place(BY_CODE[code], view, level)
        assert set(lines) <= set(offices), (level, code)
        for line, office in offices.items():
            answer = counter.answer(code, Look(office))
            if line not in lines:
                assert answer.total.rows is None, (level, line, code)
                continue
            same_answer(lines[line], answer, level, line, but={"place"} & set(answer.parts))
