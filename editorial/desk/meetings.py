"""评议会: keep its record, take the vote and the scores, write the minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.office_papers import ON_PAPER, PapersMade, sample_mark, write_papers
from editorial.desk.review_papers import draft_of
from editorial.desk.round_list import find_round
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.meeting import (
    Ballot,
    Conclusion,
    Expert,
    FollowUp,
    Meeting,
    NamedVote,
    Reckoned,
    Score,
    ScoreRules,
    Statement,
    Vote,
    meeting_faults,
    reckoned,
)
from editorial.model.minutes import blank_scores, minutes_papers, score_words, vote_words
from editorial.model.office_paper import OfficePaper
from editorial.model.reviews import Round
from editorial.model.volume import book_title
from editorial.read.rows import read_rows
from editorial.store.meetings import load_meeting, load_score_rules, meeting_path
from editorial.store.save import Message

NAMES = ("评分人", "姓名", "专家", "评委")
_FULL_MARK = re.compile(r"[（(].*")


def find_meeting(desk: Desk, round_id: str) -> tuple[Round, Meeting]:
    """The round and its meeting; EditorialError while there is no record of one."""
    round_ = find_round(desk, round_id)
    meeting = load_meeting(desk.workspace.files, desk.volume_id, round_.id)
    if meeting is None:
        raise EditorialError(
            f"“{round_.title}”还没有登记会议",
            hint=f"用 editorial round meeting set {round_.id} --on 日期 --chair 主持人 登记",
        )
    return round_, meeting


def set_meeting(desk: Desk, round_id: str, told: Meeting) -> Act:
    """Record a meeting, or change what is said of it: what `told` leaves empty stays as it is,
    people, statements and duties named again take the place of the former."""
    round_ = find_round(desk, round_id)
    known = load_meeting(desk.workspace.files, desk.volume_id, round_.id) or Meeting()
    if told == Meeting():
        raise EditorialError("没有写要登记什么", hint="如 --on 3月20日 --place 会议室 --chair 周文")
    volume = loaded(desk).volume
    made = replace(
        known,
        title=told.title or known.title or round_.title,
        draft=told.draft or known.draft or draft_of(desk, volume, round_),
        at=told.at or known.at,
        place=told.place or known.place,
        chair=told.chair or known.chair,
        experts=_people(known.experts, told.experts),
        attendants=tuple(dict.fromkeys((*known.attendants, *told.attendants))),
        statements=_statements(known.statements, told.statements),
        evaluation=told.evaluation or known.evaluation,
        conclusion=told.conclusion or known.conclusion,
        drop_extremes=known.drop_extremes if told.drop_extremes is None else told.drop_extremes,
        summary=told.summary or known.summary,
        follow_ups=_duties(known.follow_ups, told.follow_ups),
        number=told.number or known.number,
    )
    return _save(desk, round_, made, "会议记录", "round meeting set")


def _people(known: tuple[Expert, ...], told: tuple[Expert, ...]) -> tuple[Expert, ...]:
    return tuple({each.name: each for each in (*known, *told)}.values())


def _statements(known: tuple[Statement, ...], told: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Points of one speaker given together are one statement."""
    new: dict[str, Statement] = {}
    for each in told:
        before = new[each.by].points if each.by in new else ()
        new[each.by] = Statement(by=each.by, points=(*before, *each.points))
    return tuple(({each.by: each for each in known} | new).values())


def _duties(known: tuple[FollowUp, ...], told: tuple[FollowUp, ...]) -> tuple[FollowUp, ...]:
    return tuple({each.task: each for each in (*known, *told)}.values())


