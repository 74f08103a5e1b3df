"""Where an opinion somebody types in belongs: the section named, or the place on the paper."""

from __future__ import annotations

from dataclasses import replace

from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.nodes import all_nodes, find_node
from editorial.model.opinion_rows import Said
from editorial.model.place_words import is_place
from editorial.model.reviews import WHOLE, Anchor, Round, is_general
from editorial.model.volume import Volume
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`section` is empty for the whole book and where the place was not found; `note` says why,
    or what is not sure."""

    title: str
    place: str
    section: str = ""
    anchor: Anchor | None = None
    note: str = ""


def target_of(desk: Desk, round_: Round, volume: Volume, node: str, said: Said) -> Target:
    """`node` is a section, 全书, or a place (第5页第3行); without it the place in `said` and the
    words quoted there tell. EditorialError for a section there is not."""
    if is_general(node) or (not node.strip() and is_general(said.place)):
        return Target(title=WHOLE, place=WHOLE)
    titles = {each.title for each in all_nodes(volume)}
    if node.strip() and (node in titles or not is_place(node)):
        return _in_section(desk, round_, volume, node, said)
    return _by_place(desk, round_, replace(said, place=f"{node} {said.place}".strip()))


def _in_section(desk: Desk, round_: Round, volume: Volume, node: str, said: Said) -> Target:
    """In the section, and on the words quoted; when that cannot be, why not."""
    found = find_node(volume, node)
    if found.kind != "section":
        hint = "请写 篇目编号/分目编号，说的是整本书的写 全书"
        raise EditorialError(f"意见要落在分目上，“{node}”不是分目", hint=hint)
    target = Target(title=found.title, place=said.place, section=found.id)
    if not said.original:
        return target
    from editorial.desk.opinion_place import ground_of_round, place_by_hand

    ground = ground_of_round(desk, round_)
    if found.id not in ground.texts:  # a section that is newer than the round
        return target
    placing = place_by_hand(ground, found.id, said.original)
    note = f"{placing.note}，意见落在整个分目" if placing.note else ""
    return replace(target, anchor=placing.anchor, note=note)


def _by_place(desk: Desk, round_: Round, said: Said) -> Target:
    """As a paper taken in would be placed."""
    if not (said.place or said.original):
        hint = "写分目，如 opinion add 02 03/05 意见；只知道页行的写 --place 第5页第3行"
        raise EditorialError("没有说清意见落在哪里", hint=hint)
    from editorial.desk.opinion_place import ground_of_round, place_said

    ground = ground_of_round(desk, round_)
    placing = place_said(ground, said)
    note = "；".join(dict.fromkeys(filter(None, (placing.note, *ground.faults))))
    if not placing.section:
        return Target(title="（未落位）", place=said.place, note=f"未落位：{note}")
    title = find_node(ground.volume, placing.section).title
    return Target(
        title=title,
        place=said.place,
        section=placing.section,
        anchor=placing.anchor,
        note=f"落到{title}：{note}" if note else "",
    )
