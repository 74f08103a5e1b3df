"""【待补】, 【存疑：…】: what a manuscript still lacks or is not sure of, as its text says it."""

from __future__ import annotations

import re
from functools import cache

from editorial.model.style import DraftStyle

LACKING, BLANK = "待补", "＿＿"


@cache
def open_points(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds such marks by any of their `words`, as a whole; None when there are no words."""
    if not any(words):
        return None
    any_word = "|".join(re.escape(word) for word in words if word)
    return re.compile(f"(【[^【】]*(?:{any_word})[^【】]*】)")


def as_printed(style: DraftStyle, text: str) -> str:
    """Where a style hides marks, a ruled blank for what is lacking, and nothing for a doubt."""
    pattern = open_points(style.mark_words) if "【" in text and not style.show_marks else None
    if pattern is None:
        return text
    return pattern.sub(lambda mark: BLANK if LACKING in mark[0] else "", text)