def take_vote(
    desk: Desk,
    round_id: str,
    *,
    numbers: tuple[int, int, int] | None = None,
    named: Sequence[tuple[str, str]] = (),
    conclusion: str = "",
) -> Act:
    """The vote by numbers (secret) or by name; the former vote is replaced."""
    round_, meeting = find_meeting(desk, round_id)
    if (numbers is None) == (not named):
        hint = "无记名写 --yes 7 --no 1 --abstain 1；记名写 --named 姓名=同意，可写多次"
        raise EditorialError("表决或写票数，或写各人的票，写一种", hint=hint)
    vote = _secret(numbers) if numbers else Vote(named=_ballots(named))
    made = replace(meeting, vote=vote, conclusion=find_conclusion(conclusion) or meeting.conclusion)
    return _save(desk, round_, made, vote_words(vote), "round meeting vote")


def _secret(numbers: tuple[int, int, int]) -> Vote:
    if not any(numbers):
        raise EditorialError("三种票都是0，等于没有表决", hint="请写同意、不同意、弃权各几票")
    yes, no, abstain = numbers
    return Vote(secret=True, yes=yes, no=no, abstain=abstain)


def _ballots(named: Sequence[tuple[str, str]]) -> tuple[NamedVote, ...]:
    votes: dict[str, NamedVote] = {}
    for name, word in named:
        ballot = next((each for each in Ballot if word in (each.value, each.label)), None)
        if ballot is None:
            labels = "、".join(each.label for each in Ballot)
            raise EditorialError(f"{name}的票“{word}”看不懂", hint=f"可用：{labels}")
        if name in votes:
            raise EditorialError(f"{name}投了两票", hint="一人一票，请删去一处")
        votes[name] = NamedVote(by=name, ballot=ballot)
    return tuple(votes.values())


def find_conclusion(text: str) -> Conclusion | None:
    found = next((each for each in Conclusion if text in (each.value, each.label)), None)
    if text and found is None:
        labels = "、".join(each.label for each in Conclusion)
        raise EditorialError(f"没有“{text}”这种结论", hint=f"可用：{labels}")
    return found


# Scores


def take_scores(desk: Desk, round_id: str, data: bytes, name: str) -> tuple[Reckoned, Act]:
    """Scores from a table (.xlsx or .csv): a row for each assessor, a column for each aspect.
    Who is scored again replaces the former sheet. EditorialError names row and column."""
    round_, meeting = find_meeting(desk, round_id)
    rules = load_score_rules(desk.workspace.files)
    scores = read_scores(read_rows(data, name), rules, name)
    merged = {each.by: each for each in (*meeting.scores, *scores)}
    made = replace(meeting, scores=tuple(merged.values()))
    result = reckoned(made, rules)
    assert result is not None
    return result, _save(desk, round_, made, score_words(result), "round meeting score")


def read_scores(rows: Sequence[Sequence[str]], rules: ScoreRules, name: str) -> tuple[Score, ...]:
    head = next((n for n, row in enumerate(rows) if _head(row, rules)), None)
    if head is None:
        wanted = "、".join(("评分人", *(aspect.label for aspect in rules.aspects)))
        raise EditorialError(f"{name}里没有评分表的表头", hint=f"表头应有：{wanted}")
    columns = {_plain(title): place for place, title in enumerate(rows[head])}
    by = next(columns[each] for each in NAMES if each in columns)
    lacking = [aspect.label for aspect in rules.aspects if _plain(aspect.label) not in columns]
    if lacking:
        raise EditorialError(f"{name}缺这几列：{'、'.join(lacking)}", hint="列名照 scores.yaml 写")
    scores: dict[str, Score] = {}
    for number, row in enumerate(rows[head + 1 :], head + 2):
        who = row[by].strip() if by < len(row) else ""
        if not who or who in ("平均", "合计"):
            continue
        where = f"{name}第{number}行"
        if who in scores:
            raise EditorialError(f"{who}有两行分数", where=where, hint="一人一行，请删去一行")
        scores[who] = Score(by=who, points=_points(row, columns, rules, where))
    if not scores:
        raise EditorialError(f"{name}里没有一行分数", hint="一位评分人一行")
    return tuple(scores.values())


