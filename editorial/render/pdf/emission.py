"""Broken lines as PDF text operators, for all lines of a batch in one go.

The glyph codes of all characters make one long string. It is cut where something happens
between two characters (a gap, another face, the edge of a span that tells how its text
reads, the next line), and glue is put into the cuts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from editorial.render.pdf.breaking import Broken
from editorial.render.pdf.classes import LATIN_GAPS, NOWHERE, Counts, Flags, Floats, Places
from editorial.render.pdf.colors import fill
from editorial.render.pdf.face import TYPED
from editorial.render.pdf.matter import Matter
from editorial.render.pdf.measures import measures
from editorial.render.pdf.spacing import Spaced
from editorial.render.pdf.typed import RISES, SHIFT_SCALE, Strip
from editorial.values import dataclass

# Readers of text take a gap of a tenth of an em for a space.
SEEN_AS_SPACE = 90.0
# Gaps this near are told in one span: 在2018年.
ONE_SPAN = 6
BLACK = "000000"

Events: TypeAlias = dict[int, str]


@dataclass(frozen=True, slots=True)
class Dress:
    """How one text is shown: where it begins in the matter, its strips and the names of their
    fonts, size in points, colour; `own` is the strip whose dress each line begins and ends in."""

    start: int
    own: int
    strips: tuple[Strip, ...]
    fonts: tuple[str, ...]
    size: float
    color: str


@dataclass(slots=True)
class _Happenings:
    """What is put before a character, by its number among the spaced ones: the ends of spans
    and their beginnings, changes of dress; and what opens and closes each line. `spans` are
    first and stop of those to be told yet."""

    begins: Events = field(default_factory=dict)
    ends: set[int] = field(default_factory=set)
    changes: Events = field(default_factory=dict)
    notes: Events = field(default_factory=dict)
    opens: Events = field(default_factory=dict)
    closes: Events = field(default_factory=dict)
    spans: tuple[Places, Places] = (NOWHERE, NOWHERE)


def emit_lines(
    matter: Matter,
    broken: Broken,
    spaced: Spaced,
    sizes: Floats,
    dresses: Mapping[int, Dress],
) -> list[str]:
    """The operators of each line, from the dress of the text's own strip back to it.

    `sizes` are points per thousandth of an em, by text; `dresses` those of texts of several
    strips.

    A note mark is left open: «key» stands for its glyph code, ‹key› for its character.
    """
    if not len(spaced.at):
        return [""] * len(broken.of)
    happen = _Happenings()
    opened = np.flatnonzero(spaced.opened > 0)
    points = spaced.opened[opened] * sizes[broken.of[opened]]
    for number, each in zip(opened.tolist(), points.tolist(), strict=True):
        happen.opens[number] = f"{each:.4f} Tc "
        happen.closes[number] = " 0 Tc"
    _dress(broken, spaced, dresses, happen)
    _tell(matter, spaced, happen)
    return _joined(matter, spaced, happen)


# Dress


def _dress(
    broken: Broken, spaced: Spaced, dresses: Mapping[int, Dress], happen: _Happenings
) -> None:
    """Faces, shifts and colours that differ from what the text is mostly set in."""
    if not dresses:
        return
    texts = np.array(list(dresses))
    firsts = np.searchsorted(broken.of, texts).tolist()
    lasts = np.searchsorted(broken.of, texts, side="right").tolist()
    starts, begins = broken.start.tolist(), spaced.begins.tolist()
    for dress, low, high in zip(dresses.values(), firsts, lasts, strict=True):
        for number in _odd_lines(dress, starts[low:high]):
            line = low + number
            first, stop = begins[line], begins[line + 1]
            _dress_line(dress, line, first, stop, starts[line] - dress.start - first, happen)


def _odd_lines(dress: Dress, starts: Sequence[int]) -> Iterator[int]:
    """Lines on which not all is set in the text's own dress."""
    seen = -1
    for index, strip in enumerate(dress.strips):
        if index == dress.own and not (strip.typed or strip.piece.note):
            continue
        first = bisect_right(starts, dress.start + strip.start) - 1
        last = bisect_right(starts, dress.start + strip.stop - 1) - 1
        yield from range(max(first, seen + 1), last + 1)
        seen = max(seen, last)


