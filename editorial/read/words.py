"""Bytes of a mail → text, whatever charset they claim to be in.

Chinese mailers declare gb2312 and send GBK, declare nothing and send GBK, or declare GBK and
send UTF-8; whole offices still do. Each claim is tried, none is believed.
"""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp

# A superset each: characters outside the smaller set are sent under its name all the same.
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "hz-gb-2312": "hz",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "big5": "big5hkscs",
    "iso-2022-jp": "iso-2022-jp-2",
    "ks_c_5601-1987": "cp949",
}
# Names programs put there when they do not know.
UNKNOWING = frozenset(
    {"", "us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"}
    | {"default", "unknown-8bit", "x-unknown", "ansi_x3.4-1968"}
)
_HAN_UTF8 = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_WORD = re.compile(r"=\?([^?\s]*)\?([bqBQ])\?([^?]*)\?=")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_STEPS = frozenset({"hz", "utf-7", "utf-16", "utf-16le", "utf-16be", "iso-2022-jp-2"})


def decoded(data: bytes, charset: str = "") -> str:
    """The text, by the first charset that fits; what fits none has � in it."""
    name = _plain_name(charset)
    if name in _STEPS or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _tried(data, name if name in _STEPS else "utf-16")
        if text is not None:
            return text
    if data.isascii():
        return data.decode("ascii")
    claims = ("utf-8", name) if _HAN_UTF8.search(data) or name in UNKNOWING else (name, "utf-8")
    for each in (*claims, "gb18030"):
        text = None if each in UNKNOWING else _tried(data, each)
        if text is not None:
            return text.removeprefix("\ufeff")
    return min(
        (data.decode(each, "replace") for each in ("utf-8", "gb18030")),
        key=lambda text: text.count("\ufffd"),
    )


def _plain_name(charset: str) -> str:
    name = charset.strip().strip("\"'").casefold().replace("_", "-")
    return WIDER.get(name, name)


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def header_text(raw: bytes) -> str:
    """A header as people read it, on one line: RFC 2047 words, raw 8-bit, or both.

    Words standing side by side are joined before they are decoded: some mailers cut a
    character in two and put the halves into two words.
    """
    text, pieces, end = decoded(raw), list[str | tuple[str, bytes]](), 0
    for word in _WORD.finditer(text):
        gap, charset = text[end : word.start()], word[1].partition("*")[0].casefold()
        last, end = pieces[-1] if pieces else "", word.end()
        if isinstance(last, tuple) and not gap.strip():
            if last[0] == charset:
                pieces[-1] = (charset, last[1] + _word_bytes(word))
                continue
            gap = ""
        pieces += (gap, (charset, _word_bytes(word)))
    pieces.append(text[end:])
    whole = "".join(each if isinstance(each, str) else decoded(*each[::-1]) for each in pieces)
    return _BREAKS.sub(" ", whole).strip()


def _word_bytes(word: re.Match[str]) -> bytes:
    raw = word[3].encode("utf-8", "surrogateescape")
    return a2b_qp(raw, header=True) if word[2] in "qQ" else base64_bytes(raw)


def base64_bytes(raw: bytes) -> bytes:
    """Bytes of base64 as far as they go: padding may be lacking, the end cut off."""
    try:
        return a2b_base64(raw)
    except Error:
        pass
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    return a2b_base64(kept + b"=" * (-len(kept) % 4))
