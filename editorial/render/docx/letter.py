"""A letter in the form of GB/T 9704-2012 clause 10.1, as a file an office can still edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from editorial.model.book import Printed
from editorial.model.sheet import Annex, Sheet
from editorial.model.style import FontConfig
from editorial.render.docx import letterstyles as measure
from editorial.render.docx.annex import THIN, annex_names, set_annex, set_title
from editorial.render.docx.letterstyles import indented, letter_styles
from editorial.render.docx.looks import font_table_xml, settings_xml, styles_xml
from editorial.render.docx.package import (
    FilePart,
    Properties,
    Relations,
    packed,
    word_part,
)
from editorial.render.docx.wordml import (
    NAMESPACES,
    ON,
    TWIPS,
    field,
    frame,
    paragraph,
    properties,
    run,
    val,
)
from editorial.render.titles import width_of

LEVELS = {1: "Level1", 2: "Level2"}
NO_NUMBER, NO_DATE = "（签发时编号）", "（签发时填写日期）"
DATE_FROM_RIGHT, NAME_FROM_RIGHT = 4, 2  # characters, where a seal will stand (7.3.5.1)
SLACK = 2.0  # ems a name may be wider than reckoned
WRITTEN_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
UNDATED = date(1980, 1, 1)


def letter_docx(sheet: Sheet, fonts: FontConfig) -> Printed:
    """A .docx of the letter; the same sheet gives the same bytes.

    Letterhead and upper double rule stand in the first page's header, the lower rule in its
    footer, so that text typed later moves neither. Raises EditorialError when a font role
    is missing.
    """
    relations = Relations()
    furniture = _furniture(sheet)
    first = "".join(
        f'<w:{kind}Reference w:type="{use}" r:id="{relations.add(kind, part.name[5:])}"/>'
        for kind, use, part in furniture
    )
    annexes = zip(sheet.annexes, annex_names(sheet.annexes), strict=True)
    blocks = [*_main(sheet), *(block for each in annexes for block in set_annex(*each))]
    body = "".join([*blocks, *_copies(sheet), _section(first)])
    return Printed(data=_file(sheet, fonts, relations, furniture, body))


# The letter itself


def _main(sheet: Sheet) -> list[str]:
    *texts, closing = sheet.body or ((0, ""),)
    return [
        paragraph(_filled(sheet.number, NO_NUMBER), "Number"),
        paragraph(set_title(sheet.title), "Title"),
        paragraph(run(sheet.addressee.rstrip("：:") + "："), "Addressee"),
        *(_text(level, words) for level, words in texts),
        _text(*closing, keepNext=ON),  # name and date never stand on a page without text
        *_annex_notes(sheet.annexes),
        *_signature(sheet),
        *([paragraph(run(f"（{sheet.remark}）"), "Remark")] if sheet.remark else []),
    ]


def _filled(words: str, blank: str) -> str:
    """What signing fills in later is held open in grey."""
    return run(words) if words else run(blank, rStyle=val("Blank"))


def _text(level: int, words: str, **children: str) -> str:
    """一、 and （一） up to their first full stop are set in their own face."""
    if level not in LEVELS:
        return paragraph(run(words), **children)
    head, stop, rest = words.partition("。")
    if not rest:
        return paragraph(run(words), LEVELS[level], **children)
    set_ = run(head + stop, rStyle=val(f"{LEVELS[level]}Words")) + run(rest)
    return paragraph(set_, **children)


def _annex_notes(annexes: Sequence[Annex]) -> list[str]:
    """附件：names, one under another, a blank line below the text (clause 7.3.4)."""
    blank = f'w:before="{measure.LEADING}"'
    if len(annexes) == 1:
        look = indented(left=5, hanging=3)
        words = run(f"附件：{annexes[0].title}")
        return [paragraph(words, "AnnexNote", ind=look, spacing=blank)]
    first = {"ind": indented(left=5.75, hanging=3.75), "spacing": blank}
    later = {"ind": indented(left=5.75, hanging=0.75)}
    return [
        paragraph(
            run(f"{'附件：' if place == 1 else ''}{place}.{annex.title}"),
            "AnnexNote",
            **(first if place == 1 else later),
        )
        for place, annex in enumerate(annexes, 1)
    ]


def _signature(sheet: Sheet) -> list[str]:
    """Name centred over the date, the date 4 characters in: room for the seal on both."""
    day = sheet.date or NO_DATE
    column = max(width_of(sheet.issuer), width_of(day)) + SLACK
    right = max(NAME_FROM_RIGHT - SLACK / 2, DATE_FROM_RIGHT - (column - width_of(day)) / 2)
    left = max(0.0, measure.CHARS - right - column)
    place = indented(left=left, right=right)
    room = f'w:before="{2 * measure.LEADING}"'
    return [
        paragraph(run(sheet.issuer), "Issuer", ind=place, spacing=room),
        paragraph(_filled(sheet.date, NO_DATE), "Date", ind=place),
    ]


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


def _furniture(sheet: Sheet) -> tuple[tuple[str, str, FilePart], ...]:
    """What stands outside the text: kind, on which pages, and its file."""
    over = _mark(sheet.letterhead) + paragraph("", "RuleAbove")
    y = measure.HEIGHT - measure.RULE_OVER_EDGE - measure.RULE_HEIGHT
    x = (measure.WIDTH - measure.RULE_LENGTH) // 2
    place = frame(measure.RULE_LENGTH, vAnchor="page", hAnchor="page", x=str(x), y=str(y))
    under = paragraph("", "RuleBelow", framePr=place) + paragraph("", "Footer")
    return (
        ("header", "first", _outside("header1", "header", over)),
        ("footer", "default", _outside("footer1", "footer", _folio("right"))),
        ("footer", "even", _outside("footer2", "footer", _folio("left"))),
        ("footer", "first", _outside("footer3", "footer", under)),
    )


def _outside(name: str, kind: str, content: str) -> FilePart:
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    return word_part(name, kind, f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>")


def _mark(letterhead: str) -> str:
    """The issuer's name as large as the line allows, its upper edge where the header begins."""
    most = measure.MEASURE / TWIPS / max(width_of(letterhead), 1)
    size = min(measure.LARGEST_MARK, int(most * 2) / 2)
    half_points, line = val(round(size * 2)), round(size * TWIPS)
    spacing = f'w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"'
    return paragraph(run(letterhead, sz=half_points, szCs=half_points), "Mark", spacing=spacing)


