"""How opinions are told: lists, one opinion in full, groups side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from editorial.cli.table import table
from editorial.model.reviews import Opinion, disposition, section_words, unplaced

if TYPE_CHECKING:
    from editorial.desk.opinion_import import Imported
    from editorial.desk.opinion_trace import Trace
    from editorial.model.anchor import Located
    from editorial.model.opinion_answer import UnitAnswer

AROUND = 24  # characters of the text shown on either side


def opinion_data(o: Opinion, **more: Any) -> dict[str, Any]:
    return {
        "id": o.id,
        "section": o.section,
        "by": o.by,
        "source": o.source_kind.value if o.source_kind else "",
        "channel": o.channel,
        "place": o.place,
        "original": o.original,
        "text": o.text,
        "category": o.category,
        "weight": o.weight.value,
        "disposition": disposition(o).value,
        "reason": o.reason,
        "result": o.result,
        "letter": o.letter,
        "checked": o.checked,
        "same_as": o.same_as,
        "together": list(o.together),
        "origin": o.origin,
        **more,
    }


def place_data(trace: Trace, place: Located | None) -> dict[str, Any]:
    """Where the words stand now, for machines: line from 1, start and end in the file."""
    if place is None:
        return {"standing": "", "spots": []}
    from editorial.desk.opinion_trace import line_at, words_at

    spots = [
        {
            "section": s.section,
            "line": line_at(trace, s),
            "start": s.start,
            "end": s.end,
            "words": words_at(trace, s),
        }
        for s in place.spots
    ]
    return {"standing": place.standing.value, "spots": spots}


def place_lines(trace: Trace, place: Located | None) -> Iterator[str]:
    from editorial.desk.opinion_trace import line_at, words_at

    if place is None:
        yield "现在：没有落到具体的文字上"
        return
    yield f"现在：{place.standing.label}" + ("，原来的文字已不在正文里" if not place.spots else "")
    for spot in place.spots:
        yield f"　{spot.section} 第{line_at(trace, spot)}行　{words_at(trace, spot, AROUND)}"


def listed(
    opinions: Sequence[Opinion],
    standing: dict[str, str] | None = None,
    back: frozenset[str] = frozenset(),
) -> list[str]:
    """The table of `opinion list`; opinions whose reply has come are marked."""
    rows = []
    for o in opinions:
        state = disposition(o).label + ("（已回函）" if o.id in back else "")
        now = (standing.get(o.id, "-"),) if standing is not None else ()
        rows.append((o.id, state, o.by, section_words(o), *now, _one_line(o.text)))
    head = ("编号", "处理", "提出", "分目", *(("现在",) if standing is not None else ()), "意见")
    return table(head, rows) if rows else ["没有这样的意见"]


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def shown(
    o: Opinion, names: dict[str, str], title: str, answer: UnitAnswer | None, proposal: str
) -> Iterator[str]:
    """One opinion, but for where its words stand now."""
    from editorial.model.labels import Disposition

    kind = f"（{o.source_kind.label}）" if o.source_kind else ""
    yield f"{o.id}　{disposition(o).label}　{o.by}{kind}　{o.channel}"
    yield f"分目：{title or section_words(o)}" + (f"　位置：{o.place}" if o.place else "")
    if o.original:
        yield f"原文：{o.original}"
    yield f"意见：{o.text}"
    yield f"类别：{o.category or '-'}　性质：{o.weight.label}"
    if o.reason:
        yield f"理由：{o.reason}"
    if o.result:
        yield f"改后：{o.result}"
    if o.same_as:
        yield f"与{o.same_as}是同一意见"
    if o.together:
        yield f"一并处理：{'、'.join(o.together)}"
    if answer:
        unit = names.get(answer.unit, answer.unit)
        yield f"去函：{answer.letter}（{unit}）　{answer.state.label}"
        if answer.text:
            yield f"答复：{answer.text}" + ("" if answer.exact else "（登记的是整封回函）")
        if proposal:
            yield f"建议：{proposal}"
    for step in o.history:
        label = Disposition(step.to).label
        by = names.get(step.by, step.by)
        yield f"{step.at:%Y-%m-%d %H:%M}　{by}　{label}　{step.note}".rstrip()
    if o.checked:
        yield f"复核：{names.get(o.checked, o.checked)}"
    if o.origin:
        yield f"来源：原件 {o.origin}"


def imported_lines(one: Imported, *, dry: bool) -> Iterator[str]:
    """What was taken from one paper, what was not sure, what was left aside."""
    if one.fault:
        yield from _unread(one, dry=dry)
        return
    lost = [each for each in one.taken if unplaced(each.opinion)]
    verb = "可取" if dry else "导入"
    by = f"（{one.by}）" if one.by else ""
    again = f"，{one.again}条以前导入过" if one.again else ""
    away = f"，其中{len(lost)}条待落位" if lost else ""
    yield f"{one.name}{by}：{verb}{len(one.taken)}条{away}{again}"
    if one.verdict:
        yield f"　结论：{one.verdict}"
    for each in one.taken if dry else ():
        o = each.opinion
        yield f"　{o.id}　{o.by}　{section_words(o)}　{_one_line(o.text)}"
    for each in one.taken:
        if each.note:
            yield f"　{each.opinion.id} {each.note}：{_one_line(each.opinion.text)[:40]}"
    for line in one.aside[:8]:
        yield f"　没有当作意见：{line[:60]}"
    if len(one.aside) > 8:
        yield f"　没有当作意见的还有{len(one.aside) - 8}行"


def _unread(one: Imported, *, dry: bool) -> Iterator[str]:
    """A paper no program reads: where it is kept, and how its opinions get on record."""
    by = f"（{one.by}）" if one.by else ""
    if not one.kept:
        yield f"{one.name}：没有读。{one.fault}"
        return
    verb = "可收存原件" if dry else "原件以前收存过" if one.again else "收存原件"
    yield f"{one.name}{by}：{verb}，意见待录入。{one.fault}"
    yield f"　录入写 editorial opinion add 轮次 分目 意见 --by 提出人 --paper {one.kept}"


def imported_data(one: Imported) -> dict[str, Any]:
    return {
        "name": one.name,
        "by": one.by,
        "fault": one.fault,
        "kept": one.kept,
        "again": one.again,
        "aside": list(one.aside),
        "verdict": one.verdict,
        "commit": one.act.commit if one.act else "",
        "opinions": [opinion_data(e.opinion, note=e.note) for e in one.taken],
    }


def grouped_lines(
    groups: Sequence[Sequence[Opinion]], words: dict[str, str], what: str, command: str
) -> Iterator[str]:
    """Groups side by side: the words they speak of, then who wants what."""
    for number, group in enumerate(groups, 1):
        where = next((words[o.id] for o in group if o.id in words), "")
        yield f"第{number}组　{group[0].section}　{where}".rstrip()
        rows = [(f"　{o.id}", o.by, disposition(o).label, _one_line(o.text)) for o in group]
        yield from table(("　编号", "提出", "处理", what), rows)
        yield f"　{command} {' '.join(o.id for o in group)}"
