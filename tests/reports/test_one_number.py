"""One number: figures open to their rows, lines of tables are the figures of their offices, and commands refuse.

That every outlet says what plain loops count stands in test_figures_at_every_outlet.
"""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jobs.models import Job
from jobs.queue import JobRefused
from offices.roles import Role
from reports.tasks import compile_consolidated
from tests import factories as make
from tests.reports.conftest import nobody, persons

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
