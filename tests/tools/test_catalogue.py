"""No msgid may reach a page untranslated: each way of failing is planted once and must be caught."""

from gettext import GNUTranslations

import pytest

from tools import catalogue

PO = "locale/th/LC_MESSAGES/django.po"

VIEW = """
from django.utils.translation import gettext as _, ngettext, pgettext

def view(n, row):
    _("Saved by %(who)s") % {"who": "x"}
    ngettext("%(n)d course", "%(n)d courses", n) % {"n": n}
    pgettext("of a course", "Open")
    _(row["not a message"])
"""
PAGE = """{% load i18n %}
<h1>{% translate "Trainees" %}</h1>
  {% blocktranslate count counter=n trimmed %}
    {{ counter }} trainee
  {% plural %}
    {{ counter }} trainees
  {% endblocktranslate %}
{% blocktranslate context "of a person" %}Name{% endblocktranslate %} {{ value|default:_("nothing") }}
{% translate "100% sure" %}
"""
THAI = {
    "Saved by %(who)s": "บันทึกโดย %(who)s",
    "%(n)d course": "%(n)d หลักสูตร",
    "Open": "เปิดเรียน",
    "Trainees": "ผู้เรียน",
    "%(counter)s trainee": "ผู้เรียน %(counter)s คน",
    "Name": "ชื่อ",
    "nothing": "ไม่มี",
    "100%% sure": "แน่ใจ 100%%",
}


@pytest.fixture
def project(tmp_path):
    """A small project whose only app is fully translated."""
    for file, text in {"courses/views.py": VIEW, "templates/courses/list.html": PAGE}.items():
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(text)
    catalogue.extract_all(tmp_path)
    translate(tmp_path, THAI)
    return tmp_path


def translate(project, words):
    file = project / "courses" / PO
    stored = catalogue.read(file)
    for message in stored:
        name = message.id[0] if message.pluralizable else message.id
        if name in words:
            message.string = (words[name],) if message.pluralizable else words[name]
    catalogue.write(file, stored)


def faults(project):
    return [(problem.what, problem.msgid) for problem in catalogue.problems(project)]


def compiled(project):
    catalogue.compile_all(project)
    with (project / "courses" / PO).with_suffix(".mo").open("rb") as file:
        return GNUTranslations(file)


def test_every_kind_of_message_is_found_and_nothing_else(project):
    assert faults(project) == []
    names = {message.id[0] if message.pluralizable else message.id for message in stored(project)}
    assert names == set(THAI)


def stored(project):
    return [message for message in catalogue.read(project / "courses" / PO) if message.id]


def test_what_is_compiled_says_it_in_thai(project):
    thai = compiled(project)
    assert thai.gettext("Trainees") == "ผู้เรียน"
    assert thai.ngettext("%(n)d course", "%(n)d courses", 7) == "%(n)d หลักสูตร"
    assert thai.ngettext("%(counter)s trainee", "%(counter)s trainees", 1) == "ผู้เรียน %(counter)s คน"
    assert thai.pgettext("of a course", "Open") == "เปิดเรียน"
    assert thai.pgettext("of a person", "Name") == "ชื่อ"
    assert thai.gettext("Open") == "Open"


def test_a_template_looks_up_exactly_what_was_extracted(project, settings):
    from django.template import engines
    from django.utils import translation
    from django.utils.translation import trans_real

    compiled(project)
    settings.LOCALE_PATHS = [project / "courses/locale"]
    trans_real._translations.clear()
    try:
        with translation.override("th"):
            page = engines["django"].from_string(PAGE).render({"n": 3})
    finally:
        trans_real._translations.clear()

    for thai in ("ผู้เรียน</h1>", "ผู้เรียน 3 คน", "ชื่อ ไม่มี", "แน่ใจ 100%"):
        assert thai in page


def test_a_new_message_is_missing_until_it_is_extracted(project):
    (project / "courses/forms.py").write_text('_("Hours")')
    assert faults(project) == [("missing; run extract", "Hours")]
    catalogue.extract_all(project)
    assert faults(project) == [("untranslated", "Hours")]


def test_a_plural_without_thai_is_caught(project):
    translate(project, {"%(n)d course": ""})
    assert faults(project) == [("untranslated", "%(n)d course")]


