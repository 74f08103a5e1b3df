"""A letter in the form of GB/T 9704-2012 clause 10.1, as a file an office can still edit."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from editorial.model.book import Printed
from editorial.model.sheet import Annex, AnswerForm, Sheet
from editorial.model.style import FontConfig
from editorial.render.docx import letterstyles as measure
from editorial.render.docx.annex import THIN, annex_names, set_annex
from editorial.render.docx.answer_form import CHECKBOXES, set_form
from editorial.render.docx.letter_text import letter_text
from editorial.render.docx.letterstyles import letter_styles
from editorial.render.docx.package import (
    FilePart,
    Properties,
    Relations,
    word_part,
)
from editorial.render.docx.plain import plain_docx
from editorial.render.docx.sections import closed
from editorial.render.docx.wordml import (
    NAMESPACES,
    ON,
    TWIPS,
    field,
    frame,
    paragraph,
    properties,
    run,
    twips,
    val,
)
from editorial.render.titles import width_of

Furniture: TypeAlias = tuple[tuple[str, str, FilePart, bool], ...]
WRITTEN_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
UNDATED = date(1980, 1, 1)


def letter_docx(sheet: Sheet, fonts: FontConfig, ink: tuple[float, float] = measure.INK) -> Printed:
    """A .docx of the letter; the same sheet gives the same bytes.

    Letterhead and upper double rule stand in the first page's header, the lower rule in its
    footer, so that text typed later moves neither. `ink` is how far the letters of the
    letterhead reach over and under their baseline, in ems. Raises EditorialError when a font
    role is missing.
    """
    relations = Relations()
    furniture = _furniture(sheet, ink)
    body = "".join(_sections(sheet, relations, furniture, ink))
    return Printed(data=_file(sheet, fonts, relations, body, furniture))


def form_docx(sheet: Sheet, fonts: FontConfig, number: int) -> Printed:
    """The annex of that place when it is a form lying apart: a file of its own, headed by the
    letter's number (GB/T 9704-2012, 7.3.7)."""
    form = sheet.annexes[number]
    assert isinstance(form, AnswerForm)
    name = sheet.number + annex_names(sheet.annexes)[number]
    relations = Relations()
    section = _standing("", 1, sheet, measure.INK[0])
    body = "".join([*set_form(form, name), section])
    return Printed(data=_file(replace(sheet, title=form.title), fonts, relations, body))


def _sections(
    sheet: Sheet, relations: Relations, furniture: Furniture, ink: tuple[float, float]
) -> list[str]:
    """The letter and its annexes; those that lie are sections of their own."""
    found: list[tuple[bool, list[str]]] = [(False, letter_text(sheet))]
    for annex, name in zip(sheet.annexes, annex_names(sheet.annexes), strict=True):
        if isinstance(annex, AnswerForm):
            if annex.apart:
                continue
            lies, blocks = False, set_form(annex, name)
        else:
            lies, blocks = annex.wide, set_annex(annex, name)
        if lies == found[-1][0]:
            found[-1][1].extend(blocks)
        else:
            found.append((lies, blocks))
    if sheet.cc and found[-1][0]:
        found.append((False, []))  # 抄送 stands at the foot of a standing page
    found[-1][1].extend(_copies(sheet))
    made: list[str] = []
    for number, (lies, blocks) in enumerate(found):
        references = _references(relations, furniture, lies, first=number == 0)
        section = _lying(references) if lies else _standing(references, number, sheet, ink[0])
        last = number == len(found) - 1
        made += [*blocks, section] if last else closed(blocks, section)
    return made


def _references(relations: Relations, furniture: Furniture, lies: bool, *, first: bool) -> str:
    wanted = [
        (kind, use, part)
        for kind, use, part, lying in furniture
        if lying == lies and (first or use != "first")
    ]
    return "".join(
        f'<w:{kind}Reference w:type="{use}" r:id="{relations.add(kind, part.name[5:])}"/>'
        for kind, use, part in wanted
    )


def _copies(sheet: Sheet) -> list[str]:
    """抄送 at the very foot of the last page; a letter has no rules or printing line there."""
    if not sheet.cc:
        return []
    place = frame(
        measure.MEASURE, vAnchor="margin", hAnchor="margin", xAlign="left", yAlign="bottom"
    )
    words = run(f"抄送：{'，'.join(sheet.cc)}。")
    return [paragraph(words, "Copies", framePr=place), paragraph("", spacing=THIN)]


# Header, footers, sections


def _furniture(sheet: Sheet, ink: tuple[float, float]) -> Furniture:
    """What stands outside the text: kind, on which pages, its file, whether those pages lie."""
    over = _mark(sheet.letterhead, ink[1])
    y = measure.HEIGHT - measure.RULE_OVER_EDGE - measure.RULE_HEIGHT
    x = (measure.WIDTH - measure.RULE_LENGTH) // 2
    place = frame(measure.RULE_LENGTH, vAnchor="page", hAnchor="page", x=str(x), y=str(y))
    under = paragraph("", "RuleBelow", framePr=place) + paragraph("", "Footer")
    standing = (
        ("header", "first", _outside("header1", "header", over), False),
        ("footer", "default", _outside("footer1", "footer", _folio("right")), False),
        ("footer", "even", _outside("footer2", "footer", _folio("left")), False),
        ("footer", "first", _outside("footer3", "footer", under), False),
    )
    if not any(isinstance(annex, Annex) and annex.wide for annex in sheet.annexes):
        return standing
    return (
        *standing,
        ("footer", "default", _outside("footer4", "footer", _lying_folio("right")), True),
        ("footer", "even", _outside("footer5", "footer", _lying_folio("left")), True),
    )


