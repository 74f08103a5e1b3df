"""The day's list in words: a row for each unit, and all about one unit as lines."""

from __future__ import annotations

from editorial.model.chasing import Callback
from editorial.model.due import Chase, Claim, Contacted
from editorial.model.letters import letter_state


def list_row(chase: Chase) -> tuple[str, ...]:
    late = max(chase.claims, key=lambda claim: claim.late)
    contact = chase.contact
    more = f"等{len(chase.claims)}项" if len(chase.claims) > 1 else ""
    return (
        chase.unit.short or chase.unit.name,
        chase.move.label,
        contact.name if contact else "（无）",
        contact.phone if contact and contact.phone else "-",
        when_words(late.late),
        last_words(chase.last),
        "已联系" if chase.covered else "-",
        f"{late.matter.title}{more}",
    )


def when_words(late: int) -> str:
    return f"逾期{late}天" if late > 0 else "今天" if late == 0 else f"还有{-late}天"


def last_words(contact: Contacted | None) -> str:
    if contact is None:
        return "-"
    day = f"{contact.date.month}月{contact.date.day}日"
    if isinstance(contact, Callback):
        return f"{day}{contact.result.label}"
    return f"{day}填报{contact.state.label}"


def contact_line(contact: Contacted) -> str:
    """One contact of the log."""
    who = contact.person if isinstance(contact, Callback) else ""
    parts = (contact.channel.label, who, last_words(contact), contact.note)
    return "　".join(part for part in parts if part)


def chase_lines(chase: Chase) -> list[str]:
    """All about one unit of the list."""
    contact = chase.contact
    told = [f"{chase.unit.name}　今天：{chase.move.label}{'（已联系）' if chase.covered else ''}"]
    if contact is None:
        told.append("没有当天有效的联络员，请用 editorial unit contact 登记")
    else:
        reach = (("电话", contact.phone), ("邮箱", contact.mail), ("微信", contact.chat))
        ways = "　".join(f"{name}：{text}" for name, text in reach if text)
        prefer = f"　首选：{contact.channel.label}" if contact.channel else ""
        told.append(f"联络员：{contact.name}　{contact.post}　{ways}{prefer}".replace("　　", "　"))
    told += [line for claim in chase.claims for line in _claim_lines(claim)]
    if chase.last is not None:
        told.append(f"上次联系：{last_words(chase.last)}　{chase.last.note}".rstrip("　"))
    return told


def _claim_lines(claim: Claim) -> list[str]:
    matter, letter = claim.matter, claim.letter
    since = f"，{matter.since}起" if matter.since else ""
    what = "函件" if matter.source == "letter" else "供稿"
    sent = (
        f"；{letter.kind.label}{letter.number or letter.id}（{letter_state(letter).label}）"
        if letter
        else ""
    )
    head = f"{what} {matter.id}　{matter.title}　{matter.state}{since}，{matter.due}到期"
    return [
        f"{head}，{when_words(claim.late)}：{claim.move.label}{sent}",
        *(f"  {note}" for note in matter.notes),
    ]
