"""Lists of names, 名单: told from other text, and set in cells of equal width.

赵　示　钱示例　孙例　欧阳示例: names of two characters are opened to the width of three, and
stand under one another; one too long for a cell takes as many as it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import ceil

import numpy as np

from editorial.model.style import TextRole
from editorial.render.pdf.classes import EM, HALF, NUMBER_OF, Bytes, Floats, Places
from editorial.render.pdf.typed import Piece, Typed

# Fewer names are no list, but are kept whole; so many begin in the line of what leads to them.
LEAST_NAMES, LEAST_WHOLE, LEAST_BESIDE = 5, 2, 2
BLANK = "\u3000"
# Of most names; of the narrowest cell; what stays between a long name and the next one.
NAME, CELL, APART = 3 * EM, 4400, 400
_HAN = r"[^\W\d_A-Za-z]"
# A character of a name, or what stands for one that cannot be read: 李□□, 李××, 李　□.
_OF_NAME, ILLEGIBLE = r"(?:[^\W\d_A-Za-z]|[□■×＊])", "□■×＊"
# 钱示例, 孙　例, 司徒　示, 阿卜杜拉·示例, 孙例（女，苗族）, 〔日〕山田示例, 李例*
NAMED = re.compile(
    rf"(?:〔{_HAN}{{1,4}}〕)?"
    rf"(?:{_OF_NAME}{{1,2}}　{_OF_NAME}|{_OF_NAME}{{2,4}}|{_HAN}+(?:·{_HAN}+)+)"
    r"[*＊]?(?:（[^（）]{1,12}）)?　*"
)
# So many items, and so great a part of them names, make a list in which another is odd.
LEAST_ITEMS, LEAST_SHARE = 12, 0.9
# Names side by side in other text.
_PLAIN = rf"{_HAN}　{_HAN}(?!{_HAN})|{_HAN}{{1,6}}(?:·{_HAN}{{1,6}})+|{_HAN}{{1,4}}"
_NAME = f"(?:{_PLAIN})(?:（[^（）]{{1,12}}）)?"
ROLL = re.compile(rf"(?<![^\W\d_A-Za-z·]){_NAME}(?:　{_NAME}){{{LEAST_WHOLE - 1},}}(?!{_HAN})")
ROLLED = re.compile(f"{_NAME}　?")
# 获奖名单：, 示例市人民代表大会常务委员会委员（24名，按姓氏笔画排列）：
LED = re.compile(r"(?:[^，。、；：　（）]|（[^（）]*）){1,40}(?:　[^，。、；：　]{1,2})?：")
WORD = re.compile(r"[^　]+　*")
_H, _O, _I, _W, _V, _A = (NUMBER_OF[kind] for kind in "hoiwva")


def names_of(text: str, least: int = LEAST_NAMES) -> list[str]:
    """The names, `least` or more, that `text` is a list of, after what leads to them
    (“获奖名单：”, else an empty string), each with the blanks behind it; empty where it is
    anything else."""
    if BLANK not in text:
        return []
    bare = text.strip("　 ")
    lead = found[0] if (found := LED.match(bare)) else ""
    names = list(_names(WORD.findall(bare[len(lead) :])))
    if len(names) < least or not all(map(NAMED.fullmatch, names)) or _are_boxes(names):
        return []
    return [lead, *names]


def stranger_in(text: str) -> str:
    """The first of the items of what is all but a list of names that keeps it from being one;
    empty where there is none, or the text is no such list."""
    if text.count(BLANK) < LEAST_ITEMS - 1 or names_of(text):
        return ""
    bare = text.strip("　 ")
    lead = found[0] if (found := LED.match(bare)) else ""
    items = list(_names(WORD.findall(bare[len(lead) :])))
    odd = [item for item in items if not NAMED.fullmatch(item)]
    if not odd or len(items) < LEAST_ITEMS or len(odd) > (1 - LEAST_SHARE) * len(items):
        return ""
    return odd[0].rstrip(BLANK)


def _are_boxes(names: Sequence[str]) -> bool:
    """To be ticked: □是　□否. Of names few begin with what cannot be read."""
    return 2 * sum(name[0] in ILLEGIBLE for name in names) > len(names)


def _names(words: Sequence[str]) -> Iterator[str]:
    """Names of two parts put together: 李　示, and 司徒　示 before 李　示."""
    at = 0
    while at < len(words):
        singles = next(
            (run for run, word in enumerate(words[at + 1 :]) if _length(word) != 1),
            len(words) - at - 1,
        )
        parted = _length(words[at]) == 1 or (_length(words[at]) == 2 and singles % 2)
        yield "".join(words[at : at + 1 + parted])
        at += 1 + parted


def _length(word: str) -> int:
    return len(word.rstrip("　*＊").partition("（")[0])


def rolled(pieces: Sequence[Piece]) -> list[Piece]:
    """Names side by side each in a piece of its own, kept whole at the end of a line."""
    return [
        name for piece in pieces for name in (_rolled(piece) if BLANK in piece.text else (piece,))
    ]


def _rolled(piece: Piece) -> Iterator[Piece]:
    at = 0
    for roll in ROLL.finditer(piece.text):
        if between := piece.text[at : roll.start()]:
            yield piece._replace(text=between)
        for name in ROLLED.findall(roll[0]):
            yield piece._replace(text=name, whole=True)
        at = roll.end()
    if rest := piece.text[at:]:
        yield piece._replace(text=rest)


def in_cells(
    lead: Sequence[Piece],
    pieces: Sequence[Piece],
    look: TextRole,
    width: float,
    least: int = LEAST_NAMES,
) -> tuple[list[Piece], TextRole]:
    """The names of a list, `least` or more, in cells that fill `width` points, and how they are
    set; other text as it is. A list that nothing leads to begins at the edge, its names under
    one another."""
    for piece in pieces:  # no `any`: this is asked of every paragraph
        if BLANK in piece.text:
            break
    else:
        return [*lead, *pieces], look
    names = names_of(pieces[0].text, least) if len(pieces) == 1 else []
    if not names:
        return [*lead, *rolled(pieces)], look
    (piece,) = pieces
    if names[0]:
        lead = [*lead, piece._replace(text=names[0])]
    indent = look.indent if lead else 0
    room = int(width / look.size * EM)
    pitch = max(room - NAME, 0) // max((room - NAME) // CELL, 1) or EM
    cell = piece._replace(whole=True, cell=pitch, before=indent * EM, measure=room)
    cells = [cell._replace(text=name) for name in names[1:]]
    return [*lead, *cells], replace(look, align="left", indent=indent)


def set_cells(
    texts: Sequence[Typed], starts: Places, kinds: Bytes, widths: Floats, gaps: Floats
) -> Places:
    """Put into `gaps` what brings every name to its cell; the places where that was."""
    found: list[int] = []
    for at, text in zip(starts.tolist(), texts, strict=False):
        if not (text.whole and (last := text.strips[-1].piece).cell):
            continue
        names = groupby(text.strips, key=lambda strip: strip.piece.cell and id(strip.piece))
        _open_cells(at, text, kinds)
        before = last.before - HALF * (kinds[at] == _O)
        for cell, strips in names:
            own = [*strips]
            start, stop = at + own[0].start, at + own[-1].stop
            if cell and _is_short(kinds, start, stop):
                gaps[start + 1] += EM
                found.append(start + 1)
            inked, blank = _lengths(start, stop, kinds, widths, gaps)
            end = ceil((before + inked + APART) / last.cell) * last.cell
            if not cell and end + (LEAST_BESIDE - 1) * last.cell + NAME > last.measure:
                end = before + inked + blank + last.measure  # the lead has lines of its own
            gaps[stop] += end - before - inked - blank
            found.append(stop)
            before = 0.0
    return np.array(found, np.int64)


def _open_cells(at: int, text: Typed, kinds: Bytes) -> None:
    """The bracket a name begins with, 〔日〕山田示例, keeps its em at the edge as well."""
    for strip in text.strips:
        if strip.piece.cell and text.text[strip.start] == "〔":
            kinds[at + strip.start] = _H


def _is_short(kinds: Bytes, start: int, stop: int) -> bool:
    """A name of two characters, with or without a remark: 孙例（女）, 李×, 孙例*."""
    if kinds[start] != _H or kinds[start + 1] not in (_H, _V):
        return False
    return bool(
        kinds[start + 2] in (_O, _A) or all(kind in (_I, _W) for kind in kinds[start + 2 : stop])
    )


def _lengths(
    start: int, stop: int, kinds: Bytes, widths: Floats, gaps: Floats
) -> tuple[float, float]:
    """Of a name, or a lead, and of the blanks behind it."""
    end = stop
    while end > start and kinds[end - 1] in (_I, _W):
        end -= 1
    inked: float = widths[start:end].sum() + gaps[start + 1 : end].sum()
    blank: float = widths[end:stop].sum() + gaps[end : stop + 1].sum()
    return inked, blank
