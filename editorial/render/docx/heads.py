"""What stands around the text of every page: running heads, folios, and whose copy it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import field
from math import hypot

from editorial.model.book import CopyMark, Imprint
from editorial.model.style import DraftStyle, FontConfig, Running
from editorial.render.docx.galley import Galley
from editorial.render.docx.looks import face_name
from editorial.render.docx.package import FilePart, Relations, word_part
from editorial.render.docx.sections import Page
from editorial.render.docx.wordml import NAMESPACES, TWIPS, escape, paragraph, run, val
from editorial.render.docx.wordml import field as word_field
from editorial.render.titles import running_title, width_of
from editorial.values import dataclass

TAGS = {"header": "hdr", "footer": "ftr"}
# Odd pages have the default one; Word wants both named in every section that has its own.
SIDES = (("default", "right"), ("even", "left"))
# What of the text can run above it: id and name of the style of its headings.
RUNNING: Mapping[Running, tuple[str, str]] = {
    "group": ("Group", "章"),
    "section": ("Section", "分目"),
}
UNRULED = '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
BLANK = re.compile(r"({pages?})")
FOLIOS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
# As in the PDF: light enough to read through, dark enough to survive a photocopy.
GREY, LARGEST, SHARE, TURN = "#E9E9E9", 58.0, 0.7, 308
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A header or footer file, `words` as yet without a reader's name."""

    name: str
    kind: str
    words: str


@dataclass(slots=True, kw_only=True)
class Heads:
    """Header and footer files as sections ask for them; what is the same is there once."""

    relations: Relations
    style: DraftStyle
    title: str
    known: dict[tuple[str, str], Around] = field(default_factory=dict)

    def plain(self) -> str:
        """Neither head nor folio: cover, divider, colophon, form."""
        return self._references(("", ""), ("", ""))

    def named(self, title: str) -> str:
        """Pages of the front matter and the index, which their own title runs above."""
        return self.chapter(title, ())

    def chapter(self, title: str, styles: Collection[str]) -> str:
        """Pages of a 篇目; `styles` of the headings in it: titles of 章 and 分目 can run above."""
        heads, foot = self.style.heads, folio(self.style.folio)
        right, left = (self._said(says, title, styles) for says in (heads.right, heads.left))
        return self._references((right, left), (foot, foot))

    def _said(self, says: Running, title: str, styles: Collection[str]) -> str:
        """Word puts the title in that stands on the page; others show that of the 篇目."""
        style, name = RUNNING.get(says, ("", ""))
        if style in styles:
            return word_field(f'STYLEREF "{name}"', title)
        if says == "book":
            return run(self.title)
        return run(title) if says else ""

    def _references(self, heads: tuple[str, str], feet: tuple[str, str]) -> str:
        shown = heads if self.style.running_head else ("", "")
        return "".join(
            self._reference(kind, use, side, words)
            for kind, said in (("header", shown), ("footer", feet))
            for (use, side), words in zip(SIDES, said, strict=True)
        )

    def _reference(self, kind: str, use: str, side: str, words: str) -> str:
        style = {"header": "Header", "footer": "Footer"}[kind]
        plain = {} if words else {"pBdr": UNRULED}
        line = paragraph(words, style, jc=val(side), **plain)
        around = self.known.get((kind, line))
        if around is None:
            around = Around(name=f"{kind}{len(self.known) + 1}", kind=kind, words=line)
            self.known[kind, line] = around
        relation = self.relations.add(kind, f"{around.name}.xml")
        return f'<w:{kind}Reference w:type="{use}" r:id="{relation}"/>'


def heads_for(galley: Galley, imprint: Imprint) -> Heads:
    title = running_title(imprint, galley.style)
    return Heads(relations=galley.relations, style=galley.style, title=title)


def folio(pattern: str) -> str:
    """第X页 共Y页 with the numbers as fields."""
    return "".join(
        word_field(FOLIOS[piece]) if piece in FOLIOS else run(piece)
        for piece in BLANK.split(pattern)
    )


def around_parts(heads: Heads, watermark: str = "") -> list[FilePart]:
    """The files; `watermark` stands in every header."""
    return [_part(each, watermark) for each in heads.known.values()]


def _part(around: Around, watermark: str) -> FilePart:
    tag, words = TAGS[around.kind], around.words
    if watermark and around.kind == "header":
        words = words.replace("</w:p>", f"{watermark}</w:p>", 1)
    return word_part(around.name, around.kind, f"<w:{tag} {NAMESPACES}>{words}</w:{tag}>")


def watermark(mark: CopyMark, page: Page, fonts: FontConfig) -> str:
    """01　林清 aslant behind the text, as a shape Word, WPS and LibreOffice know for one."""
    words = f"{mark.number}　{mark.reader}"
    ems = max(1.0, width_of(words))
    room = SHARE * hypot(page.width, page.height) / TWIPS
    size = min(LARGEST, room / ems)
    place = (
        "position:absolute;margin-left:0;margin-top:0;"
        f"width:{size * ems:.1f}pt;height:{size:.1f}pt;rotation:{TURN};z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    face = escape(face_name(fonts, "hei"))
    return (
        f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict {VML}>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
        'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>'
        '</v:shapetype><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" '
        f'style="{place}" o:allowincell="f" fillcolor="{GREY}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{face}&quot;;font-size:1pt" '
        f'string="{escape(words)}"/></v:shape></w:pict></w:r>'
    )
