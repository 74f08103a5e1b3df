"""Pictures: read once, checked, and no larger in the file than paper can show."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zlib import compress

from PIL import Image as Pillow
from PIL import ImageOps
from PIL.ImageFile import ImageFile
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

from editorial.render.pdf.canvas import document_of, emit

DOTS_PER_INCH = 300
SCREEN_DPI = 110
QUALITY = 88
ORIENTATION, UPRIGHT = 0x0112, 1
SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture ready for PDF. `data` is JPEG, or deflated samples when not `jpeg`.

    `width`, `height`: points it would take at `SCREEN_DPI`; `key` names its content.
    """

    key: str
    data: bytes
    pixels: tuple[int, int]
    space: str
    jpeg: bool
    width: float
    height: float


def read_image(path: Path, widest: float) -> Image | None:
    """The picture in a file, for at most `widest` points; None when it cannot be read."""
    try:
        data = path.read_bytes()
        with Pillow.open(BytesIO(data)) as source:
            return _prepared(data, source, round(widest / 72 * DOTS_PER_INCH))
    except Exception:  # a damaged file makes the decoders raise nearly anything
        return None


def _prepared(data: bytes, source: ImageFile, most: int) -> Image:
    turned = source.getexif().get(ORIENTATION, UPRIGHT) not in (0, UPRIGHT)
    natural = ImageOps.exif_transpose(source).size if turned else source.size
    jpeg = source.format == "JPEG"
    if jpeg and not turned and natural[0] <= 1.5 * most and source.mode in SPACES:
        source.draft(source.mode, (64, 64))
        source.load()
        return _image(data, natural, natural, SPACES[source.mode], jpeg=True)
    if jpeg and not turned:
        source.draft("RGB", (most, most))
    picture = _shrunk(_flat(ImageOps.exif_transpose(source)), most)
    samples = _jpeg(picture) if jpeg else compress(picture.tobytes())
    return _image(samples, natural, picture.size, SPACES[picture.mode], jpeg=jpeg)


def _shrunk(picture: Pillow.Image, most: int) -> Pillow.Image:
    width, height = picture.size
    if width <= 1.5 * most:
        return picture
    return picture.resize((most, max(1, round(height * most / width))), reducing_gap=2.0)


def _flat(picture: Pillow.Image) -> Pillow.Image:
    """Grey or RGB, what is transparent on white."""
    if picture.mode in SPACES and "transparency" not in picture.info:
        return picture
    if picture.mode in ("1", "I", "I;16", "F"):
        return picture.convert("L")
    if picture.mode in ("CMYK", "YCbCr", "LAB", "HSV"):
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Pillow.new("RGBA", layered.size, "white")
    return Pillow.alpha_composite(paper, layered).convert("RGB")


def _jpeg(picture: Pillow.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _image(
    data: bytes, natural: tuple[int, int], pixels: tuple[int, int], space: str, *, jpeg: bool
) -> Image:
    return Image(
        key=sha256(data).hexdigest()[:24],
        data=data,
        pixels=pixels,
        space=space,
        jpeg=jpeg,
        width=natural[0] * 72 / SCREEN_DPI,
        height=natural[1] * 72 / SCREEN_DPI,
    )


def place_image(
    canvas: Canvas, image: Image, x: float, y: float, width: float, height: float
) -> None:
    """Draw a picture, its lower left corner at x, y; equal content enters the file once."""
    document: Any = document_of(canvas)
    name: str = document.getXObjectName(image.key)
    if name not in document.idToObject:
        form = _form(image)
        document.Reference(form, name)
        document.addForm(image.key, form)
    canvas._formsinuse.append(image.key)  # type: ignore[attr-defined]
    emit(canvas, f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")


def _form(image: Image) -> PDFImageXObject:
    form: Any = PDFImageXObject(image.key)
    form.width, form.height = image.pixels
    form.bitsPerComponent, form.colorSpace = 8, image.space
    form._filters = ("DCTDecode",) if image.jpeg else ("FlateDecode",)
    form.streamContent, form.mask = image.data, None
    return cast(PDFImageXObject, form)
