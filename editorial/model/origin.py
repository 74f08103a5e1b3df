"""来源: what a file made here carries unseen, so that it finds its way home when it comes back."""

from __future__ import annotations

import re
from dataclasses import field
from hashlib import sha256

from editorial.values import dataclass

MARKS_SCHEMA = 1
PREFIX = "editorial."
HEADING = -1  # the place of a part's own heading, before the first block of its text
_NAME = re.compile(r"_ed_([0-9a-f]{8})_(t|\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a paper comes from. `workspace` is the hash of its first commit, `commit` the text
    it was set from (`dirty`: with changes not kept); either `draft` or `letter` is given."""

    schema: int = field(default=MARKS_SCHEMA)
    workspace: str
    volume: str
    draft: str = ""
    letter: str = ""
    edition: str = ""
    commit: str = ""
    dirty: bool = False
    style: str = ""


def origin_properties(origin: Origin) -> tuple[tuple[str, str], ...]:
    """(name, value) of what is not empty; names begin with `editorial.`"""
    told = (
        ("schema", str(origin.schema)),
        ("workspace", origin.workspace),
        ("volume", origin.volume),
        ("draft", origin.draft),
        ("letter", origin.letter),
        ("edition", origin.edition),
        ("commit", origin.commit),
        ("dirty", "1" if origin.dirty else ""),
        ("style", origin.style),
    )
    return tuple((PREFIX + name, value) for name, value in told if value)


def origin_of(properties: dict[str, str]) -> Origin | None:
    """The origin those properties tell of; None when they are not ours."""
    known = {
        name.removeprefix(PREFIX): value.strip()
        for name, value in properties.items()
        if name.startswith(PREFIX)
    }
    schema = known.pop("schema", "")
    if not schema.isdecimal() or not known.get("workspace") or not known.get("volume"):
        return None
    words = {name: known.get(name, "") for name in ("draft", "letter", "edition", "commit")}
    return Origin(
        schema=int(schema),
        workspace=known["workspace"],
        volume=known["volume"],
        dirty=known.get("dirty", "") == "1",
        style=known.get("style", ""),
        **words,
    )


def mark_stem(node: str) -> str:
    """What the bookmarks of one node begin with; 8 hex digits stand for its id."""
    return f"_ed_{sha256(node.encode()).hexdigest()[:8]}_"


def mark_name(node: str, place: int = HEADING) -> str:
    """The bookmark of a block by its place in the node's text; `HEADING` for its title.

    Word hides names that begin with `_`, and allows 40 letters, digits and `_`.
    """
    return mark_stem(node) + ("t" if place == HEADING else str(place))


def mark_place(name: str) -> tuple[str, int] | None:
    """(stem, place) of a bookmark of ours, else None."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return f"_ed_{found[1]}_", HEADING if found[2] == "t" else int(found[2])
