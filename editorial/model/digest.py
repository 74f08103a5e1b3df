"""《每日供稿进度情况》 as a page: what is said of a day, in the order a leader reads it.

No telephone number and no address can come in: nothing here reads a contact. Units that are
late are named only when the office has said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editorial.model.daily import Daily, LateUnit, Moved, by_move
from editorial.model.dates import chinese_day
from editorial.model.due import Chase
from editorial.model.labels import TaskState
from editorial.model.people import Unit
from editorial.model.sheet import Annex
from editorial.model.volume import Volume, book_title
from editorial.model.workflow import ARRIVED
from editorial.values import dataclass

TITLE = "每日供稿进度情况"
MOST = 12  # names or rows listed of one kind; a fuller page asks for fewer
ARRIVALS = (TaskState.SUBMITTED, TaskState.RESUBMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of the band at the head of the page; `change` since the page before."""

    label: str
    value: str
    change: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A numbered part: paragraphs, then tables without a title, side by side."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Annex, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    title: str
    issue: str
    office: str
    date: str
    book: str
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    note: str
    mark: str = ""


def digest_page(volume: Volume, daily: Daily, *, named: bool, most: int = MOST) -> DigestPage:
    """The page of a day. `most` rows and names are listed; what is left out is counted."""
    names = {unit.id: unit.short or unit.name for unit in volume.units}
    parts = (
        Part(title="当日变化", lines=tuple(_changes(daily, names, most))),
        _overdue(daily, volume.info.levels[0], named, most),
        Part(title="待核对", lines=tuple(_odd(daily, names, named, most))),
        Part(title="函件往来", lines=(_letters(daily),)),
        Part(title=_next_title(daily), lines=tuple(_tomorrow(daily, named, most))),
    )
    return DigestPage(
        title=TITLE,
        issue=f"第{daily.number}期" if daily.number else "（未日结，期号待编）",
        office=volume.info.office.name,
        date=chinese_day(daily.day),
        book=f"《{book_title(volume)}》",
        figures=_figures(daily),
        parts=tuple(part for part in parts if part.lines or part.tables),
        note=_note(daily, named),
        mark="示例" if volume.info.sample else "",
    )


def _figures(daily: Daily) -> tuple[Figure, ...]:
    now, before = daily.totals, daily.before
    pairs = (
        ("应报", now.due, before.due),
        ("已报", now.arrived, before.arrived),
        ("采用", now.accepted, before.accepted),
        ("退改", now.returned, before.returned),
        ("逾期", now.overdue, before.overdue),
    )
    share = f"{100 * daily.covered // daily.asked}%" if daily.asked else "—"
    told = f"应联系{daily.asked}，已联系{daily.covered}" if daily.asked else "当日无须联系"
    return (
        *(
            Figure(
                label=label,
                value=str(count),
                change=_change(count - old),
                alarm=label == "逾期" and count > 0,
            )
            for label, count, old in pairs
        ),
        Figure(label="联系覆盖率", value=share, change=told, alarm=daily.covered < daily.asked),
    )


def _change(by: int) -> str:
    return f"{'增' if by > 0 else '减'}{abs(by)}" if by else "持平"


def _changes(daily: Daily, names: dict[str, str], most: int) -> Iterator[str]:
    groups = (
        ("新报送", ARRIVALS),
        ("采用", (TaskState.ACCEPTED,)),
        ("退改", (TaskState.RETURNED,)),
        ("免报", (TaskState.WAIVED,)),
    )
    for label, states in groups:
        found = [each for each in daily.moved if each.to in states]
        if found:
            yield f"{label}{len(found)}项：{_places(found, names, most)}。"
    other = [each for each in daily.moved if each.to not in ARRIVED | {TaskState.RETURNED}]
    if other:
        yield f"另有{len(other)}项任务转入下达、确认或撰写。"
    if daily.calls or daily.checkins:
        yield _contacted(daily)
    if not daily.moved and not daily.calls and not daily.checkins:
        yield "供稿没有变化，没有联系记录。"


def _places(found: Sequence[Moved], names: dict[str, str], most: int) -> str:
    shown = [f"{each.place}（{names.get(each.unit, each.unit)}）" for each in found[:most]]
    return _listed(shown, len(found), "项")


def _listed(shown: Sequence[str], total: int, measure: str) -> str:
    rest = total - len(shown)
    return "、".join(shown) + (f"等{total}{measure}" if rest else "")


def _contacted(daily: Daily) -> str:
    told = [f"{result.label}{count}次" for result, count in daily.results]
    results = f"，其中{'、'.join(told)}" if told else ""
    calls = f"联系单位{daily.calls}次，联系上{daily.answered}次{results}" if daily.calls else ""
    checkins = f"单位填报{daily.checkins}项" if daily.checkins else ""
    return "；".join(part for part in (calls, checkins) if part) + "。"


# Overdue


