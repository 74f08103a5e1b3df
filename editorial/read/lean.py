"""A mail without the bodies of files that are kept beside it."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterator, Mapping
from hashlib import sha256

from editorial.read.mime import Part, read_part

LARGE = 64 * 2**10  # bytes; smaller files stay in the mail


def lean_mail(data: bytes, kept: Mapping[str, str]) -> bytes:
    """The mail byte for byte, but for large files that are `kept` (SHA-256 → where, in words):
    a line in the place of each says so."""
    pieces: list[bytes] = []
    at = 0
    for part in _leaves(read_part(data)):
        where = _kept(part, kept)
        start = data.find(part.body, at) if where else -1
        if start >= 0:
            pieces += [data[at:start], _instead(part, where)]
            at = start + len(part.body)
    return b"".join([*pieces, data[at:]])


def _leaves(part: Part) -> Iterator[Part]:
    if not part.parts:
        yield part
    for each in part.parts:
        yield from _leaves(each)


def _kept(part: Part, kept: Mapping[str, str]) -> str:
    """Where, "" when it stays in the mail."""
    if len(part.body) < LARGE:
        return ""
    return kept.get(sha256(part.content()).hexdigest(), "")


def _instead(part: Part, where: str) -> bytes:
    told = f"{where}\nSHA-256：{sha256(part.content()).hexdigest()}\n".encode()
    coded = part.text("content-transfer-encoding").casefold() == "base64"
    return encodebytes(told).rstrip(b"\n") if coded else told
