"""The Thai catalogues: extract their msgids, compile them, check that nothing is left untranslated.

    python tools/catalogue.py extract | compile | check

gettext itself need not be on the machine. One catalogue per app holds the msgids of the app's Python
and of templates/<app>/; offices also holds those of templates outside any app's folder and of config/;
offices/thai has its own. config/locale holds Thai for what Django and our libraries say on our pages
without having Thai for it themselves (library_words.txt lists where they say it); a msgid of theirs that
is added there by hand stays, and stands before their own Thai.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import GNUTranslations
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("offices", "documents", "jobs", "courses", "trainees", "supervision", "reports")
PO = Path("locale/th/LC_MESSAGES/django.po")
LIBRARIES = Path("config") / PO

LIBRARY_WORDS = Path(__file__).with_name("library_words.txt")
# Packages whose own Thai is loaded beside ours.
WITH_THAI = (
    "django/conf",
    "django/contrib/admin",
    "django/contrib/auth",
    "django/contrib/contenttypes",
    "django/contrib/humanize",
    "django/contrib/sessions",
    "allauth",
)

OUTSIDE = {"migrations", "locale", "__pycache__"}

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

HEADER = """\
msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]?[\d.]*[a-z]|%[sdrf]|\{\w*(?:[!:][^{}]*)?\}")
THAI = re.compile(r"[\u0e00-\u0e7f]")


@dataclass(frozen=True)
class Problem:
    """One msgid that a reader would not see in right Thai."""

    catalogue: Path
    what: str
    msgid: str
    said_in: str

    def __str__(self) -> str:
        return f"{self.catalogue}: {self.what}: {self.msgid!r} ({self.said_in})"


