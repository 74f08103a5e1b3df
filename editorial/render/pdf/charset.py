"""The CIDs of a CFF font: what a character code means when a CID-keyed font is embedded.

Adobe Technical Note 5176, sections 5 (INDEX), 4 (DICT), 13 (charset).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

import numpy as np

CHARSET, CHAR_STRINGS, ROS = (15,), (17,), (12, 30)


def glyph_cids(cff: memoryview) -> array[int] | None:
    """Glyph id → CID; None for a font that is not CID-keyed (its codes are glyph ids)."""
    _, names_end = _index(cff, cff[2])
    tops, _ = _index(cff, names_end)
    top = dict(_dict(cff[tops[0] : tops[1]]))
    if ROS not in top:
        return None
    (glyphs,) = struct.unpack_from(">H", cff, top[CHAR_STRINGS])
    return _charset(cff, top[CHARSET], glyphs)


def _index(data: memoryview, at: int) -> tuple[list[int], int]:
    """Absolute bounds of the objects of an INDEX, and where it ends."""
    (count,) = struct.unpack_from(">H", data, at)
    if count == 0:
        return [], at + 2
    size = data[at + 2]
    base = at + 3 + size * (count + 1) - 1
    offsets = data[at + 3 : base + 1]
    bounds = [base + int.from_bytes(offsets[size * i : size * (i + 1)]) for i in range(count + 1)]
    return bounds, bounds[-1]


def _dict(data: memoryview) -> Iterator[tuple[tuple[int, ...], int]]:
    """Operator → its last operand, for operators whose operands are integers."""
    at = operand = 0
    while at < len(data):
        byte = data[at]
        if byte <= 21:
            operator = (byte, data[at + 1]) if byte == 12 else (byte,)
            yield operator, operand
            at += len(operator)
        elif byte == 30:
            at = _after_real(data, at)
        else:
            operand, at = _integer(data, at)


def _integer(data: memoryview, at: int) -> tuple[int, int]:
    byte = data[at]
    if byte == 28:
        return struct.unpack_from(">h", data, at + 1)[0], at + 3
    if byte == 29:
        return struct.unpack_from(">l", data, at + 1)[0], at + 5
    if byte <= 246:
        return byte - 139, at + 1
    if byte <= 250:
        return (byte - 247) * 256 + data[at + 1] + 108, at + 2
    return -(byte - 251) * 256 - data[at + 1] - 108, at + 2


def _after_real(data: memoryview, at: int) -> int:
    at += 1
    while data[at] & 0x0F != 0x0F and data[at] >> 4 != 0x0F:
        at += 1
    return at + 1


def _charset(data: memoryview, at: int, glyphs: int) -> array[int]:
    form, wanted = data[at], glyphs - 1
    if form == 0:
        cids = np.frombuffer(data, ">u2", wanted, at + 1)
    else:
        layout = np.dtype([("first", ">u2"), ("more", "u1" if form == 1 else ">u2")])
        # No more ranges than glyphs; what follows the last one is not read as any.
        most = min(wanted, (len(data) - at - 1) // layout.itemsize)
        ranges = np.frombuffer(data, layout, most, at + 1)
        counts = ranges["more"].astype(np.int64) + 1
        ends = counts.cumsum()
        if wanted and (not most or ends[-1] < wanted):
            raise ValueError("charset cut short")
        held = int(np.searchsorted(ends, wanted)) + 1
        starts = ranges["first"][:held] - (ends - counts)[:held]
        cids = np.arange(wanted) + starts.repeat(counts[:held])[:wanted]
    return array("H", np.concatenate(([0], cids)).astype(np.uint16).tobytes())
