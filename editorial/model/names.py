"""Names that can be one step of a path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from unicodedata import normalize

from editorial.errors import EditorialError

LONGEST = 200  # bytes; file systems allow 255, and extensions and temporary names are added
NEAR = 12  # names told where there are more
_NUMBER = re.compile(r"[0-9]{1,18}")
# Windows gives these no file, whatever follows the dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.I)
_BAD = re.compile(r'[\\:*?"<>|\x00-\x1f]')


def safe_name(name: str) -> bool:
    """Whether `name` can be one step of a path: no separators, no `..`, not hidden, not long."""
    fits = bool(name) and name[0] != "." and "/" not in name and not _BAD.search(name)
    return fits and _bytes(name) <= LONGEST


def _anywhere(name: str) -> bool:
    """Whether Windows has a file for it, too: a device is none, and blanks and dots at its end
    are dropped there."""
    return name[-1] not in " ." and not _DEVICES.match(name)


def _bytes(name: str) -> int:
    return len(name.encode("utf-8", "surrogateescape"))


def fit_name(text: str) -> str:
    """Any text made into the name of a file, without its extension."""
    name = _cut(text)
    return (_cut(f"_{name}") if _DEVICES.match(name) else name) or "-"


def _cut(text: str) -> str:
    name = _BAD.sub("-", text.replace("/", "-")).lstrip(".")
    while _bytes(name) > LONGEST:
        name = name[:-1]
    return name


def fit_both(head: str, tail: str) -> str:
    """As `fit_name` of both together; where they are too long, the end of `head` is given up."""
    while head and not fit_name(head + tail).endswith(_cut(tail)):
        head = head[:-1]
    return fit_name(head + tail)


# Marks nobody sees that turn the reading order round, so that cod.exe reads exe.doc.
_UNSEEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x7f-\x9f\ud800-\udfff]")


def fit_file(given: str) -> str:
    """The name of a file from outside made safe on any disk: its last step only, no device,
    no unseen marks, its ending kept when it is too long."""
    last = re.split(r"[/\\]", _UNSEEN.sub("", normalize("NFC", given)))[-1]
    name = _BAD.sub("-", last).strip(" .") or "附件"
    name = f"_{name}" if _DEVICES.match(name) else name
    stem, dot, ending = name.rpartition(".")
    if not dot or _bytes(ending) > 20:
        stem, dot, ending = name, "", ""
    while _bytes(stem + dot + ending) > LONGEST:
        stem = stem[:-1]
    return stem.rstrip(" .") + dot + ending


_NO_TAG = re.compile(r"[\s~^:?*\[\]\\{}@\x00-\x20\x7f]|\.\.+|^\.|\.$|\.lock$|^-")


def fit_tag(name: str) -> str:
    """A name made into one step of a git tag (git-check-ref-format)."""
    return _NO_TAG.sub("-", name) or "-"


def check_name(name: str, what: str) -> None:
    """EditorialError where nothing new may bear the name. What bears it already goes on."""
    if not (safe_name(name) and _anywhere(name)):
        raise EditorialError(
            f"{what}“{name}”不能用作名称",
            hint="名称里不能有“/”“..”或 \\ : * ? 等符号，不能以点起头，不能以点或空格收尾，"
            "不能是 con、nul 等设备名，也不能太长",
        )


def begins(node: str, wanted: str) -> bool:
    """03 and 03/02 are enough where no other id begins so."""
    steps, heads = node.split("/"), wanted.split("/")
    return len(steps) == len(heads) and all(map(str.startswith, steps, heads))


def same_id(given: str, known: str) -> bool:
    """1 and 01 are the same record; so are 2/3 and 02/003."""
    ours, theirs = given.split("/"), known.split("/")
    return len(ours) == len(theirs) and all(
        a == b or (a.isdecimal() and b.isdecimal() and int(a) == int(b))
        for a, b in zip(ours, theirs, strict=True)
    )


def nearest(given: str, known: Sequence[str]) -> str:
    """What there is, for whoever named something there is not: of many the dozen nearest."""
    if len(known) <= NEAR:
        return "、".join(known) or "还没有"
    near = sorted(sorted(known, key=lambda each: _distance(given, each))[:NEAR], key=known.index)
    return f"{'、'.join(near)}等{len(known)}个"


def _distance(given: str, known: str) -> tuple[int, float]:
    """By number where both begin with one, else by how unlike they are written."""
    ours, theirs = _NUMBER.match(given), _NUMBER.match(known)
    apart = abs(int(ours[0]) - int(theirs[0])) if ours and theirs else 0
    return apart, -SequenceMatcher(None, given, known).ratio()
