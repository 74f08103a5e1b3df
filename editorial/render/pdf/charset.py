"""The CIDs of a CFF font: what a character code means when a CID-keyed font is embedded.

Adobe Technical Note 5176, sections 5 (INDEX), 4 (DICT), 13 (charset).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

CHARSET, CHAR_STRINGS, ROS = (15,), (17,), (12, 30)


def glyph_cids(cff: bytes) -> array[int] | None:
    """Glyph id → CID; None for a font that is not CID-keyed (its codes are glyph ids)."""
    _, names_end = _index(cff, cff[2])
    tops, _ = _index(cff, names_end)
    top = dict(_dict(cff[tops[0] : tops[1]]))
    if ROS not in top:
        return None
    (glyphs,) = struct.unpack_from(">H", cff, top[CHAR_STRINGS])
    return _charset(cff, top[CHARSET], glyphs)


def _index(data: bytes, at: int) -> tuple[list[int], int]:
    """Absolute bounds of the objects of an INDEX, and where it ends."""
    (count,) = struct.unpack_from(">H", data, at)
    if count == 0:
        return [], at + 2
    size = data[at + 2]
    base = at + 3 + size * (count + 1) - 1
    offsets = data[at + 3 : base + 1]
    bounds = [base + int.from_bytes(offsets[size * i : size * (i + 1)]) for i in range(count + 1)]
    return bounds, bounds[-1]


def _dict(data: bytes) -> Iterator[tuple[tuple[int, ...], int]]:
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


def _integer(data: bytes, at: int) -> tuple[int, int]:
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


def _after_real(data: bytes, at: int) -> int:
    at += 1
    while data[at] & 0x0F != 0x0F and data[at] >> 4 != 0x0F:
        at += 1
    return at + 1


def _charset(data: bytes, at: int, glyphs: int) -> array[int]:
    cids = array("H", [0])
    form, at = data[at], at + 1
    if form == 0:
        cids.extend(struct.unpack_from(f">{glyphs - 1}H", data, at))
        return cids
    layout = struct.Struct(">HB" if form == 1 else ">HH")
    while len(cids) < glyphs:
        first, more = layout.unpack_from(data, at)
        cids.extend(range(first, first + more + 1))
        at += layout.size
    return cids