LEFT = ("逾期单位", "任务", "函件", "最长逾期")
KINDS = ("单位类别", "单位数", "任务", "函件", "最长逾期")
COUNTS = ("应报", "已报", "逾期")


def _overdue(daily: Daily, level: str, named: bool, most: int) -> Part:
    """Units on the left, chapters on the right."""
    if not daily.late_units and not daily.late_chapters:
        return Part(title="逾期情况", lines=("没有逾期。",))
    units = _unit_rows(daily.late_units, most) if named else _kind_rows(daily.late_units)
    left = Annex(title="", columns=LEFT if named else KINDS, rows=tuple(units))
    right = Annex(
        title="",
        columns=(f"有逾期的{level}", *COUNTS),
        rows=tuple(_chapter_rows(daily, level, most)),
    )
    found = tuple(table for table in (left, right) if table.rows)
    return Part(title="逾期情况", tables=found)


def _unit_rows(late: Sequence[LateUnit], most: int) -> Iterator[tuple[str, ...]]:
    for each in late[:most]:
        name = each.unit.short or each.unit.name
        yield name, str(each.tasks), str(each.letters), f"{each.days}天"
    yield from _rest(late[most:])


def _rest(left_out: Sequence[LateUnit]) -> Iterator[tuple[str, ...]]:
    if left_out:
        tasks, letters = sum(x.tasks for x in left_out), sum(x.letters for x in left_out)
        days = max(each.days for each in left_out)
        yield f"其余{len(left_out)}个单位", str(tasks), str(letters), f"{days}天"


def _kind_rows(late: Sequence[LateUnit]) -> Iterator[tuple[str, ...]]:
    """Nobody named: how many of each kind, or of each city where no kinds are given."""
    groups: dict[str, list[LateUnit]] = {}
    for each in late:
        groups.setdefault(_group(each.unit), []).append(each)
    for name, found in groups.items():
        tasks, letters = sum(x.tasks for x in found), sum(x.letters for x in found)
        days = max(each.days for each in found)
        yield name, str(len(found)), str(tasks), str(letters), f"{days}天"


def _group(unit: Unit) -> str:
    return unit.kind or (f"{unit.city}各单位" if unit.city else "未分类")


def _chapter_rows(daily: Daily, level: str, most: int) -> Iterator[tuple[str, ...]]:
    late = daily.late_chapters
    for each in late[:most]:
        counts = each.totals
        yield each.title, str(counts.due), str(counts.arrived), str(counts.overdue)
    if rest := late[most:]:
        sums = [sum(getattr(x.totals, key) for x in rest) for key in ("due", "arrived", "overdue")]
        yield f"其余{len(rest)}个{level}", *map(str, sums)


def _odd(daily: Daily, names: dict[str, str], named: bool, most: int) -> Iterator[str]:
    """待核对, one line each."""
    for each in daily.mismatches[:most]:
        who = f"{names.get(each.unit, each.unit)}　" if named else ""
        yield f"{who}{each.place}：{each.words}。"
    if rest := daily.mismatches[most:]:
        yield f"另有{len(rest)}处。"


def _letters(daily: Daily) -> str:
    found = daily.letters
    total = f"累计致函{found.sent}件，已答复{found.answered}件，未答复{found.unanswered}件"
    late = f"，其中逾期{found.overdue}件" if found.overdue else ""
    days = f"，答复用时中位数{found.days:g}天" if found.days is not None else ""
    moved = f"本期发出{daily.sent_today}件（含催办），收到答复{daily.came_today}件"
    return f"{total}{late}{days}；{moved}。"


def _next_title(daily: Daily) -> str:
    following = (daily.next_day - daily.day).days == 1
    return "明日联系" if following else f"{daily.next_day.month}月{daily.next_day.day}日联系"


def _tomorrow(daily: Daily, named: bool, most: int) -> Iterator[str]:
    if not daily.tomorrow:
        yield "没有到联系时间的单位。"
    for move, chases in by_move(daily.tomorrow):
        yield f"{move.label}（{len(chases)}个）：{_whom(chases, named, most)}。"
    if daily.paused:
        yield f"另有{daily.paused}个单位暂停催办。"


def _whom(chases: Sequence[Chase], named: bool, most: int) -> str:
    shown = [chase for chase in chases if named or not _is_late(chase)]
    late = len(chases) - len(shown)
    names = [chase.unit.short or chase.unit.name for chase in shown[:most]]
    told = _listed(names, len(shown), "个单位") if shown else ""
    return "，".join(part for part in (told, f"逾期单位{late}个" if late else "") if part)


def _is_late(chase: Chase) -> bool:
    return any(claim.late > 0 for claim in chase.claims)


def _note(daily: Daily, named: bool) -> str:
    compared = f"增减与{chinese_day(daily.since)}比较"
    rule = "" if named else "逾期单位不点名；"
    return f"已报含采用、免报；逾期指过了期限（批准延期的按延期）尚未报送；{rule}{compared}。"
