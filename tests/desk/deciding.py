"""One opinion disposed of, as tests need it."""

from __future__ import annotations

from datetime import datetime

from editorial.desk.office import Act, Desk
from editorial.desk.opinion_decide import Decision, decide_opinions


def decide_opinion(
    desk: Desk, opinion_id: str, to: str, *, at: datetime, reason: str = "", result: str = ""
) -> Act:
    decision = Decision(id=opinion_id, to=to, reason=reason, result=result)
    return decide_opinions(desk, (decision,), at=at)