def _dress_line(
    dress: Dress, number: int, first: int, stop: int, shift: int, happen: _Happenings
) -> None:
    """`shift` added to a spaced number is the index in the text."""
    own = worn = _look(dress, dress.own)
    begin = bisect_right(dress.strips, first + shift, key=attrgetter("stop"))
    for index in range(begin, len(dress.strips)):
        strip = dress.strips[index]
        low, high = max(strip.start - shift, first), min(strip.stop - shift, stop)
        if strip.start - shift >= stop:
            break
        if low >= high:
            continue
        look = _look(dress, index)
        change = _change(worn, look)
        if change and low == first:
            happen.opens[number] = happen.opens.get(number, "") + change.lstrip() + " "
        elif change:
            happen.changes[low] = change
        worn = look
        if strip.piece.note:
            happen.notes[low] = strip.piece.note
        elif strip.typed:
            happen.begins[low] = _span(strip.typed)
            happen.ends.add(high)
    happen.closes[number] = happen.closes.get(number, "") + _change(worn, own)


_Look: TypeAlias = tuple[str, float, str]


def _look(dress: Dress, index: int) -> _Look:
    piece = dress.strips[index].piece
    return _worn(dress.fonts[index], dress.size, piece.shift, piece.color or dress.color)


@lru_cache(maxsize=1024)
def _worn(font: str, size: float, shift: str, color: str) -> _Look:
    scale = SHIFT_SCALE if shift else 1.0
    return f"{font} {size * scale:.6g} Tf", RISES[shift] * size, color


def _change(worn: _Look, look: _Look) -> str:
    if worn == look:
        return ""
    font = f" {look[0]}" if look[0] != worn[0] else ""
    rise = f" {look[1]:.3f} Ts" if look[1] != worn[1] else ""
    color = f" {fill(look[2])}" if look[2] != worn[2] else ""
    return font + rise + color


@lru_cache(maxsize=1024)
def dressed(resource: str, size: float, shift: str, color: str) -> tuple[str, str]:
    """What opens and what closes a text object set mostly from this face."""
    scale = SHIFT_SCALE if shift else 1.0
    opening, closing = f"BT {resource} {size * scale:.6g} Tf", "\nET"
    if shift:
        opening += f" {RISES[shift] * size:.3f} Ts"
    if color != BLACK:
        opening, closing = f"{opening} {fill(color)}", "\nET 0 g"
    return opening, f"{closing}\n0 Ts" if shift else closing


# How it reads


def _tell(matter: Matter, spaced: Spaced, happen: _Happenings) -> None:
    """Spans telling the text where gaps would be taken for spaces (ISO 32000-1, 14.9.4)."""
    loose = spaced.opened > SEEN_AS_SPACE
    if len(matter.cells):
        loose[spaced.line[_at_spots(matter, spaced, matter.cells)]] = True
    for number in np.flatnonzero(loose).tolist():
        first, stop = spaced.begins[number : number + 2].tolist()
        _tell_span(matter, spaced, first, stop, happen)
    told = (matter.ruling.levels[spaced.rules] == LATIN_GAPS) & ~loose[spaced.line]
    if len(matter.waves):
        told |= _at_spots(matter, spaced, matter.waves) & ~loose[spaced.line]
    gaps, line = spaced.spots[told], spaced.line[told]
    if not len(gaps):
        return
    apart = np.diff(gaps) > ONE_SPAN
    apart |= np.diff(line) > 0
    firsts = gaps[np.concatenate([[True], apart])] - 1
    stops = gaps[np.concatenate([apart, [True]])] + 1
    odd = np.array(sorted({*happen.notes, *happen.begins, *happen.ends}), np.int64)
    busy = np.searchsorted(odd, stops, "right") > np.searchsorted(odd, firsts, "left")
    for first, stop in zip(firsts[busy].tolist(), stops[busy].tolist(), strict=True):
        _tell_span(matter, spaced, first, stop, happen)
    happen.spans = firsts[~busy], stops[~busy]


