"""编号本: the parts in which the copies differ made anew, the rest of the file as it is."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from zlib import DEFLATED, MAX_WBITS, Z_DEFAULT_COMPRESSION, Z_FULL_FLUSH, compressobj, crc32

from editorial.model.book import CopyMark
from editorial.model.style import FontConfig
from editorial.render.docx.heads import Heads, around_parts, watermark
from editorial.render.docx.package import Properties, core_part
from editorial.render.docx.sections import Page
from editorial.values import dataclass

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, EARLIEST = 20, (1 << 5) | 1  # 1980-01-01


class Member(NamedTuple):
    """One file of the package as it lies in the archive."""

    method: int
    crc: int
    size: int
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """What all copies are made from: the file without a number, its main `document` and how many
    bytes of that are `opening`, down to the end of the cover; `cover` makes it for a copy."""

    data: bytes
    document: bytes
    opening: int
    cover: Callable[[CopyMark], str]
    heads: Heads
    page: Page
    fonts: FontConfig
    properties: Properties


def copier(plate: Plate, marks: Sequence[CopyMark]) -> Callable[[int], bytes]:
    """Makes copy i. Whatever they have in common is packed once, when the first is asked for."""
    kept: list[tuple[dict[str, Member], bytes]] = []

    def copy(index: int) -> bytes:
        if not kept:
            kept.append(
                (_members(plate.data), _deflated(plate.document[plate.opening :], last=True))
            )
        members, rest = kept[0]
        return _bound(members | dict(_changed(plate, marks[index], rest)))

    return copy


def _changed(plate: Plate, mark: CopyMark, rest: bytes) -> Iterator[tuple[str, Member]]:
    """Cover, headers and properties of one copy."""
    opening = plate.cover(mark).encode()
    crc = crc32(plate.document[plate.opening :], crc32(opening))
    size = len(opening) + len(plate.document) - plate.opening
    packed = _deflated(opening, last=False) + rest
    yield "word/document.xml", Member(zipfile.ZIP_DEFLATED, crc, size, packed)
    for part in around_parts(plate.heads, watermark(mark, plate.page, plate.fonts)):
        yield part.name, _member(part.data)
    named = replace(plate.properties, keywords=f"{mark.number}号　{mark.reader}")
    core = core_part(named)
    yield core.name, _member(core.data)


# The archive


def _deflated(data: bytes, *, last: bool) -> bytes:
    """Packed so that more may follow, unless it is the last piece."""
    packer = compressobj(Z_DEFAULT_COMPRESSION, DEFLATED, -MAX_WBITS)
    packed = packer.compress(data)
    return packed + (packer.flush() if last else packer.flush(Z_FULL_FLUSH))


def _member(data: bytes) -> Member:
    return Member(zipfile.ZIP_DEFLATED, crc32(data), len(data), _deflated(data, last=True))


def _members(data: bytes) -> dict[str, Member]:
    """The files of an archive in their order, still packed."""
    members: dict[str, Member] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            name, extra = struct.unpack_from("<2H", data, entry.header_offset + 26)
            start = entry.header_offset + 30 + name + extra
            packed = data[start : start + entry.compress_size]
            members[entry.filename] = Member(
                entry.compress_type, entry.CRC, entry.file_size, packed
            )
    return members


def _bound(members: Mapping[str, Member]) -> bytes:
    """An archive of these files, dated as the file they come from (APPNOTE 4.3)."""
    pieces: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for title, member in members.items():
        name = title.encode()
        fields = struct.pack(
            "<5H3L2H",
            VERSION,
            0,
            member.method,
            0,
            EARLIEST,
            member.crc,
            len(member.packed),
            member.size,
            len(name),
            0,
        )
        listed.append(
            CENTRAL
            + struct.pack("<H", VERSION)
            + fields
            + struct.pack("<3H2L", 0, 0, 0, 0, at)
            + name
        )
        pieces += [LOCAL, fields, name, member.packed]
        at += len(LOCAL) + len(fields) + len(name) + len(member.packed)
    directory = b"".join(listed)
    end = END + struct.pack("<4H2LH", 0, 0, len(listed), len(listed), len(directory), at, 0)
    return b"".join([*pieces, directory, end])