def _outside(name: str, kind: str, content: str) -> FilePart:
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    return word_part(name, kind, f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>")


def _mark_size(letterhead: str) -> float:
    """As large as the line allows, in half points."""
    most = measure.MEASURE / TWIPS / max(width_of(letterhead), 1)
    return min(measure.LARGEST_MARK, int(most * 2) / 2)


def _mark(letterhead: str, ink_below: float) -> str:
    """The issuer's name, and the rule 4 mm under its ink."""
    size = _mark_size(letterhead)
    half_points, line = val(round(size * 2)), round(size * TWIPS)
    spacing = f'w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"'
    words = run(letterhead, sz=half_points, szCs=half_points)
    gap = measure.RULE_UNDER_MARK - round((1 - measure.BASELINE - ink_below) * line)
    rule = f'w:before="{gap}" w:after="0" w:line="{measure.RULE_GAP}" w:lineRule="exact"'
    return paragraph(words, "Mark", spacing=spacing) + paragraph("", "RuleAbove", spacing=rule)


def _mark_top(letterhead: str, ink_above: float) -> int:
    """Where the line of the mark begins, so that its ink begins 30 mm down."""
    size = _mark_size(letterhead) * TWIPS
    return measure.MARK_TOP + round((ink_above - measure.BASELINE) * size)


def _folio(side: str) -> str:
    return paragraph(run("— ") + field("PAGE", "2") + run(" —"), "Footer", jc=val(side))


def _lying_folio(side: str) -> str:
    """Where it is on a standing page, turned with it: at the left of the lying one (clause 11)."""
    long, thick = measure.MEASURE // 2, 2 * measure.FOLIO_LINE
    from_left = measure.BOTTOM - twips(7) - thick // 2
    from_top = measure.LEFT + (measure.MEASURE - long if side == "right" else 0)
    place = (
        f"position:absolute;margin-left:{from_left / TWIPS}pt;margin-top:{from_top / TWIPS}pt;"
        f"width:{thick / TWIPS}pt;height:{long / TWIPS}pt;mso-position-horizontal-relative:page;"
        "mso-position-vertical-relative:page"
    )
    box = (
        f'<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" style="{place}" '
        'filled="f" stroked="f"><v:textbox style="layout-flow:vertical" inset="0,0,0,0">'
        f"<w:txbxContent>{_folio(side)}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )
    return paragraph(box, "Footer")


def _standing(references: str, number: int, sheet: Sheet, ink_above: float) -> str:
    """sectPr of the letter; only its first page has a letterhead and no folio."""
    edges = (measure.TOP, measure.RIGHT, measure.BOTTOM, measure.LEFT)
    foot = measure.BOTTOM - measure.FOLIO_GAP - measure.FOLIO_LINE
    head = _mark_top(sheet.letterhead, ink_above)
    size = f'w:w="{measure.WIDTH}" w:h="{measure.HEIGHT}"'
    return _section(references, size, edges, (head, foot), first=number == 0)


def _lying(references: str) -> str:
    """Turned clockwise, the left edge becomes the upper one."""
    edges = (measure.LEFT, measure.TOP, measure.RIGHT, measure.BOTTOM)
    size = f'w:w="{measure.HEIGHT}" w:h="{measure.WIDTH}" w:orient="landscape"'
    return _section(references, size, edges, (measure.EDGE, measure.EDGE), first=False)


def _section(
    references: str, size: str, edges: tuple[int, ...], outer: tuple[int, int], *, first: bool
) -> str:
    sides = zip(("top", "right", "bottom", "left"), edges, strict=True)
    margins = " ".join(f'w:{side}="{length}"' for side, length in sides)
    head, foot = outer
    return properties(
        "sectPr",
        ("headerReference", references),
        ("pgSz", size),
        ("pgMar", f'{margins} w:header="{head}" w:footer="{foot}" w:gutter="0"'),
        ("cols", 'w:space="425"'),
        *([("titlePg", ON)] if first else []),
        # No grid type: exact lines keep the pitch, a grid would push the first one down.
        ("docGrid", f'w:linePitch="{measure.LEADING}"'),
    )


# The file


def _file(
    sheet: Sheet,
    fonts: FontConfig,
    relations: Relations,
    body: str,
    furniture: Furniture = (),
) -> bytes:
    return plain_docx(
        body,
        *letter_styles(fonts),
        fonts,
        _properties(sheet),
        relations=relations,
        outside=(part for _, _, part, _ in furniture),
        spaces=f" {CHECKBOXES}",
    )


def _properties(sheet: Sheet) -> Properties:
    return Properties(
        title=sheet.title,
        author=sheet.issuer,
        day=_day(sheet.date),
        subject=sheet.number,
        keywords="；".join(sheet.keywords),
        origin=sheet.origin,
    )


def _day(written: str) -> date:
    """2020年3月5日 as a date; a letter not yet signed has none."""
    found = WRITTEN_DATE.fullmatch(written.strip())
    try:
        return date(*map(int, found.groups())) if found else UNDATED
    except ValueError:
        return UNDATED
