"""`proof check --old --new --corrections`: 核红 by machine, outside any workspace too."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from editorial.cli.outcome import Outcome, arg
from editorial.errors import EditorialError
from editorial.model.red_verdict import STATES, RedChecked, Unasked, Verdict

FILES = (
    arg("--old", type=Path, metavar="旧样", help="机器核红：上一次的校样 PDF"),
    arg("--new", type=Path, metavar="新样", help="机器核红：改回来的校样 PDF"),
    arg("--corrections", type=Path, metavar="改动单", help="机器核红：改动单，.csv 或 .xlsx"),
)


def is_for_machine(args: Namespace) -> bool:
    return bool(args.old or args.new or args.corrections)


def machine_check(args: Namespace) -> Outcome:
    """0 when every correction is done and nothing else was changed, else 1."""
    from editorial.desk.red_check import doubts, red_check

    wanted = {"--old": args.old, "--new": args.new, "--corrections": args.corrections}
    missing = [name for name, path in wanted.items() if path is None]
    if missing:
        hint = "三样都要：--old 旧样.pdf --new 新样.pdf --corrections 改动单.csv"
        raise EditorialError(f"还缺{'、'.join(missing)}", hint=hint)
    if args.report:
        from editorial.desk.red_report import bare_report, check_ending, write_red_report

        check_ending(args.report)
    checked = red_check(args.old, args.new, args.corrections)
    report: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    if args.report:
        paper = bare_report(checked, args.old, args.new)
        fonts = write_red_report(paper, args.old, args.new, args.report)
        report = (str(args.report),)
    return Outcome(
        lines=(*told_lines(checked), *report),
        data=as_data(checked),
        code=0 if checked.clean else 1,
        remarks=(*doubts(checked, args.old, args.new), *_remarks(checked), *fonts),
    )


def as_data(checked: RedChecked) -> dict[str, list[dict[str, object]]]:
    return {
        "corrections": [
            {"id": each.mark.id, "state": each.state, "found": each.found}
            for each in checked.verdicts
        ],
        "unasked": [
            {
                "page": each.sheet,
                "old": each.old,
                "new": each.new,
                "before": each.before,
                "after": each.after,
            }
            for each in checked.unasked
        ],
    }


def told_lines(checked: RedChecked) -> Iterator[str]:
    counts = [
        f"{word}{sum(each.state == state for each in checked.verdicts)}处"
        for state, word in STATES.items()
    ]
    whole, others = len(checked.verdicts), len(checked.unasked)
    yield f"改动{whole}处：{'，'.join(counts)}；未要求而改的{others}处"
    for state in ("undone", "wrong"):
        found = [each for each in checked.verdicts if each.state == state]
        if found:
            yield ""
            yield STATES[state]
            yield from map(_verdict_line, found)
    if checked.unasked:
        yield ""
        yield "未要求而改"
        yield from map(_unasked_line, checked.unasked)


def _verdict_line(each: Verdict) -> str:
    mark = each.mark
    asked = _change(mark.old, mark.new)
    if not each.located and not each.new_sheet:
        return f"  {mark.id}　旧样第{mark.page or '?'}页　应{asked}　旧样上找不到这几个字，请人工核"
    stands = f"现为“{each.found}”" if each.found else "现无字"
    place = f"旧样第{each.sheet}张" if each.sheet else f"旧样第{mark.page}页"
    around = _around(mark.before, mark.after)
    return f"  {mark.id}　{place}，新样第{each.new_sheet}张　{around}　应{asked}　{stands}"


def _unasked_line(each: Unasked) -> str:
    return (
        f"  新样第{each.sheet}张　{_around(each.before, each.after)}　{_change(each.old, each.new)}"
    )


def _change(old: str, new: str) -> str:
    if old and new:
        return f"“{old}”改“{new}”"
    return f"删“{old}”" if old else f"增“{new}”"


def _around(before: str, after: str) -> str:
    return f"…{before}▲{after}…".replace("\n", "")


def _remarks(checked: RedChecked) -> Iterator[str]:
    for name, sheets in (("旧样", checked.unread), ("新样", checked.unread_new)):
        if sheets:
            told = "、".join(map(str, sheets))
            yield f"{name}第{told}张没有文字（扫描件或整页图），这些张上的文字没有核，请人工核"
    for each in checked.lost:
        side = "新样漏印" if each.old else "旧样漏印、新样有"
        place = f"新样第{each.sheet}张{_around(each.before, each.after)}"
        yield f"行末漏字（LibreOffice 的毛病）：{place}{side}“{each.old or each.new}”"
