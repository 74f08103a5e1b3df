"""催评议: who has not been heard, words to send them, and letters to those that are units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from editorial.desk.drafting import Request, draft_letters
from editorial.desk.office import Act, Desk, loaded
from editorial.desk.round_list import find_round, round_path
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.drafts import Draft, copy_number
from editorial.model.labels import LetterKind
from editorial.model.letters import Letter, LetterItem
from editorial.model.people import Unit
from editorial.model.reviewers import covered_sections
from editorial.model.reviews import Round, plain_name
from editorial.model.round_standing import (
    ReaderStanding,
    is_open,
    reader_standings,
    standing_of,
)
from editorial.model.volume import Volume, book_title
from editorial.store.registers import load_drafts
from editorial.values import dataclass

GRACE = 3  # days asked for where the day has passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reader nothing came from, and what to write; `unit` when it is one of units.yaml."""

    reader: str
    copy: int | None
    days: int | None
    text: str
    unit: str = ""


def readers_of(desk: Desk, round_: Round) -> tuple[ReaderStanding, ...]:
    return reader_standings(round_, draft_of(desk, round_))


def draft_of(desk: Desk, round_: Round) -> Draft | None:
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    return next((each for each in drafts if each.id == round_.draft), None)


def reminders(desk: Desk, round_id: str, today: date) -> tuple[Round, tuple[Reminder, ...]]:
    """Of an open round, everybody who has neither given an opinion nor said 无意见."""
    round_ = find_round(desk, round_id)
    if not is_open(round_):
        raise EditorialError(f"“{round_.title}”已经结束", hint="不用再催")
    if not round_.readers:
        hint = f"审读人写在 {round_path(desk, round_.id)} 的 readers，或开始时用 --reader 写明"
        raise EditorialError(f"“{round_.title}”没有写审读人，不知道催谁", hint=hint)
    volume = loaded(desk).volume
    standing = standing_of(round_, today)
    readers = {each.name: each for each in readers_of(desk, round_)}
    units = {plain_name(name): u for u in volume.units for name in (u.name, u.short) if name}
    found = []
    for name in standing.silent:
        unit = units.get(plain_name(name))
        reader = readers[name]
        found.append(
            Reminder(
                reader=name,
                copy=reader.copy,
                days=standing.days,
                text=_words(volume, round_, reader, standing.days, unit),
                unit=unit.id if unit else "",
            )
        )
    return round_, tuple(found)


def _words(
    volume: Volume, round_: Round, reader: ReaderStanding, days: int | None, unit: Unit | None
) -> str:
    copy = f"（{copy_number(reader.copy)}号本）" if reader.copy else ""
    edition = f"第{round_.edition}稿" if round_.edition else "稿"
    called = unit.honorific if unit else "您"
    office = volume.info.office
    asked = f"请{called}审读的《{book_title(volume)}》{round_.title}{edition}{copy}，"
    contact = "，".join(filter(None, (office.phone, office.mail)))
    return "\n".join(
        (
            f"{reader.name}：",
            f"　　{asked}{_due(round_, days)}至今尚未收到。如有意见，请尽快反馈；"
            "没有意见的，也请回复“无意见”。",
            f"　　联系：{contact}" if contact else "",
            f"{office.name}",
        )
    ).replace("\n\n", "\n")


def _due(round_: Round, days: int | None) -> str:
    if round_.due is None or days is None:
        return "意见"
    day = chinese_day(round_.due)
    return f"意见应于{day}前反馈，已过{-days}天，" if days < 0 else f"意见请于{day}前反馈，"


def letters_to_silent(
    desk: Desk, round_id: str, *, at: datetime, due: date | None = None
) -> tuple[tuple[Letter, ...], Act]:
    """征求意见函 to every silent reader that is a unit of units.yaml, each with the sections it
    supplied; EditorialError when there is none."""
    round_, silent = reminders(desk, round_id, at.date())
    units = [each.unit for each in silent if each.unit]
    if not units:
        hint = "个人用 editorial round remind 印出的文字去催；单位须登记在 units.yaml"
        raise EditorialError("没有回音的审读人里没有登记过的单位，无从致函", hint=hint)
    volume = loaded(desk).volume
    wanted = {unit: _items(volume, round_, unit) for unit in units}
    request = Request(
        kind=LetterKind.CONSULT,
        due=due or max(round_.due or at.date(), at.date() + timedelta(days=GRACE)),
        reason=f"“{round_.title}”的意见至今未收到。",
    )
    return draft_letters(desk, request, wanted, at=at)


def _items(volume: Volume, round_: Round, unit: str) -> Sequence[LetterItem]:
    covered = covered_sections(volume, round_)
    own = [section for section in covered if unit in section.units] or covered[:1]
    return [LetterItem(section=each.id, request="请审读并提出意见") for each in own]
