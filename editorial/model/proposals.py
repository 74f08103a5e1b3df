"""联络员变更建议: what a reply says of the unit's contact, until an editor accepts or refuses."""

from __future__ import annotations

from dataclasses import field

from editorial.model.labels import Labelled
from editorial.model.people import Contact
from editorial.model.volume import Source, Step, from_file
from editorial.values import dataclass


class ProposalState(Labelled):
    OPEN = "open", "待定"
    ACCEPTED = "accepted", "已采纳"
    REFUSED = "refused", "未采纳"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`contact` holds what was told and nothing else; `returned` is the id of the return that
    told it, empty when it came some other way."""

    id: str = field(default="", metadata={"stored": False})
    unit: str
    contact: Contact
    returned: str = ""
    note: str = ""
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


def proposal_state(proposal: Proposal) -> ProposalState:
    return ProposalState(proposal.history[-1].to) if proposal.history else ProposalState.OPEN
