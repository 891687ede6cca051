"""Photographs that somebody sends: hostile until proved, then made anew from their pixels alone.

What is kept is never what was sent: the picture is decoded, turned upright, made small and written afresh, so
that nothing hidden in the file (position, camera, a program behind the picture) comes along. `prepare` refuses
with a reason in words.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MOST_BYTES: Final = 15 * 1024 * 1024
LARGE: Final = 1600
SMALL: Final = 400

# Of a JPEG, the decoder gives a reduced picture at once; the others unfold to their full size in memory.
MOST_PIXELS: Final = {"JPEG": 64_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}

_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_HEIC: Final = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)


@dataclass(frozen=True)
class Prepared:
    """A picture made anew, in its two sizes, and the mark by which the same file is known again."""

    large: bytes
    small: bytes
    width: int
    height: int
    sha256: str


def prepare(file: IO[bytes]) -> Prepared:
    """The picture in `file`, made anew; a ValidationError says why not."""
    _check_size(file)
    try:
        with Image.open(file, formats=list(MOST_PIXELS)) as opened:
            _check_extent(opened)
            image = _upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise ValidationError(_("Only JPEG, PNG and WebP pictures can be added."), "kind") from None
    except _BROKEN as fault:
        raise ValidationError(_("The picture is damaged or not complete."), "damaged") from fault
    small = image.copy()
    small.thumbnail((SMALL, SMALL))
    return Prepared(_jpeg(image), _jpeg(small), image.width, image.height, _mark(file))


def _mark(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _check_size(file: IO[bytes]) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        raise ValidationError(_("The file is empty."), "empty")
    if size > MOST_BYTES:
        most = filesizeformat(MOST_BYTES)
        raise ValidationError(_("The file is too large: at most %(most)s."), "too_large", {"most": most})
    start = file.read(12)
    file.seek(0)
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC:
        raise ValidationError(
            _(
                "This is a HEIC picture of a telephone. Please save it as JPEG first; on an iPhone choose "
                "Settings, Camera, Formats, Most Compatible, to take such pictures from now on."
            ),
            "heic",
        )


def _check_extent(image: Image.Image) -> None:
    """Before a single pixel is unpacked: a small file may claim a picture that fills all memory."""
    if image.width * image.height > MOST_PIXELS[str(image.format)]:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return ValidationError(_("The picture has far too many points. Please make it smaller first."), "bomb")


def _upright(opened: Image.Image) -> Image.Image:
    """Its pixels only, as a person would hold the picture, no larger than is kept."""
    turn = _TURNS.get(_orientation(opened))
    opened.draft("RGB", (LARGE, LARGE))
    opened.load()
    image: Image.Image = opened
    if "transparency" in image.info or image.mode in ("LA", "PA", "RGBA", "La", "RGBa"):
        image = image.convert("RGBA")
    elif image.mode != "RGB":
        image = image.convert("RGB")
    image.thumbnail((LARGE, LARGE))
    if turn is not None:
        image = image.transpose(turn)
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def _orientation(image: Image.Image) -> int:
    """Which side is up, as the camera noted; a broken note is no reason to refuse a good picture."""
    try:
        noted = image.getexif().get(_ORIENTATION)
    except Exception:  # whatever a hostile note makes the reader of notes stumble over
        return 1
    return noted if isinstance(noted, int) else 1


def _jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=82, optimize=True, progressive=True)
    return written.getvalue()
