"""Page set-up: mirrored margins, running heads per 篇目, 第X页 共Y页 at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from editorial.errors import EditorialError
from editorial.model.book import Imprint, edition_name
from editorial.model.style import DraftStyle
from editorial.render.docx.looks import CIRCLED, look_of
from editorial.render.docx.package import FilePart, Relations, word_part
from editorial.render.docx.wordml import (
    NAMESPACES,
    TWIPS,
    field,
    paragraph,
    properties,
    run,
    twips,
    val,
)

LEAST_EMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and type area in twips; `measure` is a whole number of body ems."""

    width: int
    height: int
    top: int
    bottom: int
    inner: int
    outer: int
    measure: int

    @property
    def depth(self) -> int:
        return self.height - self.top - self.bottom


@dataclass(slots=True, kw_only=True)
class Heads:
    """Header and footer files as sections ask for them; `common` serve every section."""

    relations: Relations
    style: DraftStyle
    imprint: Imprint
    parts: list[FilePart]

    def references(self, title: str) -> str:
        """What a section with this running title points at."""
        feet = "".join(
            _reference("footer", use, self._add("footer", foot_line(side)))
            for use, side in (("default", "right"), ("even", "left"))
        )
        if not self.style.running_head:
            return feet
        odd = self._add("header", head_line(title, "right"))
        even = self._add("header", head_line(self._book_line(), "left"))
        return _reference("header", "default", odd) + _reference("header", "even", even) + feet

    def _book_line(self) -> str:
        label = label_of(self.imprint, self.style)
        return "　".join((self.imprint.title, label, edition_name(self.imprint)))

    def _add(self, kind: str, content: str) -> str:
        tag = {"header": "hdr", "footer": "ftr"}[kind]
        xml = f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
        data = word_part("", kind, xml).data
        known = next((part for part in self.parts if part.data == data), None)
        if known is None:
            known = word_part(f"{kind}{len(self.parts) + 1}", kind, xml)
            self.parts.append(known)
        return self.relations.add(kind, known.name.removeprefix("word/"))


def _reference(kind: str, use: str, relation: str) -> str:
    return f'<w:{kind}Reference w:type="{use}" r:id="{relation}"/>'


def head_line(words: str, side: str) -> str:
    """One running head; the style gives the thin rule under it."""
    return paragraph(run(words), "Header", jc=val(side))


def foot_line(side: str) -> str:
    """第X页 共Y页 at the outer edge."""
    words = run("第") + field("PAGE") + run("页　共") + field("NUMPAGES") + run("页")
    return paragraph(words, "Footer", jc=val(side))


def label_of(imprint: Imprint, style: DraftStyle) -> str:
    """评议稿, without brackets."""
    return (imprint.label or style.label).strip("（）()")


def page_of(style: DraftStyle) -> Page:
    """The same type area as the PDF: whole ems, what is left over to the inner margin."""
    body, margins = look_of(style, "body"), style.margins
    width, height = (twips(length) for length in style.paper[:2])
    em = body.size * TWIPS
    ems = floor((width - twips(margins.inner) - twips(margins.outer)) / em + 0.01)
    if ems < LEAST_EMS:
        raise EditorialError(
            "稿样样式的页边距过大，版心放不下文字",
            hint=f"请检查样式 {style.id or style.title} 的 paper 与 margins",
        )
    outer, measure = twips(margins.outer), round(ems * em)
    return Page(
        width=width,
        height=height,
        top=twips(margins.top),
        bottom=twips(margins.bottom),
        inner=width - outer - measure,
        outer=outer,
        measure=measure,
    )


def section_xml(page: Page, references: str = "", kind: str = "nextPage") -> str:
    """sectPr; margins are mirrored by the settings, so left means the binding side."""
    margins = (
        f'w:top="{page.top}" w:right="{page.outer}" w:bottom="{page.bottom}" w:left="{page.inner}"'
        f' w:header="{round(page.top * 0.6)}" w:footer="{round(page.bottom * 0.5)}" w:gutter="0"'
    )
    # Header and footer references stand first in the schema, already in order.
    heads = [("headerReference", references)] if references else []
    return properties(
        "sectPr",
        *heads,
        ("footnotePr", f"<w:footnotePr>{CIRCLED}</w:footnotePr>"),
        ("type", val(kind)),
        ("pgSz", f'w:w="{page.width}" w:h="{page.height}"'),
        ("pgMar", margins),
        ("cols", 'w:space="425"'),
        ("docGrid", 'w:linePitch="312"'),
    )


THIN = 'w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"'


def closed(blocks: list[str], section: str) -> list[str]:
    """Blocks of a section with its sectPr in the last paragraph, where Word looks for it."""
    last = blocks[-1] if blocks else ""
    if last.startswith("<w:p><w:pPr>"):
        return [*blocks[:-1], last.replace("</w:pPr>", f"{section}</w:pPr>", 1)]
    if last.startswith("<w:p>"):
        return [*blocks[:-1], f"<w:p><w:pPr>{section}</w:pPr>{last[len('<w:p>') :]}"]
    return [*blocks, f"<w:p><w:pPr><{THIN}/>{section}</w:pPr></w:p>"]
