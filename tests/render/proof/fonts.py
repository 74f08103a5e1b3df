"""What the fonts of a PDF say of their codes: the character each stands for, and its width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

BFCHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
BFRANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])"
)
HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
SUBSET = re.compile(r"[A-Z]{6}\+")
UNKNOWN = "\ufffd"


class Glyphs(dict[int, tuple[str, float]]):
    """Code → text and advance in ems; codes without a mapping read as U+FFFD."""

    def __init__(self, texts: dict[int, str], widths: dict[int, float], usual: float) -> None:
        super().__init__()
        self.texts, self.widths, self.usual = texts, widths, usual

    def __missing__(self, code: int) -> tuple[str, float]:
        glyph = self.texts.get(code, UNKNOWN), self.widths.get(code, self.usual)
        self[code] = glyph
        return glyph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Font:
    """A font as pages use it; `bytes_each` is the length of its codes."""

    name: str
    glyphs: Glyphs = field(repr=False)
    bytes_each: int
    embedded: bool
    mapped: bool

    @property
    def subset(self) -> bool:
        return bool(SUBSET.match(self.name))

    @property
    def family(self) -> str:
        return self.name.partition("+")[2] or self.name


def read_font(raw: pikepdf.Object) -> Font:
    """A font dictionary: Type0 with Identity codes, or a simple font of one-byte codes."""
    composite = raw.get("/Subtype") == "/Type0"
    inner = raw.DescendantFonts[0] if composite else raw
    texts = _texts(raw) if "/ToUnicode" in raw else {} if composite else _latin()
    widths = _cid_widths(inner) if composite else _simple_widths(inner)
    descriptor = inner.get("/FontDescriptor", {})
    return Font(
        name=str(raw.get("/BaseFont", ""))[1:],
        glyphs=Glyphs(texts, widths, float(inner.get("/DW", 1000)) / 1000 if composite else 0.0),
        bytes_each=2 if composite else 1,
        embedded=any(f"/FontFile{kind}" in descriptor for kind in ("", 2, 3)),
        mapped="/ToUnicode" in raw,
    )


def _latin() -> dict[int, str]:
    return {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}


def _texts(raw: pikepdf.Object) -> dict[int, str]:
    """The ToUnicode map."""
    data = raw.ToUnicode.read_bytes()
    texts: dict[int, str] = {}
    for body in BFCHAR.findall(data):
        texts |= {int(code, 16): _utf16(text) for code, text in PAIR.findall(body)}
    for body in BFRANGE.findall(data):
        for low, high, first, each in RANGE.findall(body):
            texts |= _range(int(low, 16), int(high, 16), first, HEX.findall(each))
    return texts


def _range(low: int, high: int, first: bytes, each: list[bytes]) -> dict[int, str]:
    if each:
        return {low + at: _utf16(text) for at, text in enumerate(each)}
    start = _utf16(first)
    return {code: start[:-1] + chr(ord(start[-1]) + code - low) for code in range(low, high + 1)}


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(b"".join(digits.split()).decode()).decode("utf-16-be", "replace")


def _cid_widths(inner: pikepdf.Object) -> dict[int, float]:
    return dict(_cid_width_pairs(list(inner.get("/W", []))))


def _cid_width_pairs(items: list[pikepdf.Object]) -> Iterator[tuple[int, float]]:
    at = 0
    while at < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width) / 1000) for n, width in enumerate(second))
            at += 2
        else:
            width = float(items[at + 2]) / 1000
            yield from ((code, width) for code in range(first, int(second) + 1))
            at += 3


def _simple_widths(inner: pikepdf.Object) -> dict[int, float]:
    first = int(inner.get("/FirstChar", 0))
    widths = inner.get("/Widths", [])
    return {first + at: float(width) / 1000 for at, width in enumerate(widths)}
