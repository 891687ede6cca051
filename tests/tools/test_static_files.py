"""What the browser gets: pinned, whole, and nothing the content security policy would refuse."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.test import override_settings

from config.navigation import SECTIONS
from tools import vendor

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
ICON = re.compile(r'components/icon\.html" with name="([\w-]+)"|icon="([\w-]+)"')


@pytest.mark.parametrize("package", [*vendor.PACKAGES, vendor.BOOTSTRAP_ICONS], ids=lambda package: package.name)
def test_a_vendored_library_is_of_the_pinned_version_and_carries_its_licence(package):
    folder = ROOT / "static/vendor" / package.folder
    assert (folder / "VERSION").read_text() == f"{package.name} {package.version}\n"
    assert (folder / "LICENSE").stat().st_size > 0
    assert {Path(file).name for file in package.files} == {
        file.name for file in folder.iterdir() if file.name not in {"VERSION", "LICENSE"}
    }


def test_every_icon_that_a_page_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    assert drawn == set(vendor.ICONS)
    named = {name for file in TEMPLATES for pair in ICON.findall(file.read_text()) for name in pair if name}
    named |= {entry.icon for section in SECTIONS for entry in section.entries}
    assert named - drawn == set()


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_template_holds_script_or_style_of_its_own(file):
    assert INLINE.findall(file.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    ['<p style="color:red">', "<style>", '<a onclick="x()">', "<script>x()</script>", '<a href="javascript:x">'],
)
def test_inline_script_and_style_would_be_noticed(planted):
    assert INLINE.search(planted)


def test_nothing_is_fetched_from_another_host():
    texts = [file.read_text() for file in (*TEMPLATES, *(ROOT / "static/css").glob("*.css"))]
    texts += [file.read_text() for file in (ROOT / "static/js").glob("*.js")]
    assert not [
        text for text in texts if re.search(r"""(src|href)=["']?(https?:)?//|url\(["']?(https?:)?//""", text)
    ]


def test_every_static_file_finds_what_it_refers_to(tmp_path):
    class Storage(ManifestStaticFilesStorage):
        def __init__(self):
            super().__init__(location=tmp_path, base_url="/static/")

    with (
        override_settings(STATICFILES_DIRS=[ROOT / "static"], STATIC_ROOT=tmp_path),
        pytest.MonkeyPatch.context() as m,
    ):
        m.setattr("django.contrib.staticfiles.management.commands.collectstatic.staticfiles_storage", Storage())
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "import_export"])
    assert list(tmp_path.glob("icons.*.svg"))
