"""1,000 pages of Thai tables: ours against WeasyPrint, in the same run, each in a process of its own.

    make bench

Ours must be five times as fast for each page, and need 200 MB at most. WeasyPrint keeps every page in memory and
is rated by fewer. Each one's time is that of making the file, with its programs loaded before; its peak is the
whole process's.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = int(os.environ.get("BENCH_PAGES", "1000"))
THEIR_PAGES = int(os.environ.get("BENCH_WEASYPRINT_PAGES", "100"))
LEAST_RATIO = 5
MOST_MEGABYTES = 200

HEADS = ["ที่", "ชื่อ-สกุล", "สถานศึกษา", "หลักสูตร", "วันที่", "จำนวนเงิน (บาท)"]
WIDTHS = [32, 125, 112, 112, 62, 58.3]  # points

NAMES = ["สมชาย", "น้ำฝน", "ประเสริฐ", "กิตติพงษ์", "จันทร์เพ็ญ", "ศิริรัตน์", "ณัฐวุฒิ", "ปัญญา", "บุญช่วย", "เพ็ญศรี"]
SYLLABLES = [
    "กิต",
    "พงษ์",
    "ศรี",
    "วงศ์",
    "เสริฐ",
    "ชัย",
    "วัฒน์",
    "นนท์",
    "สุข",
    "ทอง",
    "แก้ว",
    "มณี",
    "รัตน์",
    "กุล",
    "ภู่",
    "เพ็ชร",
]
TRADES = ["การแปรรูปกล้วยน้ำว้า", "การทำขนมไทย", "ช่างซ่อมเครื่องยนต์เล็ก", "การทอผ้าพื้นเมือง", "การปลูกผักปลอดสารพิษ"]


def rows():
    """Rows without end, no name twice."""
    chance, seen, number = random.Random(2569), set(), 0
    while True:
        name = f"{chance.choice(NAMES)} {''.join(chance.choices(SYLLABLES, k=4))}"
        if name in seen:
            continue
        seen.add(name)
        number += 1
        district = "".join(chance.choices(SYLLABLES, k=2))
        yield [
            f"{number:,}",
            f"นาง{name}",
            f"สกร.ระดับอำเภอ{district}",
            f"หลักสูตร{chance.choice(TRADES)} {chance.randint(3, 60)} ชั่วโมง",
            f"{chance.randint(1, 28)} ม.ค. 2569",
            f"{chance.randint(100, 99_999):,}.00",
        ]


def ours(target: Path) -> None:
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings

    settings.configure(VAR_DIR=Path(os.environ.get("VAR_DIR") or ROOT / "var"), USE_I18N=False)
    django.setup()
    from documents.typesetting.furniture import Furniture
    from documents.typesetting.lines import Style
    from documents.typesetting.pages import Paper
    from documents.typesetting.tables import Grid, Track

    tracks = [
        Track(head, width, align="right" if number in (0, 5) else "left")
        for number, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True))
    ]
    begun = time.perf_counter()
    with target.open("wb") as file, Paper(file, title="ตาราง", furniture=Furniture(head_left="ตาราง")) as paper:

        def enough():
            for row in rows():
                if paper.pages_shown >= PAGES - 1:
                    return
                yield row

        paper.add(Grid(tracks, enough(), style=Style(size=10, leading=1.35), ruled="all"))
    tell(time.perf_counter() - begun)


def theirs(target: Path) -> None:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    count = THEIR_PAGES * int(os.environ["BENCH_ROWS_ON_A_PAGE"])
    fonts = ROOT / "documents/typesetting/fonts"
    begun = time.perf_counter()
    made = rows()
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in next(made))}</tr>" for _ in range(count))
    columns = "".join(f'<col style="width: {width}pt">' for width in WIDTHS)
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    html = f"""<html lang="th"><style>
        @font-face {{ font-family: S; src: url({(fonts / "Sarabun-Regular.ttf").as_uri()}) }}
        @font-face {{ font-family: S; font-weight: bold; src: url({(fonts / "Sarabun-Bold.ttf").as_uri()}) }}
        @page {{ size: A4; margin: 20mm 18mm 18mm 20mm;
                 @bottom-right {{ content: "หน้า " counter(page) " จาก " counter(pages) }} }}
        body {{ font: 10pt/1.35 S }} table {{ border-collapse: collapse; table-layout: fixed; width: 100% }}
        td, th {{ border: 0.5pt solid; padding: 2.2pt 4pt; vertical-align: top }}
        td:first-child, td:last-child {{ text-align: right }}
        </style><table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"""
    HTML(string=html).write_pdf(target, font_config=FontConfiguration())
    tell(time.perf_counter() - begun)


def tell(seconds: float) -> None:
    print(json.dumps({"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def measured(who: str, target: Path, **environment: str) -> dict[str, float]:
    from pypdf import PdfReader

    command = [sys.executable, __file__, who, str(target)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"{who} failed. WeasyPrint needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0")
    found = json.loads(done.stdout)
    pages = len(PdfReader(target).pages)
    found |= {"pages": pages, "rate": pages / found["seconds"], "size": target.stat().st_size / 2**20}
    print(
        f"{who:10} {pages:5,} pages  {found['rate']:7.1f} pages/s  "
        f"peak {found['megabytes']:6.0f} MB  file {found['size']:.1f} MB",
        flush=True,
    )
    return found


def main() -> int:
    with TemporaryDirectory() as folder:
        mine = measured("ours", Path(folder) / "ours.pdf")
        on_a_page = str(round(count_rows(Path(folder) / "ours.pdf")))
        other = measured("weasyprint", Path(folder) / "theirs.pdf", BENCH_ROWS_ON_A_PAGE=on_a_page)
    ratio = mine["rate"] / other["rate"]
    print(f"ratio      {ratio:.1f} × WeasyPrint (at least {LEAST_RATIO}); peak at most {MOST_MEGABYTES} MB")
    return 0 if ratio >= LEAST_RATIO and mine["megabytes"] <= MOST_MEGABYTES else 1


def count_rows(target: Path) -> float:
    """How many rows our pages hold, so that theirs get as many."""
    from pypdf import PdfReader

    pages = PdfReader(target).pages
    return sum(page.extract_text().count("ชั่วโมง") for page in pages[:20]) / 20


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["ours", target]:
            ours(Path(target))
        case ["weasyprint", target]:
            theirs(Path(target))
        case _:
            sys.exit(main())
