"""Pictures: read once, checked, and no larger in the file than paper can show.

What a PDF can hold as it is goes in as it is: JPEG photographs without what cameras write
beside them, PNG charts with their palette. Everything else becomes grey or sRGB.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zlib import compress

import numpy as np
from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, ImageOps, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from editorial.errors import EditorialError
from editorial.render.pdf.rawimage import bare_jpeg, bare_png

DOTS_PER_INCH = 300
SCREEN_DPI = 110
QUALITY, LEVEL = 88, 3
# Exif: beyond 4 the picture lies on its side.
ORIENTATION, UPRIGHT, LAST_LEVEL = 0x0112, 1, 4
# A JPEG with its end is whole; decoding all of a book to make sure takes a tenth of its time.
END_OF_IMAGE, TAIL = b"\xff\xd9", 256
SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}
# Pictures much taller than wide are never printed higher than this times the measure.
TALL = 2.0
# A picture needs about four bytes a pixel while it is read; photographs only an eighth.
MOST_PIXELS, MOST_PHOTO_PIXELS, MOST_BYTES = 60_000_000, 170_000_000, 150_000_000
# More colours than this, and it is a photograph whatever its file is called.
CHART_COLORS = 4096
CONVERTED = ("CMYK", "LAB")
DEEP, DEEPEST = ("I", "I;16", "I;16L", "I;16B", "F"), 65535.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture ready for PDF. `data` is JPEG, or deflated samples when not `jpeg`.

    `width`, `height`: points it would take at `SCREEN_DPI`; `natural`: pixels of the file,
    `converted`: its colours when they had to be made RGB; `key` names the content. `space`
    is the name of its colours; `palette` are theirs, as rrggbb…, when samples of `bits` bits
    are numbers into it. `predicted`: samples a PNG filter has gone over, so many a pixel.
    """

    key: str
    data: bytes
    pixels: tuple[int, int]
    space: str
    jpeg: bool
    width: float
    height: float
    natural: tuple[int, int] = (0, 0)
    converted: str = ""
    bits: int = 8
    palette: str = ""
    predicted: int = 0

    @property
    def entries(self) -> str:
        """Of its dictionary in the file (ISO 32000-1, 8.9.5)."""
        width, height = self.pixels
        space = f"/{self.space}"
        if self.palette:
            space = f"[/Indexed/{self.space} {len(self.palette) // 6 - 1}<{self.palette}>]"
        said = (
            f"/Width {width}/Height {height}/ColorSpace{space}/BitsPerComponent {self.bits}"
            f"/Filter/{'DCTDecode' if self.jpeg else 'FlateDecode'}"
        )
        if not self.predicted:
            return said
        return (
            f"{said}/DecodeParms<</Predictor 15/Colors {self.predicted}"
            f"/BitsPerComponent {self.bits}/Columns {width}>>"
        )


def read_image(path: Path, widest: float) -> Image | None:
    """The picture in a file, for at most `widest` points; None when it cannot be read."""
    try:
        return _read(path, round(widest / 72 * DOTS_PER_INCH))
    except Exception:  # a damaged file makes the decoders raise nearly anything
        return None


def unreadable(path: Path) -> str:
    """Why a picture cannot be read, in a few words; empty when it can."""
    try:
        _read(path, 1)
    except EditorialError as error:
        return error.message
    except FileNotFoundError:
        return "文件不存在"
    except UnidentifiedImageError:
        return "文件不是图片"
    except Exception:  # as above
        return "图片损坏"
    return ""


def _read(path: Path, most: int) -> Image:
    if path.stat().st_size > MOST_BYTES:
        raise EditorialError("图片文件太大")
    data = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        try:
            with Pillow.open(BytesIO(data)) as source:
                return _prepared(data, source, most)
        except Pillow.DecompressionBombError as error:
            raise EditorialError("图片像素太多") from error


def _prepared(data: bytes, source: ImageFile, most: int) -> Image:
    photo = source.format in ("JPEG", "MPO")
    _check_size(source, photo=photo)
    turned = source.getexif().get(ORIENTATION, UPRIGHT) not in (0, UPRIGHT)
    fits = source.width <= 1.5 * most and source.height <= 1.5 * TALL * most
    if fits and not turned and not _profiled(source):
        if source.format == "JPEG" and (kept := _kept_jpeg(data, source)):
            return kept
        if source.format == "PNG" and (kept := _kept_png(data, source)):
            return kept
    return _redrawn(source, most, photo=photo, turned=turned)


