"""改动的原因: which opinion, letter or correction asked for a change, and what nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from editorial.model.changes import Difference
from editorial.model.labels import Disposition, Labelled, LetterState
from editorial.model.letters import Letter, LetterItem, letter_state
from editorial.model.opinion_table import ON_TABLE
from editorial.model.proofs import Correction, ProofJob, page_called
from editorial.model.reviews import Opinion, disposition, is_general
from editorial.values import dataclass

QUOTED = re.compile(r"[“「『]([^”」』]+)[”」』]")
OPINION_ID = re.compile(r"(?<![\d/])(\d{2,}/\d{3,})(?![\d/])")
CARRYING = re.compile(r"^校对：\S*?样(\w+)的\d+处改动带进正文$")
MOVING = re.compile(r"移|挪|对调|调换|调到|调至|调整|次序|顺序|位置|提前|放在|放到|归入|并入|前后")
SURE = 4  # characters: a shorter quotation may stand anywhere
CARRIED = frozenset({Disposition.ADOPTED, Disposition.PARTLY})


class Reason(Labelled):
    """Why the text differs. `own` is a change by whoever answers for the section, with a word
    of why; `unasked` one that nobody can be found to have asked for."""

    OPINION = "opinion", "按意见修改"
    LETTER = "letter", "按回函修改"
    CORRECTION = "correction", "按校样改动"
    OWN = "own", "责任编辑自改"
    UNASKED = "unasked", "无人要求"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The commit of a change; empty while it is not kept. `own`: by the section's own editor or
    whoever answers for the book, through an act that says why."""

    commit: str
    by: str
    day: str
    subject: str
    note: str = ""
    own: bool = False

    @property
    def words(self) -> str:
        return f"{self.subject}\n{self.note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An item of a letter, with what the unit replied to it."""

    letter: Letter
    item: LetterItem
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Everything that may have asked for a change; `corrections` with their job."""

    opinions: tuple[Opinion, ...]
    answers: tuple[Answer, ...] = ()
    corrections: tuple[tuple[ProofJob, Correction], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """`refs` name what asked for it; `remark` is what an editor should look at."""

    difference: Difference
    reason: Reason
    refs: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()
    remark: str = ""


def attributed(found: Difference, grounds: Grounds, made: Sequence[Made]) -> Attributed:
    """Opinions go before letters, these before corrections; a commit that names an opinion or a
    letter in its message speaks for its changes."""
    here = [each for each in grounds.opinions if each.section == found.section]
    asked = [each for each in here if disposition(each) in CARRIED and _asks(each, found)]
    named = [each for each in _named(grounds.opinions, found, made) if each not in asked]
    if asked or named:
        refs = tuple(f"意见{each.id}" for each in (*asked, *named))
        remark = _otherwise(asked, found) if asked else _elsewhere(named)
        return _told(found, Reason.OPINION, refs, made, remark)
    letters = tuple(dict.fromkeys(_letters(found, grounds.answers, made)))
    if letters:
        return _told(found, Reason.LETTER, letters, made)
    marks = tuple(dict.fromkeys(_marks(found, grounds.corrections)))
    marks = marks or tuple(dict.fromkeys(_carried(made)))
    if marks:
        return _told(found, Reason.CORRECTION, marks, made)
    own = bool(made) and all(each.own for each in made)
    near = [each for each in here if disposition(each) not in CARRIED and _asks(each, found)]
    remark = "、".join(f"意见{each.id}（{ON_TABLE[disposition(each)]}）" for each in near)
    return _told(found, Reason.OWN if own else Reason.UNASKED, (), made, remark)


def _told(
    found: Difference,
    reason: Reason,
    refs: tuple[str, ...],
    made: Sequence[Made],
    remark: str = "",
) -> Attributed:
    return Attributed(difference=found, reason=reason, refs=refs, made=tuple(made), remark=remark)


def _named(
    opinions: Iterable[Opinion], found: Difference, made: Sequence[Made]
) -> Iterator[Opinion]:
    """Those the commits name: any on this section, and adopted ones on the whole book or another
    section, which may be carried out in many places."""
    told = frozenset(each for one in made for each in OPINION_ID.findall(one.words))
    for opinion in opinions if told else ():
        carried = disposition(opinion) in CARRIED or opinion.section == found.section
        if opinion.id in told and carried:
            yield opinion


def _elsewhere(named: Sequence[Opinion]) -> str:
    if all(is_general(each.place) and not each.section for each in named):
        return "全书性意见，依据见留存的说明"
    return "依据只见于留存的说明，不在所引原文处"


# Opinions


def _asks(opinion: Opinion, found: Difference) -> bool:
    if found.there:
        return _moves(opinion, found)
    if any(_on(found, quote, opinion) for quote in _quotes(opinion)):
        return True
    wished = (opinion.result, *QUOTED.findall(opinion.result))
    return any(
        len(_bare(words)) >= SURE and _touches(found.text_after, words, found.span2)
        for words in wished
    )


def _moves(opinion: Opinion, found: Difference) -> bool:
    """Words that only changed their place were asked for by who speaks of places: of two entries
    exchanged either may be the one that was named."""
    said = opinion.text + opinion.result
    named = bool(found.entry) and found.entry in said
    return bool(MOVING.search(said)) and (
        named or any(_on(found, quote, opinion) for quote in _quotes(opinion))
    )


def _quotes(opinion: Opinion) -> Iterator[str]:
    yield opinion.anchor.quote if opinion.anchor else opinion.original
    if opinion.anchor and opinion.original:
        yield opinion.original


def _on(found: Difference, quote: str, opinion: Opinion) -> bool:
    """Whether the change lies in the words quoted. A short quotation is believed only where its
    surroundings are the same, or the new words are those the opinion speaks of."""
    if not _touches(found.text_before, quote, found.span):
        return False
    if len(_bare(quote)) >= SURE:
        return True
    anchor, text = opinion.anchor, _bare(found.text_before)
    if anchor and (anchor.before or anchor.after):
        around = _bare(anchor.before)[-6:] + _bare(quote) + _bare(anchor.after)[:6]
        return around in text
    said = _bare(opinion.result + opinion.text)
    return bool(found.new) and _bare(found.new) in said


def _otherwise(asked: Sequence[Opinion], found: Difference) -> str:
    """A change in the right place with words the opinion's result does not have."""
    results = [_bare(each.result) for each in asked if each.result]
    new = _bare(found.new)
    if not results or not new or any(new in each or each in new for each in results):
        return ""
    return "处理结果里没有这几个字，请核对"


