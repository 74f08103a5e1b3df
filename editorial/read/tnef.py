"""The files within a winmail.dat, as Outlook packs them ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress

from editorial.read.words import decoded
from editorial.values import dataclass

SIGNATURE = b"\x78\x9f\x3e\x22"
ATTACHMENT = 2  # level of an attribute; 1 is the message itself
BEGINS, TITLE, DATA, PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
SHORT_NAME, LONG_NAME, SHOWN_NAME, BINARY = 0x3704, 0x3707, 0x3001, 0x3701
NAMED, MANY = 0x8000, 0x1000  # of a property's id, and of its type
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
VARIABLE = frozenset({13, 30, 31, 258})
WIDE = 31


@dataclass(slots=True)
class _File:
    name: str = ""
    data: bytes = b""


def tnef_files(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """(name, contents) of each; of a damaged one those before the damage."""
    found: list[_File] = []
    with suppress(struct.error, ValueError):
        for name, value in _attributes(data):
            if name == BEGINS:
                found.append(_File())
            elif found:
                _take(found[-1], name, value)
    return tuple((each.name, each.data) for each in found if each.data)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Those of the attachments: level, id, length, contents, check sum."""
    at = 6 if data.startswith(SIGNATURE) else len(data)
    while at < len(data):
        level, name, _, size = struct.unpack_from("<BHHI", data, at)
        start = at + 9
        at = start + size + 2
        if at > len(data):
            raise ValueError("cut off")
        if level == ATTACHMENT:
            yield name, data[start : start + size]


def _take(file: _File, name: int, value: bytes) -> None:
    """The short name goes before none, the long one before the short."""
    if name == TITLE:
        file.name = file.name or _text(value, wide=False)
    elif name == DATA:
        file.data = value
    elif name == PROPERTIES:
        told = dict(_properties(value))
        names = (told.get(each) for each in (LONG_NAME, SHOWN_NAME, SHORT_NAME))
        long = next((each for each in names if each), None)
        file.name = _text(long[1], wide=long[0] == WIDE) if long else file.name
        if not file.data and BINARY in told:
            file.data = told[BINARY][1]


def _text(raw: bytes, *, wide: bool) -> str:
    return (raw.decode("utf-16-le", "replace") if wide else decoded(raw)).rstrip("\0")


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """id → (type, contents); of several values the first."""
    (count,), at = struct.unpack_from("<I", data), 4
    for _ in range(count):
        kind, ident = struct.unpack_from("<HH", data, at)
        at = _past_name(data, at + 4) if ident >= NAMED else at + 4
        plain, values = kind & ~MANY, 1
        if plain in VARIABLE or kind & MANY:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
        for number in range(values):
            size = FIXED.get(plain)
            if size is None:
                if plain not in VARIABLE:
                    raise ValueError("unknown type")
                (size,) = struct.unpack_from("<I", data, at)
                at += 4
            if at + size > len(data):
                raise ValueError("cut off")
            if number == 0:
                yield ident, (plain, data[at : at + size])
            at += size + -size % 4


def _past_name(data: bytes, at: int) -> int:
    """A named property: its set, then its number or its name."""
    kind, size = struct.unpack_from("<II", data, at + 16)
    return at + 24 if kind == 0 else at + 24 + size + -size % 4
