"""One number: screen, rows, JSON, CSV and XLSX say the same of every office."""

import csv
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from jobs.models import Job
from jobs.queue import JobRefused
from offices.roles import Role
from reports.tasks import compile_consolidated
from tests import factories as make
from tests.documents.typesetting.readers import pieces_of
from tests.reports.conftest import assess, nobody, persons

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(world, running, come):
    """A bit of everything on each side."""
    number = make.national_id(4711)
    for side, people in ((world.ours, 3), (world.theirs, 2), (world.attached, 1)):
        course = running(side)
        come(course, make.TraineeFactory(school=side.school, number=number), facts=["farmer", "conscript"])
        for _ in range(people):
            come(course, make.TraineeFactory(school=side.school, sex="male"), education="primary")
        come(course, nobody(side.school))
        come(running(side, status="completed"), make.TraineeFactory(school=side.school, birth_date=None))
        come(running(side, status="cancelled"))
    return world


def offices(world):
    return {
        "department": world.users[Role.DEPARTMENT],
        "province:50": world.users[Role.PROVINCE],
        "school:1250070000": world.users[Role.SCHOOL],
        "school:A001": world.attached_user,
    }


def printed(office):
    out = io.StringIO()
    call_command("indicators", "--year", "2569", "--office", office, "--json", stdout=out)
    return json.loads(out.getvalue())


def compiled(office, ending, tmp_path):
    path = tmp_path / f"report.{ending}"
    call_command(
        "compile_report", "--year", "2569", "--office", office, "--format", ending, "--out", str(path),
        stdout=io.StringIO(),
    )  # fmt: skip
    return path


def sheets(path):
    """The rows of the office's own figures and of their breakdowns."""
    book = load_workbook(path, read_only=True)
    return [row for sheet in (book.worksheets[1], book.worksheets[3]) for row in sheet.iter_rows(values_only=True)]


def figures_in(rows):
    """Value and enrolments by code, dimension and part, wherever they stand in the office's own tables."""
    found = {}
    for row in [["" if cell is None else str(cell) for cell in row] for row in rows]:
        if len(row) > 8 and re.fullmatch(r"\d\.\d", row[0]):
            found[row[0], "", ""] = (read(row[2]), read(row[6]))
        elif len(row) > 7 and re.fullmatch(r"\d\.\d", row[2]):
            found[row[2], row[0], row[1]] = (read(row[3]), read(row[7]))
    return found


def read(cell):
    return None if cell == "–" else int(cell)


@pytest.mark.parametrize("office", ["department", "province:50", "school:1250070000", "school:A001"])
def test_every_outlet_says_the_same(busy, client, office, tmp_path):
    user = offices(busy)[office]
    said = {each["code"]: each for each in printed(office)["indicators"]}
    value, enrolments, _without = persons(office, user)
    assert (said["1.1"]["value"], said["1.1"]["enrolments"]) == (value, enrolments) != (0, 0)

    client.force_login(user)
    page = client.get(reverse("reports:indicators"), {"year": 2569, "office": office})
    (shown,) = (each for each in page.context["served"].figures if each.indicator.code == "1.1")
    in_rows = {
        ("1.1", str(each.dimension.label), str(part.label)): (figure.value, figure["enrolments"])
        for each in shown.breakdowns
        for part, figure in each.parts
    }
    assert {
        each.dimension.code: {
            part.code: {"value": figure.value, "enrolments": figure["enrolments"]} for part, figure in each.parts
        }
        for each in shown.breakdowns
    } == {
        code: {part: {n: told[n] for n in ("value", "enrolments")} for part, told in parts.items()}
        for code, parts in said["1.1"]["breakdowns"].items()
    }
    in_rows["1.1", "", ""] = (value, enrolments)

    in_workbook = figures_in(sheets(compiled(office, "xlsx", tmp_path)))
    with compiled(office, "csv", tmp_path).open(encoding="utf-8-sig", newline="") as file:
        in_csv = figures_in(list(csv.reader(file)))
    for found in (in_workbook, in_csv):
        assert {key: figures for key, figures in found.items() if key[0] == "1.1"} == in_rows
        assert {code for code, _dimension, _part in found} == set(said)

    own, _beside, parts, *_more = json.loads(compiled(office, "json", tmp_path).read_text())["tables"]
    in_json = {
        (row["code"], row.get("dimension", ""), row.get("part", "")): (row["value"], row["rows"])
        for row in [*own["rows"], *parts["rows"]]
    }
    assert {key: figures for key, figures in in_json.items() if key[0] == "1.1"} == in_rows


