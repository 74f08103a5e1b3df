"""评议会纪要 with its vote and score sheets, as papers. DOMAIN 7.1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from editorial.model.dates import chinese_day
from editorial.model.meeting import (
    Ballot,
    Expert,
    Meeting,
    Reckoned,
    ScoreRules,
    Vote,
    counted,
    present,
    reckoned,
)
from editorial.model.office_paper import (
    Block,
    Box,
    Column,
    Form,
    FormRow,
    Grid,
    Line,
    OfficePaper,
    Words,
    labelled,
)

NUMBERS = "一二三四五六七八九十"
PEOPLE = (
    Column(title="序号", share=8, side="center"),
    Column(title="姓　名", share=18, side="center"),
    Column(title="单　　位", share=34),
    Column(title="职务职称", share=22),
    Column(title="到会", share=12, side="center"),
    Column(title="签　名", share=20),
)
VOTES = (
    Column(title="序号", share=8, side="center"),
    Column(title="姓　名", share=26, side="center"),
    *(Column(title=ballot.label, share=16, side="center") for ballot in Ballot),
    Column(title="签　名", share=26),
)
DUTIES = (
    Column(title="序号", share=8, side="center"),
    Column(title="要　　求", share=62),
    Column(title="承办人", share=20, side="center"),
    Column(title="期　限", share=24, side="center"),
)


def minutes_papers(
    meeting: Meeting, rules: ScoreRules, *, office: str, book: str, day: str, mark: str
) -> tuple[OfficePaper, ...]:
    """纪要 first, then whatever of 到会名单, 表决 and 评分 is on record."""
    papers = [_minutes(meeting, rules, office, day, mark), _attendance(meeting, book, mark)]
    if meeting.vote:
        papers.append(vote_paper(meeting, book=book, mark=mark))
    if meeting.scores:
        papers.append(score_paper(meeting, rules, book=book, mark=mark))
    return tuple(papers)


def _minutes(meeting: Meeting, rules: ScoreRules, office: str, day: str, mark: str) -> OfficePaper:
    blocks: list[Block] = [_facts(meeting)]
    parts = [part for part in _parts(meeting, rules) if part[1]]
    for number, (title, own) in enumerate(parts):
        blocks += [Words(text=f"{NUMBERS[number]}、{title}", look="head"), *own]
    blocks += [Words(text="", look="gap"), Words(text=office, look="signature")]
    blocks += [Words(text=day, look="signature")]
    return OfficePaper(
        title=f"{meeting.title}纪要",
        under=("", meeting.number),
        blocks=tuple(blocks),
        mark=mark,
        foot=f"{meeting.title}纪要",
    )


def _facts(meeting: Meeting) -> Form:
    names = "、".join(expert.name for expert in present(meeting))
    rows = [
        labelled(("评议稿件", meeting.draft), label=14, height=10),
        labelled(("时　　间", _moment(meeting)), ("地　　点", meeting.place), label=14, height=10),
        labelled(("主 持 人", meeting.chair), ("主 审 人", _leads(meeting)), label=14, height=10),
        labelled(("出席专家", f"{len(present(meeting))}人：{names}"), label=14, height=12),
        labelled(("列　　席", "、".join(meeting.attendants)), label=14, height=10),
    ]
    return Form(rows=tuple(rows))


def _leads(meeting: Meeting) -> str:
    return "、".join(expert.name for expert in meeting.experts if expert.lead)


def _moment(meeting: Meeting) -> str:
    if meeting.at is None:
        return ""
    hour = f"　{meeting.at.hour}时{meeting.at.minute:02}分" if meeting.at.hour else ""
    return f"{chinese_day(meeting.at)}{hour}"


def _parts(meeting: Meeting, rules: ScoreRules) -> Iterator[tuple[str, list[Block]]]:
    yield "专家发言要点", [_text(_said(each.by, each.points)) for each in meeting.statements]
    written = [expert for expert in meeting.experts if expert.written]
    yield "书面意见", [_text(_said(_who(each), [each.written])) for each in written]
    yield "评价意见", [_text(meeting.evaluation)] if meeting.evaluation else []
    outcome = "".join(_outcome(meeting, rules))
    yield "评议结论", [_text(outcome)] if outcome else []
    yield "主持人小结", [_text(meeting.summary)] if meeting.summary else []
    yield "后续要求", [_duties(meeting)] if meeting.follow_ups else []


def _text(words: str) -> Words:
    return Words(text=words)


def _said(by: str, points: Sequence[str]) -> str:
    bare = [point.rstrip("。；;. ") for point in points]
    if len(bare) > 1:
        bare = [f"（{n}）{point}" for n, point in enumerate(bare, 1)]
    return f"{by}：{'；'.join(bare)}。"


def _who(expert: Expert) -> str:
    here = "" if expert.present else "（书面）"
    return f"{expert.name}{here}"


def _outcome(meeting: Meeting, rules: ScoreRules) -> Iterator[str]:
    if meeting.vote:
        yield f"{vote_words(meeting.vote)}。"
    result = reckoned(meeting, rules)
    if result:
        yield f"{score_words(result)}。"
    if meeting.conclusion:
        yield f"评议结论：{meeting.conclusion.label}。"


def vote_words(vote: Vote) -> str:
    """经无记名投票表决，同意7票，不同意1票，弃权1票."""
    way, numbers = ("无记名" if vote.secret else "记名"), counted(vote)
    return f"经{way}投票表决，同意{numbers.yes}票，不同意{numbers.no}票，弃权{numbers.abstain}票"


def score_words(result: Reckoned) -> str:
    dropped = "，去掉一个最高分和一个最低分" if result.highest else ""
    return f"{len(result.totals)}位专家评分{dropped}，平均{number(result.average)}分"


def number(value: Decimal | float) -> str:
    """88.50 → 88.5, 90.00 → 90."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _duties(meeting: Meeting) -> Grid:
    lines = (
        Line(cells=(str(n), each.task, each.by, chinese_day(each.due) if each.due else ""))
        for n, each in enumerate(meeting.follow_ups, 1)
    )
    return Grid(columns=DUTIES, lines=tuple(lines), name="后续要求")