def _bare(text: str) -> str:
    return "".join(text.split())


def _touches(text: str, quote: str, span: tuple[int, int]) -> bool:
    """Whether an occurrence of `quote` shares a character with the span, or touches an empty
    one. White space does not count."""
    bare, wanted = _bare(text), _bare(quote)
    if not wanted:
        return False
    start, stop = (len(_bare(text[:edge])) for edge in span)
    at = bare.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if (at < stop and end > start) or (start == stop and at <= start <= end):
            return True
        at = bare.find(wanted, at + 1)
    return False


# Letters and corrections


def _letters(found: Difference, answers: Iterable[Answer], made: Sequence[Made]) -> Iterator[str]:
    for answer in answers:
        item, letter = answer.item, answer.letter
        if item.section != found.section or letter_state(letter) in _UNSENT:
            continue
        name = letter.number or f"函{letter.id}"
        place = (
            not found.there
            and len(_bare(item.original)) >= SURE
            and _touches(found.text_before, item.original, found.span)
        )
        said = len(_bare(found.new)) >= 2 and _bare(found.new) in _bare(answer.reply)
        spoken = any(_speaks_of(letter, each.words) for each in made)
        if place or said or spoken:
            yield name


_UNSENT = frozenset({LetterState.DRAFT, LetterState.VOID})


def _speaks_of(letter: Letter, words: str) -> bool:
    """By its 发文字号, or as 函0008."""
    if letter.number and letter.number in words:
        return True
    number = letter.id.lstrip("0") or "0"
    return bool(re.search(rf"函(?:件)?[：:]?\s*0*{re.escape(number)}(?!\d)", words))


def _marks(found: Difference, corrections: Iterable[tuple[ProofJob, Correction]]) -> Iterator[str]:
    for job, each in corrections:
        if each.section not in ("", found.section):
            continue
        old, new = (_bare(each.before + word + each.after) for word in (each.old, each.new))
        context = len(_bare(each.before + each.after)) >= SURE
        there = old in _bare(found.text_before) and new in _bare(found.text_after)
        near = _touches(found.text_before, each.before + each.old + each.after, found.span)
        exact = bool(each.section) and (found.old, found.new) == (each.old, each.new)
        if exact or (context and there and near):
            yield f"校样{job.id}{page_called(each.page, job.offset)}"


def _carried(made: Sequence[Made]) -> Iterator[str]:
    """A commit that only carries corrections of a proof into the text says of which."""
    for each in made:
        if match := CARRYING.search(each.subject):
            yield f"校样{match[1]}"
