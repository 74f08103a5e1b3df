"""评议稿 of a round already open: made late, or made again for readers who came later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.round_list import find_round, round_path
from editorial.desk.rounds import Wish, extent_of, frozen_commit, with_draft
from editorial.errors import EditorialError
from editorial.model.names import same_id
from editorial.model.reviews import Round, plain_name
from editorial.model.round_standing import is_open
from editorial.store.registers import load_drafts
from editorial.store.save import Message
from editorial.store.workspace import commit_at


def draft_round(desk: Desk, round_id: str, wish: Wish, *, at: datetime) -> tuple[Round, Act]:
    """Make the round's draft, or more numbered copies of it; new readers join the round.

    EditorialError once the text is no more that the round was opened on.
    """
    found = find_round(desk, round_id)
    if not is_open(found):
        raise EditorialError(f"“{found.title}”已经结束", hint="先用 editorial round reopen 重开")
    if frozen_commit(desk) != commit_at(desk.workspace, found.commit):
        hint = "请读者看新的文字，另开一轮：editorial round open"
        raise EditorialError(f"“{found.title}”开始之后正文改过，不能再按那时的文字出稿", hint=hint)
    volume = loaded(desk).volume
    made = with_draft(desk, found, wish, extent_of(volume, found), at)
    made = replace(made, readers=_joined(desk, made))
    by = name_of(actor(desk, volume))
    if made == found:
        told = f"评议：{found.title}第{made.edition}稿此前已出，正文没有变"
        return made, Act(message=told)
    message = Message(subject=f"评议：{found.title}用第{made.edition}稿", act="round draft", by=by)
    return made, save_record(desk, made, round_path(desk, found.id), message)


def _joined(desk: Desk, round_: Round) -> tuple[str, ...]:
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    draft = next(each for each in drafts if same_id(each.id, round_.draft))
    names = {plain_name(name): name for name in round_.readers}
    for copy in draft.copies:
        names.setdefault(plain_name(copy.reader), copy.reader)
    return tuple(names.values())
