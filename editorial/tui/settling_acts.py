"""What is settled of a proof after 核红: marks that may stay, changes nobody asked for, the
second reading of a sample; each function is one journey."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from editorial.model.proofs import described
from editorial.tui.proof_acts import called

if TYPE_CHECKING:
    from editorial.desk.office import Act
    from editorial.model.proofs import ProofJob, UnaskedChange
    from editorial.tui.dialogs.asking import Given
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

SHOWN = 8


async def exempt(app: Frame, job: ProofJob, numbers: Sequence[int]) -> None:
    """不再改: red marks that may stay as they are."""
    from editorial.tui.acts import now
    from editorial.tui.dialogs.reason import ReasonDialog

    async def carry(note: str) -> Outcome:
        from editorial.desk.proof_red import exempt_marks

        def act() -> Act:
            return exempt_marks(app.desk, job.id, numbers, note=note, at=now())[0]

        return await app.carry_out(act)

    first = described(job.corrections[numbers[0] - 1])
    what = f"第{numbers[0]}处：{first}" if len(numbers) == 1 else f"{len(numbers)}处"
    about = f"{job.id} {' '.join(map(str, numbers))}"
    app.push_screen(ReasonDialog(f"不再改　{what}", "理由", carry, about=about))


async def accept(app: Frame, job: ProofJob) -> None:
    """认可: changes nobody asked for may stay."""
    from editorial.tui.acts import now
    from editorial.tui.dialogs.asking import Ask, AskDialog

    waiting = [(n, x) for n, x in enumerate(job.unasked, 1) if not x.accepted]
    if not waiting:
        app.notify("没有未要求而改的")
        return

    async def carry(given: Given) -> Outcome:
        from editorial.desk.proof_red import accept_changes

        numbers = _numbers(given)

        def act() -> Act:
            return accept_changes(app.desk, job.id, numbers, note=given["note"], at=now())[0]

        return await app.carry_out(act)

    told = "\n".join(_unasked(n, each) for n, each in waiting[:SHOWN])
    every = "、".join(f"{n}" for n, _ in waiting)
    asked = (
        Ask(key="numbers", name="序号", value=every, needed=True, hint="几处用、隔开"),
        Ask(key="note", name="理由", needed=True, hint="为何可以不改回去"),
    )
    title = f"未要求而改的{len(waiting)}处，认可：{called(job)}"
    app.push_screen(AskDialog(title, asked, carry, told=told, yes="认可"))


def _unasked(number: int, each: UnaskedChange) -> str:
    change = f"“{each.old}”改为“{each.new}”" if each.old and each.new else ""
    change = change or (f"多出“{each.new}”" if each.new else f"少了“{each.old}”")
    return f"第{number}处　新样第{each.sheet}张　…{each.before}▲{each.after}…　{change}"


def _numbers(given: Given) -> tuple[int, ...]:
    from editorial.errors import EditorialError

    for each in given.names("numbers"):
        if not each.isdecimal():
            raise EditorialError(f"“{each}”不是序号", hint="几处用、隔开，如 1、3")
    return tuple(dict.fromkeys(map(int, given.names("numbers"))))


async def sample(app: Frame, job: ProofJob) -> None:
    """抽查: draw pages; or take in what their second reader found."""
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        share = [f"--share={given['share']}"] if given["share"] else []
        reader = [f"--reader={given['reader']}"] if given["reader"] else []
        found = [f"--found={each}" for each in given.paths("found")[:1]]
        done = ["--done"] if "done" in given.ticks else []
        words = ("proof", "sample", job.id, *share, *reader, *found, *done)
        return child.start(app, child.carry(app, "抽查", words, _sampled, writes=True))

    asked = (
        Ask(key="share", name="抽页", hint="比例，如 10%；已抽过的不填"),
        Ask(key="reader", name="重读人", hint="抽页时写，可不填"),
        Ask(key="found", name="所见", kind="path", hint="重读所见的文件，一行一处，写法同逐行录"),
        Ask(key="done", name="抽到的页都读完了", kind="tick"),
    )
    note = "都不填，看抽到哪些页、估计还漏几处。"
    app.push_screen(AskDialog(f"抽查：{called(job)}", asked, carry, note=note, yes="抽查"))


def _sampled(data: Any) -> str:
    told = [data["message"]] if "message" in data else []
    if "told" in data:
        return "\n".join([*told, *data["told"]])
    state = "已读完" if data["read"] else "还没有读完"
    drawn = f"抽{len(data['pages'])}页（{data['called']}），已记{data['found']}处，{state}"
    return "\n".join([*told, drawn])


ACTS: dict[str, Callable[[Frame, ProofJob], Awaitable[None]]] = {
    "accept": accept,
    "sample": sample,
}
