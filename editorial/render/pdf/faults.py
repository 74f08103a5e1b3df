"""What is odd in a part before it is set, and would be seen in print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editorial.model.book import Part
from editorial.model.document import (
    Block,
    Comment,
    Document,
    Entry,
    Note,
    Paragraph,
    Runs,
    Span,
    printed_text,
)
from editorial.model.finding import Finding
from editorial.model.open_points import open_points
from editorial.model.style import DraftStyle

LONGEST_TITLE = 40
LONG_NUMBER = re.compile("[0-9]{25,}")


def faults_of(part: Part, following: Part | None, style: DraftStyle) -> list[Finding]:
    """Parts without text, entry titles too long to be found again, numbers no line can break,
    marks of open points that this style hides.

    `following` is the next part of the same 篇目.
    """
    return [
        *_empty(part, following),
        *(_hidden(part, style) if not style.show_marks else ()),
        *(found for block in part.blocks for found in _of_block(part.id, block)),
    ]


def _empty(part: Part, following: Part | None) -> Iterator[Finding]:
    holds = following is not None and following.level > part.level
    if holds or any(not isinstance(block, Note | Comment) for block in part.blocks):
        return
    kind, code = ("篇目", "L01") if part.level == 1 else ("分目", "L02")
    yield Finding(
        code=code,
        message=f"{kind}“{part.title}”没有内容，只印了标题",
        where=part.id,
        hint="补上正文，或者把它移出本书",
    )


def _hidden(part: Part, style: DraftStyle) -> Iterator[Finding]:
    pattern = open_points(style.mark_words)
    text = printed_text(Document(blocks=part.blocks))
    if pattern and (marks := pattern.findall(text)):
        yield Finding(
            code="L08",
            message=f"隐去{len(marks)}处标记没有印出：{'、'.join(marks[:3])}",
            where=part.id,
            hint="补齐、核实之后再出这种稿",
        )


def _of_block(where: str, block: Block) -> Iterator[Finding]:
    if isinstance(block, Entry):
        if len(block.title) > LONGEST_TITLE:
            yield Finding(
                code="L03",
                message=f"条目标题长达{len(block.title)}字：{block.title[:12]}…",
                where=where,
                span=block.span,
                hint=f"条目标题宜在{LONGEST_TITLE}字以内",
            )
        yield from _numbers(where, block.runs, block.span)
    elif isinstance(block, Paragraph):
        yield from _numbers(where, block.runs, block.span)


def _numbers(where: str, runs: Runs, span: Span) -> Iterator[Finding]:
    for run in runs:
        for found in LONG_NUMBER.finditer(run.text):
            yield Finding(
                code="L04",
                message=f"一串{len(found[0])}位的数字，行末断不开：{found[0][:12]}…",
                where=where,
                span=span,
                hint="请核对；确有此数的，分节书写",
            )
