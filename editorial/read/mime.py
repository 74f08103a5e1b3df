"""The parts of a mail, cut apart as bytes (RFC 2045, 2046, 2231).

Python's own reader turns a mail of 25 MB into half a million strings and guesses at 8-bit
names; here a body is a slice of what came in, and a broken mail is read as far as it goes.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterator
from dataclasses import field
from urllib.parse import unquote_to_bytes

from editorial.read.words import base64_bytes, decoded, header_text
from editorial.values import dataclass

DEEPEST = 12  # levels of parts in parts; deeper ones are left whole
MOST_PARTS = 500
_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.S)
_PARAMETER = re.compile(r';\s*([^\s=;]+?)\s*=\s*("(?:\\.|[^"\\])*(?:"|$)|[^;]*)')
_PIECE = re.compile(r"(.+?)(?:\*(\d+))?(\*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part. `fields` are its headers, names in small letters, contents raw and unfolded;
    `body` is as it was sent, `parts` what it is made of."""

    fields: tuple[tuple[str, bytes], ...]
    body: bytes = field(repr=False)
    parts: tuple[Part, ...] = ()

    def field(self, name: str) -> bytes:
        return next((raw for key, raw in self.fields if key == name), b"")

    def text(self, name: str) -> str:
        return header_text(self.field(name))

    @property
    def type(self) -> str:
        """Such as text/plain, which it is when it does not say."""
        kind = self.text("content-type").partition(";")[0].strip().casefold()
        if kind == "application/octet-stream" and self.file_name.casefold().endswith(".eml"):
            return "message/rfc822"  # as some programs forward a mail
        return kind if re.fullmatch(r"[^\s/]+/[^\s/]+", kind) else "text/plain"

    @property
    def file_name(self) -> str:
        """As its sender calls it, "" when it is not named."""
        given = parameters(self.field("content-disposition")).get("filename", "")
        return given or parameters(self.field("content-type")).get("name", "")

    def content(self) -> bytes:
        """The body decoded from its transfer encoding."""
        match self.text("content-transfer-encoding").casefold():
            case "base64":
                return base64_bytes(self.body)
            case "quoted-printable":
                return a2b_qp(self.body)
        return self.body


def read_part(data: bytes, depth: int = 0) -> Part:
    fields, body = _head(data)
    whole = Part(fields=fields, body=body)
    if depth >= DEEPEST:
        return whole
    if whole.type.startswith("multipart/"):
        cut = _cut(body, parameters(whole.field("content-type")).get("boundary", ""))
        parts = tuple(read_part(piece, depth + 1) for piece in cut)
        return Part(fields=fields, body=body, parts=parts)
    if whole.type == "message/rfc822":
        return Part(fields=fields, body=body, parts=(read_part(whole.content(), depth + 1),))
    return whole


def _head(data: bytes) -> tuple[tuple[tuple[str, bytes], ...], bytes]:
    """Headers and the rest; a part that begins with an empty line has none."""
    if data[:1] in (b"\r", b"\n"):
        return (), data.lstrip(b"\r\n") if data.strip() else b""
    found = _HEAD_END.search(data)
    head, body = (data[: found.start()], data[found.end() :]) if found else (data, b"")
    fields = tuple(_fields(head))
    return (fields, body) if fields else ((), data)


def _fields(head: bytes) -> Iterator[tuple[str, bytes]]:
    for line in re.split(rb"\r?\n(?![ \t])|\r(?![\n \t])", head):
        found = _FIELD.fullmatch(line)
        if found:
            name = found[1].decode("ascii").casefold()
            yield name, re.sub(rb"\r?\n[ \t]", b" ", found[2]).strip()


def _cut(body: bytes, boundary: str) -> list[bytes]:
    """What lies between the lines that begin with the boundary; the last need not be closed."""
    mark = b"--" + boundary.encode("utf-8", "surrogateescape")
    if not boundary:
        return []
    lines = re.compile(rb"(?:^|\r?\n)" + re.escape(mark) + rb"(--)?[ \t]*(?=\r?\n|$)")
    pieces, start = [], -1
    for line in lines.finditer(body):
        if start >= 0:
            pieces.append(body[start : line.start()])
        start = -1 if line[1] else _after_line(body, line.end())
        if line[1] or len(pieces) >= MOST_PARTS:
            break
    return [*pieces, body[start:]] if start >= 0 else pieces


def _after_line(body: bytes, at: int) -> int:
    return at + (2 if body[at : at + 2] == b"\r\n" else 1)


def parameters(raw: bytes) -> dict[str, str]:
    """The parameters of a header by name, RFC 2231 pieces put together, raw names guessed."""
    text = raw.decode("latin-1")
    pieces: dict[str, list[tuple[int, bool, bytes]]] = {}
    for name, value in _PARAMETER.findall(";" + text.partition(";")[2]):
        found = _PIECE.fullmatch(name.casefold())
        if found:
            bare = _unquoted(value).encode("latin-1")
            part = (int(found[2] or 0), bool(found[3]), bare)
            pieces.setdefault(found[1], []).append(part)
    return {name: _joined(each) for name, each in pieces.items()}


def _unquoted(value: str) -> str:
    value = value.strip()
    if not value.startswith('"'):
        return value
    inner = value[1:-1] if len(value) > 1 and value.endswith('"') else value[1:]
    # A backslash before a letter is a path some mailer forgot to strip, not an escape.
    return re.sub(r'\\(["\\])', r"\1", inner)


def _joined(pieces: list[tuple[int, bool, bytes]]) -> str:
    pieces.sort(key=lambda piece: piece[0])
    if not any(marked for _, marked, _ in pieces):
        return header_text(b"".join(raw for _, _, raw in pieces))
    first = pieces[0][2]
    charset, _, rest = first.partition(b"'") if first.count(b"'") >= 2 else (b"", b"", b"'" + first)
    raws = [rest.partition(b"'")[2], *(raw for _, _, raw in pieces[1:])]
    data = b"".join(
        unquote_to_bytes(raw) if marked else raw
        for raw, (_, marked, _) in zip(raws, pieces, strict=True)
    )
    return decoded(data, charset.decode("ascii", "replace"))
