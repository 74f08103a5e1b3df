"""A command of the program in a process of its own, for what takes its time: papers, reading
files, comparing proofs. What it answers is told as if the act had been done here."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.errors import Blocker, EditorialError, Refused
from editorial.tui.running import Drafting, command

if TYPE_CHECKING:
    from editorial.desk.office import Act
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

REMARKS = 4


async def carry(
    app: Frame,
    word: str,
    words: Sequence[str],
    told: Callable[[Any], str] | None = None,
    *,
    writes: bool = False,
    remarks: int = REMARKS,
) -> Outcome:
    """Run `editorial …words` and tell what came of it: by `told` from its data, else its files.
    One at a time; a refusal is shown as any other. `remarks` of its last lines are told too."""
    from editorial.tui.outcome import Outcome

    if app.drafting is not None:
        app.notify("另一件事还在办，请等它办完", severity="warning")
        return Outcome(kind="failed")
    app.drafting = child = Drafting(word)
    try:
        code = await child.run(command(app.desk, words), app.progress)
    finally:
        app.drafting = None
        app.progress("")
    if writes:  # what was done before it stopped is done
        app.acted()
    if child.cancelled:
        app.notify(f"{word}已取消")
        return Outcome(kind="failed")
    data = _data(child.results)
    if data is None or (code > 1 and _faulty(data)):
        return await app.carry_out(lambda: _refuse(data, child.said, code))
    app.notify("\n".join([(told or files_made)(data), *_last(child.said, remarks)]), markup=False)
    return Outcome(kind="done")


def files_made(data: Any) -> str:
    """Their names and their folder."""
    files = [Path(each) for each in data.get("files", ())]
    head = data.get("message", "")
    folder = [f"在 {each.parent}" for each in files[:1]]
    names = [each.name for each in files[:REMARKS]]
    more = [f"……共{len(files)}个文件"] if len(files) > REMARKS else []
    return "\n".join(each for each in (head, *names, *more, *folder) if each)


def _data(lines: Sequence[str]) -> Any:
    try:
        return json.loads("\n".join(lines))
    except ValueError:
        return None


def _last(lines: Sequence[str], count: int) -> Sequence[str]:
    return lines[-count:] if count else ()


def _faulty(data: Any) -> bool:
    """Whether it was refused; what stopped half-way still has something to tell."""
    return not isinstance(data, dict) or "message" not in data


def _refuse(data: Any, said: Sequence[str], code: int) -> Act:
    if not isinstance(data, dict) or "error" not in data:
        raise EditorialError("\n".join(said[-8:]) or f"没有办成（返回{code}）")
    if data["blockers"]:
        blockers = tuple(Blocker(**each) for each in data["blockers"])
        raise Refused(data["error"], blockers, hint=data["hint"])
    where = "；".join([data["where"], *data["problems"]]).strip("；")
    raise EditorialError(data["error"], hint=data["hint"], where=where)


def stop(app: Frame) -> bool:
    """End what is under way, if something is."""
    if app.drafting is None:
        return False
    app.drafting.cancel()
    return True


def start(app: Frame, work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Go on with it while the dialog that asked for it closes."""
    from editorial.tui.outcome import Outcome

    app.run_worker(work, group="draft")
    return Outcome(kind="done")
