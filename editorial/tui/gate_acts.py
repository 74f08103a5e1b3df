"""What can be done to a gate, and what is asked before a book goes to the press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.desk.gates import GateStanding
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome


async def register(app: Frame, standing: GateStanding) -> None:
    """登记批文."""
    from editorial.desk.gates import pass_gate
    from editorial.model.gates import GateResult
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        day = given.days["date"]
        assert day is not None
        told = partial(pass_gate, app.desk, standing.gate.id, doc_no=given["doc_no"], day=day)
        whose = partial(told, body=given["body"], files=given.paths("files"), at=now())
        result = GateResult(given["result"])
        return await app.carry_out(partial(whose, result=result, note=given["note"]))

    results = tuple((x.label, x.value) for x in GateResult if x is not GateResult.WITHDRAWN)
    asked = (
        Ask(
            key="result",
            name="结果",
            kind="choice",
            options=results,
            value=GateResult.PASSED,
            needed=True,
        ),
        Ask(key="doc_no", name="文号", hint="没有文号的写 无", needed=True),
        Ask(key="date", name="日期", kind="day", value="+0", past=True, needed=True),
        Ask(key="body", name="批准机关", hint=standing.gate.body or "可不填"),
        Ask(key="files", name="扫描件", kind="path", hint="批文的扫描件，几个用“；”隔开"),
        Ask(key="note", name="要求", hint="不是通过的须写"),
    )
    app.push_screen(AskDialog(f"登记批文：{standing.gate.label}", asked, carry, yes="登记"))


async def withdraw(app: Frame, standing: GateStanding) -> None:
    from editorial.desk.gates import withdraw_gate
    from editorial.tui.dialogs.reason import ReasonDialog

    async def carry(note: str) -> Outcome:
        return await app.carry_out(
            partial(withdraw_gate, app.desk, standing.gate.id, at=now(), note=note)
        )

    app.push_screen(ReasonDialog(f"撤回：{standing.gate.label}", "撤回理由", carry))


async def view(app: Frame, standing: GateStanding) -> None:
    """Every answer that came."""
    from editorial.model.gates import result_of
    from editorial.tui.dialogs.told import ToldDialog

    lines = []
    for each in standing.answers:
        papers = "、".join(paper.name for paper in each.papers)
        parts = (f"{each.date}", result_of(each).label, each.doc_no, each.body, papers)
        lines.append("　".join(part for part in parts if part))
        lines += [f"　{step.note}" for step in each.history if step.note]
    app.push_screen(ToldDialog(standing.gate.label, lines or ["还没有登记过批文"]))


async def handover(app: Frame) -> None:
    """齐清定: a child reads the whole book; what is wanting is listed, each to be gone to."""
    from editorial.errors import Blocker, Refused
    from editorial.tui import child
    from editorial.tui.dialogs.blocked import BlockedDialog

    found: list[Any] = []

    def told(data: Any) -> str:
        found.append(data)
        counts = (f"共{data['sections']}个分目", f"{data['characters']:,}字")
        return "，".join(
            (*counts, f"不合{len(data['lacks'])}处" if data["lacks"] else "齐、清、定")
        )

    await child.carry(app, "齐清定", ("handover",), told)
    if not found or not found[0]["lacks"]:
        return
    lacks = [
        Blocker(node=x["node"], guard=f"handover {x['virtue']}", message=x["message"])
        for x in found[0]["lacks"]
    ]
    refused = Refused(f"发稿之前核对齐、清、定：{len(lacks)}处不合", tuple(lacks))
    dialog = BlockedDialog(refused, app.names | app.titles(), insist="")
    answer = await app.push_screen_wait(dialog)
    if isinstance(answer, Blocker):
        app.go_to(answer.node, answer.guard)


async def archive(app: Frame) -> None:
    from editorial.tui import child

    if not child.stop(app):
        await child.carry(app, "归档目录", ("archive", "list"), _listed)


def _listed(data: Any) -> str:
    from editorial.tui import child

    counts = f"归档目录：{len(data['things'])}件，文件{len(data['files'])}个"
    return child.files_made({"message": counts, "files": data["written"]})


ACTS: dict[str, Callable[[Frame, GateStanding], Awaitable[None]]] = {
    "register": register,
    "withdraw": withdraw,
    "view": view,
}
