"""What came in, in words: a paper in full, what was taken in, and the sum of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from editorial.desk.office import Act
from editorial.desk.receive import Taken
from editorial.errors import EditorialError
from editorial.model.returns import Return, ReturnState, return_state
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Haul:
    """What was taken in at one go; `stopped` is what ended it early."""

    taken: tuple[Taken, ...]
    stopped: EditorialError | None = None

    @property
    def fresh(self) -> int:
        """How many are new."""
        return sum(1 for each in self.taken if each.act)


def haul(things: Iterable[Taken], say: Callable[[str], None] = lambda _: None) -> Haul:
    """Take all in; what was kept is told even when something later stops the rest.
    EditorialError when nothing was kept before it. `say` hears of each thing."""
    taken: list[Taken] = []
    try:
        for each in things:
            taken.append(each)
            say(f"收件：{len(taken)}件，{each.name}")
    except EditorialError as error:
        if not taken:
            raise
        return Haul(taken=tuple(taken), stopped=error)
    return Haul(taken=tuple(taken))


def summed(found: Haul, look: str = "") -> str:
    """`收下3件，其中待认领1件`; `look` says where those that wait are to be seen."""
    waiting = sum(
        1
        for each in found.taken
        if each.act and each.paper and return_state(each.paper) is ReturnState.UNMATCHED
    )
    again = len(found.taken) - found.fresh
    told = f"收下{found.fresh}件" if found.fresh else "没有新的来件"
    told += f"，其中待认领{waiting}件{look}" if waiting else ""
    return told + (f"；{again}件以前收过或是本部发出的" if again else "")


def haul_act(found: Haul) -> Act:
    """The whole as one act; the commit is the last one."""
    commits = [each.act.commit for each in found.taken if each.act]
    stop = found.stopped
    remarks = (f"没有收完：{stop.message}", f"办法：{stop.hint}") if stop else ()
    return Act(message=summed(found), commit=(commits or [""])[-1], remarks=remarks)


def taken_lines(taken: Taken, name: str) -> list[str]:
    """One thing taken in, under the name it is to be shown by."""
    paper = taken.paper
    if paper is None or taken.act is None:
        where = f"（来件{paper.id}）" if paper else ""
        return [f"{name}　{taken.outcome.label}{where}"]
    state = return_state(paper)
    letter = f"　函件{paper.letter}（{paper.matched_by}）" if paper.letter else ""
    maybe = f"　可能是 {'、'.join(paper.candidates)}" if paper.candidates else ""
    reason = f"　{paper.reason}" if paper.reason else ""
    head = f"来件{paper.id}　{state.label}{letter}{maybe}{reason}　{name}"
    return [head, *(f"  {each}" for each in (*_answer(paper), *paper.told))]


def _answer(paper: Return) -> list[str]:
    if paper.answer is None:
        return []
    until = f"至{paper.until}" if paper.until else ""
    other = f"，建议转{paper.pass_to}" if paper.pass_to else ""
    return [f"答复：{paper.answer.label}{until}{other}"]


def return_lines(
    paper: Return, names: Mapping[str, str], folder: str, words: Iterable[str] = ()
) -> tuple[str, ...]:
    """All about one paper; `names` of people by id, `folder` where its files lie, `words` what
    its mail says."""
    state = return_state(paper)
    lines = [
        f"{paper.id}　{paper.kind.label}　{state.label}　{paper.channel.label}",
        f"主题：{paper.subject}" if paper.subject else "",
        f"来自：{paper.sender}" if paper.sender else "",
        f"收到：{paper.at:%Y-%m-%d %H:%M}",
        f"函件：{paper.letter}（{paper.matched_by}）" if paper.letter else "",
        f"可能是：{'、'.join(paper.candidates)}" if paper.candidates else "",
        f"搁置原因：{paper.reason}" if paper.reason else "",
        f"参见来件：{paper.of}" if paper.of else "",
        *_answer(paper),
        *(f"第{each.number}项：{each.text}" for each in paper.items),
        *(f"注意：{each}" for each in paper.told),
        *(f"附：{each.name}（{each.size:,} 字节）" for each in paper.papers),
        *(f"来信：{each}" if at == 0 else f"　　　{each}" for at, each in enumerate(words)),
        f"文件在：{folder}",
        *(
            f"{step.at:%Y-%m-%d %H:%M}　{names.get(step.by, step.by)}　"
            f"{ReturnState(step.to).label}　{step.note}".rstrip()
            for step in paper.history
        ),
    ]
    return tuple(line for line in lines if line)
