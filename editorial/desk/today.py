"""今日: everything an editor wants to see of one day at once."""

from __future__ import annotations

from datetime import date, timedelta

from editorial.desk.chase import ChaseDay, Ground, day_of, ground_of
from editorial.desk.office import Desk
from editorial.desk.tray import came_back, unclaimed
from editorial.model.contradictions import Mismatch, mismatches
from editorial.model.due import Contacted, contacts
from editorial.model.letters import Letter
from editorial.model.matters import Matter, matters
from editorial.model.returns import Return
from editorial.store.registers import load_returns
from editorial.values import dataclass

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """`coming` is owed and due that day or in the two weeks after it, the soonest first; `came`
    what came in that day, before it what nobody has claimed; `back` letters not delivered;
    `odd` accounts that do not agree."""

    ground: Ground
    chase: ChaseDay
    coming: tuple[Matter, ...]
    came: tuple[Return, ...]
    waiting: int
    back: tuple[Letter, ...]
    odd: tuple[Mismatch, ...]


def today_of(desk: Desk, day: date) -> Today:
    ground = ground_of(desk, sparing=True)
    papers = load_returns(desk.workspace.files, desk.volume_id)
    tray = unclaimed(papers)
    fresh = tuple(each for each in papers if each.at.date() == day and each not in tray)
    return Today(
        ground=ground,
        chase=day_of(ground, day),
        coming=coming(ground, day),
        came=(*tray, *fresh),
        waiting=len(tray),
        back=came_back(ground.letters),
        odd=mismatches(ground.volume, ground.letters, ground.logs, day),
    )


def coming(ground: Ground, day: date) -> tuple[Matter, ...]:
    """What is owed and due that day or in the two weeks after it."""
    owed = matters(ground.volume, ground.letters, day)
    soon = (each for each in owed if day <= each.due <= day + AHEAD)
    return tuple(sorted(soon, key=lambda each: each.due))


def contacts_of(found: Today, unit: str) -> tuple[Contacted, ...]:
    """All contacts with a unit up to that day, oldest first."""
    return contacts(found.ground.logs, unit, found.chase.day)


def tasks_of(found: Today, unit: str) -> tuple[tuple[str, str], ...]:
    """(title, id) of the sections a unit has been given, for a 填报."""
    return tuple(
        (f"{chapter.title}·{section.title}", section.id)
        for chapter in found.ground.volume.chapters
        for section in chapter.sections
        if any(task.unit == unit for task in section.tasks)
    )
