"""The programs that read a PDF's text back, each in its own way, and what they should all find."""

import io
import re
import shutil
import subprocess
import unicodedata
import warnings

import pytest

from documents.typesetting.pages import Paper

TONES = ["", "่", "้", "๊", "๋"]
CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F) if chr(code) not in "ฤฦ"]
SYLLABLES = [
    "{c}{t}",
    "{c}{t}ะ",
    "{c}ั{t}น",
    "{c}{t}า",
    "{c}{t}ำ",
    "{c}ิ{t}",
    "{c}ี{t}",
    "{c}ึ{t}",
    "{c}ื{t}อ",
    "{c}ุ{t}",
    "{c}ู{t}",
    "เ{c}{t}",
    "เ{c}{t}ะ",
    "แ{c}{t}",
    "แ{c}{t}ะ",
    "โ{c}{t}",
    "ใ{c}{t}",
    "ไ{c}{t}",
    "เ{c}{t}า",
    "เ{c}{t}าะ",
    "เ{c}ี{t}ย",
    "เ{c}ื{t}อ",
    "เ{c}ิ{t}น",
    "{c}ั{t}ว",
    "{c}ั{t}วะ",
    "เ{c}็{t}น",
    "แ{c}็{t}ง",
    "{c}{t}อ",
    "{c}์",
    "{c}ิ์",
    "{c}ุ์",
    "{c}ฺ",
    "{c}ํ{t}",
]


def by_pypdf(content):
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def by_pdfminer(content):
    from pdfminer.high_level import extract_text

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own affair
        return extract_text(io.BytesIO(content))


def by_pdftotext(content):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine (poppler-utils)")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


READERS = [by_pypdf, by_pdfminer, by_pdftotext]


def pieces_of(page):
    """What was drawn on a page, piece by piece in its order, by the file's own tables from codes to letters."""
    letters = {
        name: {
            code: bytes.fromhex(meaning).decode("utf-16-be")
            for code, meaning in re.findall(r"<(....)> <(\w+)>", font["/ToUnicode"].get_data().decode())
        }
        for name, font in page["/Resources"]["/Font"].items()
    }
    drawn = re.findall(r"(/F\d+) [\d.]+ Tf|<(\w+)> Tj", page.get_contents().get_data().decode("latin-1"))
    found, known = [], {}
    for font, codes in drawn:
        if font:
            known = letters[font]
        else:
            found.append("".join(known[codes[at : at + 4]] for at in range(0, len(codes), 4)))
    return found


def on_paper(*blocks, **facts):
    """The blocks as a PDF."""
    file = io.BytesIO()
    with Paper(file, title="ทดสอบ", **facts) as paper:
        paper.add(*blocks)
    return file.getvalue()


def lines_of(text):
    """What was read, line by line, without blank lines; spaces as one, letters as NFKC has them."""
    found = (
        " ".join(unicodedata.normalize("NFKC", line).split()) for line in text.replace("\f", "\n").split("\n")
    )
    return [line for line in found if line]


def letters_of(text):
    """All letters, wherever lines and words were parted."""
    return "".join(unicodedata.normalize("NFKC", text).split())