def _at_spots(matter: Matter, spaced: Spaced, places: Places) -> Flags:
    """Which spots stand before the characters at `places`."""
    among = np.zeros(len(matter.text) + 1, bool)
    among[places] = True
    return among[spaced.at[spaced.spots]]


def _tell_span(matter: Matter, spaced: Spaced, first: int, stop: int, happen: _Happenings) -> None:
    """One span, kept apart from those already there and with its note marks left open."""
    inside = range(first, stop)
    begin = int(spaced.at[first])
    text = matter.told[begin : begin + stop - first]
    notes = [(at, happen.notes[at]) for at in inside if at in happen.notes]
    if any(at in happen.begins for at in inside) or any(
        at in happen.ends for at in range(first + 1, stop + 1)
    ):
        return
    parts, since = [], 0
    for at, key in notes:
        parts += [_hex(text[since : at - first]), f"‹{key}›"]
        since = at - first + 1
    parts.append(_hex(text[since:]))
    happen.begins[first] = f"/Span<</ActualText<FEFF{''.join(parts)}>>>BDC"
    happen.ends.add(stop)


def _span(text: str) -> str:
    return f"/Span<</ActualText<FEFF{_hex(text)}>>>BDC"


def _hex(text: str) -> str:
    for drawn, typed in TYPED.items():
        if drawn in text:
            text = text.replace(drawn, typed)
    return text.encode("utf-16-be", "replace").hex()


def _hexes(text: str, begins: Places, ends: Places) -> list[str]:
    """The characters [begin, end) of `text` as `_hex` has them, cut from one long string."""
    whole = text.encode("utf-16-be", "replace").hex()
    bounds = zip(begins.tolist(), ends.tolist(), strict=True)
    if len(whole) != 4 * len(text):
        return [_hex(text[begin:end]) for begin, end in bounds]
    told = [whole[4 * begin : 4 * end] for begin, end in bounds]
    points = np.frombuffer(text.encode("utf-16-le", "replace"), "<u2")
    odd = np.flatnonzero(np.isin(points, [ord(each) for each in TYPED]))
    changed = np.searchsorted(odd, begins) < np.searchsorted(odd, ends)
    for number in np.flatnonzero(changed).tolist():
        told[number] = _hex(text[int(begins[number]) : int(ends[number])])
    return told


# Glue


def _joined(matter: Matter, spaced: Spaced, happen: _Happenings) -> list[str]:
    codes = measures().codes[matter.places[spaced.at]].astype(">u2").tobytes().hex()
    values = np.zeros(len(spaced.at), np.int32)
    gaps = spaced.gaps
    if matter.scales is not None:
        gaps = gaps / matter.scales[spaced.at[spaced.spots]]
    values[spaced.spots] = -np.rint(gaps)
    lines = np.flatnonzero(np.diff(spaced.begins) > 0)
    begins = spaced.begins[lines]
    turns = np.zeros(len(values) + 1, bool)
    turns[begins] = turns[-1] = True
    firsts, stops = _free_spans(matter, spaced, turns, happen)
    odd = _odd(len(values), happen)
    marked = odd | turns
    marked[firsts] = marked[stops] = True
    marked[spaced.spots] |= values[spaced.spots] != 0
    cuts = np.flatnonzero(marked[:-1])
    bounds = (cuts * 4).tolist()
    shown = [codes[a:b] for a, b in zip(bounds, [*bounds[1:], len(codes)], strict=True)]
    glue = _glue(cuts, values, odd, happen)
    _put_spans(glue, cuts, values, matter, spaced, firsts, stops)
    places = np.searchsorted(cuts, begins).tolist()
    _turn_lines(glue, places, begins.tolist(), lines.tolist(), happen)
    for at, note in happen.notes.items():
        shown[int(np.searchsorted(cuts, at))] = f"«{note}»"
    parts = [""] * (2 * len(glue))
    parts[::2], parts[1::2] = glue, shown
    row = "".join(parts)
    last = len(values) in happen.ends
    row += f">]TJ{' EMC' if last else ''}{happen.closes.get(int(lines[-1]), '')}"
    found = iter(row.split("\n")[1:])
    filled = np.diff(spaced.begins) > 0
    return [next(found) if each else "" for each in filled.tolist()]


