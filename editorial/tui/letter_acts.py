"""What can be done to letters in the register; what cannot be taken back is asked first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from editorial.errors import EditorialError
from editorial.model.labels import Channel, LetterKind, LetterState
from editorial.model.letters import LetterItem, letter_state
from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.desk.send_plan import Wish
    from editorial.model.letters import Letter
    from editorial.tui.dialogs.asking import Ask, Given
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

FOLLOWING = (LetterKind.CHASE, LetterKind.ESCALATE)  # 催办: drafted where the calls are, 今日
MOST = 8  # letters a question names one by one


async def view(app: Frame, letter: Letter) -> None:
    from editorial.tui.dialogs.letter_view import LetterView

    app.push_screen(LetterView(letter, app.names, app.titles()))


async def draft(app: Frame) -> None:
    """拟函, a letter to each unit, from what is open; a child gathers it."""
    from editorial.desk.round_list import rounds
    from editorial.tui import child
    from editorial.tui.dialogs.asking import AskDialog
    from editorial.tui.outcome import Outcome

    async def carry(given: Given) -> Outcome:
        if not _sources(given):
            hint = "选一轮评议、勾一项，或写事项表"
            app.tell(EditorialError("还没有说事项从哪里取", hint=hint))
            return Outcome(kind="failed")
        work = child.carry(app, "拟函", _drafting(given), _message, writes=True)
        return child.start(app, work)

    def found() -> tuple[tuple[str, str], ...]:
        return tuple((f"{each.id} {each.title}", each.id) for each in rounds(app.desk))

    known = await app.fetch(found)
    if known is not None:
        title, yes = "拟函：每个单位一封", "拟函"
        note = "未办结的函里提过的不再列。只问一两处的，在总览或篇目里按 F7。"
        app.push_screen(AskDialog(title, _asked(known), carry, note=note, yes=yes))


def _asked(rounds: tuple[tuple[str, str], ...]) -> tuple[Ask, ...]:
    from editorial.tui.dialogs.asking import Ask

    kinds = tuple((kind.label, kind.value) for kind in LetterKind if kind not in FOLLOWING)
    return (
        Ask(key="kind", name="种类", kind="choice", options=kinds, value=LetterKind.REVISE.value),
        Ask(key="units", name="致", hint="几个单位用顿号隔开；空着是凡有事项的单位"),
        Ask(key="due", name="回复期限", kind="day", value="+14", needed=True),
        Ask(key="round", name="评议意见", kind="choice", hint="哪一轮里未答复的", options=rounds),
        Ask(key="findings", name="正文里的待补、存疑和编辑的疑问", kind="tick"),
        Ask(key="missing", name="还没有供稿的分目", kind="tick"),
        Ask(key="items", name="事项表", kind="path", hint="xlsx 或 csv，可不填"),
    )


def _sources(given: Given) -> list[str]:
    ticked = [f"--from-{key}" for key in ("findings", "missing") if key in given.ticks]
    round_ = [f"--from-opinions={given['round']}"] if given["round"] else []
    return [*ticked, *round_, *(f"--items={path}" for path in given.paths("items"))]


def _drafting(given: Given) -> tuple[str, ...]:
    """The command it is."""
    units = given.names("units")
    to = f"--units={','.join(units)}" if units else "--all"
    about = (f"--kind={given['kind']}", f"--due={given.days['due']}", to)
    return ("letter", "new", *about, *_sources(given))


def _message(data: Any) -> str:
    return str(data["message"])


async def check(app: Frame, some: Sequence[Letter]) -> None:
    from editorial.desk.letters import check_letters

    await app.carry_out(partial(check_letters, app.desk, _ids(some), at=now()))


async def approve(app: Frame, some: Sequence[Letter]) -> None:
    """Printing many takes its time, so a child does it."""
    from editorial.desk.signing import approve_letters
    from editorial.tui import child

    note = "签发即取发文字号并印出公函，不能撤销；不再发出时只能作废。"
    if not await _agreed(app, some, "签发", note):
        return
    if len(some) == 1:
        app.notify("正在印公函……", timeout=2)
        await app.carry_out(partial(approve_letters, app.desk, _ids(some), at=now()))
    else:
        await child.carry(
            app, f"签发{len(some)}封", ("letter", "approve", *_ids(some)), writes=True
        )


# Sending


async def send(app: Frame, some: Sequence[Letter]) -> None:
    await _send(app, _ids(some))


async def send_all(app: Frame) -> None:
    """Everything that is signed."""
    await _send(app, ())


async def _send(app: Frame, ids: tuple[str, ...]) -> None:
    """What will go to whom and how is shown first; no ids: all that are signed."""
    from editorial.desk.send_plan import Wish
    from editorial.desk.sending import send_letters
    from editorial.tui.dialogs.send import SendDialog, WayDialog

    look = partial(send_letters, app.desk, ids, everything=not ids, at=now(), dry=True)
    seen = await app.fetch(look)
    if seen is None:
        return
    if not seen.results:
        app.notify("没有已签发、待发出的函")
        return
    answer = await app.push_screen_wait(SendDialog(seen.results))
    wish: Wish | None = Wish() if answer == "send" else None
    if answer == "way":
        wish = await app.push_screen_wait(WayDialog(seen.results))
    if wish is not None:
        await _sent(app, tuple(each.letter.id for each in seen.results), wish)


async def _sent(app: Frame, ids: tuple[str, ...], wish: Wish) -> None:
    """A child sends them, since a server may take its time; what has not gone is listed."""
    from editorial.tui import child
    from editorial.tui.dialogs.send import SentDialog

    remain: list[Any] = []

    def told(data: Any) -> str:
        remain.extend(each for each in data.get("letters", ()) if each["remains"])
        message = f"发出：{data['message']}" if "letters" in data else data["message"]
        return "\n".join([message, *data.get("remarks", ())])

    word = f"发出{len(ids)}封" if len(ids) > 1 else "发出"
    words = ("letter", "send", *_wished(wish), *ids)
    await child.carry(app, word, words, told, writes=True, remarks=0 if len(ids) > 1 else 4)
    if remain:
        app.push_screen(SentDialog(f"{word}，还有{len(remain)}封没有发出", remain))


def _wished(wish: Wish) -> list[str]:
    """As the command has it."""
    given = {
        "--by": wish.channel.value if wish.channel else "",
        "--to": wish.to,
        "--on": wish.on.isoformat() if wish.on else "",
    }
    ticked = [f"--{name}" for name in ("resend", "sent") if getattr(wish, name)]
    return [*(f"{name}={value}" for name, value in given.items() if value), *ticked]


# Answers


async def answered(app: Frame, letter: Letter, way: Channel) -> None:
    """One key, one reply, today; where there is one already the form opens instead."""
    from editorial.desk.letters import register_reply

    if letter_state(letter) is LetterState.REPLIED:
        await reply(app, letter, way)
        return
    told = partial(register_reply, app.desk, letter.id, at=now(), on=date.today())
    await app.carry_out(partial(told, channel=way.label))


async def reply(app: Frame, letter: Letter, way: Channel = Channel.MAIL) -> None:
    from editorial.desk.letters import register_reply
    from editorial.tui.dialogs.reply import ReplyDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        register = partial(register_reply, app.desk, letter.id, at=now(), on=wish.on)
        told = partial(register, channel=wish.channel, doc_no=wish.doc_no, note=wish.note)
        said = partial(told, answer=wish.answer, until=wish.until, pass_to=wish.pass_to)
        return await app.carry_out(partial(said, papers=wish.papers, close=wish.close))

    app.push_screen(ReplyDialog(f"登记回函：{letter.number or letter.id}", way, carry))


async def extend(app: Frame, letter: Letter) -> None:
    from editorial.tui.extending import extend as grant

    until = letter.reply.until if letter.reply else None
    await grant(app, letter.unit, letter=letter.id, until=until)


async def close(app: Frame, letter: Letter) -> None:
    from editorial.desk.letters import close_letter

    await app.carry_out(partial(close_letter, app.desk, letter.id, at=now()))


async def void(app: Frame, letter: Letter) -> None:
    from editorial.desk.letters import void_letter
    from editorial.tui.dialogs.reason import ReasonDialog

    async def carry(note: str) -> Outcome:
        return await app.carry_out(partial(void_letter, app.desk, letter.id, at=now(), note=note))

    app.push_screen(ReasonDialog(f"作废：{letter.number or letter.id}", "作废原因", carry))


async def edit(app: Frame, letter: Letter) -> None:
    """改稿 of what is not signed yet; what is left empty stays."""
    from editorial.desk.drafting import Edit, edit_letter
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        wish = Edit(
            due=given.days["due"],
            title=given["title"] if given["title"] != letter.title else "",
            reason=given["reason"],
            contact=given["contact"],
            cc=given.names("cc") or None,
            urgent=given["urgent"] or None,
            add=_added(given),
            remove=_numbers(given),
        )
        return await app.carry_out(partial(edit_letter, app.desk, letter.id, wish, at=now()))

    told = "\n".join(f"{n}. {item.request}" for n, item in enumerate(letter.items, 1))
    asked = (
        Ask(key="title", name="标题", value=letter.title),
        Ask(key="due", name="期限", kind="day", empty="不变"),
        Ask(key="reason", name="缘由", value=letter.reason),
        Ask(key="urgent", name="缓急", hint="特急、加急，不填不变"),
        Ask(key="remove", name="删去", hint="第几项，几项用、隔开"),
        Ask(key="contact", name="联系人", hint="编辑的姓名，不填不变"),
        Ask(key="cc", name="抄送", hint="几处用、隔开，不填不变"),
        Ask(key="section", name="添一项", hint="分目的名称或编号"),
        Ask(key="place", name="　位置", hint="条目、段落或表号，可不填"),
        Ask(key="request", name="　要求", hint="请对方做什么"),
    )
    note = "已核稿的改后重新核稿。几项要添的，一项一项来。"
    title = f"改稿：{letter.number or letter.id}"
    app.push_screen(AskDialog(title, asked, carry, told=told, note=note, yes="改"))


def _added(given: Given) -> tuple[LetterItem, ...]:
    section, request = given["section"], given["request"]
    if bool(section) != bool(request):
        raise EditorialError(f"添的一项没有写{'要求' if section else '分目'}")
    return (LetterItem(section=section, place=given["place"], request=request),) * bool(section)


def _numbers(given: Given) -> tuple[int, ...]:
    for each in given.names("remove"):
        if not each.isdecimal():
            raise EditorialError(f"“{each}”不是项号", hint="几项用、隔开，如 1、3")
    return tuple(map(int, given.names("remove")))


def _ids(some: Sequence[Letter]) -> tuple[str, ...]:
    return tuple(letter.id for letter in some)


async def _agreed(app: Frame, some: Sequence[Letter], verb: str, note: str) -> bool:
    from editorial.tui.dialogs.confirm import ConfirmDialog

    lines = [_named(app, letter) for letter in some[:MOST]]
    more = [f"……共{len(some)}封"] if len(some) > MOST else []
    title = verb if len(some) == 1 else f"{verb}：{len(some)}封"
    text = "\n".join([*lines, *more])
    answer = await app.push_screen_wait(ConfirmDialog(title, text, note=note, yes=verb))
    return bool(answer)


def _named(app: Frame, letter: Letter) -> str:
    unit = app.names.get(letter.unit, letter.unit)
    return f"{letter.kind.label} {letter.number or letter.id}　致 {unit}　{letter.title}"


ONE: dict[str, Callable[[Frame, Letter], Awaitable[None]]] = {
    "view": view,
    "reply": reply,
    "extend": extend,
    "close": close,
    "edit": edit,
    "void": void,
}
SEVERAL: dict[str, Callable[[Frame, Sequence[Letter]], Awaitable[None]]] = {
    "check": check,
    "approve": approve,
    "send": send,
}
