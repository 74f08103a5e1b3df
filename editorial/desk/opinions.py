"""意见: what readers say of the text of a round, each point answered with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.desk.opinion_target import target_of
from editorial.desk.round_list import find_round, rounds
from editorial.errors import EditorialError
from editorial.model.labels import Disposition, RoundState
from editorial.model.names import same_id
from editorial.model.nodes import find_node
from editorial.model.opinion_paper import known_channel, same_reader, source_kind, weight_named
from editorial.model.opinion_rows import Said
from editorial.model.reviews import (
    UNANSWERED,
    WHOLE,
    Opinion,
    Round,
    disposition,
    is_general,
    round_state,
)
from editorial.model.volume import Step
from editorial.store.records import written
from editorial.store.save import Message


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
    category: str = "",
    weight: str = "",
    paper: str = "",
) -> tuple[Opinion, Act]:
    """One point of somebody's opinion. `by` is who said it, not who types it; `paper` the number
    or the name of the paper beside the round it stands on. `node` is a section or 全书; empty, or
    words that say the place, where only the place is known: it is placed as a paper taken in."""
    found = find_round(desk, round_id)
    volume = loaded(desk).volume
    refuse_closed(found)
    _refuse_empty(text, by)
    known_channel(channel)
    said = Said(at="", text=text, original=original, place=place)
    target = target_of(desk, found, volume, node, said)
    typist = name_of(actor(desk, volume))
    by = same_reader(by, found.readers) or by
    number = next_id(tuple(o.id.split("/")[1] for o in found.opinions), 3)
    opinion = Opinion(
        id=f"{found.id}/{number}",
        section=target.section,
        by=by,
        source_kind=source_kind(by, volume.units, volume.staff),
        channel=channel,
        place=target.place,
        original=original,
        text=text,
        category=category,
        weight=weight_named(weight),
        anchor=target.anchor,
        origin=_typed_from(found, paper) if paper else "",
        history=(Step(at=at, by=typist, to=Disposition.PENDING.value),),
    )
    subject = f"意见：{opinion.id} {target.title}（{by}）"
    message = Message(subject=subject, act="opinion add", by=typist, body=text)
    path = opinion_path(desk, opinion.id)
    act = save_record(desk, opinion, path, message, nodes=tuple(filter(None, (target.section,))))
    return opinion, replace(act, remarks=tuple(filter(None, (target.note,))))


def _refuse_empty(text: str, by: str) -> None:
    if not (text.strip() and by.strip()):
        raise EditorialError("意见和提出人都要写", hint="如 opinion add 02 03/05 意见 --by 专家甲")


def _typed_from(round_: Round, name: str) -> str:
    """The place on that paper: its next one typed."""
    own = [each for each in round_.papers if name in (each.id, each.name)]
    own = own or [each for each in round_.papers if len(name) > 3 and each.id.startswith(name)]
    if len(own) != 1:
        known = "、".join(f"{each.id}（{each.name}）" for each in round_.papers) or "还没有"
        told = f"有{len(own)}份" if own else "没有"
        raise EditorialError(f"“{round_.title}”{told}原件“{name}”", hint=f"现有：{known}")
    typed = sum(each.origin.startswith(f"{own[0].id}/录") for each in round_.opinions)
    return f"{own[0].id}/录{typed + 1}"


def refuse_closed(round_: Round) -> None:
    if round_state(round_) is RoundState.CLOSED:
        raise EditorialError(f"“{round_.title}”已经结束，不能再加意见", hint="请开新的一轮")


def opinion_path(desk: Desk, opinion_id: str) -> str:
    round_id, _, number = opinion_id.partition("/")
    return f"volumes/{desk.volume_id}/rounds/{round_id}/opinions/{number}.yaml"


def in_order(opinions: Iterable[Opinion]) -> tuple[Opinion, ...]:
    return tuple(sorted(opinions, key=lambda o: (len(o.id), o.id)))


def find_opinion(desk: Desk, opinion_id: str) -> Opinion:
    return find_opinions(desk, (opinion_id,))[0]


def find_opinions(desk: Desk, ids: Sequence[str]) -> tuple[Opinion, ...]:
    """The opinions of these numbers in their order; EditorialError for one there is not."""
    known = {opinion.id: opinion for round_ in rounds(desk) for opinion in round_.opinions}
    found = []
    for wanted in dict.fromkeys(ids):
        opinion = known.get(wanted) or next(
            (each for each in known.values() if same_id(wanted, each.id)), None
        )
        if opinion is None:
            raise EditorialError(
                f"没有意见“{wanted}”", hint="用 editorial opinion list 查看全部编号"
            )
        found.append(opinion)
    return tuple(found)


def place_opinion(
    desk: Desk, opinion_id: str, node: str, *, at: datetime, original: str = ""
) -> Act:
    """Put an opinion where it belongs: the section, and the words when they are given, or the
    whole book."""
    from editorial.desk.opinion_place import ground_of_round, place_by_hand

    opinion = find_opinion(desk, opinion_id)
    round_ = find_round(desk, opinion.id.partition("/")[0])
    if is_general(node):
        return _placed_nowhere(desk, opinion)
    ground = ground_of_round(desk, round_)
    quote = original or opinion.original
    placing = place_by_hand(ground, node, quote)
    if original and placing.anchor is None:
        raise EditorialError(f"{placing.note}，没有改", hint="--original 抄下那里独有的几个字")
    placed = replace(
        opinion, section=placing.section, anchor=placing.anchor, original=original or quote
    )
    by = name_of(actor(desk, ground.volume))
    title = find_node(ground.volume, placing.section).title
    message = Message(subject=f"意见：{opinion.id} 落到{title}", act="opinion place", by=by)
    act = save_record(
        desk, placed, opinion_path(desk, opinion.id), message, nodes=(placing.section,)
    )
    return replace(act, remarks=(placing.note,) if placing.note else ())


def _placed_nowhere(desk: Desk, opinion: Opinion) -> Act:
    """An opinion on the whole book belongs to no section."""
    placed = replace(opinion, section="", anchor=None, place=WHOLE)
    by = name_of(actor(desk, loaded(desk).volume))
    message = Message(subject=f"意见：{opinion.id} 落到{WHOLE}", act="opinion place", by=by)
    return save_record(desk, placed, opinion_path(desk, opinion.id), message)


def check_opinions(desk: Desk, ids: Sequence[str], *, at: datetime) -> Act:
    """复核: somebody other than who decided looks at what was decided (DOMAIN 7.2)."""
    found = find_opinions(desk, ids)
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    names = {editor.id: editor.name for editor in volume.staff}
    for opinion in found:
        _check(opinion, by, names.get(by, by))
    checked = [replace(opinion, checked=by) for opinion in found if opinion.checked != by]
    if not checked:
        raise EditorialError("这几条已经由本人复核过", hint="没有要做的")
    subject = f"意见：复核{called(found)}"
    message = Message(subject=subject, act="opinion check", by=by)
    return save_opinions(desk, checked, message)


def _check(opinion: Opinion, by: str, name: str) -> None:
    if disposition(opinion) in UNANSWERED:
        raise EditorialError(
            f"意见{opinion.id}还没有结论（{disposition(opinion).label}），无从复核",
            hint="先用 editorial opinion decide 处理",
        )
    if opinion.history[-1].by == by:
        raise EditorialError(
            f"意见{opinion.id}是{name}处理的，不能自己复核", hint="请另一位编辑复核，或用 --as 姓名"
        )


def same_opinions(desk: Desk, ids: Sequence[str], *, at: datetime) -> Act:
    """Say that opinions are the same point: the later ones follow the first."""
    found = find_opinions(desk, ids)
    if len(found) < 2:
        raise EditorialError("至少写两条意见", hint="如 editorial opinion same 01/003 01/017")
    first, *others = found
    if first.same_as:
        raise EditorialError(
            f"意见{first.id}本身已并入{first.same_as}", hint=f"请以{first.same_as}为首"
        )
    if len({opinion.id.partition("/")[0] for opinion in found}) > 1:
        raise EditorialError("不是同一轮的意见，不能合并", hint="每一轮的意见分别处理")
    by = name_of(actor(desk, loaded(desk).volume))
    message = Message(subject=f"意见：{called(others)}与{first.id}相同", act="opinion same", by=by)
    return save_opinions(desk, [replace(each, same_as=first.id) for each in others], message)


def save_opinions(desk: Desk, changed: Sequence[Opinion], message: Message) -> Act:
    """Several records in one commit."""
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for opinion in changed:
        assert opinion.source is not None
        path = opinion.source.path
        files[path] = written(desk.workspace.files, path, opinion)
        expected[path] = opinion.source.blob
    nodes = tuple(dict.fromkeys(opinion.section for opinion in changed if opinion.section))
    return record(desk, files, expected=expected, message=message, nodes=nodes[:50])


def called(opinions: Sequence[Opinion]) -> str:
    """01/003、01/007 or, of many, 01/003等12条."""
    if len(opinions) > 3:
        return f"{opinions[0].id}等{len(opinions)}条"
    return "、".join(opinion.id for opinion in opinions)