def test_the_lines_of_provinces_and_schools_are_their_own_figures(busy, tmp_path):
    tables = json.loads(compiled("department", "json", tmp_path).read_text())["tables"]
    nation, provinces, people_by_province, schools = (tables[n] for n in (0, 3, 4, 14))
    assert nation["title"] == "ทั้งประเทศ"
    by_code = {row["code"] or "attached": row for row in provinces["rows"]}
    for code in ("50", "90"):
        alone = printed(f"province:{code}")["indicators"][0]
        assert (by_code[code]["1.1"], by_code[code]["1.1.enrolments"]) == (alone["value"], alone["enrolments"])
        males = alone["breakdowns"]["sex"]["male"]
        parts = next(row for row in people_by_province["rows"] if row["code"] == code)
        assert parts["1.1.sex.male"] == males["value"]
        assert parts["1.1.sex.male.enrolments"] == males["enrolments"]
    assert by_code["attached"]["1.1"] == persons("school:A001")[0]
    for row in schools["rows"]:
        assert (row["1.1"], row["1.1.enrolments"]) == persons(f"school:{row['code']}")[:2]
    assert {row["code"] for row in schools["rows"]} == {"1250070000", "1250010000", "1290010000", "A001"}
    for table in (provinces, schools):
        assert (table["totals"]["1.1"], table["totals"]["1.1.enrolments"]) == persons()[:2]
        assert sum(row["1.1.enrolments"] or 0 for row in table["rows"]) == persons()[1]
        assert sum(row["1.1"] or 0 for row in table["rows"]) > persons()[0]  # a person of several schools
        assert "1.1" in table["note"]


def test_a_province_gets_its_schools_and_nobody_elses(busy, tmp_path):
    text = compiled("province:50", "json", tmp_path).read_text()
    own, _beside, _breakdowns, schools, *_more = json.loads(text)["tables"]
    assert own["title"] == "เชียงใหม่"
    assert [row["code"] for row in schools["rows"]] == ["1250010000", "1250070000"]  # Thai order
    assert busy.their_school.name not in text and "สงขลา" not in text


@pytest.mark.parametrize("office", ["department", "province:50", "school:1250070000"])
def test_every_figure_opens_to_exactly_its_rows(busy, client, office):
    client.force_login(offices(busy)[office])
    said = printed(office)["indicators"][0]
    wanted = {("", ""): said}
    for dimension, found in said["breakdowns"].items():
        wanted |= {(dimension, part): figure for part, figure in found.items() if figure["enrolments"]}
    for (dimension, part), figure in wanted.items():
        asked = {"year": 2569, "office": office, "indicator": "1.1", "dimension": dimension, "part": part}
        page = client.get(reverse("reports:evidence"), asked)
        behind = [row.record for row in page.context["table"].rows]
        assert len(behind) == figure["enrolments"], asked
        assert page.context["figure"].value == figure["value"], asked
        keys = [row.trainee.person_key for row in behind]
        assert len({key for key in keys if key}) + keys.count(None) == figure["value"]


def test_the_worker_compiles_what_the_requester_may_see(busy):
    job = Job(
        requested_by=busy.users[Role.PROVINCE], params={"year": 2569, "office": "province:50", "format": "json"}
    )
    job.progress = lambda *told: None
    kept = compile_consolidated.work(job)
    assert kept.owner == busy.users[Role.PROVINCE]
    assert kept.name.endswith(".json")
    with kept.file.open() as file:
        own = json.load(file)["tables"][0]
    assert own["rows"][0]["value"] == persons("province:50")[0]