def _check_size(source: ImageFile, *, photo: bool) -> None:
    least_memory = photo and not source.info.get("progressive")
    most = MOST_PHOTO_PIXELS if least_memory else MOST_PIXELS
    if source.width * source.height > most:
        raise EditorialError("图片像素太多")


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


def _redrawn(source: ImageFile, most: int, *, photo: bool, turned: bool) -> Image:
    natural, lies = source.size, source.getexif().get(ORIENTATION, UPRIGHT) > LAST_LEVEL
    if photo:
        source.draft("L" if source.mode == "L" else "RGB", (most, most))
    picture: Pillow.Image = ImageOps.exif_transpose(source) if turned else source
    if turned and lies:
        natural = natural[::-1]
    if photo and source.mode == "CMYK" and "adobe" not in source.info:
        picture = ImageChops.invert(picture)  # Pillow takes all for Adobe's, which are inverted
    picture = _shrunk(_flat(_in_srgb(picture)), most)
    chart = source.mode in ("1", "P") or (not photo and picture.getcolors(CHART_COLORS))
    jpeg = not chart
    samples = _jpeg(picture) if jpeg else compress(picture.tobytes(), LEVEL)
    drawn = _image(samples, natural, picture.size, SPACES[picture.mode], jpeg=jpeg)
    return replace(drawn, converted=source.mode if source.mode in CONVERTED else "")


def _in_srgb(picture: Pillow.Image) -> Pillow.Image:
    """Colours of paper or of another screen, as far as the picture says which."""
    if picture.mode == "LAB":
        return _converted(picture, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    profile = picture.info.get("icc_profile")
    if picture.mode in ("CMYK", "RGB") and profile and not _is_srgb(profile):
        try:
            return _converted(picture, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError):  # a profile of another kind, or a damaged one
            return picture
    return picture


def _converted(picture: Pillow.Image, profile: ImageCms.ImageCmsProfile) -> Pillow.Image:
    screen = ImageCms.createProfile("sRGB")
    done = ImageCms.profileToProfile(picture, profile, screen, outputMode="RGB")
    assert done is not None
    return done


def _profiled(source: ImageFile) -> bool:
    """Whether its colours are those of another screen."""
    profile = source.info.get("icc_profile")
    return bool(profile) and source.mode in ("RGB", "P") and not _is_srgb(profile)


@lru_cache(maxsize=64)
def _is_srgb(profile: bytes) -> bool:
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        return "srgb" in ImageCms.getProfileDescription(opened).lower()
    except (ImageCms.PyCMSError, OSError):
        return True


def _flat(picture: Pillow.Image) -> Pillow.Image:
    """Grey or RGB, eight bits deep, what is transparent on white."""
    if picture.mode in SPACES and "transparency" not in picture.info:
        return picture
    if picture.mode in DEEP:
        return _levelled(picture)
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in ("CMYK", "YCbCr", "HSV"):
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Pillow.new("RGBA", layered.size, "white")
    return Pillow.alpha_composite(paper, layered).convert("RGB")


def _levelled(picture: Pillow.Image) -> Pillow.Image:
    """Deep grey: sixteen bits to eight, numbers of any other range between black and white."""
    levels = np.asarray(picture).astype(np.float64)
    low, high = float(levels.min()), float(levels.max())
    if picture.mode != "F" and low >= 0 and high <= DEEPEST:
        low, high = 0.0, DEEPEST
    scaled = (levels - low) * (255 / max(high - low, 1e-9))
    return Pillow.fromarray(np.clip(scaled, 0, 255).astype(np.uint8), "L")


def _shrunk(picture: Pillow.Image, most: int) -> Pillow.Image:
    width, height = picture.size
    scale = min(most / width, TALL * most / height)
    if scale >= 1 / 1.5:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return picture.resize(size, reducing_gap=2.0)


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
        natural=natural,
    )
