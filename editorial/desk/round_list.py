"""The rounds of a volume, all of them or the one somebody names."""

from __future__ import annotations

from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.names import same_id
from editorial.model.reviews import Round
from editorial.store.registers import load_rounds


def rounds(desk: Desk) -> tuple[Round, ...]:
    return load_rounds(desk.workspace.files, desk.volume_id)


def round_path(desk: Desk, round_id: str) -> str:
    return f"volumes/{desk.volume_id}/rounds/{round_id}/round.yaml"


def find_round(desk: Desk, round_id: str) -> Round:
    """By number, or by the title when only one bears it."""
    known = rounds(desk)
    found = [each for each in known if same_id(round_id, each.id)]
    found = found or [each for each in known if each.title == round_id]
    if len(found) == 1:
        return found[0]
    names = "、".join(f"{r.id}（{r.title}）" for r in found or known) or "还没有"
    if found:
        raise EditorialError(f"有{len(found)}轮都叫“{round_id}”", hint=f"请写编号：{names}")
    raise EditorialError(f"没有评议轮次“{round_id}”", hint=f"现有：{names}")
