"""疑问: what the office asks about a place in the text, printed as a numbered Word comment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`kind` says where it comes from (存疑, 评议意见 …); `words` are those of the text it asks
    about, empty for the whole block. `author` is an office or an editor, never how to reach
    them."""

    number: int
    kind: str
    text: str
    author: str
    day: date
    words: str = ""


# By (part id, place of the block in the section's text); `HEADING` for the part's own title.
Queries: TypeAlias = Mapping[tuple[str, int], tuple[Query, ...]]


def query_line(query: Query) -> str:
    """1．〔存疑〕……  as the comment says it."""
    return f"{query.number}．〔{query.kind}〕{query.text}"
