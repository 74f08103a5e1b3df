"""What can be done to opinions; each function is one journey, run as a worker."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from editorial.model.labels import Disposition, Weight
from editorial.model.opinion_paper import CHANNELS
from editorial.model.reviews import NEEDS_REASON, disposition
from editorial.tui.acts import now
from editorial.tui.quoting import FIRST, LAST, bracketed

if TYPE_CHECKING:
    from editorial.desk.office import Desk
    from editorial.desk.opinion_decide import Decision
    from editorial.model.reviews import Opinion
    from editorial.tui.dialogs.asking import Ask, Given
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

MOST = 6  # opinions a question names one by one
AROUND = 40  # characters of the text before and behind the words spoken of
WAYS = tuple((each, each) for each in CHANNELS)


async def dispose(app: Frame, some: Sequence[Opinion], way: Disposition) -> None:
    """One key; the reason is asked where one is required."""
    from editorial.desk.opinion_decide import Decision, decide_opinions

    if way in NEEDS_REASON:
        await decide(app, some, way)
        return
    decisions = [Decision(id=each.id, to=way.value) for each in some]
    await app.carry_out(partial(decide_opinions, app.desk, decisions, at=now()))


async def decide(app: Frame, some: Sequence[Opinion], way: Disposition | None = None) -> None:
    """处理 in full: how, why, what the text becomes."""
    from editorial.desk.opinion_decide import Decision, decide_opinions
    from editorial.tui.dialogs.asking import AskDialog

    async def carry(given: Given) -> Outcome:
        told = {"to": given["to"], "reason": given["reason"], "result": given["result"]}
        decisions = [Decision(id=each.id, **told) for each in some]
        act = partial(decide_opinions, app.desk, decisions, at=now())
        return await app.carry_out(partial(act, apply="apply" in given.ticks))

    title = f"处理意见{some[0].id}" if len(some) == 1 else f"处理意见{len(some)}条"
    asked = _decision(some, way)
    begin = "reason" if way else ""
    words = await app.fetch(partial(_words, app.desk, some[0])) if len(some) == 1 else ""
    told = f"{_told(some)}\n原文：{words}" if words else _told(some)
    dialog = partial(AskDialog, title, asked, carry, told=told, about=_ids(some))
    app.push_screen(dialog(yes="处理", focus=begin))


def _words(desk: Desk, opinion: Opinion) -> str:
    """What it speaks of as it stands now, since the question covers the text; else as it was."""
    from editorial.desk.opinion_trace import located, trace_of, words_at

    trace = trace_of(desk)
    place = located(trace, opinion)
    if place and place.spots:
        return _clauses(bracketed(words_at(trace, place.spots[0], AROUND)))
    return opinion.original


def _clauses(words: str) -> str:
    """What is cut in the middle begins with a whole clause, for `57.0%` is not `7.0%`."""
    before, sign, rest = words.partition(FIRST)
    if len(before) == AROUND:
        before = "…" + re.split("[。；，]", before, maxsplit=1)[-1]
    cut = "…" if len(rest) - rest.rfind(LAST) > AROUND else ""
    return f"{before}{sign}{rest}{cut}"


def _decision(some: Sequence[Opinion], way: Disposition | None) -> tuple[Ask, ...]:
    from editorial.tui.dialogs.asking import Ask

    ways = tuple((each.label, each.value) for each in Disposition)
    present = way or (disposition(some[0]) if len(some) == 1 else None)
    why = "须写" if way in NEEDS_REASON else "部分采纳、不采纳须写"
    return (
        Ask(
            key="to",
            name="结论",
            kind="choice",
            options=ways,
            value=present or "",
            hint="怎样处理",
            needed=True,
        ),
        Ask(key="reason", name="理由", hint=why, needed=way in NEEDS_REASON),
        Ask(key="result", name="改后文字", hint="可不填"),
        Ask(key="apply", name="改法写得明白的，随即改入正文", kind="tick"),
    )


def _ids(some: Sequence[Opinion]) -> str:
    return " ".join(each.id for each in some)


def _told(some: Sequence[Opinion]) -> str:
    lines = [f"{each.id}　{each.by}：{each.text}" for each in some[:MOST]]
    more = [f"……共{len(some)}条"] if len(some) > MOST else []
    return "\n".join([*lines, *more])


async def together(app: Frame, some: Sequence[Opinion], words: Mapping[str, str]) -> None:
    """Side by side, each with a disposition of its own, decided in one act."""
    from editorial.desk.opinion_decide import decide_opinions
    from editorial.tui.dialogs.together import TogetherDialog

    async def carry(decisions: tuple[Decision, ...]) -> Outcome:
        return await app.carry_out(partial(decide_opinions, app.desk, decisions, at=now()))

    said = bracketed(next((words[each.id] for each in some if each.id in words), ""))
    app.push_screen(TogetherDialog(some, said, carry))


async def same(app: Frame, some: Sequence[Opinion], words: Mapping[str, str]) -> None:
    """The later ones follow the first."""
    from editorial.desk.opinions import same_opinions
    from editorial.tui.dialogs.confirm import ConfirmDialog

    note = f"以{some[0].id}为首，处理它时其余随同。"
    if await app.push_screen_wait(
        ConfirmDialog(f"{len(some)}条是同一意见", _told(some), note=note, yes="相同")
    ):
        ids = [each.id for each in some]
        await app.carry_out(partial(same_opinions, app.desk, ids, at=now()))


async def check(app: Frame, some: Sequence[Opinion]) -> None:
    """复核."""
    from editorial.desk.opinions import check_opinions

    ids = [each.id for each in some]
    await app.carry_out(partial(check_opinions, app.desk, ids, at=now()))


async def forward(app: Frame, some: Sequence[Opinion]) -> None:
    """转单位核实: into the letter that is being drafted to it, or into a new one."""
    from editorial.desk.office import people
    from editorial.desk.opinion_forward import forward_opinions
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        due = given.days["due"]
        assert due is not None
        ids = [each.id for each in some]
        told = partial(forward_opinions, app.desk, ids, at=now(), due=due)
        return await app.carry_out(lambda: told(unit=given["unit"])[1])

    known = await app.fetch(partial(people, app.desk))
    if known is None:
        return
    units = tuple((unit.short or unit.name, unit.id) for unit in known[0])
    hint = "供这一分目稿件的单位"
    asked = (
        Ask(key="unit", name="单位", kind="choice", options=units, hint=hint),
        Ask(key="due", name="期限", kind="day", value="+7", needed=True),
    )
    note = "已有在拟的修改补充函，就加进那一函；函件仍须核稿、签发、发出。"
    dialog = partial(AskDialog, "转单位核实", asked, carry, told=_told(some), about=_ids(some))
    app.push_screen(dialog(note=note, yes="转出"))


async def place(app: Frame, opinion: Opinion, others: int = 0) -> None:
    """落位: the section is found by its name, then the words are copied down. `others` are marked
    and stay as they are, which is told."""
    from editorial.desk.opinions import place_opinion
    from editorial.tui.dialogs.asking import Ask, AskDialog

    alone = f"（一次一条，标记的另{others}条不动）" if others else ""
    section = await _section(app, f"意见{opinion.id}落到哪个分目{alone}")
    if not section:
        return

    async def carry(given: Given) -> Outcome:
        told = partial(place_opinion, app.desk, opinion.id, section, at=now())
        return await app.carry_out(partial(told, original=given["original"]))

    asked = (
        Ask(
            key="original",
            name="原文",
            value=opinion.original if section == opinion.section else "",
            hint="抄下所指的几个字；不填只落到分目",
        ),
    )
    title = f"落位：{app.titles().get(section, section)}"
    dialog = partial(AskDialog, title, asked, carry, told=_told((opinion,)), yes="落位")
    app.push_screen(dialog(about=f"{opinion.id} {section}"))


async def _section(app: Frame, title: str) -> str:
    """A section by its name, in Chinese or pinyin initials; empty for none."""
    from editorial.desk.destinations import rank_names
    from editorial.tui.dialogs.find import FindDialog, Offer

    board = await app.fetch(app.board)
    if board is None:
        return ""
    picked: list[str] = []
    offers = [
        Offer(
            group=chapter.title,
            names=(row.title, row.id),
            told=f"{chapter.title}　{row.id}",
            act=partial(picked.append, row.id),
        )
        for chapter in board.volume.rows
        for row in chapter.rows
    ]
    hint = "写名称或拼音首字母"
    if chosen := await app.push_screen_wait(FindDialog(title, hint, offers, rank_names)):
        chosen.act()
    return picked[0] if picked else ""


async def add(app: Frame, round_id: str) -> None:
    """记一条: said at a meeting or on the telephone."""
    from editorial.desk.opinions import add_opinion
    from editorial.tui.dialogs.asking import AskDialog

    which = round_id or await _round(app)
    if not which:
        return
    section = await _section(app, "意见说的是哪个分目")
    if not section:
        return

    async def carry(given: Given) -> Outcome:
        told = partial(add_opinion, app.desk, which, section, given["text"], at=now())
        whose = partial(told, by=given["by"], channel=given["channel"], place=given["place"])
        words = partial(whose, original=given["original"], category=given["category"])
        return await app.carry_out(lambda: words(weight=given["weight"])[1])

    title = f"记意见：{app.titles().get(section, section)}"
    about = f"{which} {section}"
    app.push_screen(AskDialog(title, _new_opinion(), carry, yes="记下", about=about))


async def _round(app: Frame) -> str | None:
    from editorial.desk.round_list import rounds
    from editorial.model.round_standing import is_open
    from editorial.tui.dialogs.choose import ChooseDialog

    found = await app.fetch(lambda: rounds(app.desk))
    under_way = [(each.id, each.title) for each in found or () if is_open(each)]
    if not under_way:
        app.notify("没有进行中的评议：先在评议里按 F2 开轮")
        return None
    return await app.push_screen_wait(ChooseDialog("记在哪一轮", tuple(under_way), ""))


def _new_opinion() -> tuple[Ask, ...]:
    from editorial.tui.dialogs.asking import Ask

    weights = tuple((each.label, each.value) for each in Weight)
    return (
        Ask(key="text", name="意见", needed=True),
        Ask(key="by", name="提出人", hint="谁说的", needed=True),
        Ask(key="original", name="原文", hint="抄下所指的几个字"),
        Ask(key="place", name="位置", hint="页行或条目"),
        Ask(key="channel", name="方式", kind="choice", options=WAYS, value="会议"),
        Ask(key="category", name="类别", hint="政治、体例、史实、数据、文字等"),
        Ask(key="weight", name="性质", kind="choice", options=weights, value=Weight.SHOULD),
    )


async def export(app: Frame, round_id: str, pattern: str) -> None:
    """To a workbook, those the filter keeps."""
    from editorial.tui import child

    if not child.stop(app):
        where = (f"--where={pattern}",) if pattern else ()
        words = ("opinion", "export", *where, *((round_id,) if round_id else ()))
        await child.carry(app, "导出", words, _exported)


def _exported(data: dict[str, str]) -> str:
    return f"{data['count']}条意见\n{data['file']}"


ONE: dict[str, Callable[..., Awaitable[None]]] = {"place": place}
SEVERAL: dict[str, Callable[[Frame, Sequence[Opinion]], Awaitable[None]]] = {
    "decide": decide,
    "forward": forward,
    "check": check,
}
GROUPED: dict[str, Callable[[Frame, Sequence[Opinion], Mapping[str, str]], Awaitable[None]]] = {
    "same": same,
    "together": together,
}
