"""What can be done to the corrections of a proof; each function is one journey."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from editorial.model.proofs import described, page_called
from editorial.tui.proof_acts import called, papers

if TYPE_CHECKING:
    from editorial.model.proofs import ProofJob
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome


async def take_in(app: Frame, job: ProofJob) -> None:
    """录文件: a child reads it."""
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        words = ("proof", "import", job.id, "--", *map(str, given.paths("file")[:1]))
        return await child.carry(app, "录入", words, _message, writes=True)

    hint = "表格、批注过的 PDF、带修订或批注的 Word"
    asked = (Ask(key="file", name="文件", kind="path", hint=hint, needed=True),)
    note = "按右方向键补全路径；录过的不重复录。"
    app.push_screen(AskDialog(f"录入：{called(job)}", asked, carry, note=note, yes="录入"))


def _message(data: Any) -> str:
    return str(data["message"])


async def drop(app: Frame, job: ProofJob, number: int) -> None:
    """去掉一处."""
    from editorial.desk.proof_corrections import drop_correction
    from editorial.tui.dialogs.reason import ReasonDialog

    async def carry(note: str) -> Outcome:
        return await app.carry_out(partial(drop_correction, app.desk, job.id, number, note=note))

    each = job.corrections[number - 1]
    title = f"去掉第{number}处：{page_called(each.page, job.offset)}{described(each)}"
    app.push_screen(ReasonDialog(title, "理由", carry, about=job.id))


async def class_(app: Frame, job: ProofJob, numbers: Sequence[int]) -> None:
    """差错类别 of one or several."""
    from editorial.desk.error_rate import set_class
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        return await app.carry_out(partial(set_class, app.desk, job.id, numbers, given["fault"]))

    told = "\n".join(f"第{n}处　{described(job.corrections[n - 1])}" for n in numbers[:6])
    asked = (Ask(key="fault", name="类别", hint="如 标点；空着是去掉"),)
    title = f"差错类别：{len(numbers)}处"
    about = f"{job.id} {' '.join(map(str, numbers))}"
    app.push_screen(AskDialog(title, asked, carry, told=told, yes="定", about=about))


async def view(app: Frame, job: ProofJob, number: int) -> None:
    """One correction in full."""
    from editorial.model.proof_selection import red_words
    from editorial.tui.dialogs.told import ToldDialog

    each = job.corrections[number - 1]
    told = (
        ("改动", described(each)),
        ("符号", each.mark),
        ("前后文", f"{each.before}【{each.old}】{each.after}"),
        ("起因", each.cause.label),
        ("类别", each.fault),
        ("分目", app.titles().get(each.section, each.section)),
        ("校对", app.names.get(each.by, each.by)),
        ("来源", each.origin),
        ("说明", each.note),
        ("核红", red_words(each)),
        ("新样", each.found),
        ("正文", f"{each.carried}已改" if each.carried else ""),
    )
    place = page_called(each.page, job.offset) + (f"第{each.line}行" if each.line else "")
    lines = [f"{name}：{text}" for name, text in told if text]
    app.push_screen(ToldDialog(f"第{number}处　{place}", lines))


ACTS: dict[str, Callable[[Frame, ProofJob], Awaitable[None]]] = {
    "take_in": take_in,
    "papers": papers,
}
