"""Pictures of our printed forms beside the official pages, from invented people; no database is asked.

    tools/paper_pictures.py --official ../shared/reference/pt-forms-1-22.pdf

They are put under docs/paper/: form-8.png (filled) and so on, and form-8-beside.png (official, ours empty).
Needs pdftoppm (Debian: poppler-utils).
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402  the settings have to be named first

django.setup()

from PIL import Image  # noqa: E402

from supervision.form_eleven import FormEleven, Part, Row, Signature  # noqa: E402
from supervision.models import FormItem  # noqa: E402
from supervision.papers import form_eleven  # noqa: E402
from supervision.part_one import PartOne  # noqa: E402
from supervision.wording import DATA  # noqa: E402
from trainees.papers import applicants, assessment, time_sheets  # noqa: E402
from trainees.papers.facts import (  # noqa: E402
    Applicant,
    Assessed,
    CourseFacts,
    Day,
    Rule,
    Signers,
    Way,
)
from trainees.papers.wording import wording  # noqa: E402

PICTURES = ROOT / "docs" / "paper"
DPI, COLORS, GAP = 96, 24, 16
FIRST = date(2026, 1, 16)
Drawn = Callable[[IO[bytes]], None]

# The invented people and course are in Thai, as on the forms: data, kept beside the other data of pictures.
INVENTED = ROOT / "tools" / "paper_people.json"


def drawings(said: dict) -> dict[str, tuple[int, Drawn, Drawn]]:
    """For each picture the page of the pack, and how ours is drawn, filled and empty."""
    course = CourseFacts(**said["course"], first=FIRST, last=FIRST.replace(day=18))
    way, plain = Way(signers=Signers(**said["signers"])), Way()
    people = [Applicant(*person) for person in said["people"]]
    names = [person.name for person in people]
    days = [
        Day(FIRST.replace(day=day), Decimal(5), time(9), time(15), (course.instructor,)) for day in (16, 17, 18)
    ]
    rule = Rule("60", "80", "12", "24", "24")
    points = [("16", "33", "31.5", "80.5"), ("14", "28", "30", "72"), ("9", "20", "24", "53"), ("", "", "", "")]
    judged = [True, True, False, None]
    assessed = [
        Assessed(person.name, person.number, points[n % 4][:3], points[n % 4][3], judged[n % 4])
        for n, person in enumerate(people)
    ]
    eight, nine, ten = (wording(code, FIRST) for code in ("pt8", "pt9", "pt10"))
    eleven = json.loads((DATA / "pt11-1.json").read_text(encoding="utf-8"))
    items = [
        FormItem(position=position, text=text)
        for position, text in enumerate([*eleven["items"], eleven["open_item"]], start=1)
    ]
    none = CourseFacts()
    return {
        "form-8": (
            14,
            lambda target: applicants.write(target, eight, course, people, way),
            lambda target: applicants.write(target, eight, none, [], plain),
        ),
        "form-9": (
            15,
            lambda target: time_sheets.write(target, nine, course, names, days, way),
            lambda target: time_sheets.write(target, nine, none, [], [], plain),
        ),
        "form-10": (
            18,
            lambda target: assessment.write(target, ten, course, assessed, rule, way),
            lambda target: assessment.write(target, ten, none, [], rule, plain),
        ),
        "form-11": (
            20,
            lambda target: form_eleven.write(target, visit(said, eleven["wording"], items)),
            lambda target: form_eleven.write_empty(target, eleven["wording"], items, thai_digits=False),
        ),
    }


def visit(said: dict, words: dict, items: list[FormItem]) -> FormEleven:
    told, course = said["visit"], said["course"]
    known = PartOne(
        school=told["school"], office=course["province"], course=course["programme"],
        curriculum=course["programme"], is_individual=False, hours=Decimal(course["hours"]), starts_on=FIRST,
        ends_on=FIRST.replace(day=18), instructor=course["instructor"], place=course["venue"],
        subdistrict=course["subdistrict"], district=course["district"], enrolled=15, present=14,
    )  # fmt: skip
    found = [*zip(told["found"], told["advice"], strict=True), ("", "")]
    rows = [Row(str(item.position), item.text, *answer) for item, answer in zip(items, found, strict=True)]
    return FormEleven(
        wording=words, part_one=known, rows=tuple(rows), recommendations=told["recommendations"],
        internal=tuple(
            Signature(*line, words["member" if n else "chair"]) for n, line in enumerate(told["internal"])
        ),
        supervisor=Signature(*told["supervisor"], words["supervisor"]), signed_on=FIRST, stage=told["stage"],
        visited_on=FIRST, added_parts=tuple(Part(*part) for part in told["added"]), is_draft=False, edition=1,
        correction_reason="", submitted_at=datetime(2026, 1, 16, 17),
    )  # fmt: skip


def pages(pdf: Path, first: int = 1, last: int = 0) -> list[Image.Image]:
    """The pages of a file, in grey."""
    place = pdf.with_suffix("")
    wanted = ["-f", str(first), *(["-l", str(last)] if last else [])]
    subprocess.run(["pdftoppm", "-r", str(DPI), *wanted, "-gray", "-png", pdf, place], check=True)
    found = sorted(place.parent.glob(f"{place.name}-*.png"))
    taken = [Image.open(path).copy() for path in found]
    for path in found:
        path.unlink()
    return taken


def save(images: list[Image.Image], name: str) -> None:
    """The pages side by side, small."""
    width = sum(image.width + GAP for image in images) + GAP
    sheet = Image.new("L", (width, max(image.height for image in images) + 2 * GAP), 200)
    across = GAP
    for image in images:
        sheet.paste(image, (across, GAP))
        across += image.width + GAP
    path = PICTURES / f"{name}.png"
    sheet.quantize(COLORS).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--official", type=Path, help="the official pack, for the pictures side by side")
    official = asked.parse_args().official
    PICTURES.mkdir(parents=True, exist_ok=True)
    said = json.loads(INVENTED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for name, (number, filled, empty) in drawings(said).items():
            ours = Path(folder) / f"{name}.pdf"
            ours.write_bytes(drawn(filled))
            save(pages(ours), name)
            if official:
                pack = Path(folder) / "official.pdf"
                pack.write_bytes(official.read_bytes())
                ours.write_bytes(drawn(empty))
                save([*pages(pack, number, number), *pages(ours, 1, 1)], f"{name}-beside")


def drawn(write: Drawn) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


if __name__ == "__main__":
    main()
