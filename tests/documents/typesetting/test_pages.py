"""What stands where on paper: heads, feet, contents, tables over many pages."""

import io
import tracemalloc

import pytest
from django.utils import translation
from pypdf import PdfReader

from documents.typesetting.flow import Beside, Paragraph, Rule, Space, Together
from documents.typesetting.furniture import Furniture
from documents.typesetting.pages import LANDSCAPE, Paper
from documents.typesetting.tables import Cell, Grid, Head, Track
from tests.documents.typesetting.readers import on_paper, pieces_of


@pytest.fixture(autouse=True)
def in_thai():
    with translation.override("th"):
        yield


def written(fill, **facts):
    file = io.BytesIO()
    with Paper(file, title="รายงาน", **facts) as paper:
        fill(paper)
    return PdfReader(file)


def texts(reader):
    return [pieces_of(page) for page in reader.pages]


def test_a_paper_says_what_it_is_who_made_it_and_in_which_language():
    reader = written(lambda paper: paper.add(Paragraph("ก")), author="สกร.อำเภอแม่ริม", lang="th")
    assert (reader.metadata.title, reader.metadata.author) == ("รายงาน", "สกร.อำเภอแม่ริม")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "th"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_an_empty_paper_is_one_page():
    assert len(written(lambda paper: None).pages) == 1


def test_every_page_has_its_number_among_all_and_the_form_its_box():
    furniture = Furniture(head_left="รายงาน", head_right="สกร.", foot_left="ข้อมูล", form="พต. 8")
    reader = written(lambda paper: paper.add(*[Space(300)] * 5), furniture=furniture)
    assert [set(page) for page in texts(reader)] == [
        {"รายงาน", "สกร.", "ข้อมูล", "พต. 8", f"หน้า {number} จาก 3"} for number in (1, 2, 3)
    ]


def test_contents_and_outline_lead_to_the_pages_they_name():
    def fill(paper):
        paper.add(Paragraph("ปก"))
        paper.contents("สารบัญ")
        for number in range(60):
            paper.heading(f"บทที่ {number}", level=number % 3)
            paper.add(*[Paragraph("เนื้อความ")] * 12)

    reader = written(fill)
    pages = texts(reader)
    assert pages[0] == ["ปก"]
    assert pages[1][0] == "สารบัญ"
    contents = [line for page in pages[1:3] for line in page if line != "สารบัญ"]
    named = dict(zip(contents[::2], contents[1::2], strict=True))
    assert len(named) == 60
    for title, number in named.items():
        assert title in pages[int(number) - 1]

    def flat(entries):
        for entry in entries:
            yield from flat(entry) if isinstance(entry, list) else [entry]

    outline = list(flat(reader.outline))
    assert [entry.title for entry in outline] == list(named)
    assert [str(reader.get_destination_page_number(entry) + 1) for entry in outline] == list(named.values())
    assert sum(len(page.get("/Annots", [])) for page in reader.pages[1:3]) == 60


def test_a_heading_never_stands_alone_at_the_foot():
    for filled in range(600, 720, 10):

        def fill(paper, filled=filled):
            paper.add(Space(filled))
            paper.heading("หัวข้อ")
            paper.add(Paragraph("เนื้อความ"))

        (page,) = [page for page in texts(written(fill)) if "หัวข้อ" in page]
        assert "เนื้อความ" in page


@pytest.mark.parametrize(
    ("prose", "lines"),
    [
        (True, ["จัดครบตามแผน 5 ชั่วโมงในวันที่", "นิเทศ มีใบความรู้แจกทุกคน"]),
        (False, ["จัดครบตามแผน 5", "ชั่วโมงในวันที่นิเทศ", "มีใบความรู้แจกทุกคน"]),
    ],
)
def test_prose_fills_its_lines_and_names_stay_whole(prose, lines):
    text = "จัดครบตามแผน 5 ชั่วโมงในวันที่นิเทศ มีใบความรู้แจกทุกคน"
    grid = Grid([Track(width=140)], [[text]], prose=prose)
    (page,) = texts(written(lambda paper: paper.add(grid)))
    assert [line.rstrip() for line in page] == lines


