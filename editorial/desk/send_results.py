"""How it stands with each letter that was to be sent, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from editorial.desk.send_plan import Plan, Todo, last_mail
from editorial.errors import EditorialError
from editorial.model.labels import Channel, DeliveryState
from editorial.model.letters import Letter, letter_state, standing, to_post
from editorial.values import dataclass

HINTS = {
    DeliveryState.POSTPONED: "过一会儿再执行同一条命令，接着发",
    DeliveryState.REFUSED: "在 units.yaml 里改正邮箱再发；确知可以再试，写 --resend",
    DeliveryState.UNSURE: "先问对方或查“已发送”：收到了写 --sent，没收到写 --resend",
}
READY = {
    Todo.DRAFT: "发件箱",
    Todo.PAPER: "打印队列",
    Todo.GIVE: "已交",
    Todo.MARK: "已发",
    Todo.AGAIN: "已发",
    Todo.NOTHING: "已发",
}
FORETOLD = {
    Todo.MAIL: "将发邮件",
    Todo.DRAFT: "将放入发件箱",
    Todo.PAPER: "将放入打印队列",
    Todo.GIVE: "将登记交出",
    Todo.MARK: "将补记已发",
    Todo.AGAIN: "已发，文件再放一次",
    Todo.NOTHING: "已发",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How it stands with one letter. `remains`: it has not gone, and `hint` says what to do."""

    letter: Letter
    unit: str
    channel: Channel | None
    to: str
    state: str
    words: str = ""
    hint: str = ""
    remains: bool = False


def result_of(plan: Plan, letter: Letter, trouble: EditorialError | None) -> Result:
    result = Result(
        letter=letter,
        unit=plan.unit,
        channel=plan.channel,
        to=plan.to,
        state=READY.get(plan.todo, ""),
        words=plan.words,
    )
    if plan.trouble:
        stop, last = plan.trouble, last_mail(letter)
        failed = last is not None and last.state is not DeliveryState.SENT
        state = last.state.label if last and failed else letter_state(letter).label
        where = f"：{PurePosixPath(stop.where).name}" if stop.where else ""
        words = f"{stop.message}{where}"
        return replace(result, state=state, words=words, hint=stop.hint, remains=True)
    if plan.todo is not Todo.MAIL:
        return replace(result, state=standing(letter)) if plan.todo is Todo.AGAIN else result
    return _mail_result(result, letter, trouble)


def _mail_result(result: Result, letter: Letter, trouble: EditorialError | None) -> Result:
    last = last_mail(letter)
    if last is not None and last.state is DeliveryState.SENT:
        return replace(result, state=last.state.label, words=last.note)
    state = last.state if last else DeliveryState.POSTPONED
    words = (last.error if last else "") or (trouble.message if trouble else "")
    return replace(result, state=state.label, words=words, hint=HINTS.get(state, ""), remains=True)


def foretold(plan: Plan) -> Result:
    result = result_of(replace(plan, todo=Todo.NOTHING), plan.letter, None)
    return result if plan.trouble else replace(result, state=FORETOLD[plan.todo])


def summed(results: Sequence[Result], *, dry: bool = False) -> str:
    """`共3封，还有1封没有发出`; `dry`: they were only looked at."""
    remain = sum(each.remains for each in results)
    if dry:
        told = f"其中{remain}封不能发" if remain else "都可以发"
    else:
        laid = sum(to_post(each.letter) for each in results)
        parts = (
            f"{laid}封在发件箱里待寄出" if laid else "",
            f"还有{remain}封没有发出" if remain else "",
        )
        told = "，".join(filter(None, parts)) or "都已办妥"
    return f"共{len(results)}封，{told}"
