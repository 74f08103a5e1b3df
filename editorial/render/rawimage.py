"""Picture files taken as they are: what must be left out, and whether they are sound.

PNG: W3C Portable Network Graphics, 5 and 11; JPEG: ITU-T T.81, annex B. PDF reads baseline
and progressive JPEG, and PNG rows as its predictor 15 (ISO 32000-1, 7.4.4.4 and 7.4.8).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from editorial.values import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, TRUE_COLOR, PALETTE = 0, 2, 3
CHANNELS = {GREY: 1, TRUE_COLOR: 3, PALETTE: 1}
# A full-colour PNG heavier than this is a photograph, and better off as JPEG.
HEAVY = 1_000_000
START, END, SCAN, ADOBE, COMMENT = 0xD8, 0xD9, 0xDA, 0xEE, 0xFE
READABLE = (0xC0, 0xC1, 0xC2)
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Written by cameras and programs: Exif, places, thumbnails, profiles, remarks.
DROPPED = (*range(0xE1, 0xEE), 0xEF, COMMENT)


@dataclass(frozen=True, slots=True)
class BarePng:
    """`samples` deflated, rows filtered; `palette` as rrggbb…, empty when there is none."""

    samples: bytes
    bits: int
    channels: int
    palette: str


def bare_png(data: bytes) -> BarePng | None:
    """None when the file is interlaced, see-through, deep, heavy or damaged."""
    chunks = list(_chunks(data))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"tRNS" in kinds:
        return None
    width, height, bits, color, _, _, laced = struct.unpack(">IIBBBBB", chunks[0][1])
    palette = b"".join(content for kind, content in chunks if kind == b"PLTE")
    if laced or bits > 8 or color not in CHANNELS or (color == PALETTE) != bool(palette):
        return None
    samples = b"".join(content for kind, content in chunks if kind == b"IDAT")
    channels = CHANNELS[color]
    heavy = color == TRUE_COLOR and len(samples) > HEAVY
    if heavy or not _is_sound(samples, (width * channels * bits + 7) // 8 + 1, height):
        return None
    return BarePng(samples, bits, channels, palette.hex())


def is_whole_png(data: bytes) -> bool:
    """Whether every part is there as it was written, in eight bits at most."""
    chunks = list(_chunks(data))
    kinds = [kind for kind, _ in chunks]
    return kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and chunks[0][1][8] <= 8


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of every chunk, up to the first that is damaged."""
    at = len(SIGNATURE)
    while data.startswith(SIGNATURE) and at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if check != zlib.crc32(kind + content).to_bytes(4, "big"):
            return
        yield kind, content
        at += 12 + length


def _is_sound(samples: bytes, stride: int, rows: int) -> bool:
    """Whether the rows are all there, each beginning with the number of its filter."""
    try:
        raw = zlib.decompress(samples)
    except zlib.error:
        return False
    return len(raw) == stride * rows and max(raw[::stride]) <= 4


def bare_jpeg(data: bytes) -> bytes | None:
    """The picture without what else is in its file; None when PDF could not read it."""
    kept = [b"\xff\xd8"]
    adobe = False
    for marker, segment in _segments(data):
        adobe = adobe or marker == ADOBE
        if marker in FRAMES and not _is_readable(marker, segment, adobe=adobe):
            return None
        if marker == SCAN:
            return b"".join((*kept, segment)) if segment.endswith(b"\xff\xd9") else None
        if marker not in DROPPED:
            kept.append(segment)
    return None


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment; the scan is all from there to the end of the picture."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == SCAN:
            end = data.rfind(b"\xff\xd9")
            yield marker, data[at : end + 2]
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, data[at : at + 2 + length]
        at += 2 + length


def _is_readable(marker: int, frame: bytes, *, adobe: bool) -> bool:
    """Huffman coded, eight bits deep, and not RGB that only its names tell from YCbCr."""
    names = frame[10::3]
    return marker in READABLE and frame[4] == 8 and (adobe or names != b"RGB")
