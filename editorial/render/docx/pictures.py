"""Figure files taken into the package: each once, as it is if Word can show it."""

from __future__ import annotations

from dataclasses import field
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL.ImageFile import ImageFile

from editorial.model.document import Figure
from editorial.model.finding import Finding
from editorial.render.docx.package import FilePart
from editorial.render.docx.wordml import escape
from editorial.render.faults import figure_faults, unreadable_figure
from editorial.render.raster import (
    DOTS_PER_INCH,
    EIGHT_BITS,
    SCREEN_DPI,
    Redrawn,
    fits,
    is_profiled,
    is_turned,
    jpeg_of,
    read_file,
    redrawn,
    unreadable,
)
from editorial.render.rawimage import bare_jpeg, is_whole_png
from editorial.values import dataclass

PRINT_DPI = DOTS_PER_INCH
EMU_PER_INCH, EMU_PER_MM, EMU_PER_TWIP = 914_400, 36_000, 635


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`target` names the file beside the document; natural size in EMU, `pixels` across;
    `converted`: its colours when they had to be made RGB."""

    target: str
    width: int
    height: int
    pixels: int
    converted: str = ""


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
            return read_file(path, self._content)
        except Exception:  # a damaged file makes the decoders raise nearly anything
            return None

    def _content(self, data: bytes, source: ImageFile) -> Picture:
        digest = sha256(data).digest()
        if digest not in self.by_content:
            self.by_content[digest] = self._embed(data, source)
        return self.by_content[digest]

    def _embed(self, data: bytes, source: ImageFile) -> Picture:
        kept = None
        if fits(source, self.most) and not is_turned(source) and not is_profiled(source):
            kept = _kept(data, source)
        natural, converted = source.size, ""
        if kept is None:
            drawn = redrawn(source, self.most)
            kept, natural, converted = _written(drawn), drawn.natural, drawn.converted
        suffix, content = kept
        target = f"media/image{len(self.parts) + 1}.{suffix}"
        self.parts.append(FilePart(name=f"word/{target}", data=content))
        width, height = (round(pixels / SCREEN_DPI * EMU_PER_INCH) for pixels in natural)
        return Picture(
            target=target, width=width, height=height, pixels=natural[0], converted=converted
        )


def _kept(data: bytes, source: ImageFile) -> tuple[str, bytes] | None:
    """As it is, but for what a camera wrote beside it: None when Word could not show it."""
    match source.format:
        case "JPEG" if source.mode in EIGHT_BITS:
            bare = bare_jpeg(data)
            return ("jpeg", bare) if bare else None
        case "PNG" if is_whole_png(data):
            return "png", data
        case "GIF" if not getattr(source, "is_animated", False):
            source.load()  # a damaged one says so here
            return "gif", data
        case _:
            return None


def _written(drawn: Redrawn) -> tuple[str, bytes]:
    if not drawn.chart:
        return "jpeg", jpeg_of(drawn.picture)
    file = BytesIO()
    drawn.picture.save(file, "PNG")
    return "png", file.getvalue()


def fitted(picture: Picture, width: int, height: int, wanted: float = 0) -> tuple[int, int]:
    """Natural size, or as wide as `wanted` (millimetres), or as much smaller as the room (in
    twips) asks."""
    room = (width * EMU_PER_TWIP / picture.width, height * EMU_PER_TWIP / picture.height)
    most = wanted * EMU_PER_MM / picture.width if wanted else 1.0
    scale = min(most, *room)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def picture_faults(
    where: str, figure: Figure, path: Path, picture: Picture | None, width: int
) -> tuple[Finding, ...]:
    """What is odd about a picture shown `width` EMU wide, as the PDF says it."""
    if picture is None:
        return (unreadable_figure(where, figure, unreadable(path)),)
    dots = picture.pixels / (width / EMU_PER_INCH)
    return tuple(figure_faults(where, figure, picture.converted, dots))


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