def test_a_message_is_translated_for_its_own_context_only(project):
    (project / "courses/forms.py").write_text('pgettext("of a door", "Open")')
    catalogue.extract_all(project)
    assert faults(project) == [("untranslated", "Open")]
    assert compiled(project).pgettext("of a course", "Open") == "เปิดเรียน"


def test_a_fuzzy_translation_is_caught_and_not_compiled(project):
    file = project / "courses" / PO
    words = catalogue.read(file)
    words.get("Trainees").flags.add("fuzzy")
    catalogue.write(file, words)
    assert faults(project) == [("fuzzy", "Trainees")]
    assert compiled(project).gettext("Trainees") == "Trainees"


@pytest.mark.parametrize(
    ("msgid", "thai"),
    [
        ("Saved by %(who)s", "บันทึกโดย %(by)s"),
        ("Saved by %(who)s", "บันทึกแล้ว"),
        ("%(n)d course", "%(n)s หลักสูตร"),
        ("%(counter)s trainee", "ผู้เรียน {counter} คน"),
        ("Trainees", "ผู้เรียน %(n)s คน"),
    ],
)
def test_a_placeholder_lost_or_changed_is_caught(project, msgid, thai):
    translate(project, {msgid: thai})
    [(what, name)] = faults(project)
    assert what.startswith("placeholders") and name == msgid


def test_one_message_said_two_ways_is_caught(project):
    (project / "jobs").mkdir()
    (project / "jobs/views.py").write_text('_("Trainees")')
    catalogue.extract_all(project)
    assert faults(project) == []  # the other app's Thai was taken over
    file = project / "jobs" / PO
    file.write_text(file.read_text().replace("ผู้เรียน", "ผู้เข้าอบรม"))
    [(what, name)] = faults(project)
    assert "courses" in what or "jobs" in what
    assert name == "Trainees"


def test_thai_in_place_of_a_msgid_is_caught(project):
    (project / "courses/forms.py").write_text('_("ชั่วโมง")')
    assert faults(project) == [("a msgid is English", "ชั่วโมง")]


def test_what_is_no_longer_said_keeps_its_thai_aside(project):
    (project / "courses/views.py").write_text("")
    catalogue.extract_all(project)
    text = (project / "courses" / PO).read_text()
    assert '#~ msgstr "บันทึกโดย %(who)s"' in text
    (project / "courses/views.py").write_text(VIEW)
    catalogue.extract_all(project)
    assert faults(project) == []


def test_extracting_twice_changes_nothing(project):
    before = (project / "courses" / PO).read_text()
    catalogue.extract_all(project)
    assert (project / "courses" / PO).read_text() == before


def test_a_library_message_without_thai_is_caught(project, monkeypatch, tmp_path):
    (project / "config").mkdir()
    words = tmp_path / "words.txt"
    words.write_text("django_filters/fields.py\n")
    monkeypatch.setattr(catalogue, "LIBRARY_WORDS", words)
    assert ("missing; run extract", "Range query expects two values.") in faults(project)
    assert {problem.catalogue for problem in catalogue.problems(project)} == {catalogue.LIBRARIES}


def test_thai_of_a_library_with_a_broken_placeholder_does_not_count():
    message = catalogue.Message("%(a)s of %(b)s", context=None)
    assert not catalogue.has_thai(message, {"%(a)s of %(b)s": "%(a)s จาก %(c)s"})
    assert catalogue.has_thai(message, {"%(a)s of %(b)s": "%(a)s จาก %(b)s"})


def test_each_template_folder_has_its_catalogue(tmp_path):
    for file in (
        "offices/views.py", "offices/thai/dates.py", "offices/migrations/0001_initial.py", "config/urls.py",
        "courses/views.py", "templates/base.html", "templates/components/table.html",
        "templates/account/login.html", "templates/courses/list.html", "templates/offices/people.html",
    ):  # fmt: skip
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()

    def files(home):
        return {file.as_posix() for file in catalogue.files_of(tmp_path, catalogue.Path(home) / PO)}

    assert files("courses") == {"courses/views.py", "templates/courses/list.html"}
    assert files("offices/thai") == {"offices/thai/dates.py"}
    assert files("offices") == {
        "offices/views.py", "config/urls.py", "templates/base.html", "templates/components/table.html",
        "templates/account/login.html", "templates/offices/people.html",
    }  # fmt: skip
