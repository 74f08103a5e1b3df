"""What can be done to a round; each function is one journey, run as a worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from editorial.model.labels import ReviewKind, RoundState
from editorial.model.reviews import round_state, silent_readers, waiting
from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.model.reviews import Round
    from editorial.tui.dialogs.asking import Ask
    from editorial.tui.dialogs.round_close import Closing
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

PAPERS = (
    ("table", "意见汇总及采纳情况表（按篇目）"),
    ("table --by=reader", "意见汇总及采纳情况表（按提出人）"),
    ("table --by=unit", "意见汇总及采纳情况表（按供稿单位）"),
    ("forms", "审稿意见单"),
    ("forms --blank", "审稿意见单（空白，供手填）"),
    ("replies", "意见采纳情况反馈，每位审读人一份"),
    ("meeting minutes", "评议会纪要，附表决和评分"),
    ("meeting score", "评分表（空白）"),
    ("changes", "这一轮以来的改动清单，无人要求的在前"),
)


MEETING = (("set", "登记会议"), ("vote", "表决"), ("score", "录评分表"))


async def open_one(app: Frame) -> None:
    """开轮; the draft for its readers is made by a child afterwards."""
    from editorial.desk.draft_styles import draft_styles
    from editorial.desk.rounds import open_round
    from editorial.tui.dialogs.asking import AskDialog, Given
    from editorial.tui.drafting import looked, looks

    async def carry(given: Given) -> Outcome:
        made: list[Round] = []
        told = partial(open_round, app.desk, given["title"], at=now(), due=given.days["due"])
        whom = partial(told, nodes=given.names("nodes"), readers=given.names("readers"))
        begin = partial(whom, kind=ReviewKind(given["kind"]), purpose=given["purpose"])

        def act() -> Any:
            round_, done = begin()
            made.append(round_)
            return done

        outcome = await app.carry_out(act)
        if made and "draft" in given.ticks:
            app.run_worker(_draft(app, made[0], looks(given)), group="draft")
        return outcome

    styles = await app.fetch(partial(draft_styles, app.desk))
    if styles is None:
        return
    note = "此刻已留存的文字就此定住，意见都对着它提；几轮可以同时进行。"
    asked = (*_opening(), *looked(styles))
    app.push_screen(AskDialog("开始一轮评议", asked, carry, note=note, yes="开始"))


def _opening() -> tuple[Ask, ...]:
    from editorial.tui.dialogs.asking import Ask

    kinds = tuple((kind.label, kind.value) for kind in ReviewKind)
    nodes = "篇目、分目的编号或名称，几个用、隔开；不写为全书"
    return (
        Ask(key="title", name="名称", hint="如 评议会，印在每页页脚", needed=True),
        Ask(key="kind", name="审级", kind="choice", options=kinds, value=ReviewKind.APPRAISAL),
        Ask(key="nodes", name="范围", hint=nodes),
        Ask(key="readers", name="审读人", hint="姓名或单位，几位用、隔开"),
        Ask(key="due", name="期限", kind="day"),
        Ask(key="purpose", name="目的", hint="可不填"),
        Ask(key="draft", name="随即出评议稿，印明这一轮的名称", kind="tick"),
    )


async def draft(app: Frame, round_: Round) -> None:
    """评议稿 of a round that is open; a second time it ends what is being made."""
    from editorial.desk.draft_styles import draft_styles
    from editorial.tui import child
    from editorial.tui.dialogs.asking import AskDialog, Given
    from editorial.tui.drafting import looked, looks

    async def carry(given: Given) -> Outcome:
        return child.start(app, _draft(app, round_, looks(given)))

    if child.stop(app):
        return
    styles = await app.fetch(partial(draft_styles, app.desk))
    if styles is not None:
        title, about = f"出评议稿：{round_.title}", round_.id
        asked = looked(styles)
        note = "每页印明这一轮的名称。"
        dialog = AskDialog(
            title, asked, carry, note=note, yes="出稿", focus="copies-to", about=about
        )
        app.push_screen(dialog)


async def _draft(app: Frame, round_: Round, looks: Sequence[str]) -> Outcome:
    from editorial.tui import child

    return await child.carry(app, "评议稿", ("round", "draft", *looks, round_.id), writes=True)


async def take_in(app: Frame, round_: Round) -> None:
    """取意见: the papers lie in the drop folder or anywhere."""
    from editorial.desk.drop_folder import drop_folder
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        files = [str(path) for path in given.paths("files")]
        said = (f"--by={given['by']}", f"--channel={given['channel']}", f"--node={given['node']}")
        words = ("opinion", "import", *said, round_.id, "--", *files)
        return await child.carry(app, "取意见", words, _taken, writes=True)

    folder = await app.fetch(lambda: drop_folder(app.desk))
    asked = (
        Ask(
            key="files",
            name="文件",
            kind="path",
            value=f"{folder}/" if folder else "",
            hint="意见表、批注稿、纪要、邮件",
            needed=True,
        ),
        Ask(key="by", name="提出人", hint="不写的，从表上和编号本认"),
        Ask(key="channel", name="方式", hint="书面、会议、邮件、电话；不写的从文件认"),
        Ask(key="node", name="分目", hint="落不了位的都落到这个分目；可不填"),
    )
    note = "按右方向键补全路径；几个文件用“；”隔开，也可以从文件管理器拖进来。"
    title, about = f"取意见：{round_.title}", round_.id
    app.push_screen(AskDialog(title, asked, carry, note=note, yes="取", about=about))


def _taken(papers: Any) -> str:
    """Of each paper how many came and how many are nowhere yet, or why it was not read."""
    return "\n".join(map(_paper_taken, papers))


def _paper_taken(paper: Any) -> str:
    if paper["fault"]:
        return f"{paper['name']}：没有读。{paper['fault']}"
    by, again = f"（{paper['by']}）" if paper["by"] else "", paper["again"]
    lost = sum(not each["section"] for each in paper["opinions"])
    away = f"，其中{lost}条待落位" if lost else ""
    known = f"，{again}条以前取过" if again else ""
    return f"{paper['name']}{by}：取{len(paper['opinions'])}条{away}{known}"


async def remind(app: Frame, round_: Round) -> None:
    """催请: the words for each, and letters to those that are units."""
    from editorial.desk.round_remind import letters_to_silent, reminders
    from editorial.tui.dialogs.confirm import ConfirmDialog
    from editorial.tui.dialogs.told import ToldDialog

    found = await app.fetch(lambda: reminders(app.desk, round_.id, date.today())[1])
    if found is None:
        return
    if not found:
        app.notify("审读人都有了回音")
        return
    title = f"催请：{round_.title}　没有回音的{len(found)}位"
    units = [each for each in found if each.unit]
    if not units:
        app.push_screen(ToldDialog(title, [f"{each.text}\n" for each in found]))
        return
    text = "\n\n".join(each.text for each in found)
    note = f"其中{len(units)}个是登记过的单位，可各拟一封征求意见函。"
    if await app.push_screen_wait(ConfirmDialog(title, text, note=note, yes="拟函")):
        await app.carry_out(lambda: letters_to_silent(app.desk, round_.id, at=now())[1])


async def answered(app: Frame, round_: Round) -> None:
    """无意见, of one reader nothing came from."""
    from editorial.desk.rounds import answer_round
    from editorial.tui.dialogs.choose import ChooseDialog

    silent = silent_readers(round_)
    if not silent:
        app.notify("审读人都有了回音" if round_.readers else "这一轮没有写审读人")
        return
    choices = tuple((name, name) for name in silent)
    name = await app.push_screen_wait(ChooseDialog("哪一位没有意见", choices, ""))
    if name:
        await app.carry_out(partial(answer_round, app.desk, round_.id, name, at=now()))


async def finish(app: Frame, round_: Round) -> None:
    """结束, with what is open in view; or 重开, with a reason."""
    from editorial.desk.rounds import close_round, reopen_round
    from editorial.tui.dialogs.reason import ReasonDialog
    from editorial.tui.dialogs.round_close import CloseDialog
    from editorial.tui.opinion import OpinionScreen
    from editorial.tui.outcome import Outcome

    def visit(opinion: str, among: tuple[str, ...]) -> None:
        app.push_screen(OpinionScreen(opinion, among))

    async def reopen(note: str) -> Outcome:
        return await app.carry_out(partial(reopen_round, app.desk, round_.id, at=now(), note=note))

    async def close(wish: Closing) -> Outcome:
        told = partial(close_round, app.desk, round_.id, at=now(), note=wish.note)
        outcome = await app.carry_out(partial(told, exempt=wish.exempt))
        if outcome.blocker is not None and not outcome.blocker.node:
            app.notify("这条意见还没有落位：在清单里按 Enter 前往")
            return Outcome(kind="failed")
        return outcome

    if round_state(round_) is RoundState.CLOSED:
        app.push_screen(ReasonDialog(f"重开：{round_.title}", "重开理由", reopen, about=round_.id))
    else:
        app.push_screen(CloseDialog(round_, waiting(round_), app.titles(), close, visit))


async def papers(app: Frame, round_: Round) -> None:
    """出表; a second time it ends what is being made."""
    from editorial.tui import child
    from editorial.tui.dialogs.choose import ChooseDialog

    if child.stop(app):
        return
    which = await app.push_screen_wait(ChooseDialog(f"出表：{round_.title}", PAPERS, ""))
    if which:
        label = dict(PAPERS)[which].partition("，")[0]
        await child.carry(app, label, ("round", *which.split(" "), round_.id))


# 会议


async def appraise(app: Frame, round_: Round) -> None:
    """总体评价 and 处理建议 of one reader; said again it takes the place of the former."""
    from editorial.desk.review_papers import appraise as say
    from editorial.model.meeting import Advice
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        said = partial(say, app.desk, round_.id, given["reader"], nodes=given.names("nodes"))
        words = partial(said, overall=given["overall"], problems=given["problems"])
        days = {key: given.days[key] for key in ("received", "done")}
        return await app.carry_out(partial(words, advice=given["advice"], **days))

    readers = tuple((each, each) for each in round_.readers)
    advice = tuple((each.label, each.label) for each in Advice)
    asked = (
        Ask(
            key="reader",
            name="审读人",
            kind="choice" if readers else "text",
            options=readers,
            value=round_.readers[0] if len(readers) == 1 else "",
            needed=True,
        ),
        Ask(key="nodes", name="范围", hint="篇目、分目；不写为全部"),
        Ask(key="advice", name="处理建议", kind="choice", options=advice, hint="可不选"),
        Ask(key="overall", name="总体评价"),
        Ask(key="problems", name="主要问题"),
        Ask(key="received", name="收稿", kind="day", past=True),
        Ask(key="done", name="完成", kind="day", past=True),
    )
    title, about = f"总体评价：{round_.title}", round_.id
    app.push_screen(AskDialog(title, asked, carry, yes="登记", about=about))


async def meeting(app: Frame, round_: Round) -> None:
    """评议会: 登记, 表决 or 评分, each an act of its own."""
    from editorial.tui.dialogs.choose import ChooseDialog

    which = await app.push_screen_wait(ChooseDialog(f"评议会：{round_.title}", MEETING, ""))
    if which:
        await {"set": convene, "vote": vote, "score": score}[which](app, round_)


async def convene(app: Frame, round_: Round) -> None:
    """What is left empty stays as it is registered."""
    from editorial.desk.meetings import moment, set_meeting
    from editorial.model.meeting import Expert, Meeting
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        day = given.days["on"]
        told = Meeting(
            at=moment(day, given["time"]) if day else None,
            place=given["place"],
            chair=given["chair"],
            experts=tuple(Expert(name=name) for name in given.names("experts")),
            attendants=given.names("attendants"),
            evaluation=given["evaluation"],
            summary=given["summary"],
            number=given["number"],
        )
        return await app.carry_out(partial(set_meeting, app.desk, round_.id, told))

    asked = (
        Ask(key="on", name="日期", kind="day", past=True, empty="不变"),
        Ask(key="time", name="钟点", hint="如 9:00"),
        Ask(key="place", name="地点"),
        Ask(key="chair", name="主持人"),
        Ask(key="experts", name="专家", hint="姓名，几位用、隔开"),
        Ask(key="attendants", name="列席", hint="姓名，几位用、隔开"),
        Ask(key="evaluation", name="评价意见"),
        Ask(key="summary", name="小结", hint="主持人小结"),
        Ask(key="number", name="纪要文号"),
    )
    note = "没有填的照已登记的；发言、落实要求等一人一行的，在命令行补登。"
    title, about = f"登记会议：{round_.title}", round_.id
    app.push_screen(AskDialog(title, asked, carry, note=note, yes="登记", about=about))


async def vote(app: Frame, round_: Round) -> None:
    """表决 by numbers; the former vote is replaced."""
    from editorial.desk.meetings import take_vote
    from editorial.model.meeting import Conclusion
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        yes, no, abstain = (_count(given[each]) for each in ("yes", "no", "abstain"))
        told = partial(take_vote, app.desk, round_.id, numbers=(yes, no, abstain))
        return await app.carry_out(partial(told, conclusion=given["conclusion"]))

    ends = tuple((each.label, each.value) for each in Conclusion)
    asked = (
        Ask(key="yes", name="同意", hint="票数"),
        Ask(key="no", name="不同意", hint="票数，没有不填"),
        Ask(key="abstain", name="弃权", hint="票数，没有不填"),
        Ask(key="conclusion", name="结论", kind="choice", options=ends, hint="可不选"),
    )
    title, about = f"表决：{round_.title}", round_.id
    app.push_screen(AskDialog(title, asked, carry, yes="登记", about=about))


def _count(text: str) -> int:
    from editorial.errors import EditorialError

    if text and not text.isdecimal():
        raise EditorialError(f"“{text}”不是票数", hint="写数字，没有的不填")
    return int(text or 0)


async def score(app: Frame, round_: Round) -> None:
    """评分 from a filled sheet."""
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        words = ("round", "meeting", "score", round_.id, "--", *map(str, given.paths("file")))
        return await child.carry(app, "评分", words, writes=True)

    asked = (Ask(key="file", name="评分表", kind="path", hint=".xlsx 或 .csv", needed=True),)
    note = "一行一位评分人，一列一项；空白表用 F6 出。再录一次的代替原来的。"
    title, about = f"评分：{round_.title}", round_.id
    app.push_screen(AskDialog(title, asked, carry, note=note, yes="录入", about=about))


ACTS: dict[str, Callable[[Frame, Round], Awaitable[None]]] = {
    "take_in": take_in,
    "remind": remind,
    "answered": answered,
    "appraise": appraise,
    "finish": finish,
    "papers": papers,
    "meeting": meeting,
    "draft": draft,
}
