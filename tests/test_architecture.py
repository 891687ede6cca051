"""One rule, one place: what a reader would otherwise have to trust."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["config", "offices", "documents", "jobs", "courses", "trainees", "supervision", "reports"]
SOURCES = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))


def found_in(pattern: str, files: list[Path], but_not: set[str] = frozenset()) -> list[str]:
    """Where `pattern` stands, as path:line, apart from the files that may say it."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        if not any(str(path.relative_to(ROOT)).startswith(place) for place in but_not)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_imports_go_down_the_floors_only():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_roles_are_asked_in_two_files_only():
    asked = r"\.role\s*(==|!=|in\b|not in\b)|match \w+\.role|(==|!=)\s*Role\.|\bin \(?Role\."
    assert found_in(asked, SOURCES, {"offices/scoping.py", "offices/permissions.py"}) == []
    assert found_in(r"user\.role\s*==|role\s*==\s*[\"']", TEMPLATES) == []


def test_eras_are_reckoned_in_one_room():
    assert found_in(r"\b543\b|\b2400\b", SOURCES, {"offices/thai/"}) == []


def test_no_fiscal_year_is_written_into_the_code():
    """The next year works by adding data. Examples in words may name a year."""
    may = ("config/demo/", "offices/thai/", "offices/reference.py")
    years = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if not str(path.relative_to(ROOT)).startswith(may)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and 2500 < node.value < 2700
    ]
    assert years == []


def test_no_room_is_called_after_nothing():
    names = {path.stem for path in SOURCES}
    assert names & {"utils", "helpers", "common", "core", "misc"} == set()


def test_no_module_outgrows_one_sitting():
    long = {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}


def test_pages_hold_no_inline_script_or_style():
    bare = [t for t in TEMPLATES if "emails" not in t.parts]
    assert found_in(r"\sstyle=|<style|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\bsrc=)", bare) == []
    help_texts = {
        "templates/components/field.html"
    }  # Django's password rules are HTML; no user writes a help text
    assert found_in(r"\|safe\b|mark_safe|autoescape off", [*TEMPLATES, *SOURCES], help_texts) == []


@pytest.mark.parametrize("word", ["http://", "https://"])
def test_nothing_is_fetched_from_elsewhere(word):
    assets = [p for p in (ROOT / "static").rglob("*") if p.suffix in {".css", ".js"} and "vendor" not in p.parts]
    assert found_in(rf"(src|href)=[\"']{word}|url\({word}|fetch\([\"']{word}", [*TEMPLATES, *assets]) == []


def test_business_is_not_done_by_signals_or_save_overrides():
    assert found_in(r"post_save|pre_save\.connect|@receiver", SOURCES) == []
    models = [p for p in SOURCES if "models" in p.parts or p.name == "models.py"]
    assert found_in(r"def save\(", models) == []
