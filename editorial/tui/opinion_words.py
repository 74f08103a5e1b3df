"""How an opinion is set out on the screen: what was said, where it stands, what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from editorial.model.labels import Disposition
from editorial.model.reviews import Opinion, disposition
from editorial.tui.prose import Para
from editorial.tui.quoting import QUOTED, quoted
from editorial.tui.reading import readable
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.desk.opinion_sight import Passage, Sight
    from editorial.desk.sections import SectionView
    from editorial.tui.grid import Grid

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An opinion, and by id the sections where its words are now, else that it was said of."""

    sight: Sight
    views: dict[str, SectionView]


def state(sight: Sight) -> str:
    """One line: its disposition, who said it, of what weight, where its words are now."""
    o = sight.opinion
    kind = f"（{o.source_kind.label}）" if o.source_kind else ""
    checked = "已复核" if o.checked else ""
    line = f"{sight.standing}第{sight.passages[0].line}行" if len(sight.passages) == 1 else ""
    place = line or sight.standing
    own = (disposition(o).label, f"{o.by}{kind}", o.channel, o.category, o.weight.label)
    parts = (*own, checked, place)
    return "　".join(each for each in parts if each)


def said(sight: Sight, names: Names) -> Iterator[Para]:
    """Everything about it but the text."""
    o = sight.opinion
    yield Para(text=o.text, lead="意见　", strong=len(o.text))
    told = (
        ("原文", o.original),
        ("位置", o.place),
        ("理由", o.reason),
        ("改后", o.result),
        ("相同", f"与{o.same_as}是同一意见" if o.same_as else ""),
        ("一并", "、".join(o.together)),
    )
    for lead, text in told:
        if text:
            yield Para(text=text, lead=f"{lead}　")
    yield from _answered(sight, names)
    yield Para()
    for step in o.history:
        who = names.get(step.by, step.by)
        text = f"{Disposition(step.to).label}　{who}　{step.note}".rstrip("　")
        yield Para(text=text, lead=f"{step.at:%Y-%m-%d %H:%M}  ")
    if o.checked:
        yield Para(text=names.get(o.checked, o.checked), lead="复核　")
    if o.origin:
        yield Para(text=f"原件 {o.origin}", lead="来源　")


def _answered(sight: Sight, names: Names) -> Iterator[Para]:
    """The letter it went out in, and the reply that came back."""
    answer = sight.answer
    if answer is None:
        return
    unit = names.get(answer.unit, answer.unit)
    yield Para(text=f"{answer.letter}（{unit}）　{answer.state.label}", lead="去函　")
    if answer.text:
        whole = "" if answer.exact else "（登记的是整封回函）"
        yield Para(text=f"{answer.text}{whole}", lead="答复　", strong=len(answer.text))
    if sight.proposal is not None:
        yield Para(text=f"看来是{sight.proposal.label}，由编辑定", lead="建议　")


def text(sheet: Sheet, titles: Names) -> Iterator[Para | Grid]:
    """The text with the words between 〖 〗; where they are gone, it says so."""
    sight, several = sheet.sight, len(sheet.sight.passages) > 1
    if not sight.passages:
        yield Para(text=_lost(sight), style="bold")
        yield Para()
    for id, view in sheet.views.items():
        own = [each for each in sight.passages if each.section == id]
        lines = "、".join(f"第{each.line}行" for each in own)
        if several or id != sight.opinion.section:
            yield Para(text=f"{titles.get(id, id)}　{lines}", style="bold")
            yield Para()
        yield from _quoted(view, own)
        yield Para()


def _lost(sight: Sight) -> str:
    if not sight.opinion.section:
        return "还没有落位：按 F3 选分目"
    if not sight.standing:
        return "没有落到具体的文字上，下面是分目全文；按 F3 抄下所指的几个字"
    return f"{sight.standing}：原来的文字已不在正文里，下面是分目现在的全文"


def _quoted(view: SectionView, passages: Sequence[Passage]) -> list[Para | Grid]:
    """As 分目 shows it, with what is spoken of marked."""
    document = quoted(view.document, view.text, [each.span for each in passages])
    marks = "|".join([QUOTED, *([view.open_points.pattern] if view.open_points else [])])
    return readable(view.text, document, re.compile(marks))


def head(opinion: Opinion) -> str:
    """`02/001　专家甲`"""
    return f"{opinion.id}　{opinion.by}"
