"""What is odd in a part before it is set, or in its pictures, and would be seen in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from editorial.model.book import Part
from editorial.model.document import (
    UNPRINTABLE,
    UNPRINTED,
    UNUSUAL,
    VARIANT,
    Block,
    Comment,
    Document,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Signature,
    Span,
    Table,
    printed_text,
)
from editorial.model.finding import Finding, Severity
from editorial.model.open_points import open_points
from editorial.model.style import DraftStyle

LONGEST_TITLE = 40
SHARP = 150
# Fewer in a paragraph, and it is not worth asking whether it is a list of names.
LEAST_BLANKS = 11
LONG_NUMBER = re.compile("[0-9]{25,}")


def book_faults(
    parts: Sequence[Part], style: DraftStyle, *, word: bool = False
) -> Iterator[Finding]:
    """`faults_of` every part."""
    for part, following in zip_longest(parts, parts[1:]):
        inside = following if following and following.level > 1 else None
        yield from faults_of(part, inside, style, word=word)


def faults_of(
    part: Part, following: Part | None, style: DraftStyle, *, word: bool = False
) -> list[Finding]:
    """Parts without text, entry titles too long to be found again, numbers no line can break,
    marks of open points that this style hides.

    `following` is the next part of the same 篇目. `word`: of a Word file, which keeps most of
    what our own print leaves out.
    """
    return [
        *_empty(part, following),
        *(_hidden(part, style) if not style.show_marks else ()),
        *(_in_blocks(part, word) if _may_be_odd(part.blocks) else ()),
        *(() if word else _almost_names(part)),
    ]


def _empty(part: Part, following: Part | None) -> Iterator[Finding]:
    holds = following is not None and following.level > part.level
    if holds or any(not isinstance(block, Note | Comment) for block in part.blocks):
        return
    kind, code = ("篇目", "L01") if part.level == 1 else ("", "L02")
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


def _may_be_odd(blocks: Sequence[Block]) -> bool:
    """Whether there may be anything to say of these: one look at a whole part, as hardly any
    has something odd."""
    if any(isinstance(block, Entry) and len(block.title) > LONGEST_TITLE for block in blocks):
        return True
    text = "\n".join([text for block in blocks for text in _texts(block)])
    return bool(UNUSUAL.search(text) or LONG_NUMBER.search(text))


def _in_blocks(part: Part, word: bool) -> Iterator[Finding]:
    for block in part.blocks:
        yield from _of_block(part.id, block, word)


def _of_block(where: str, block: Block, word: bool) -> Iterator[Finding]:
    texts = tuple(_texts(block))
    yield from _lost(where, texts, block.span, UNPRINTABLE if word else UNPRINTED)
    if not word:
        yield from _usual(where, texts, block.span)
    if isinstance(block, Entry) and len(block.title) > LONGEST_TITLE:
        yield Finding(
            code="L03",
            message=f"条目标题长达{len(block.title)}字：{block.title[:12]}…",
            where=where,
            span=block.span,
            hint=f"条目标题宜在{LONGEST_TITLE}字以内",
        )
    yield from _numbers(where, texts, block.span)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Entry(title=title, runs=runs):
            yield title
            yield from (run.text for run in runs)
        case Paragraph(runs=runs) | Heading(runs=runs) | Note(runs=runs):
            yield from (run.text for run in runs)
        case Table(title=title, unit=unit, rows=rows):
            yield from (title, unit)
            yield from (run.text for row in rows for cell in row if cell for run in cell.runs)
        case Figure(title=title, credit=credit):
            yield from (title, credit)
        case Signature(text=text):
            yield text
        case _:
            return


def _almost_names(part: Part) -> Iterator[Finding]:
    """Lists of names that one item keeps from being set as one."""
    for block in part.blocks:
        if not isinstance(block, Paragraph | Entry) or len(block.runs) != 1:
            continue
        if (text := block.runs[0].text).count("　") < LEAST_BLANKS:
            continue
        from editorial.render.pdf.rolls import stranger_in

        if odd := stranger_in(text):
            yield Finding(
                code="L13",
                message=f"像是名单，因为“{odd[:12]}”不像人名，没有排成对齐的几栏",
                where=part.id,
                span=block.span,
                hint="是人名的，去掉名字以外的字、标点，说明写进名字后面的（）里",
            )


def _lost(
    where: str, texts: Sequence[str], span: Span, unprinted: re.Pattern[str]
) -> Iterator[Finding]:
    """What of the texts is left out."""
    if lost := [sign for text in texts for sign in unprinted.findall(text)]:
        signs = "、".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(lost))
        yield Finding(
            code="L11",
            message=f"有{len(lost)}个控制字符印不出来，已略去：{signs}",
            where=where,
            span=span,
            hint="多半是从别处粘贴带来的，请在正文里删去",
        )


def _usual(where: str, texts: Sequence[str], span: Span) -> Iterator[Finding]:
    """What is not printed in the form that was typed."""
    if usual := [sign for text in texts for sign in VARIANT.findall(text)]:
        yield Finding(
            code="L12",
            message=f"有{len(usual)}处字形变体未能印出，印的是通行字形："
            f"{'、'.join(dict.fromkeys(usual))}",
            where=where,
            span=span,
            hint="人名、地名非用这种字形不可的，请与印刷厂商定",
        )


def _numbers(where: str, texts: Sequence[str], span: Span) -> Iterator[Finding]:
    for text in texts:
        for found in LONG_NUMBER.finditer(text):
            yield Finding(
                code="L04",
                message=f"一串{len(found[0])}位的数字，行末断不开：{found[0][:12]}…",
                where=where,
                span=span,
                hint="请核对；确有此数的，分节书写",
            )


# Of pictures


def unreadable_figure(where: str, figure: Figure, why: str) -> Finding:
    """`why` as `raster.unreadable` says it."""
    return Finding(
        code="L05",
        message=f"图片无法读取（{why}）：{figure.src}",
        where=where,
        span=figure.span,
        hint=next(hint for words, hint in REMEDIES if words in why),
    )


REMEDIES = (
    ("像素", "缩小了再放进来"),
    ("太大", "缩小了再放进来"),
    ("LFS", "在工作区里运行 git lfs pull，取下原图"),
    ("HEIC", "手机照片请转成 JPEG 再放进来"),
    ("", "换一张完好的图片，JPEG 或 PNG"),
)


def figure_faults(where: str, figure: Figure, converted: str, dots: float) -> Iterator[Finding]:
    """`converted`: the colours that had to be made RGB; `dots` an inch as it is printed."""
    if converted:
        yield Finding(
            code="L06",
            message=f"图片的颜色已由 {converted} 转为 RGB：{figure.src}",
            where=where,
            span=figure.span,
            severity=Severity.INFO,
            hint="印刷颜色以原图为准时，请把原图另交印刷厂",
        )
    if round(dots) < SHARP:
        yield Finding(
            code="L07",
            message=f"图片太小，印出来每英寸只有{round(dots)}点：{figure.src}",
            where=where,
            span=figure.span,
            hint=f"换一张大图，至少{SHARP}点",
        )
