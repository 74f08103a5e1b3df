"""Figure files taken into the package: each once, as it is if Word can show it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile

from editorial.render.docx.package import FilePart
from editorial.render.docx.wordml import escape

EMU_PER_INCH, EMU_PER_TWIP = 914_400, 635
SCREEN_DPI = 110  # how large a picture is set if there is room, as in the PDF
PRINT_DPI, ROOMY = 300, 1.5  # what paper can show, and how much more is let be
QUALITY = 88
SUFFIXES = {"JPEG": "jpeg", "PNG": "png", "GIF": "gif"}
ORIENTATION = 0x0112
UPRIGHT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`target` names the file beside the document; natural size in EMU."""

    target: str
    width: int
    height: int


@dataclass(slots=True)
class Pictures:
    """Pictures by file and by content; None stands for a file that cannot be read.

    `most`: pixels across that the width of the text can show in print.
    """

    most: int
    by_path: dict[Path, Picture | None] = field(default_factory=dict)
    by_content: dict[bytes, Picture] = field(default_factory=dict)
    parts: list[FilePart] = field(default_factory=list)
    shown: int = 0

    def take(self, path: Path) -> Picture | None:
        if path not in self.by_path:
            self.by_path[path] = self._read(path)
        return self.by_path[path]

    def next_id(self) -> int:
        """Every showing of a picture needs an id of its own."""
        self.shown += 1
        return self.shown

    def _read(self, path: Path) -> Picture | None:
        try:
            data = path.read_bytes()
            digest = sha256(data).digest()
            if digest not in self.by_content:
                self.by_content[digest] = self._embed(data)
        except Exception:  # a damaged file makes the decoders raise nearly anything
            return None
        return self.by_content[digest]

    def _embed(self, data: bytes) -> Picture:
        with Image.open(io.BytesIO(data)) as image:
            suffix, data, size = _printable(image, data, self.most)
        target = f"media/image{len(self.parts) + 1}.{suffix}"
        self.parts.append(FilePart(name=f"word/{target}", data=data))
        width, height = (round(pixels / SCREEN_DPI * EMU_PER_INCH) for pixels in size)
        return Picture(target=target, width=width, height=height)


def _printable(image: ImageFile, data: bytes, most: int) -> tuple[str, bytes, tuple[int, int]]:
    """Suffix, bytes and natural size. What Word would turn, not show or choke on is rewritten."""
    turned = image.getexif().get(ORIENTATION, UPRIGHT) not in (0, UPRIGHT)
    size = (image.height, image.width) if turned and _is_lying(image) else image.size
    suffix = SUFFIXES.get(image.format or "", "")
    if suffix and not turned and size[0] <= ROOMY * most:
        image.draft(image.mode, (64, 64))
        image.load()  # reading a little of it shows whether it can be read at all
        return suffix, data, size
    if not turned:
        image.draft("RGB", (most, most))
    return *_rewritten(ImageOps.exif_transpose(image), most, jpeg=suffix == "jpeg"), size


def _is_lying(image: Image.Image) -> bool:
    """Turn marks 5 to 8 mean a quarter turn."""
    return int(image.getexif().get(ORIENTATION, UPRIGHT)) > 4


def _rewritten(picture: Image.Image, most: int, *, jpeg: bool) -> tuple[str, bytes]:
    file = io.BytesIO()
    if picture.width > ROOMY * most:
        height = max(1, round(picture.height * most / picture.width))
        picture = picture.resize((most, height), reducing_gap=2.0)
    if jpeg:
        picture.convert("RGB").save(file, "JPEG", quality=QUALITY, optimize=True)
        return "jpeg", file.getvalue()
    seen_through = "A" in picture.getbands() or "transparency" in picture.info
    picture.convert("RGBA" if seen_through else "RGB").save(file, "PNG")
    return "png", file.getvalue()


def fitted(picture: Picture, width: int, height: int) -> tuple[int, int]:
    """Natural size, or as much smaller as the room (in twips) asks."""
    room = (width * EMU_PER_TWIP / picture.width, height * EMU_PER_TWIP / picture.height)
    scale = min(1.0, *room)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def drawing(relation: str, number: int, size: tuple[int, int], title: str) -> str:
    """An inline picture; `title` is what a screen reader says."""
    extent, name = f'cx="{size[0]}" cy="{size[1]}"', f"图{number}"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name="{name}" descr="{escape(title)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
