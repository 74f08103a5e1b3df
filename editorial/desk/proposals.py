"""联络员变更建议: a reply names another contact; an editor accepts or refuses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from editorial.desk.correspondence import find_return
from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.units import fit_contact, save_units, succession
from editorial.errors import EditorialError
from editorial.model.contacts import changes
from editorial.model.names import nearest, same_id
from editorial.model.people import Contact, Unit, find_unit
from editorial.model.proposals import Proposal, ProposalState, proposal_state
from editorial.model.volume import Step
from editorial.store.records import written
from editorial.store.registers import load_proposals
from editorial.store.save import Message
from editorial.store.units import load_units


def proposals(desk: Desk) -> tuple[Proposal, ...]:
    return load_proposals(desk.workspace.files, desk.volume_id)


def find_proposal(desk: Desk, number: str) -> Proposal:
    known = proposals(desk)
    for each in known:
        if same_id(number, each.id):
            return each
    near = nearest(number, [each.id for each in known])
    raise EditorialError(f"没有建议“{number}”", hint=f"现有：{near}")


@taking_a_number
def propose_contact(
    desk: Desk,
    unit: str,
    contact: Contact,
    *,
    at: datetime,
    returned: str = "",
    note: str = "",
) -> tuple[Proposal, Act] | None:
    """What a unit told of its contact, kept until an editor decides; `returned` is the id of
    the return that told it. None when the register says so already, or the same is proposed.

    `contact` holds only what was told: an empty name means the present contact.
    """
    volume = loaded(desk).volume
    known = find_unit(volume.units, unit)
    by = name_of(actor(desk, volume))
    proposal = new_proposal(desk, known, contact, at=at, by=by, returned=returned, note=note)
    if proposal is None:
        return None
    subject = f"单位：{known.short or known.name}来告联络员变更（建议{proposal.id}）"
    message = Message(subject=subject, act="unit propose", by=by, body=note)
    return proposal, save_record(desk, proposal, proposal_path(desk, proposal), message)


def new_proposal(
    desk: Desk,
    unit: Unit,
    contact: Contact,
    *,
    at: datetime,
    by: str,
    returned: str = "",
    note: str = "",
) -> Proposal | None:
    """The next one of the desk's volume, not yet written; None as for propose_contact."""
    told, waiting = fit_contact(contact), proposals(desk)
    same = (each for each in waiting if (each.unit, each.contact) == (unit.id, told))
    doubled = any(proposal_state(each) is ProposalState.OPEN for each in same)
    if doubled or not changes(unit, told, at.date()):
        return None
    return Proposal(
        id=next_id(tuple(each.id for each in waiting), 4),
        unit=unit.id,
        contact=told,
        returned=returned,
        note=note,
        history=(Step(at=at, by=by, to=ProposalState.OPEN.value),),
    )


def propose_change(
    desk: Desk,
    unit: str,
    contact: Contact,
    *,
    at: datetime,
    returned: str = "",
    note: str = "",
) -> tuple[Proposal, Act]:
    """The same where an editor types it in. EditorialError when there is nothing to propose."""
    paper = find_return(desk, returned).id if returned else ""
    found = propose_contact(desk, unit, contact, at=at, returned=paper, note=note)
    if found is None:
        raise EditorialError("登记的联络员已是这样，或者同样的建议已在等候", hint="见 unit show")
    return found


def accept_proposal(
    desk: Desk, number: str, *, at: datetime, day: date | None = None, note: str = ""
) -> Act:
    """采纳: the register changes from `day` on (default: the day told, else today)."""
    proposal = _open(desk, number)
    file = load_units(desk.workspace.files, desk.volume_id)
    unit = find_unit(file.units, proposal.unit)
    start = day or proposal.contact.since or at.date()
    contact = replace(proposal.contact, confirmed=proposal.history[0].at.date())
    changed, told = succession(unit, contact, start)
    units = tuple(changed if each.id == unit.id else each for each in file.units)
    path = proposal_path(desk, proposal)
    decided = _decided(desk, proposal, ProposalState.ACCEPTED, at, note)
    assert proposal.source is not None
    more = {path: (proposal.source.blob, written(desk.workspace.files, path, decided))}
    said = replace(told, act="unit accept", note=note or f"采纳建议{proposal.id}")
    return save_units(desk, replace(file, units=units), said, more)


def refuse_proposal(desk: Desk, number: str, *, at: datetime, note: str) -> Act:
    """不采纳, with the reason."""
    proposal = _open(desk, number)
    if not note.strip():
        raise EditorialError("不采纳须写原因", hint="加上 --note 原因")
    refused = _decided(desk, proposal, ProposalState.REFUSED, at, note)
    unit = find_unit(loaded(desk).volume.units, proposal.unit)
    message = Message(
        subject=f"单位：{unit.short or unit.name}的联络员变更未采纳（建议{proposal.id}）",
        act="unit refuse",
        by=refused.history[-1].by,
        body=note,
    )
    return save_record(desk, refused, proposal_path(desk, proposal), message)


def _open(desk: Desk, number: str) -> Proposal:
    proposal = find_proposal(desk, number)
    state = proposal_state(proposal)
    if state is not ProposalState.OPEN:
        raise EditorialError(f"建议{proposal.id}{state.label}，不再改", hint="可以用 unit contact")
    return proposal


def _decided(
    desk: Desk, proposal: Proposal, to: ProposalState, at: datetime, note: str
) -> Proposal:
    by = name_of(actor(desk, loaded(desk).volume))
    step = Step(at=at, by=by, to=to.value, note=note)
    return replace(proposal, history=(*proposal.history, step))


def proposal_path(desk: Desk, proposal: Proposal) -> str:
    return f"volumes/{desk.volume_id}/proposals/{proposal.id}.yaml"
