"""What can be done to a proof; each function is one journey, run as a worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from editorial.model.proof_list import by_eye
from editorial.model.proofs import described, page_called, portion_pages
from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.desk.office import Act
    from editorial.model.proofs import ProofJob
    from editorial.tui.dialogs.asking import Ask, Given
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome


def called(job: ProofJob) -> str:
    return f"{job.label}样{job.id}"


async def issue(app: Frame, jobs: Sequence[ProofJob]) -> None:
    """出样; a child reads the PDF, which may be a whole book."""
    from editorial.desk.office import loaded
    from editorial.tui import child
    from editorial.tui.dialogs.asking import AskDialog

    async def carry(given: Given) -> Outcome:
        due = given.days["due"]
        wanted = {key: given[key] for key in ("typesetter", "reader", "file", "follows")}
        wanted["due"] = due.isoformat() if due else ""
        options = [f"--{name}={value}" for name, value in wanted.items() if value]
        words = ("proof", "issue", *options, given["label"], *given.names("nodes"))
        return await child.carry(app, "出样", words, _issued, writes=True)

    passes = await app.fetch(lambda: loaded(app.desk).workflow.passes)
    if passes is not None:
        asked = _issuing(passes, jobs)
        app.push_screen(AskDialog("出样", asked, carry, yes="出样"))


def _issuing(passes: Sequence[str], jobs: Sequence[ProofJob]) -> tuple[Ask, ...]:
    from editorial.tui.dialogs.asking import Ask

    earlier = tuple((f"{called(each)}　{each.file}".strip(), each.id) for each in jobs)
    labels = tuple((each, each) for each in passes)
    nodes = "篇目、分目的编号或名称，几个用、隔开；不写为全书"
    return (
        Ask(key="label", name="校次", kind="choice", options=labels, hint="哪一校", needed=True),
        Ask(key="file", name="校样", kind="path", hint="排版公司送来的 PDF，按右方向键补全"),
        Ask(key="nodes", name="范围", hint=nodes),
        Ask(key="typesetter", name="排版公司"),
        Ask(key="reader", name="校对人", hint="一人看的写这里；分给几人的出样后用 F3"),
        Ask(key="follows", name="改的红", kind="choice", options=earlier, hint="上一次的校样"),
        Ask(key="due", name="期限", kind="day"),
    )


def _issued(data: Any) -> str:
    scanned = "（没有文字，机器不能核红）" if data["scanned"] else ""
    pages = f"\n{data['pages']}页，版面字数{data['chars']}{scanned}" if data["pages"] else ""
    return f"{data['message']}{pages}"


async def assign(app: Frame, job: ProofJob) -> None:
    """分校."""
    from editorial.desk.proof_work import assign_pages, unassigned
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        told = partial(assign_pages, app.desk, job, given["reader"], given["pages"], at=now())
        return await app.carry_out(partial(told, due=given.days["due"]))

    due = job.due.isoformat() if job.due else ""
    asked = (
        Ask(key="reader", name="校对人", hint="姓名", needed=True),
        Ask(key="pages", name="页", hint="21-40；没有页码的写 PDF1-8", needed=True),
        Ask(key="due", name="期限", kind="day", value=due),
    )
    told = "\n".join((*_portions(app, job), *unassigned(job)))
    app.push_screen(AskDialog(f"分校：{called(job)}", asked, carry, told=told, yes="分给"))


def _portions(app: Frame, job: ProofJob) -> list[str]:
    return [
        f"{portion_pages(job, each)}　{app.names.get(each.by, each.by)}　"
        + (f"{each.returned}交回" if each.returned else f"在校，期限{each.due or '不定'}")
        for each in job.portions
    ]


async def give_back(app: Frame, job: ProofJob) -> None:
    """分校交回."""
    from editorial.desk.proof_work import return_pages
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        on = given.days["on"]
        assert on is not None
        told = partial(return_pages, app.desk, job, given["reader"], on=on)
        return await app.carry_out(partial(told, pages=given["pages"]))

    out = dict.fromkeys(each.by for each in job.portions if each.returned is None)
    if not out:
        app.notify("没有在校的页：先用 F3 分校")
        return
    readers = tuple((app.names.get(who, who), who) for who in out)
    asked = (
        Ask(
            key="reader",
            name="校对人",
            kind="choice",
            options=readers,
            value=readers[0][1],
            needed=True,
        ),
        Ask(key="pages", name="页", hint="不写为手里的全部"),
        Ask(key="on", name="交回日期", kind="day", value="+0", past=True, needed=True),
    )
    told = "\n".join(_portions(app, job))
    app.push_screen(AskDialog(f"交回：{called(job)}", asked, carry, told=told, yes="交回"))


async def send_back(app: Frame, job: ProofJob) -> None:
    """返厂: the papers are made by a child; a second time it is ended."""
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        words = ("proof", "return", f"--note={given['note']}", job.id)
        return child.start(app, child.carry(app, "返厂", words, writes=True))

    if child.stop(app):
        return
    out = [each for each in job.portions if each.returned is None]
    told = f"改动{len(job.corrections)}处" + (f"，还有{len(out)}份没有交回" if out else "")
    asked = (Ask(key="note", name="说明", hint="可不填"),)
    note = "出改动单（PDF、DOCX、xlsx、csv）和标红样；以后不能再记改动。"
    app.push_screen(
        AskDialog(f"返厂：{called(job)}", asked, carry, told=told, note=note, yes="返厂")
    )


async def papers(app: Frame, job: ProofJob) -> None:
    """改动单 and 标红样, the proof staying where it is."""
    from editorial.tui import child

    if not child.stop(app):
        await child.carry(app, "改动单", ("proof", "papers", job.id))


async def apply(app: Frame, job: ProofJob) -> None:
    """What is wrong in the manuscript itself goes into the text."""
    from editorial.tui.dialogs.confirm import ConfirmDialog

    note = "起因是原稿差错或改动的才改正文；位置说不准的不改，逐处告知。"
    text = f"{called(job)}　改动{len(job.corrections)}处"
    if await app.push_screen_wait(ConfirmDialog("改正文", text, note=note, yes="改")):
        await app.carry_out(partial(_apply, app, job))


def _apply(app: Frame, job: ProofJob) -> Act:
    from dataclasses import replace

    from editorial.desk.proof_apply import apply_corrections
    from editorial.errors import EditorialError

    applied = apply_corrections(app.desk, job.id, at=now())
    left = [
        f"第{each.number}处（{page_called(job.corrections[each.number - 1].page, job.offset)}）"
        f"{described(job.corrections[each.number - 1])}没有改：{each.why}"
        for each in applied.left
    ]
    if applied.act is None:
        raise EditorialError("没有一处能确定位置，正文没有改", hint="\n".join(left))
    return replace(applied.act, remarks=(*applied.act.remarks, *left))


# 核红


async def check(app: Frame, job: ProofJob) -> None:
    """By hand: all are done but those numbered."""
    from editorial.desk.proofs import check_proof
    from editorial.errors import EditorialError
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        told = partial(check_proof, app.desk, job.id, at=now(), note=given["note"])

        def act() -> Act:
            odd = [each for each in given.names("undone") if not each.isdecimal()]
            if odd:
                raise EditorialError(f"“{odd[0]}”不是序号", hint="写 3、5；都改了的不写")
            return told(undone=tuple(map(int, given.names("undone"))))

        return await app.carry_out(act)

    asked = (
        Ask(key="undone", name="未改的", hint="序号，几处用、隔开；都改了不写"),
        Ask(key="note", name="说明", hint="可不填"),
    )
    told = f"改动{len(job.corrections)}处，与改回来的样逐处核对；有未改的不能结束，退排版公司补改。"
    app.push_screen(AskDialog(f"人工核红：{called(job)}", asked, carry, told=told, yes="核红"))


async def machine(app: Frame, job: ProofJob) -> None:
    """The new proof against this one and its corrections, in a child; the findings are listed."""
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog
    from editorial.tui.dialogs.told import ToldDialog

    async def carry(given: Given) -> Outcome:
        found: list[Any] = []
        seen = ["--seen"] if "seen" in given.ticks else []
        report = [f"--report={each}" for each in given.paths("report")[:1]]
        told_why = [f"--note={given['note']}"] if given["note"] else []
        new = f"--new={given.paths('new')[0]}"
        words = ("proof", "check", job.id, new, *seen, *report, *told_why)

        def told(data: Any) -> str:
            found.append(data)
            return _counted(data)

        async def compare() -> Outcome:
            outcome = await child.carry(app, "机器核红", words, told, writes=True)
            if found:
                lines = list(_findings(found[0]))
                app.push_screen(ToldDialog(f"机器核红：{called(job)}　{_counted(found[0])}", lines))
            return outcome

        return child.start(app, compare())

    hint = "改回来的 PDF，按右方向键补全"
    eyes = sum(by_eye(each) for each in job.corrections)
    asked = (
        Ask(key="new", name="新样", kind="path", hint=hint, needed=True),
        Ask(key="report", name="报告", kind="path", hint=".html 或 .pdf，两样的图对着看；可不填"),
        Ask(key="note", name="说明", hint="可不填"),
        *([Ask(key="seen", name=f"不改文字的{eyes}处已看图核过", kind="tick")] if eyes else []),
    )
    told = f"改动{len(job.corrections)}处逐处核对，未要求而改的也找出来。"
    app.push_screen(AskDialog(f"机器核红：{called(job)}", asked, carry, told=told, yes="比对"))


def _counted(data: Any) -> str:
    from editorial.model.red_verdict import STATES

    states = [each["state"] for each in data["corrections"]]
    counts = [f"{word}{states.count(state)}" for state, word in STATES.items()]
    return f"{'　'.join(counts)}　未要求而改{len(data['unasked'])}"


def _findings(data: Any) -> list[str]:
    """What is not as it should be first, then what nobody asked for."""
    from editorial.model.red_verdict import STATES

    lines = [f"报告：{each}" for each in data["report"]]
    lines += [f"还不能核红：{'；'.join(data['left'])}"] if data["left"] else []
    for state in ("undone", "wrong"):
        own = [each for each in data["corrections"] if each["state"] == state]
        lines += [f"{STATES[state]}{len(own)}处"] if own else []
        lines += [f"　{each['id']}　现为“{each['found']}”" for each in own]
    lines += [f"未要求而改{len(data['unasked'])}处"] if data["unasked"] else []
    for each in data["unasked"]:
        change = _change(each["old"], each["new"])
        lines.append(f"　新样第{each['page']}张　…{each['before']}▲{each['after']}…　{change}")
    return lines if data["left"] else [*lines, "都已改，没有别的改动：已核红"]


def _change(old: str, new: str) -> str:
    if old and new:
        return f"“{old}”改“{new}”"
    return f"少了“{old}”" if old else f"多出“{new}”"


async def contents(app: Frame, job: ProofJob) -> None:
    """读校目录 of the file that is kept, by a child; what does not agree is listed."""
    from editorial.desk.proof_file import kept_path
    from editorial.tui import child
    from editorial.tui.dialogs.told import ToldDialog

    found: list[Any] = []

    def told(data: Any) -> str:
        found.append(data)
        wrong = len(data["findings"])
        return f"目录：{data['pages']}页，{f'{wrong}处不符' if wrong else '没有不符'}"

    path = await app.fetch(partial(kept_path, app.desk, job))
    if path is None or child.stop(app):
        return
    await child.carry(app, "读校目录", ("toc-check", str(path), *job.sections), told)
    if found and found[0]["findings"]:
        lines = [f"{each['where']}　{each['message']}" for each in found[0]["findings"]]
        app.push_screen(ToldDialog(f"读校目录：{called(job)}　{len(lines)}处不符", lines))


# 统计


async def rate(app: Frame, job: ProofJob) -> None:
    """差错率 of the proof, by section."""
    from editorial.desk.error_rate import error_rates
    from editorial.model.rate_paper import head_words, notes, rate_cells, verdict
    from editorial.tui.cells import fit
    from editorial.tui.dialogs.told import ToldDialog

    report = await app.fetch(partial(error_rates, app.desk, (job.id,), by="section"))
    if report is None:
        return
    head = ("分目", "版面字数", "处数", "计错", "差错率", "允许", "判定")
    widths = (20, 9, 5, 7, 12, 7, 14)
    rows = [head, *(rate_cells(row) for row in (*report.rows, report.total))]
    lines = [
        " ".join(fit(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows
    ]
    told = [f"{head_words(report)}：{verdict(report.total)}", "", *lines, "", *notes(report)]
    app.push_screen(ToldDialog(f"差错率：{called(job)}", told))


async def loads(app: Frame) -> None:
    """What each proofreader has read and has in hand."""
    from editorial.desk.proof_work import loads as count
    from editorial.tui.cells import fit
    from editorial.tui.dialogs.told import ToldDialog

    found = await app.fetch(partial(count, app.desk, date.today()))
    if found is None:
        return
    if not found:
        app.notify("还没有分校")
        return
    widths = (12, 7, 9, 9, 6, 7, 6)
    rows: list[tuple[str, ...]] = [
        ("校对人", "已校页", "版面字数", "每天字数", "改动", "在手页", "逾期")
    ]
    for x in found:
        numbers = (x.pages, x.chars, x.speed, x.corrections, x.in_hand, x.overdue)
        rows.append((x.reader, *map(str, numbers)))
    lines = [
        " ".join(fit(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows
    ]
    app.push_screen(ToldDialog("校对工作量", lines))


ACTS: dict[str, Callable[[Frame, ProofJob], Awaitable[None]]] = {
    "assign": assign,
    "give_back": give_back,
    "send_back": send_back,
    "papers": papers,
    "apply": apply,
    "check": check,
    "machine": machine,
    "contents": contents,
    "rate": rate,
}
LOOKS = frozenset({"rate", "contents"})
