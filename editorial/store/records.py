"""Values → file contents: a new file in canonical form, an old one edited by position."""

from __future__ import annotations

from datetime import date
from typing import Any

from editorial.store.files import Files
from editorial.store.schema import FlowMap, decode, encode
from editorial.store.yamlio import dump, parse, patch

BOM = "\ufeff"


def written(files: Files, path: str, value: Any) -> bytes:
    """The bytes of `value` for `path`; what people wrote around it stays."""
    old = files.read(path)
    data = encode(value)
    if old is None:
        return dump(data).encode()
    raw, _ = parse(old.decode("utf-8-sig"), path)
    before = decode(type(value), raw, []) if isinstance(raw, dict) else None
    if before is not None:
        data = _in_their_words(raw, encode(before), data)
    return rewritten(old, data)


def rewritten(old: bytes, data: dict[str, Any]) -> bytes:
    """A file edited so that it reads as `data`: comments, layout, line ends and BOM stay."""
    text = old.decode("utf-8")
    bom = BOM if text.startswith(BOM) else ""
    return (bom + patch(text.removeprefix(bom), data)).encode()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).lower()


def _in_their_words(raw: Any, old: Any, new: Any) -> Any:
    """`new`, spelled as people did where `old`, which is what `raw` means, says the same.

    A key left blank, a default written out, a label instead of an id: all of it stays.
    """
    if old == new:
        if isinstance(raw, str) and not isinstance(new, str) and _plain(new) == raw:
            return new  # a number or a moment, for words would be put in quotes
        return FlowMap(raw) if isinstance(new, FlowMap) else raw
    if isinstance(raw, dict) and isinstance(old, dict) and isinstance(new, dict):
        data = {
            key: _in_their_words(raw[key], old[key], value) if key in raw and key in old else value
            for key, value in new.items()
        }
        spelled = {key: raw[key] for key in raw if key not in old and key not in new}
        return type(new)(data | spelled)
    if isinstance(raw, list) and isinstance(old, list) and isinstance(new, list):
        pairs = zip(raw, old, new, strict=False)
        return type(new)([*(_in_their_words(*each) for each in pairs), *new[len(old) :]])
    return new