def _attendance(meeting: Meeting, book: str, mark: str) -> OfficePaper:
    """到会专家签名表, those absent with what they sent."""
    lines = (
        Line(
            cells=(
                str(n),
                expert.name,
                expert.unit,
                "、".join(filter(None, (expert.title, "主审人" if expert.lead else ""))),
                "到会" if expert.present else "书面" if expert.written else "缺席",
                "",
            ),
            height=11,
        )
        for n, expert in enumerate(meeting.experts, 1)
    )
    return OfficePaper(
        title="评议会专家名单",
        under=(f"{meeting.title}　{meeting.draft or book}", _moment(meeting)),
        blocks=(Grid(columns=PEOPLE, lines=tuple(lines), name="专家名单"),),
        mark=mark,
        foot=meeting.title,
    )


def vote_paper(meeting: Meeting, *, book: str, mark: str = "") -> OfficePaper:
    """表决结果: who voted how, or the numbers alone of a secret vote."""
    vote = counted(meeting.vote or Vote())
    cast = vote.yes + vote.no + vote.abstain
    numbers = Form(
        rows=(
            labelled(
                ("到会专家", f"{len(present(meeting))}人"), ("收回表决票", f"{cast}张"), label=18
            ),
            FormRow(
                boxes=tuple(
                    box
                    for ballot, count in zip(Ballot, (vote.yes, vote.no, vote.abstain), strict=True)
                    for box in (
                        Box(text=ballot.label, share=15, label=True),
                        Box(text=f"{count}票", share=100 / 3 - 15),
                    )
                )
            ),
            labelled(
                ("表决结论", meeting.conclusion.label if meeting.conclusion else ""), label=18
            ),
            labelled(("监票人", ""), ("计票人", ""), label=18, height=14),
        )
    )
    blocks: tuple[Block, ...] = (numbers,)
    if vote.named:
        title = Words(text="统计", look="lead")
        blocks = (Words(text="表决情况", look="lead"), _ballots(vote), title, numbers)
    way = "无记名表决" if meeting.vote and meeting.vote.secret else "记名表决"
    return OfficePaper(
        title="评议会表决表",
        under=(f"{meeting.title}　{meeting.draft or book}", way),
        blocks=blocks,
        mark=mark,
        foot=meeting.title,
    )


def _ballots(vote: Vote) -> Grid:
    lines = (
        Line(
            cells=(
                str(n),
                each.by,
                *("√" if ballot is each.ballot else "" for ballot in Ballot),
                "",
            ),
            height=10,
        )
        for n, each in enumerate(vote.named, 1)
    )
    return Grid(columns=VOTES, lines=tuple(lines), name="表决")


def score_paper(meeting: Meeting, rules: ScoreRules, *, book: str, mark: str = "") -> OfficePaper:
    """评分汇总表: assessors down, aspects across, the averages below."""
    result = reckoned(meeting, rules)
    assert result is not None
    how = "去掉一个最高分和一个最低分后平均" if result.highest else "全部评分平均"
    return OfficePaper(
        title="评议会评分汇总表",
        under=(f"{meeting.title}　{meeting.draft or book}", f"{len(meeting.scores)}位专家评分"),
        blocks=(
            score_grid(meeting, rules, result),
            Words(text=f"注：{how}；各项平均按同样的评分表计算，保留两位小数。", look="note"),
            Words(text="", look="gap"),
            Form(rows=(labelled(("统分人", ""), ("复核人", ""), ("主持人", ""), height=14),)),
        ),
        wide=True,
        mark=mark,
        foot=meeting.title,
    )


def score_grid(meeting: Meeting, rules: ScoreRules, result: Reckoned) -> Grid:
    full = sum(aspect.weight for aspect in rules.aspects)
    columns = (
        Column(title="序号", share=10, side="center"),
        Column(title="评分人", share=30, side="center"),
        *(
            Column(title=f"{each.label}（{number(each.weight)}分）", share=22, side="center")
            for each in rules.aspects
        ),
        Column(title=f"总分（{number(full)}分）", share=22, side="center"),
        Column(title="备注", share=30, side="center"),
    )
    lines = [
        Line(
            cells=(
                str(n),
                score.by,
                *(number(score.points.get(each.id, 0.0)) for each in rules.aspects),
                number(points),
                _dropped(score.by, result),
            ),
            height=9,
        )
        for n, (score, (_, points)) in enumerate(zip(meeting.scores, result.totals, strict=True), 1)
    ]
    averages = (*map(number, result.aspects), number(result.average), f"计{len(result.kept)}份")
    lines.append(Line(cells=("", "平均", *averages), height=9))
    return Grid(columns=columns, lines=tuple(lines), name="评分")


def _dropped(name: str, result: Reckoned) -> str:
    said = "最高分，不计" if name == result.highest else "最低分，不计"
    return said if name and name in (result.highest, result.lowest) else ""


def blank_scores(rules: ScoreRules, names: Sequence[str]) -> Grid:
    """The sheet to be filled in, a row for each assessor."""
    columns = (
        Column(title="评分人", share=30, side="center"),
        *(Column(title=each.label, share=20, side="center") for each in rules.aspects),
    )
    empty = ("",) * len(rules.aspects)
    lines = tuple(Line(cells=(name, *empty)) for name in names)
    return Grid(columns=columns, lines=lines, name="评分")
