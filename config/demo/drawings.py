"""Pictures that stand for photographs in the demo: drawn, so that nobody real is shown.

Each takes dice; the same dice draw the same picture. Measures are those of a sheet of WIDTH × HEIGHT; it is drawn
larger than it is kept, which smooths its edges.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from PIL import Image, ImageDraw

WIDTH: Final = 1200
HEIGHT: Final = 900
FINER: Final = 1.5
KEPT: Final = (900, 675)  # pixels
Colour = str
CLOTHES: Final = ("#c2513f", "#d9912f", "#2f7f86", "#4d6fa8", "#7a5a9e", "#5d8f4c", "#b5577f", "#8a6a44")
SKIN: Final = ("#e3b58d", "#cf9a70", "#b98258")
HAIR: Final = ("#2b2320", "#3a2d27", "#77706b")
WALLS: Final = (("#f3ead7", "#d9c7a3"), ("#e6eee9", "#b9cdbf"), ("#efe6ee", "#cdb8c8"))
GROUNDS: Final = (("#efe3cf", "#b98d5e"), ("#dfe9e6", "#8fa79b"), ("#f1e1da", "#b0785f"))
LABELS: Final = ("#fbf7ee", "#f4e3b8", "#e7f0e4")


class Pen:
    """Draws with the measures of the sheet."""

    def __init__(self, background: Colour) -> None:
        self.image = Image.new("RGB", (round(WIDTH * FINER), round(HEIGHT * FINER)), background)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, *, round_by: float = 0) -> None:
        corners = [(x * FINER, y * FINER), ((x + width) * FINER, (y + height) * FINER)]
        self._draw.rounded_rectangle(corners, round_by * FINER, fill)

    def disc(self, x: float, y: float, across: float, down: float, fill: Colour) -> None:
        """Around a middle, so far across and so far down."""
        corners = [((x - across) * FINER, (y - down) * FINER), ((x + across) * FINER, (y + down) * FINER)]
        self._draw.ellipse(corners, fill)

    def shape(self, *points: tuple[float, float], fill: Colour) -> None:
        self._draw.polygon([(x * FINER, y * FINER) for x, y in points], fill)

    def finished(self) -> Image.Image:
        return self.image.resize(KEPT, Image.Resampling.LANCZOS)


def a_class(rng: Random) -> Image.Image:
    """An instructor at the board, people around a long table with their work before them."""
    wall, floor = rng.choice(WALLS)
    pen = Pen(wall)
    pen.box(0, 620, WIDTH, 280, floor)
    _window(pen, 70 if rng.random() < 0.5 else 900)
    pen.box(390, 110, 430, 260, "#6b4f3a", round_by=8)
    pen.box(404, 124, 402, 232, "#2f5d4f")
    for line in range(rng.randint(2, 4)):
        pen.box(436, 160 + line * 46, rng.randint(140, 320), 9, "#dfe8e2", round_by=4)
    _person(pen, rng, 840, 330, 1.15)
    seats = rng.randint(5, 7)
    step = 960 / seats
    for seat in range(seats):
        _person(pen, rng, 160 + step * seat + rng.randint(-10, 10), 500, 1)
    pen.box(70, 640, 1060, 60, "#a5774b", round_by=10)
    pen.box(90, 690, 1020, 120, "#87603b", round_by=6)
    for seat in range(seats):
        _work(pen, rng, 160 + step * seat)
    return pen.finished()


def _window(pen: Pen, x: float) -> None:
    pen.box(x, 110, 230, 260, "#ffffff", round_by=8)
    pen.box(x + 14, 124, 202, 232, "#cfe6ef")
    pen.shape(
        (x + 14, 330), (x + 80, 240), (x + 140, 300), (x + 216, 250), (x + 216, 356), (x + 14, 356), fill="#7fae83"
    )
    pen.box(x + 110, 124, 10, 232, "#ffffff")


def _person(pen: Pen, rng: Random, x: float, y: float, size: float) -> None:
    """From the waist up; `y` is the middle of the head."""
    skin, hair, shirt = rng.choice(SKIN), rng.choice(HAIR), rng.choice(CLOTHES)
    pen.box(x - 62 * size, y + 52 * size, 124 * size, 190 * size, shirt, round_by=54 * size)
    pen.box(x - 15 * size, y + 30 * size, 30 * size, 40 * size, skin)
    pen.disc(x, y - 6 * size, 46 * size, 50 * size, hair)
    if rng.random() < 0.5:  # long hair
        pen.box(x - 46 * size, y - 6 * size, 92 * size, 62 * size, hair, round_by=18 * size)
    pen.disc(x, y + 6 * size, 36 * size, 42 * size, skin)


def _work(pen: Pen, rng: Random, x: float) -> None:
    """A basket, a bowl, or a piece of cloth on the table."""
    colour = rng.choice(CLOTHES)
    match rng.randrange(3):
        case 0:
            pen.box(x - 38, 610, 76, 46, "#c99b5a", round_by=14)
            pen.box(x - 38, 626, 76, 7, "#9c7338")
        case 1:
            pen.disc(x, 640, 42, 22, colour)
            pen.disc(x, 632, 36, 13, "#f6efe2")
        case _:
            pen.shape((x - 44, 656), (x - 28, 624), (x + 44, 624), (x + 30, 656), fill=colour)
            pen.shape((x - 34, 644), (x - 28, 632), (x + 40, 632), (x + 35, 644), fill="#f3dfae")


def a_product(rng: Random) -> Image.Image:
    """Something in its packing on a table, with a leaf on the label and a little beside it."""
    back, table = rng.choice(GROUNDS)
    pen = Pen(back)
    pen.disc(600, 380, 430, 360, "#ffffff" if rng.random() < 0.4 else back)
    pen.box(0, 640, WIDTH, 260, table)
    pen.disc(600, 742, 300, 40, _darker(table))
    rng.choice(PACKINGS)(pen, rng)
    for side in (-1, 1):
        if rng.random() < 0.7:
            _leaf(pen, 600 + side * rng.randint(330, 420), 730, rng.choice(("#5d8f4c", "#7fae83", "#3f6f52")), 1.5)
    return pen.finished()


def _jar(pen: Pen, rng: Random) -> None:
    pen.box(430, 290, 340, 450, rng.choice(CLOTHES), round_by=60)
    pen.box(455, 320, 40, 360, "#f6efe2", round_by=20)
    pen.box(470, 220, 260, 90, "#6b4f3a", round_by=18)
    _label(pen, rng, 430, 430, 340, 210)


def _carton(pen: Pen, rng: Random) -> None:
    colour = rng.choice(("#c99b5a", "#b98d5e", "#d8b886"))
    pen.box(380, 300, 440, 440, colour, round_by=10)
    pen.shape((380, 306), (450, 220), (890, 220), (820, 306), fill=_lighter(colour))
    pen.shape((820, 306), (890, 220), (890, 660), (820, 738), fill=_darker(colour))
    _label(pen, rng, 430, 400, 340, 230)


def _bag(pen: Pen, rng: Random) -> None:
    colour = rng.choice(("#d8b886", "#e7d3ad", "#8fa79b"))
    pen.shape((400, 300), (800, 300), (850, 740), (350, 740), fill=colour)
    pen.box(392, 236, 416, 76, _darker(colour), round_by=10)
    pen.box(392, 268, 416, 10, "#6b4f3a")
    _label(pen, rng, 440, 410, 320, 220)


PACKINGS: Final[tuple[Callable[[Pen, Random], None], ...]] = (_jar, _carton, _bag)


def _label(pen: Pen, rng: Random, x: float, y: float, width: float, height: float) -> None:
    pen.box(x, y, width, height, rng.choice(LABELS), round_by=14)
    colour = rng.choice(CLOTHES)
    pen.box(x, y + 14, width, 12, colour)
    pen.box(x, y + height - 26, width, 12, colour)
    for petal in range(-1, 2):
        _leaf(pen, x + width / 2 + petal * 62, y + height / 2 + 34 - (petal == 0) * 14, colour, 1)


def _leaf(pen: Pen, x: float, foot: float, colour: Colour, size: float) -> None:
    """Standing on its stalk."""
    pen.shape(
        (x, foot), (x - 30 * size, foot - 40 * size), (x, foot - 88 * size), (x + 30 * size, foot - 40 * size),
        fill=colour,
    )  # fmt: skip
    pen.box(x - 2, foot - 70 * size, 4, 76 * size, _darker(colour))


def _darker(colour: Colour) -> Colour:
    return _towards(colour, 0, 0.2)


def _lighter(colour: Colour) -> Colour:
    return _towards(colour, 255, 0.3)


def _towards(colour: Colour, end: int, share: float) -> Colour:
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(part + (end - part) * share):02x}" for part in parts)