def test_a_long_table_repeats_its_head_and_keeps_its_total_with_its_last_row():
    for count in range(95, 125):
        grid = Grid(
            [Track("ที่", 40, align="right"), Track("ชื่อ-สกุล")],
            ((str(number), f"คนที่ {number}") for number in range(count)),
            totals=["", "รวมทั้งสิ้น"],
        )
        pages = texts(written(lambda paper, grid=grid: paper.add(grid)))
        assert all(page[:2] == ["ที่", "ชื่อ-สกุล"] for page in pages)
        assert [line for page in pages for line in page if line.startswith("คนที่")] == [
            f"คนที่ {number}" for number in range(count)
        ]
        assert f"คนที่ {count - 1}" in pages[-1] and pages[-1][-1] == "รวมทั้งสิ้น"


def test_a_row_higher_than_a_page_goes_on_overleaf():
    long = "\n".join(f"บรรทัด {number}" for number in range(200))
    grid = Grid([Track("ก"), Track("ข")], [["สั้น", long]], ruled="all")
    pages = texts(written(lambda paper: paper.add(grid)))
    assert len(pages) > 3
    assert [line for page in pages for line in page if line.startswith("บรรทัด")] == long.split("\n")


def test_heads_of_two_storeys_and_cells_over_columns():
    heads = [[Head("ที่", down=2), Head("คะแนน", span=2)], [Head("ความรู้ (20)"), Head("ปฏิบัติ (40)")]]
    rows = [["1", "15", "30"], [Cell("ไม่มาเรียน", span=3, align="center", bold=True)]]
    grid = Grid([Track(width=60)] * 3, rows, heads=heads, ruled="all", middle=True, least_height=20)
    assert pieces_of(PdfReader(io.BytesIO(on_paper(grid))).pages[0]) == [
        "ที่", "คะแนน", "ความรู้ (20)", "ปฏิบัติ (40)", "1", "15", "30", "ไม่มาเรียน",
    ]  # fmt: skip


def test_pages_may_lie_and_stand_in_one_paper():
    def fill(paper):
        paper.add(Paragraph("ตั้ง"))
        paper.new_page(LANDSCAPE)
        paper.add(Paragraph("นอน"))

    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in written(fill).pages]
    assert sizes == [(595, 842), (842, 595)]


def test_what_belongs_together_stays_on_one_page():
    block = Together(
        Paragraph("ลงชื่อ"), Space(60), Rule(), Beside((1, [Paragraph("ซ้าย")]), (2, [Paragraph("ขวา")]))
    )
    reader = written(lambda paper: paper.add(Space(680), block))
    assert texts(reader) == [[], ["ลงชื่อ", "ซ้าย", "ขวา"]]


def test_a_page_that_is_drawn_is_forgotten():
    class Nowhere(io.RawIOBase):
        def write(self, data):
            return len(data)

    def grown(pages):
        def rows():
            for number in range(pages * 40):
                yield [f"{number % 100}", f"นายคนที่ {number % 100}", "ตำบลน้ำแพร่"]

        tracemalloc.start()
        with Paper(Nowhere(), title="ก", furniture=Furniture(foot_left="ข")) as paper:
            paper.add(Grid([Track("ที่", 50), Track("ชื่อ"), Track("ตำบล")], rows()))
            size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        return size

    grown(5)  # what is loaded and cached once
    assert grown(120) - grown(20) < 100 * 4_000


def test_a_table_that_begins_overleaf_has_its_heading_and_its_head_there_once():
    for filled in range(560, 720, 8):

        def fill(paper, filled=filled):
            paper.add(Space(filled))
            paper.heading("หัวข้อ")
            paper.add(Paragraph("หมายเหตุ", keep=True))
            paper.add(Grid([Track("ชื่อ-สกุล")], [["คนแรก"], ["คนที่สอง"]], least_height=40))

        pages = texts(written(fill))
        (page,) = [page for page in pages if "หัวข้อ" in page]
        assert page[:4] == ["หัวข้อ", "หมายเหตุ", "ชื่อ-สกุล", "คนแรก"]
        assert sum(page.count("คนที่สอง") for page in pages) == 1