def _odd(count: int, happen: _Happenings) -> Flags:
    """Where more happens than a gap."""
    odd = np.zeros(count + 1, bool)
    after_notes = [at + 1 for at in happen.notes]
    for places in (happen.begins, happen.ends, happen.changes, happen.notes, after_notes):
        odd[np.fromiter(places, np.int64, len(places))] = True
    return odd


def _free_spans(
    matter: Matter, spaced: Spaced, turns: Flags, happen: _Happenings
) -> tuple[Places, Places]:
    """The spans that touch nothing else; the others join what happens."""
    firsts, stops = happen.spans
    busy = turns | _odd(len(spaced.at), happen)
    touching = busy[firsts] | busy[stops]
    for first, stop in zip(firsts[touching].tolist(), stops[touching].tolist(), strict=True):
        begin = int(spaced.at[first])
        happen.begins[first] = _span(matter.told[begin : begin + stop - first])
        happen.ends.add(stop)
    return firsts[~touching], stops[~touching]


def _put_spans(
    glue: list[str],
    cuts: Places,
    values: Counts,
    matter: Matter,
    spaced: Spaced,
    firsts: Places,
    stops: Places,
) -> None:
    begins = spaced.at[firsts]
    bounds = zip(
        np.searchsorted(cuts, firsts).tolist(),
        values[firsts].tolist(),
        _hexes(matter.told, begins, begins + stops - firsts),
        strict=True,
    )
    for place, gap, told in bounds:
        glue[place] = f">]TJ/Span<</ActualText<FEFF{told}>>>BDC[{gap}<"
    for place, gap in zip(
        np.searchsorted(cuts, stops).tolist(), values[stops].tolist(), strict=True
    ):
        glue[place] = f">]TJ EMC[{gap}<"


class _Gaps(dict[int, str]):
    """A gap between two strings of a line, written once."""

    def __missing__(self, number: int) -> str:
        gap = self[number] = f">{number}<"
        return gap


_GAPS = _Gaps()


def _glue(cuts: Places, values: Counts, odd: Flags, happen: _Happenings) -> list[str]:
    """What goes between the characters at every cut within a line."""
    numbers = values[cuts].tolist()
    glue = [_GAPS[number] for number in numbers]
    begins, ends, changes = happen.begins, happen.ends, happen.changes
    places = np.flatnonzero(odd[cuts])
    for place, at in zip(places.tolist(), cuts[places].tolist(), strict=True):
        head = ">]TJ EMC" if at in ends else ">]TJ"
        if changes:
            head += changes.get(at, "")
        head += begins.get(at, "")
        # Some readers give up the opening before a string that no number stands before.
        if head != ">]TJ":
            glue[place] = f"{head}[{numbers[place]}<"
    return glue


def _turn_lines(
    glue: list[str], places: list[int], begins: list[int], lines: list[int], happen: _Happenings
) -> None:
    """At the first character of each line: the line before is closed, this one opened. What
    closes before the first is not read."""
    ends, opens, starts, closes = happen.ends, happen.opens, happen.begins, happen.closes
    close = ""
    for place, at, line in zip(places, begins, lines, strict=True):
        end = " EMC" if at in ends else ""
        glue[place] = f">]TJ{end}{close}\n{opens.get(line, '')}{starts.get(at, '')}[<"
        close = closes.get(line, "")
