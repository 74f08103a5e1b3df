"""Section, round, opinion, proof and letter records, each axis with every state it has."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from random import Random

from editorial.desk.specimen.people import Body

STAGES = (
    "drafting",
    "received",
    "editing",
    "review1",
    "review2",
    "merge",
    "review3",
    "revising",
    "settled",
)
WAYS: dict[str, tuple[str, ...]] = {
    "not_issued": (),
    "issued": ("issued",),
    "acknowledged": ("issued", "acknowledged"),
    "drafting": ("issued", "acknowledged", "drafting"),
    "submitted": ("issued", "acknowledged", "drafting", "submitted"),
    "returned": ("issued", "acknowledged", "drafting", "submitted", "returned"),
    "resubmitted": ("issued", "acknowledged", "drafting", "submitted", "returned", "resubmitted"),
    "accepted": ("issued", "acknowledged", "submitted", "accepted"),
    "mended": ("issued", "drafting", "submitted", "returned", "resubmitted", "accepted"),
    "waived": ("issued", "waived"),
}
EARLY = ("not_issued", "issued", "acknowledged", "drafting", "returned")
LATE = ("accepted", "accepted", "mended", "accepted", "waived")
START = date(2025, 1, 6)
ZONE = timezone(timedelta(hours=8))
RETURN_NOTES = (
    "缺上年对比数据",
    "数字与统计部门不一致",
    "未注明口径",
    "超出记述年度",
    "未加盖公章",
)


def moment(chance: Random, days: int) -> str:
    """A working hour about `days` after the start, as it stands in a history."""
    day = START + timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    minute = chance.randrange(9 * 60, 17 * 60, 5)
    at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZONE)
    return at.isoformat()


def step(at: str, by: str, to: str, note: str = "", forced: bool = False) -> str:
    more = (f", note: {note}" if note else "") + (", forced: true" if forced else "")
    return f"- {{at: {at}, by: {by}, to: {to}{more}}}\n"


def day(days: int) -> str:
    return (START + timedelta(days=days)).isoformat()


def section_yaml(
    chance: Random, title: str, units: tuple[Body, ...], editor: str, target: int, index: int
) -> tuple[str, str]:
    """The record and the stage it ends in; `index` spreads sections over the stages."""
    stage = STAGES[index * 5 % len(STAGES)]
    ids = ", ".join(unit.id for unit in units)
    tasks = "".join(
        _task(chance, unit.id, editor, _ending(stage, index + i)) for i, unit in enumerate(units)
    )
    record = (
        f"title: {title}\nunits: [{ids}]\neditor: {editor}\ndue: {day(100 + index % 60)}\n"
        f"target: {target}\ntasks:\n{tasks}history:\n{_stages(chance, editor, stage, index)}"
    )
    return record, stage


def _ending(stage: str, index: int) -> str:
    match stage:
        case "drafting":
            return EARLY[index % len(EARLY)]
        case "received":
            return ("submitted", "resubmitted", "accepted")[index % 3]
        case "editing" if index % 4 == 0:
            return "returned"
        case _:
            return LATE[index % len(LATE)]


def _task(chance: Random, unit: str, editor: str, ending: str) -> str:
    lines = f"- unit: {unit}\n  due: {day(60)}\n"
    if ending in ("returned", "resubmitted", "mended"):
        lines += f"  extended: {day(75)}\n"
    steps, days = "", chance.randint(0, 4)
    for state in WAYS[ending]:
        by = editor if state in ("returned", "accepted", "waived") else "bianwu"
        note = chance.choice(RETURN_NOTES) if state == "returned" else ""
        steps += "  " + step(moment(chance, days), by, state, note)
        days += chance.randint(7, 13)
    return f"{lines}  history:\n{steps}" if steps else lines


def _stages(chance: Random, editor: str, stage: str, index: int) -> str:
    """Every stage up to `stage` in order; now and then one step back, or one forced."""
    people = {
        "drafting": "bianwu",
        "received": "bianwu",
        "review2": f"fuzhubian{1 + index % 2}",
        "merge": "zongzuan",
        "review3": "zhubian",
        "settled": "zongzuan",
    }
    steps, days = "", chance.randint(0, 4)
    for to in STAGES[: STAGES.index(stage) + 1]:
        by = people.get(to, editor)
        forced = to == "review1" and index % 17 == 3
        note = "个别供稿未到，经主编同意先审" if forced else ""
        steps += step(moment(chance, days), by, to, note, forced)
        days += chance.randint(10, 24)
        if to == "review2" and index % 13 == 5:
            steps += step(moment(chance, days), by, "editing", "数据有误，退回重新核对")
            for again in ("review1", "review2"):
                days += chance.randint(5, 12)
                steps += step(moment(chance, days), people.get(again, editor), again)
            days += chance.randint(5, 12)
    return steps


def round_yaml(title: str, purpose: str, sections: list[str], *, start: int, closed: bool) -> str:
    chance = Random(f"{title}:{start}")
    steps = step(moment(chance, start), "zhubian", "open")
    if closed:
        steps += step(moment(chance, start + 24), "zhubian", "closed", "意见全部处理完毕")
    listed = "".join(f"- {section}\n" for section in sections)
    readers = "".join(f"- 专家{each}（示例）\n" for each in "甲乙丙丁戊己")
    return (
        f"title: {title}\npurpose: {purpose}\nsections:\n{listed}readers:\n{readers}"
        f"due: {day(start + 21)}\ncommit: sample\nhistory:\n{steps}"
    )


CATEGORIES = ("史实", "数据", "文字", "体例", "图表", "政治", "版式")
ASKED = (
    "请核对数字，并注明统计口径",
    "与相关分目的表述不一致，请统一",
    "名称请用全称，并注明简称",
    "时间应写明到日",
    "此句可删，与上文重复",
    "增长速度与绝对数不符，请核算",
)
REASONS = ("所据为统计部门正式数据，不改", "已在脚注说明，正文保留", "体例如此，全书一致")


def opinion_yaml(
    chance: Random, section: str, quote: tuple[str, str], editor: str, answer: str, start: int
) -> str:
    """An opinion on words that stand in the text; `answer` is a disposition, or pending."""
    title, words = quote
    original, reason, result, steps = words, "", "", ""
    if answer == "adopted":
        original, result = f"{words[:12]}……", f"result: {words}\n"
    if answer in ("partly", "rejected"):
        reason = f"reason: {chance.choice(REASONS)}\n"
    if answer != "pending":
        steps = f"history:\n{step(moment(chance, start + chance.randint(5, 20)), editor, answer)}"
    return (
        f"section: {section}\nby: 专家{chance.choice('甲乙丙丁戊己')}（示例）\n"
        f"channel: {chance.choice(('会议', '批注稿', '电话'))}\nplace: 条目“{title}”\n"
        f"original: {original}\ntext: {chance.choice(ASKED)}\n"
        f"category: {chance.choice(CATEGORIES)}\n"
        f"weight: {chance.choice(('must', 'consider'))}\n{reason}{result}{steps}"
    )


PROOF_WAYS = (
    ("issued",),
    ("issued", "proofreading"),
    ("issued", "proofreading", "returned"),
    ("issued", "proofreading", "returned", "checked"),
)


def proof_yaml(
    chance: Random, label: str, sections: list[tuple[str, list[tuple[str, str]]]], state: int
) -> str:
    """A pass over sections; corrections quote their text, and are done once 核红 is over."""
    listed = "".join(f"- {section}\n" for section, _ in sections)
    start = 150 + 9 * state
    ways = PROOF_WAYS[state]
    steps = "".join(
        step(moment(chance, start + 6 * i), "bianwu" if i == 0 else "jiaodui1", to)
        for i, to in enumerate(ways)
    )
    corrections = "".join(
        _correction(chance, section, quote, done=day(start + 20) if state == 3 else "")
        for section, quotes in sections
        for quote in quotes
        if state
    )
    body = f"corrections:\n{corrections}" if corrections else ""
    return (
        f"label: {label}\nsections:\n{listed}typesetter: 示例排版公司\nreader: jiaodui1\n"
        f"due: {day(start + 14)}\ncommit: sample\n{body}history:\n{steps}"
    )


def _correction(chance: Random, section: str, quote: tuple[str, str], done: str) -> str:
    """Before 核红 the text still has the old words, after it the new ones."""
    words = quote[1][:18]
    old, new = (words.replace("，", "、"), words) if done else (words, words.replace("，", "、"))
    mark = chance.choice(("改正", "删除", "增补", "对调"))
    kept = "" if mark == "改正" else f"mark: {mark}, "
    place = f"page: {chance.randint(1, 600)}, line: {chance.randint(1, 40)}"
    end = f", done: '{done}'" if done else ""
    return f"- {{{place}, {kept}old: {old}, new: {new}, section: {section}, by: jiaodui1{end}}}\n"


LETTER_KINDS = ("revise", "supply_material", "commission", "consult", "chase")
TITLES = {
    "revise": "关于请修改补充《示例市年鉴2025》有关内容的函",
    "supply_material": "关于请补充《示例市年鉴2025》资料的函",
    "commission": "关于《示例市年鉴2025》约稿的函",
    "consult": "关于征求《示例市年鉴2025》意见的函",
    "chase": "关于催报《示例市年鉴2025》稿件的函",
}


LETTER_LIVES = (
    ("draft",),
    ("draft", "checked"),
    ("draft", "checked", "approved", "sent"),
    ("draft", "checked", "approved", "sent", "replied"),
    ("draft", "checked", "approved", "sent", "replied", "closed"),
    ("draft", "checked", "approved", "void"),
    ("draft", "checked", "approved"),
)


def letter_yaml(
    chance: Random, kind: str, unit: str, items: list[tuple[str, tuple[str, str]]], number: int
) -> str:
    """The letter with that id, its life as long as LETTER_LIVES says in turn.

    Those signed are numbered without a gap, and went out on paper before the office kept
    electronic copies.
    """
    rows = "".join(
        f"- section: {section}\n  place: 条目“{title}”\n  original: {words}\n"
        f"  request: {chance.choice(ASKED)}\n"
        for section, (title, words) in items
    )
    start = 120 + chance.randint(0, 30)
    life = LETTER_LIVES[number % len(LETTER_LIVES)]
    steps = "".join(
        step(
            moment(chance, start + 3 * at),
            SIGNERS.get(state, "bianwu"),
            state,
            NOTES.get(state, ""),
        )
        for at, state in enumerate(life)
    )
    taken = sum("approved" in LETTER_LIVES[each % len(LETTER_LIVES)] for each in range(1, number))
    signed = f"number: 示志函〔{day(start + 6)[:4]}〕{taken + 1}号\nsigned: {day(start + 6)}\n"
    reply = f"reply:\n  date: {day(start + 12)}\n  channel: 纸件\n"
    return (
        f"kind: {kind}\nunit: {unit}\ntitle: {TITLES[kind]}\nreason: 编辑加工中发现下列问题\n"
        f"items:\n{rows}due: {day(start + 21)}\ncontact: bianwu\n"
        + (signed if "approved" in life else "")
        + (reply if "replied" in life else "")
        + f"history:\n{steps}"
    )


SIGNERS = {"checked": "fuzhubian1", "approved": "fuzhubian1"}
NOTES = {"sent": "纸件送达", "void": "内容并入另函"}
