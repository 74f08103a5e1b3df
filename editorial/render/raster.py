"""Pictures as paper can show them: opened with care, redrawn when they must be."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, ImageOps, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from editorial.errors import EditorialError
from editorial.values import dataclass

DOTS_PER_INCH = 300
SCREEN_DPI = 110
QUALITY = 88
# Exif: beyond 4 the picture lies on its side.
ORIENTATION, UPRIGHT, LAST_LEVEL = 0x0112, 1, 4
# A JPEG with its end is whole; decoding all of a book to make sure takes a tenth of its time.
END_OF_IMAGE, TAIL = b"\xff\xd9", 256
EIGHT_BITS = ("L", "RGB")
# Pictures much taller than wide are never printed higher than this times the measure.
TALL = 2.0
# How much more than paper can show is let be.
ROOMY = 1.5
# A picture needs about four bytes a pixel while it is read; photographs only an eighth.
MOST_PIXELS, MOST_PHOTO_PIXELS, MOST_BYTES = 60_000_000, 170_000_000, 150_000_000
# More colours than this, and it is a photograph whatever its file is called.
CHART_COLORS = 4096
CONVERTED = ("CMYK", "LAB")
DEEP, DEEPEST = ("I", "I;16", "I;16L", "I;16B", "F"), 65535.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """A picture in grey or RGB. `natural`: pixels of the file as it is to be seen; `chart`: of
    few colours, which JPEG would blur; `converted`: its colours when they had to be made RGB."""

    picture: Pillow.Image
    natural: tuple[int, int]
    chart: bool
    converted: str = ""


def read_file(path: Path, prepared: Callable[[bytes, ImageFile], T]) -> T:
    """What `prepared` makes of a picture file. Raises EditorialError when it is too large, and
    nearly anything when it is damaged."""
    if path.stat().st_size > MOST_BYTES:
        raise EditorialError("图片文件太大")
    data = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        try:
            with Pillow.open(BytesIO(data)) as source:
                _check_size(source)
                return prepared(data, source)
        except Pillow.DecompressionBombError as error:
            raise EditorialError("图片像素太多") from error


def unreadable(path: Path) -> str:
    """Why a picture cannot be read, in a few words; empty when it can."""
    try:
        read_file(path, lambda _, source: redrawn(source, 1))
    except EditorialError as error:
        return error.message
    except FileNotFoundError:
        return "文件不存在"
    except UnidentifiedImageError:
        return _what_it_is(path)
    except Exception:  # a damaged file makes the decoders raise nearly anything
        return "图片损坏"
    return ""


LFS_POINTER, PHONE_PHOTO = "是 git LFS 的指针，原图没有取下来", "是 HEIC 图片，印不了"
_PHONE = re.compile(rb"....ftyp(?:hei|hev|mif1|msf1|avif)", re.DOTALL)


def _what_it_is(path: Path) -> str:
    """What takes the place of a picture where there is none that can be read."""
    head = path.read_bytes()[:64]
    if head.startswith(b"version https://git-lfs"):
        return LFS_POINTER
    return PHONE_PHOTO if _PHONE.match(head) else "文件不是图片"


def is_photo(source: ImageFile) -> bool:
    return source.format in ("JPEG", "MPO")


def is_turned(source: Pillow.Image) -> bool:
    return source.getexif().get(ORIENTATION, UPRIGHT) not in (0, UPRIGHT)


def fits(source: Pillow.Image, most: int) -> bool:
    """Whether it has hardly more pixels than `most` across can show."""
    return source.width <= ROOMY * most and source.height <= ROOMY * TALL * most


def _check_size(source: ImageFile) -> None:
    least_memory = is_photo(source) and not source.info.get("progressive")
    most = MOST_PHOTO_PIXELS if least_memory else MOST_PIXELS
    if source.width * source.height > most:
        raise EditorialError("图片像素太多")


def redrawn(source: ImageFile, most: int) -> Redrawn:
    """Upright, in grey or sRGB of eight bits, on white, at most `most` pixels across."""
    photo, turned = is_photo(source), is_turned(source)
    natural, lies = source.size, source.getexif().get(ORIENTATION, UPRIGHT) > LAST_LEVEL
    if photo:
        source.draft("L" if source.mode == "L" else "RGB", (most, most))
    picture: Pillow.Image = ImageOps.exif_transpose(source) if turned else source
    if turned and lies:
        natural = natural[::-1]
    if photo and source.mode == "CMYK" and "adobe" not in source.info:
        picture = ImageChops.invert(picture)  # Pillow takes all for Adobe's, which are inverted
    picture = _shrunk(_flat(_in_srgb(picture)), most)
    chart = source.mode in ("1", "P") or (not photo and bool(picture.getcolors(CHART_COLORS)))
    converted = source.mode if source.mode in CONVERTED else ""
    return Redrawn(picture=picture, natural=natural, chart=chart, converted=converted)


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


def is_profiled(source: ImageFile) -> bool:
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
    if picture.mode in EIGHT_BITS and "transparency" not in picture.info:
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
    import numpy as np  # few books have one, and it is slow to load

    levels = np.asarray(picture).astype(np.float64)
    low, high = float(levels.min()), float(levels.max())
    if picture.mode != "F" and low >= 0 and high <= DEEPEST:
        low, high = 0.0, DEEPEST
    scaled = (levels - low) * (255 / max(high - low, 1e-9))
    return Pillow.fromarray(np.clip(scaled, 0, 255).astype(np.uint8), "L")


def _shrunk(picture: Pillow.Image, most: int) -> Pillow.Image:
    width, height = picture.size
    scale = min(most / width, TALL * most / height)
    if scale >= 1 / ROOMY:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return picture.resize(size, reducing_gap=2.0)


def jpeg_of(picture: Pillow.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
