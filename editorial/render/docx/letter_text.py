"""The words of a letter in Word: from its number to the remark under the date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from editorial.model.sheet import Annex, AnswerForm, Sheet
from editorial.render.docx import letterstyles as measure
from editorial.render.docx.annex import set_title
from editorial.render.docx.letterstyles import indented
from editorial.render.docx.wordml import ON, paragraph, run, tab, val
from editorial.render.signing import (
    CHARACTERS,
    OVER_FIRST,
    OVER_NEXT,
    Place,
    Signature,
    name_lines,
    rows_to_remark,
    signature_of,
)
from editorial.render.titles import spaced_width

LEVELS = {1: "Level1", 2: "Level2"}
NO_NUMBER, NO_DATE = "（签发时编号）", "（签发时填写日期）"
SLACK = 1.0  # ems at each side a name may be wider than reckoned
ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\d-])\d{3,4}(?:-\d{3,8}){1,2}(?![\d-])", re.ASCII
)
STILL, BREAK = "<w:r><w:noBreakHyphen/></w:r>", "<w:r><w:br/></w:r>"


def letter_text(sheet: Sheet) -> list[str]:
    *texts, closing = sheet.body or ((0, ""),)
    return [
        *_number(sheet),
        paragraph(set_title(sheet.title), "Title"),
        paragraph(run(sheet.addressee.rstrip("：:") + "："), "Addressee"),
        *(_text(level, words) for level, words in texts),
        _text(*closing, keepNext=ON),  # name and date never stand on a page without text
        *_annex_notes(sheet.annexes),
        *_signature(sheet),
    ]


def _filled(words: str, blank: str) -> str:
    """What signing fills in later is held open in grey."""
    return run(words) if words else run(blank, rStyle=val("Blank"))


def _text(level: int, words: str, **children: str) -> str:
    """一、 and （一） up to their first full stop are set in their own face."""
    if level not in LEVELS:
        return paragraph(_words(words), **children)
    head, stop, rest = words.partition("。")
    if not rest:
        return paragraph(_words(words), LEVELS[level], **children)
    set_ = run(head + stop, rStyle=val(f"{LEVELS[level]}Words")) + _words(rest)
    return paragraph(set_, **children)


def _annex_notes(annexes: Sequence[Annex | AnswerForm]) -> list[str]:
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


def _words(text: str) -> str:
    """Text whose mail addresses and telephone numbers are not parted at a hyphen."""
    parts: list[str] = []
    at = 0
    for found in ADDRESS.finditer(text):
        parts += [run(text[at : found.start()]), STILL.join(map(run, found[0].split("-")))]
        at = found.end()
    return "".join([*parts, run(text[at:])])


def _number(sheet: Sheet) -> Iterator[str]:
    """发文字号 at the right; 密级 and 紧急程度 at the left, the first in the same line (10.1)."""
    number = _filled(sheet.number, NO_NUMBER)
    if not sheet.marks:
        yield paragraph(number, "Number")
        return
    first, *others = sheet.marks
    words = run(first, rStyle=val("SecrecyWords")) + tab() + number
    stop = f'<w:tabs><w:tab {val("right")} w:pos="{measure.MEASURE}"/></w:tabs>'
    yield paragraph(words, "Number", tabs=stop, jc=val("left"))
    yield from (paragraph(run(mark), "Secrecy") for mark in others)


def _signature(sheet: Sheet) -> Iterator[str]:
    """Names with room for their seals, the date under the last one, then the remark."""
    names = [name_lines(name) for name in (sheet.issuer, *sheet.partners)]
    day = sheet.date or NO_DATE
    widths = [max(map(spaced_width, lines)) for lines in (*names, (day,))]
    signed = signature_of(names, day, widths)
    for number, places in enumerate(signed.names):
        room = f'w:before="{(OVER_NEXT if number else OVER_FIRST) * measure.LEADING}"'
        yield _abreast(places, signed, room)
    yield _centred(_filled(sheet.date, NO_DATE), "Date", signed, keepNext=ON)
    if sheet.remark:
        words = f"（{sheet.remark}）"
        blank = rows_to_remark(signed.date, min(2 + spaced_width(words), CHARACTERS))
        room = f'w:before="{blank * measure.LEADING}"'
        yield paragraph(_words(words), "Remark", spacing=room)


def _abreast(places: Sequence[Place], signed: Signature, room: str) -> str:
    """One name as a paragraph that stays centred when it is edited; several at tab stops."""
    if len(places) == 1:
        return _centred(BREAK.join(map(run, places[0].lines)), "Issuer", signed, spacing=room)
    stops = "".join(
        f'<w:tab {val("center")} w:pos="{round(place.middle * measure.PITCH)}"/>'
        for place in places
    )
    words = "".join(tab() + run("".join(place.lines)) for place in places)
    look = {"tabs": f"<w:tabs>{stops}</w:tabs>", "jc": val("left"), "spacing": room}
    return paragraph(words, "Issuer", ind=indented(first=0), **look)


def _centred(words: str, style: str, signed: Signature, **look: str) -> str:
    """Between indents so that it stands in the middle over or under the date."""
    texts = (line for row in signed.names for place in row for line in place.lines)
    alone = all(len(row) == 1 for row in signed.names)
    widest = max(map(spaced_width, texts), default=0.0) if alone else 0.0
    half = max(widest, *map(spaced_width, signed.date.lines)) / 2 + SLACK
    middle = signed.date.middle
    left, right = max(0.0, middle - half), max(0.0, CHARACTERS - middle - half)
    return paragraph(words, style, ind=indented(left=left, right=right), **look)
