"""How an opinion is set out on the screen: what was said, where it stands, what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from editorial.model.labels import Disposition
from editorial.model.reviews import Opinion, disposition
from editorial.tui.prose import Para

if TYPE_CHECKING:
    from editorial.desk.opinion_sight import Passage, Sight

Names = Mapping[str, str]


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


def text(sight: Sight) -> Iterator[Para]:
    """The text with the words between 〖 〗; where they are gone, it says so."""
    if not sight.passages:
        yield Para(text=_lost(sight), style="bold")
        yield Para()
    for number, passage in enumerate(sight.passages, 1):
        if len(sight.passages) > 1:
            yield Para(text=f"第{number}处　第{passage.line}行", style="dim")
        yield from _passage(passage)
        yield Para()
    if not sight.passages:
        yield from (Para(text=line) for line in sight.text)


def _lost(sight: Sight) -> str:
    if not sight.opinion.section:
        return "还没有落位：按 F3 选分目"
    if not sight.standing:
        return "没有落到具体的文字上，下面是分目全文；按 F3 抄下所指的几个字"
    return f"{sight.standing}：原来的文字已不在正文里，下面是分目现在的全文"


def _passage(passage: Passage) -> Iterator[Para]:
    yield from (Para(text=line, style="dim") for line in passage.above)
    start = len(passage.before)
    words = passage.words.replace("\n", " ")
    line = f"{passage.before}〖{words}〗{passage.after}"
    yield Para(text=line, mark=(start, start + len(words) + 2))
    yield from (Para(text=line, style="dim") for line in passage.below)


def head(opinion: Opinion) -> str:
    """`02/001　专家甲`"""
    return f"{opinion.id}　{opinion.by}"