def words_of_python(file: Path) -> Iterator[tuple]:
    """(line, msgid or (singular, plural), comments, context) of a Python module.

    By its syntax tree: Babel's own reader takes gettext(row["name"]) for a msgid "name".
    """
    calls = (node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        keyword = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
        if keyword not in KEYWORDS:
            continue
        strings = [getattr(argument, "value", None) for argument in call.args]
        places = KEYWORDS[keyword] or (1,)
        context = None
        if isinstance(places[0], tuple):
            context, places = strings[places[0][0] - 1], places[1:]
        msgids = tuple(strings[place - 1] for place in places if place <= len(strings))
        if msgids and all(isinstance(msgid, str) for msgid in msgids):
            yield call.lineno, msgids if len(msgids) > 1 else msgids[0], [], context


def words_of_template(file: Path) -> Iterator[tuple]:
    """The same of a template, exactly as Django will look them up."""
    code = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    # What is not a message has become rows of X; without indentation they read as Python.
    lines = "\n".join(line.lstrip() for line in code.splitlines()) + "\n"
    yield from extract("python", BytesIO(lines.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def files_of(root: Path, catalogue: Path) -> list[Path]:
    """The modules and templates whose msgids belong into `catalogue`."""
    home = catalogue.parents[3]
    python = [home]
    templates = [Path("templates") / home.name]
    if home == Path("offices"):
        python.append(Path("config"))
        templates = [
            folder.relative_to(root)
            for folder in (root / "templates").glob("*/")
            if folder.name not in APPS or folder.name == "offices"
        ]
    found = [
        file.relative_to(root)
        for folder in python
        for file in (root / folder).rglob("*.py")
        if not OUTSIDE.intersection(file.relative_to(root).parts)
    ]
    if home == Path("offices"):
        found = [file for file in found if not file.is_relative_to("offices/thai")]
        found += [file.relative_to(root) for file in (root / "templates").glob("*.*")]
    for folder in templates:
        found += [file.relative_to(root) for file in (root / folder).rglob("*.*")]
    return sorted(file for file in set(found) if file.suffix in {".py", ".html", ".txt"})


def catalogues(root: Path) -> list[Path]:
    """Our catalogues, whether or not they have been written yet."""
    homes = [Path(app) for app in APPS if (root / app).is_dir()]
    if (root / "offices/thai").is_dir():
        homes.append(Path("offices/thai"))
    return [home / PO for home in homes]


def words_of(root: Path, files: list[Path]) -> Catalog:
    """Every msgid said in `files`, with the files that say it."""
    words = Catalog(locale="th", fuzzy=False)
    for file in files:
        extracted = words_of_python if file.suffix == ".py" else words_of_template
        for _line, msgid, comments, context in extracted(root / file):
            words.add(msgid, None, [(file.as_posix(), 1)], auto_comments=comments, context=context)
    return words


def words_of_libraries(ours: Catalog) -> Catalog:
    """What Django and our libraries say on our pages and have no right Thai for, or what `ours` says better."""
    root = Path(find_spec("django").submodule_search_locations[0]).parent
    globs = [line for line in LIBRARY_WORDS.read_text().splitlines() if line and not line.startswith("#")]
    files = {file.relative_to(root) for glob in globs for file in root.glob(glob)}
    words = words_of(root, sorted(file for file in files if not OUTSIDE.intersection(file.parts)))
    theirs = {}
    for package in WITH_THAI:
        with (root / package / "locale/th/LC_MESSAGES/django.mo").open("rb") as compiled:
            theirs.update(GNUTranslations(compiled)._catalog)

    lacking = Catalog(locale="th", fuzzy=False)
    for message in words:
        if message.id and (ours.get(message.id, message.context) or not has_thai(message, theirs)):
            lacking[message.id] = message
    return lacking


def has_thai(message: Message, theirs: dict) -> bool:
    """Whether a library's own compiled catalogue translates `message`, placeholders and all."""
    key = message.id[0] if message.pluralizable else message.id
    if message.context:
        key = f"{message.context}\x04{key}"
    string = theirs.get((key, 0)) if message.pluralizable else theirs.get(key)
    return bool(string) and fault_of(message.id, string) is None


def fault_of(msgid: str | tuple, string: str) -> str | None:
    """What is wrong with one translation, or None."""
    if not string:
        return "untranslated"
    source = msgid[-1] if isinstance(msgid, tuple) else msgid
    wanted, given = placeholders(source), placeholders(string)
    if wanted != given:
        return f"placeholders {sorted(given)} instead of {sorted(wanted)}"
    if source.startswith("\n") != string.startswith("\n") or source.endswith("\n") != string.endswith("\n"):
        return "line break at its edge lost or added"
    return None


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def read(file: Path) -> Catalog:
    if not file.exists():
        return Catalog(locale="th", fuzzy=False)
    with file.open("rb") as source:
        return read_po(source, locale="th", domain="django")


def write(file: Path, catalogue: Catalog) -> None:
    """Sorted by file and without line numbers or dates, so that two branches merge without a fight."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(text, catalogue, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    file.write_text(HEADER + text.getvalue().decode().strip() + "\n", encoding="utf-8")


def sources(root: Path) -> dict[Path, Catalog]:
    """Each catalogue with the words that must stand in it."""
    words = {file: words_of(root, files_of(root, file)) for file in catalogues(root)}
    if (root / "config").is_dir():
        words[LIBRARIES] = words_of_libraries(read(root / LIBRARIES))
    return words


def extract_all(root: Path) -> None:
    """Bring every .po up to date: translations stay, what is no longer said is kept as obsolete."""
    said = sources(root)
    stored = {file: read(root / file) for file in said}
    for catalogue in stored.values():
        for message in catalogue.obsolete.values():  # what is said again has its Thai again
            catalogue[message.id] = message
        catalogue.obsolete.clear()
    known = {
        (message.id, message.context): message.string
        for catalogue in stored.values()
        for message in catalogue
        if message.id and any(strings_of(message))
    }
    for file, words in said.items():
        catalogue = stored[file]
        catalogue.update(words, no_fuzzy_matching=True)
        for message in catalogue:
            if not any(strings_of(message)) and (message.id, message.context) in known:
                message.string = known[message.id, message.context]
        write(root / file, catalogue)


def compile_all(root: Path) -> None:
    """Write a .mo beside every .po; what is fuzzy or untranslated stays English."""
    for file in [*catalogues(root), LIBRARIES]:
        if (root / file).exists():
            with (root / file).with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read(root / file))


def strings_of(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def problems(root: Path) -> list[Problem]:
    """Every msgid that would reach a page in English, or in broken Thai."""
    found = []
    said: dict[tuple, dict[tuple, Path]] = {}
    for file, words in sources(root).items():
        stored = read(root / file)
        for word in words:
            if not word.id:
                continue
            name = word.id[0] if word.pluralizable else word.id
            where = ", ".join(sorted({place for place, _line in word.locations}))
            message = stored.get(name, word.context)
            if THAI.search(name):
                what = "a msgid is English"
            elif message is None or message.pluralizable != word.pluralizable:
                what = "missing; run extract"
            elif message.fuzzy:
                what = "fuzzy"
            else:
                what = next(filter(None, (fault_of(word.id, string) for string in strings_of(message))), None)
                ways = said.setdefault((name, word.context), {})
                ways.setdefault(tuple(strings_of(message)), file)
                if what is None and len(ways) > 1:
                    what = f"translated otherwise in {next(iter(ways.values()))}; give one a context"
            if what:
                found.append(Problem(file, what, name, where))
    return found


def main(command: str) -> int:
    match command:
        case "extract":
            extract_all(ROOT)
        case "compile":
            compile_all(ROOT)
        case "check":
            found = problems(ROOT)
            for problem in found:
                print(problem)
            print(f"{len(found)} problems in the Thai catalogues" if found else "The Thai catalogues are complete")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["help"]))
