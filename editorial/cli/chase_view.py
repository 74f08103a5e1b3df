"""The day's coverage as lines for people; it, the list and the page as data for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from editorial.desk.chase import ChaseDay
from editorial.desk.chase_words import last_words
from editorial.desk.digest import Made
from editorial.model.contradictions import Mismatch
from editorial.model.due import Chase, Claim


def chase_data(chase: Chase) -> dict[str, Any]:
    contact, last = chase.contact, chase.last
    return {
        "unit": chase.unit.id,
        "name": chase.unit.name,
        "move": chase.move.value,
        "covered": chase.covered,
        "contact": contact.name if contact else "",
        "phone": contact.phone if contact else "",
        "mail": contact.mail if contact else "",
        "chat": contact.chat if contact else "",
        "channel": contact.channel.value if contact and contact.channel else "",
        "last": {"date": last.date, "words": last_words(last)} if last else None,
        "claims": [_claim_data(claim) for claim in chase.claims],
    }


def _claim_data(claim: Claim) -> dict[str, Any]:
    matter = claim.matter
    return {
        "source": matter.source,
        "id": matter.id,
        "title": matter.title,
        "due": matter.due,
        "since": matter.since,
        "late": claim.late,
        "step": claim.step.value,
        "reached": claim.reached,
        "move": claim.move.value,
        "state": matter.state,
        "missing": [{"section": section, "request": words} for section, words in matter.missing],
        "letter": claim.letter.id if claim.letter else "",
        "notes": list(matter.notes),
    }


def status_lines(found: ChaseDay, odd: Sequence[Mismatch], names: Mapping[str, str]) -> list[str]:
    total, closed = len(found.chases), found.log.closed
    share = f"{100 * found.covered // total}%" if total else "当天无须联系"
    state = f"已日结，第{closed.number}期" if closed else "未日结"
    lines = [f"{found.day}　应联系{total}个单位，已联系{found.covered}个（{share}）　{state}"]
    lines += [
        f"还没有联系：{chase.unit.short or chase.unit.name}（{chase.move.label}）"
        for chase in found.holes
        if closed is None
    ]
    lines += [
        f"暂停催办：{each.unit.short or each.unit.name}，"
        f"到{each.pause.until}止（{each.pause.reason}）"
        for each in found.paused
    ]
    lines += [f"待核对：{names.get(x.unit, x.unit)}　{x.place}：{x.words}" for x in odd]
    return lines


def status_data(found: ChaseDay, odd: Sequence[Mismatch]) -> dict[str, Any]:
    closed = found.log.closed
    return {
        "day": found.day,
        "due": len(found.chases),
        "covered": found.covered,
        "holes": [chase.unit.id for chase in found.holes],
        "calls": len(found.log.callbacks),
        "checkins": len(found.log.checkins),
        "paused": [
            {"unit": each.unit.id, "until": each.pause.until, "reason": each.pause.reason}
            for each in found.paused
        ],
        "mismatches": [asdict(each) for each in odd],
        "closed": asdict(closed) if closed else None,
    }


def digest_data(made: Made) -> dict[str, Any]:
    """Units that are late only where they may be named."""
    told = made.daily
    late = [
        {"unit": each.unit.id, "tasks": each.tasks, "letters": each.letters, "days": each.days}
        for each in told.late_units
    ]
    return {
        "day": told.day,
        "since": told.since,
        "number": told.number,
        "totals": asdict(told.totals),
        "before": asdict(told.before),
        "due": told.asked,
        "covered": told.covered,
        "calls": told.calls,
        "answered": told.answered,
        "checkins": told.checkins,
        "results": {result.value: count for result, count in told.results},
        "moved": [asdict(each) for each in told.moved],
        "late_units": late if made.named else len(late),
        "late_chapters": [
            {"id": each.id, "title": each.title, **asdict(each.totals)}
            for each in told.late_chapters
        ],
        "mismatches": [
            asdict(each) if made.named else {"place": each.place, "words": each.words}
            for each in told.mismatches
        ],
        "letters": {"sent": told.letters.sent, "answered": told.letters.answered}
        | {"unanswered": told.letters.unanswered, "overdue": told.letters.overdue},
        "next_day": told.next_day,
        "tomorrow": len(told.tomorrow),
        "files": [str(path) for path in made.files],
    }