@pytest.mark.parametrize("year, office, ending", [
    (2569, "department", "xlsx"), (2569, "province:90", "xlsx"), (2599, "province:50", "xlsx"),
    (2569, "province:50", "exe"),
])  # fmt: skip
def test_the_worker_refuses_with_a_reason(world, year, office, ending):
    params = {"year": year, "office": office, "format": ending}
    job = Job(requested_by=world.users[Role.PROVINCE], params=params)
    with pytest.raises(JobRefused, match="ไม่มี"):
        compile_consolidated.work(job)


@pytest.mark.parametrize("asked", [["--year", "2599"], ["--year", "2569", "--office", "province:99"],
                                   ["--year", "2569", "--office", "nation"]])  # fmt: skip
def test_commands_say_what_does_not_exist(world, asked, tmp_path):
    for command in (
        ["indicators", *asked, "--json"],
        ["compile_report", *asked, "--out", str(tmp_path / "x.xlsx")],
    ):
        with pytest.raises(CommandError) as refused:
            call_command(*command)
        assert refused.value.returncode == 1
        assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize("place", ["", "no-such-folder/x.xlsx", f"{'x' * 300}.xlsx"])
def test_a_place_that_cannot_be_written_is_refused_and_nothing_is_left_there(world, tmp_path, place):
    with pytest.raises(CommandError):
        call_command("compile_report", "--year", "2569", "--out", str(tmp_path / place))
    assert not list(tmp_path.glob("*xlsx*"))


def test_what_nobody_knows_is_unknown_everywhere(world, client):
    said = printed("department")
    assert list(said) == ["year", "office", "as_of", "indicators"]
    assert [each["code"] for each in said["indicators"]] == [
        "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3",
    ]  # fmt: skip
    for each in said["indicators"]:
        assert each["value"] is None and each["target"] is None
        assert list(each)[:2] == ["code", "value"] and list(each)[-2:] == ["target", "breakdowns"]
    out = io.StringIO()
    call_command("indicators", "--year", "2569", stdout=out)
    assert "–" in out.getvalue() and "จำนวนประชาชนที่เข้ารับการฝึกและพัฒนาอาชีพ" in out.getvalue()


@pytest.mark.parametrize("office", ["department", "province:50", "school:1250070000"])
def test_paper_says_what_the_screen_the_workbook_and_the_data_say(busy, client, running, come, office, tmp_path):
    """1.1 and 2.1, read back from the cover of the PDF, from the XLSX, from the page and from the command line."""
    for side in (busy.ours, busy.theirs):
        course = running(side, status="completed")
        assess(come(course, make.TraineeFactory(school=side.school)))
        assess(come(course, make.TraineeFactory(school=side.school)), points=(5, 10, 10))
    said = {each["code"]: each for each in printed(office)["indicators"]}
    people, passed = said["1.1"], said["2.1"]
    assert passed["numerator"] == (2 if office == "department" else 1)

    client.force_login(offices(busy)[office])
    page = client.get(reverse("reports:indicators"), {"year": 2569, "office": office, "indicator": "2.1"})
    shown = {each.indicator.code: each.total for each in page.context["served"].figures}
    assert shown["1.1"].value == people["value"]
    assert (float(shown["2.1"].value), shown["2.1"]["numerator"]) == (passed["value"], passed["numerator"])

    book = load_workbook(compiled(office, "xlsx", tmp_path))
    lines = {row[0]: row for row in book.worksheets[1].iter_rows(values_only=True)}
    assert lines["1.1"][2] == people["value"]
    assert lines["2.1"][3:6] == (passed["value"], passed["numerator"], passed["denominator"])

    cover = "".join(pieces_of(PdfReader(compiled(office, "pdf", tmp_path)).pages[0]))
    share = f"{passed['value'] * 100:.1f}% ({passed['numerator']} จาก {passed['denominator']})"
    assert share.replace(" ", "") in cover.replace(" ", "")
    label = "1.1จำนวนประชาชนที่เข้ารับการฝึกและพัฒนาอาชีพ"
    after = cover.replace(" ", "").partition(label)[2]
    assert after.startswith(f"{people['value']}1.2")  # the next line of the cover is that of 1.2
