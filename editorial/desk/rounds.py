"""评议: open a round on frozen text, take opinions, answer each, close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.errors import Blocker, EditorialError, Refused
from editorial.model.dates import chinese_day
from editorial.model.labels import Disposition, RoundState
from editorial.model.names import same_id
from editorial.model.nodes import find_node, sections_under
from editorial.model.reviews import (
    NEEDS_REASON,
    UNANSWERED,
    Opinion,
    Round,
    disposition,
    round_state,
)
from editorial.model.volume import Step
from editorial.store.history import last_change, uncommitted
from editorial.store.registers import load_rounds
from editorial.store.save import Message


def rounds(desk: Desk) -> tuple[Round, ...]:
    return load_rounds(desk.workspace.files, desk.volume_id)


@taking_a_number
def open_round(
    desk: Desk,
    title: str,
    *,
    at: datetime,
    nodes: tuple[str, ...] = (),
    readers: tuple[str, ...] = (),
    due: date | None = None,
    purpose: str = "",
) -> tuple[Round, Act]:
    """Open a round on the text as last committed; refuses while hand edits are not kept."""
    if not title.strip():
        raise EditorialError("没有写这一轮的名称", hint="如 editorial round open 评议会")
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    base = f"volumes/{desk.volume_id}/chapters"
    if due and due < at.date():
        raise EditorialError(f"期限{chinese_day(due)}已经过去", hint="请写今天以后的日期")
    loose = uncommitted(desk.workspace, (base,))
    if loose:
        raise EditorialError(
            f"有{len(loose)}个文件改过而未留存，评议稿的文字定不下来",
            where=loose[0],
            hint='先执行 editorial keep -m "改了什么"',
        )
    taken = tuple(round_.id for round_ in rounds(desk))
    opened = Round(
        id=next_id(taken),
        title=title,
        purpose=purpose,
        sections=tuple(s.id for s in sections_under(volume, nodes)) if nodes else (),
        readers=readers,
        due=due,
        commit=last_change(desk.workspace, (base,)),
        history=(Step(at=at, by=by, to=RoundState.OPEN.value),),
    )
    message = Message(subject=f"评议：开始{title}（{opened.id}）", act="round open", by=by)
    return opened, save_record(desk, opened, _path(desk, opened.id), message, nodes=opened.sections)


def _path(desk: Desk, round_id: str) -> str:
    return f"volumes/{desk.volume_id}/rounds/{round_id}/round.yaml"


def find_round(desk: Desk, round_id: str) -> Round:
    for round_ in rounds(desk):
        if same_id(round_id, round_.id) or round_id == round_.title:
            return round_
    known = "、".join(f"{r.id}（{r.title}）" for r in rounds(desk)) or "还没有"
    raise EditorialError(f"没有评议轮次“{round_id}”", hint=f"现有：{known}")


def close_round(desk: Desk, round_id: str, *, at: datetime, note: str = "") -> Act:
    """Close a round whose opinions all have a disposition; Refused lists the others."""
    found = find_round(desk, round_id)
    if round_state(found) is RoundState.CLOSED:
        raise EditorialError(f"“{found.title}”已经结束", hint="没有要做的")
    waiting = [o for o in found.opinions if disposition(o) in UNANSWERED]
    if waiting:
        blockers = tuple(
            Blocker(
                node=o.section,
                guard="opinions_disposed",
                message=f"意见{o.id}（{o.by}）{disposition(o).label}：{o.text}",
            )
            for o in waiting
        )
        hint = "用 editorial opinion decide 逐条处理"
        raise Refused(f"“{found.title}”还有{len(waiting)}条意见没有结论", blockers, hint=hint)
    by = name_of(actor(desk, loaded(desk).volume))
    step = Step(at=at, by=by, to=RoundState.CLOSED.value, note=note)
    closed = replace(found, history=(*found.history, step))
    message = Message(subject=f"评议：结束{found.title}", act="round close", by=by, body=note)
    return save_record(desk, closed, _path(desk, found.id), message)


@taking_a_number
def add_opinion(
    desk: Desk,
    round_id: str,
    node: str,
    text: str,
    *,
    at: datetime,
    by: str,
    place: str = "",
    original: str = "",
    channel: str = "书面",
) -> tuple[Opinion, Act]:
    """One point of somebody's opinion. `by` is who said it, not who types it."""
    found = find_round(desk, round_id)
    volume = loaded(desk).volume
    if round_state(found) is RoundState.CLOSED:
        raise EditorialError(f"“{found.title}”已经结束，不能再加意见", hint="请开新的一轮")
    if not (text.strip() and by.strip()):
        raise EditorialError("意见和提出人都要写", hint="如 opinion add 02 03/05 意见 --by 专家甲")
    target = find_node(volume, node)
    if target.kind != "section":
        raise EditorialError(f"意见要落在分目上，“{node}”不是分目", hint="请写 篇目编号/分目编号")
    typist = name_of(actor(desk, volume))
    number = next_id(tuple(o.id.split("/")[1] for o in found.opinions), 3)
    opinion = Opinion(
        id=f"{found.id}/{number}",
        section=target.id,
        by=by,
        channel=channel,
        place=place,
        original=original,
        text=text,
        history=(Step(at=at, by=typist, to=Disposition.PENDING.value),),
    )
    message = Message(
        subject=f"意见：{opinion.id} {target.title}（{by}）",
        act="opinion add",
        by=typist,
        body=text,
    )
    path = f"volumes/{desk.volume_id}/rounds/{found.id}/opinions/{number}.yaml"
    return opinion, save_record(desk, opinion, path, message, nodes=(target.id,))


def decide_opinion(
    desk: Desk,
    opinion_id: str,
    to: str,
    *,
    at: datetime,
    reason: str = "",
    result: str = "",
) -> Act:
    """Dispose of one opinion; 部分采纳 and 不采纳 need a reason."""
    opinion = _find_opinion(desk, opinion_id)
    if round_state(find_round(desk, opinion.id.split("/")[0])) is RoundState.CLOSED:
        raise EditorialError(
            f"意见{opinion.id}所在的一轮已经结束，不能再改", hint="请在新的一轮里处理"
        )
    wanted = next((d for d in Disposition if to in (d.value, d.label)), None)
    if wanted is None:
        labels = "、".join(d.label for d in Disposition)
        raise EditorialError(f"没有“{to}”这种处理", hint=f"可用：{labels}")
    if wanted in NEEDS_REASON and not reason:
        raise EditorialError(f"“{wanted.label}”须写理由", hint="加上 --reason 理由")
    by = name_of(actor(desk, loaded(desk).volume))
    step = Step(at=at, by=by, to=wanted.value, note=reason)
    decided = replace(
        opinion,
        reason=reason or opinion.reason,
        result=result or opinion.result,
        history=(*opinion.history, step),
    )
    assert opinion.source is not None
    message = Message(
        subject=f"意见：{opinion.id} {wanted.label}", act="opinion decide", by=by, body=reason
    )
    return save_record(desk, decided, opinion.source.path, message, nodes=(opinion.section,))


def _find_opinion(desk: Desk, opinion_id: str) -> Opinion:
    opinions = [opinion for round_ in rounds(desk) for opinion in round_.opinions]
    for opinion in opinions:
        if same_id(opinion_id, opinion.id):
            return opinion
    raise EditorialError(f"没有意见“{opinion_id}”", hint="用 editorial opinion list 查看全部编号")