def _head(row: Sequence[str], rules: ScoreRules) -> bool:
    titles = {_plain(title) for title in row}
    return any(name in titles for name in NAMES) and any(
        aspect.label in titles for aspect in rules.aspects
    )


def _plain(title: str) -> str:
    """政治（20分） is 政治."""
    return _FULL_MARK.sub("", "".join(title.split()))


def _points(
    row: Sequence[str], columns: dict[str, int], rules: ScoreRules, where: str
) -> dict[str, float]:
    points = {}
    for aspect in rules.aspects:
        place = columns[_plain(aspect.label)]
        text = row[place].strip() if place < len(row) else ""
        try:
            value = float(text)
        except ValueError:
            message = f"“{aspect.label}”栏应写分数，现为“{text}”"
            raise EditorialError(message, where=where, hint="空着的请补上") from None
        if not 0 <= value <= aspect.weight:
            message = f"“{aspect.label}”写了{text}分，满分是{aspect.weight:g}分"
            raise EditorialError(
                message, where=where, hint="请核对原评分表；满分在 scores.yaml 里改"
            )
        points[aspect.id] = value
    return points


def _save(desk: Desk, round_: Round, meeting: Meeting, what: str, act: str) -> Act:
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    message = Message(subject=f"评议会：{round_.title}（{round_.id}）{what}", act=act, by=by)
    path = meeting_path(desk.volume_id, round_.id)
    done = save_record(desk, meeting, path, message)
    rules = load_score_rules(desk.workspace.files)
    return replace(done, remarks=(*done.remarks, *meeting_faults(meeting, rules)))


# Papers


def make_minutes(
    desk: Desk,
    round_id: str,
    *,
    today: date,
    formats: Sequence[str] = ON_PAPER,
    out: Path | None = None,
) -> PapersMade:
    """评议会纪要 with the list of experts, the vote and the scores."""
    round_, meeting = find_meeting(desk, round_id)
    volume = loaded(desk).volume
    rules = load_score_rules(desk.workspace.files)
    papers = minutes_papers(
        meeting,
        rules,
        office=volume.info.office.name,
        book=f"《{book_title(volume)}》",
        day=chinese_day(today),
        mark=sample_mark(volume),
    )
    made = write_papers(
        desk,
        papers,
        stem=f"{round_.id}{meeting.title}纪要",
        formats=formats,
        day=today,
        office=volume.info.office.name,
        out=out,
    )
    return replace(made, remarks=(*made.remarks, *meeting_faults(meeting, rules)))


def make_score_form(
    desk: Desk, round_id: str, *, today: date, out: Path | None = None
) -> PapersMade:
    """An empty score sheet as a workbook, to be filled in and read back by `take_scores`."""
    round_, meeting = find_meeting(desk, round_id)
    volume = loaded(desk).volume
    rules = load_score_rules(desk.workspace.files)
    names = [each.name for each in meeting.experts] or [""] * rules.assessors
    paper = OfficePaper(title=f"{meeting.title}评分表", blocks=(blank_scores(rules, names),))
    return write_papers(
        desk,
        (paper,),
        stem=f"{round_.id}{meeting.title}评分表",
        formats=("xlsx",),
        day=today,
        office=volume.info.office.name,
        out=out,
    )


def moment(day: date, clock: str) -> datetime:
    """The day and hour of a meeting; EditorialError for an hour that is none."""
    match = re.fullmatch(r"(\d{1,2})[:：](\d{2})", clock or "0:00")
    try:
        hour, minute = (int(each) for each in match.groups()) if match else (99, 0)
        return datetime(day.year, day.month, day.day, hour, minute).astimezone()
    except ValueError:
        raise EditorialError(f"“{clock}”不是钟点", hint="写作 9:00 或 14:30") from None
    except OSError:  # Windows has no time before 1970
        raise EditorialError(f"没有 {day} 那时的会", hint="请写近年的日期") from None