def _folio(side: str) -> str:
    return paragraph(run("— ") + field("PAGE", "2") + run(" —"), "Footer", jc=val(side))


def _section(references: str) -> str:
    """sectPr of the whole letter; its first page has a header and footer of its own."""
    edges = (measure.TOP, measure.RIGHT, measure.BOTTOM, measure.LEFT)
    sides = zip(("top", "right", "bottom", "left"), edges, strict=True)
    margins = " ".join(f'w:{side}="{length}"' for side, length in sides)
    foot = measure.BOTTOM - measure.FOLIO_GAP - measure.FOLIO_LINE
    return properties(
        "sectPr",
        ("headerReference", references),
        ("pgSz", f'w:w="{measure.WIDTH}" w:h="{measure.HEIGHT}"'),
        ("pgMar", f'{margins} w:header="{measure.MARK_TOP}" w:footer="{foot}" w:gutter="0"'),
        ("cols", 'w:space="425"'),
        ("titlePg", ON),
        # No grid type: exact lines keep the pitch, a grid would push the first one down.
        ("docGrid", f'w:linePitch="{measure.LEADING}"'),
    )


# The file


def _file(
    sheet: Sheet,
    fonts: FontConfig,
    relations: Relations,
    furniture: Sequence[tuple[str, str, FilePart]],
    body: str,
) -> bytes:
    parts = [
        word_part("styles", "styles", styles_xml(*letter_styles(fonts))),
        word_part("settings", "settings", settings_xml(facing=False, notes=False)),
        word_part("fontTable", "fontTable", font_table_xml(fonts)),
    ]
    for part in parts:
        name = part.name.removeprefix("word/")
        relations.add(name.removesuffix(".xml"), name)
    xml = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    document = word_part("document", "document.main", xml, relations.listed)
    outside = [part for _, _, part in furniture]
    return packed([document, *parts, *outside], _properties(sheet))


def _properties(sheet: Sheet) -> Properties:
    return Properties(
        title=sheet.title,
        author=sheet.issuer,
        day=_day(sheet.date),
        subject=sheet.number,
        keywords="；".join(sheet.keywords),
    )


def _day(written: str) -> date:
    """2020年3月5日 as a date; a letter not yet signed has none."""
    found = WRITTEN_DATE.fullmatch(written.strip())
    try:
        return date(*map(int, found.groups())) if found else UNDATED
    except ValueError:
        return UNDATED
