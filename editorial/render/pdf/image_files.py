"""Pictures: read once, checked, and no larger in the file than paper can show.

What a PDF can hold as it is goes in as it is: JPEG photographs without what cameras write
beside them, PNG charts with their palette. Everything else becomes grey or sRGB.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from zlib import compress

from PIL import Image as Pillow
from PIL.ImageFile import ImageFile

from editorial.render.pdf.images import Image
from editorial.render.raster import (
    DOTS_PER_INCH,
    END_OF_IMAGE,
    SCREEN_DPI,
    TAIL,
    fits,
    is_profiled,
    is_turned,
    jpeg_of,
    read_file,
    redrawn,
)
from editorial.render.rawimage import bare_jpeg, bare_png

LEVEL = 3
SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}


def load() -> None:
    """Have at hand what reads the usual kinds of pictures, which else comes with the first."""
    Pillow.preinit()


def read_image(path: Path, widest: float) -> Image | None:
    """The picture in a file, for at most `widest` points; None when it cannot be read."""
    most = round(widest / 72 * DOTS_PER_INCH)
    try:
        return read_file(path, partial(_prepared, most))
    except Exception:  # a damaged file makes the decoders raise nearly anything
        return None


def _prepared(most: int, data: bytes, source: ImageFile) -> Image:
    image = _ready(most, data, source)
    said = image.entries.encode()  # the same samples may be of other colours or another size
    return replace(image, key=sha256(said + b"\0" + image.data).hexdigest()[:24])


def _ready(most: int, data: bytes, source: ImageFile) -> Image:
    """Without its key."""
    if fits(source, most) and not is_turned(source) and not is_profiled(source):
        if source.format == "JPEG" and (kept := _kept_jpeg(data, source)):
            return kept
        if source.format == "PNG" and (kept := _kept_png(data, source)):
            return kept
    return _redrawn(source, most)


# As it is


def _kept_jpeg(data: bytes, source: ImageFile) -> Image | None:
    bare = bare_jpeg(data) if source.mode in SPACES else None
    if bare is None:
        return None
    space = SPACES[source.mode]
    size = source.size
    if END_OF_IMAGE not in data[-TAIL:]:
        source.draft(source.mode, (64, 64))
        source.load()  # a damaged one says so here
    return _image(bare, size, size, space, jpeg=True)


def _kept_png(data: bytes, source: ImageFile) -> Image | None:
    bare = bare_png(data)
    if bare is None:
        return None
    space = "DeviceGray" if bare.channels == 1 and not bare.palette else "DeviceRGB"
    plain = _image(bare.samples, source.size, source.size, space, jpeg=False)
    return replace(plain, bits=bare.bits, palette=bare.palette, predicted=bare.channels)


# Drawn again


def _redrawn(source: ImageFile, most: int) -> Image:
    drawn = redrawn(source, most)
    picture, jpeg = drawn.picture, not drawn.chart
    samples = jpeg_of(picture) if jpeg else compress(picture.tobytes(), LEVEL)
    space = SPACES[picture.mode]
    image = _image(samples, drawn.natural, picture.size, space, jpeg=jpeg)
    return replace(image, converted=drawn.converted)


def _image(
    data: bytes, natural: tuple[int, int], pixels: tuple[int, int], space: str, *, jpeg: bool
) -> Image:
    return Image(
        key="",
        data=data,
        pixels=pixels,
        space=space,
        jpeg=jpeg,
        width=natural[0] * 72 / SCREEN_DPI,
        height=natural[1] * 72 / SCREEN_DPI,
        natural=natural,
    )
