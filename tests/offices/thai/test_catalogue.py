"""Every reason that the Thai conventions give can be read in Thai."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import offices.thai

PACKAGE = Path(offices.thai.__file__).parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def said():
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords={"_": None})
    return sorted({message for _, _, message, _, _ in found})


@pytest.fixture(scope="module")
def catalogue():
    with (PACKAGE / "locale/th/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="th")


@pytest.mark.parametrize("message", said())
def test_every_message_has_its_thai(catalogue, message):
    entry = catalogue.get(message)
    assert entry is not None, "missing in offices/thai/locale"
    assert re.search("[ก-๙]", entry.string)
    assert PLACEHOLDER.findall(entry.string) == PLACEHOLDER.findall(message)


def test_the_catalogue_says_nothing_that_the_code_does_not(catalogue):
    assert sorted(entry.id for entry in catalogue if entry.id) == said()
