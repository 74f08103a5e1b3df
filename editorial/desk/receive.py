"""收件: whatever came in becomes one record, its papers kept, its letter found or asked for.

One commit holds a return and the reply it registers. The Message-IDs and hashes of the returns
tell what was received before, so that any clone of the workspace knows it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from editorial.desk.came_back import came_back, put_elsewhere, unfilled, untouched
from editorial.desk.correspondence import (
    Ground,
    People,
    at_volume,
    ground_of,
    people_of,
    sent_as,
)
from editorial.desk.intake import (
    Intake,
    Looked,
    all_files,
    documents,
    edition_of,
    form_of,
    kept_papers,
    leaned,
    newest,
    notes_in,
    told_of,
    words_of,
)
from editorial.desk.item_replies import contradicted, filled
from editorial.desk.ledger import next_id, taking_a_number
from editorial.desk.mailing import letter_writes
from editorial.desk.office import Act, Desk, name_of, record
from editorial.desk.papers import digest, paper_of
from editorial.desk.proposals import new_proposal, proposal_path
from editorial.desk.replies import also_answered, bounced, person, reply_of, with_reply
from editorial.desk.unread import LINKED, doubt, links, old_papers, unread
from editorial.model.clues import BY_HAND, MARK, WAITING, Match, Sent, not_out, token_of, weigh
from editorial.model.contact_news import told_contact
from editorial.model.labels import Labelled
from editorial.model.letters import Letter, letter_state
from editorial.model.reply_form import (
    LOOK,
    ReplyForm,
    only_received,
    own_words,
)
from editorial.model.returns import Kind, Return, ReturnState, came_as, return_state
from editorial.model.volume import Step
from editorial.store.history import first_commit
from editorial.store.records import written
from editorial.store.save import Message
from editorial.values import dataclass


class Outcome(Labelled):
    """What became of something that came in."""

    NEW = "new", "已收"
    AGAIN = "again", "以前收过"
    OURS = "ours", "本部发出的函"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """`name` says what came in; `paper` is its record, or the one it was received as before."""

    outcome: Outcome
    name: str
    volume: str = ""
    paper: Return | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Files of one mail that belong to one letter; `token` is empty when it is to be found."""

    files: tuple[Looked, ...]
    token: str = ""


@taking_a_number
def receive(
    desk: Desk,
    intake: Intake,
    *,
    at: datetime,
    letter: str = "",
    people: dict[str, People] | None = None,
) -> tuple[Taken, ...]:
    """One thing that came in. A mail with files made for several letters is one return for
    each. `letter` is the token of the letter it is known to answer. EditorialError when the
    disk or git refuses; nothing is half-written then."""
    people = people_of(desk) if people is None else people
    ground = ground_of(desk, people)
    if _is_ours(ground, intake):
        return (Taken(outcome=Outcome.OURS, name=_name(intake)),)
    before = _before(ground, intake)
    if before is not None:
        volume, paper = before
        return (Taken(outcome=Outcome.AGAIN, name=_name(intake), volume=volume, paper=paper),)
    shares = [Share(intake.files, letter)] if letter else _shares(desk, intake)
    return _taken(desk, people, ground, intake, shares, at)


def _name(intake: Intake) -> str:
    return intake.mail.subject or intake.original.name


def _is_ours(ground: Ground, intake: Intake) -> bool:
    """A copy of a letter we sent: kept with the letter already."""
    own = intake.mail.message_id
    came = any(paper.message_id == own for _, paper in ground.returns)
    return bool(own) and not came and any(own in each.ids for each in ground.sent)


def _before(ground: Ground, intake: Intake) -> tuple[str, Return] | None:
    """The same bytes under the same name, or the same mail that took another way here: same
    Message-ID, and no file that did not come then. Another mail under a used Message-ID is a
    new one, and so is a form that two units return alike."""
    whole, own = digest(intake.original.data), intake.mail.message_id
    hashes = {digest(each.file.data) for each in documents(intake.files)}
    for volume, paper in ground.returns:
        first = paper.papers[0] if paper.papers else None
        if first and (came_as(paper), first.name) == (whole, intake.original.name):
            return volume, paper
        same = own and paper.message_id == own and paper.subject == intake.mail.subject
        came = {each.sha256 for _, p in ground.returns if p.message_id == own for each in p.papers}
        if same and paper.sender == intake.mail.sender and hashes <= came:
            return volume, paper
    return None


def _shares(desk: Desk, intake: Intake) -> list[Share]:
    """Files by the letter they were made for; those without a mark go with the first."""
    home = first_commit(desk.workspace)
    marked: dict[str, list[Looked]] = {}
    plain: list[Looked] = []
    for each in intake.files:
        origin = each.paper.origin if each.paper else None
        if origin is not None and origin.letter and origin.workspace == home:
            marked.setdefault(f"{origin.volume}/{origin.letter}", []).append(each)
        else:
            plain.append(each)
    if len(marked) < 2:
        return [Share(intake.files)]
    first, *rest = (Share(tuple(files), token) for token, files in marked.items())
    return [Share((*first.files, *plain), first.token), *rest]


def _marks(desk: Desk, files: tuple[Looked, ...]) -> tuple[str, ...]:
    home = first_commit(desk.workspace)
    origins = (each.paper.origin for each in files if each.paper and each.paper.origin)
    return tuple(
        f"{origin.volume}/{origin.letter}"
        for origin in origins
        if origin.letter and origin.workspace == home
    )


def _taken(
    desk: Desk,
    people: dict[str, People],
    ground: Ground,
    intake: Intake,
    shares: list[Share],
    at: datetime,
) -> tuple[Taken, ...]:
    """All shares in one commit: a mail is received whole or not at all. `ground` is what it
    was looked for in, so that another who received it meanwhile is noticed."""
    by = _actor(desk, people)
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    found: list[tuple[str, Return, Sent | None]] = []
    for share in shares:
        match = _match(desk, ground, intake, share)
        sent = sent_as(ground, match.letter) if match.letter else None
        volume = sent.volume if sent else desk.volume_id
        paper = _paper(desk, volume, ground, intake, share.files, match, sent)
        owns = all_files(intake) if not found else tuple(each.file for each in share.files)
        kept = kept_papers(owns) if found else leaned(intake, kept_papers(owns))
        papers = tuple(paper_of(name, data) for name, data in kept.items())
        came = digest(intake.original.data)
        paper = replace(paper, whole="" if found or papers[0].sha256 == came else came)
        step = Step(at=at, by=by, to=_state(paper).value, note=paper.reason)
        sent = sent if paper.letter else None
        paper, letter = _on_letter(replace(paper, papers=papers, history=(step,)), sent, intake, by)
        if not found:
            paper, news = _contact_news(desk, paper, sent, intake, by)
            files |= news
            expected |= dict.fromkeys(news, "")
        folder = f"volumes/{volume}/returns/{paper.id}"
        record_path = f"{folder}/return.yaml"  # first of all: nobody finds a folder without it
        files[record_path] = written(desk.workspace.files, record_path, paper)
        files |= {f"{folder}/{name}": data for name, data in kept.items()}
        expected[record_path] = ""
        changed = letter_writes(desk, _with_chain(ground, volume, letter, step))
        files, expected = files | dict(changed.files), expected | dict(changed.expected)
        ground = replace(ground, returns=(*ground.returns, (volume, paper)))
        found.append((volume, paper, sent))
    message = Message(subject=_subject(found), act="receive", by=by, body=found[0][1].reason)
    act = record(desk, files, expected=expected, message=message)
    return tuple(
        Taken(outcome=Outcome.NEW, name=_name(intake), volume=volume, paper=paper, act=act)
        for volume, paper, _ in found
    )


def _contact_news(
    desk: Desk, paper: Return, sent: Sent | None, intake: Intake, by: str
) -> tuple[Return, dict[str, bytes]]:
    """A new contact the mail or a note in it tells of, as a proposal an editor decides upon,
    with its file."""
    told = told_contact("\n".join((words_of(intake.mail), *notes_in(intake.files))))
    if told is None or sent is None or sent.unit is None or paper.kind is not Kind.REPLY:
        return paper, {}
    home = at_volume(desk, sent.volume)
    at = paper.history[-1].at
    proposal = new_proposal(home, sent.unit, told, at=at, by=by, returned=paper.id)
    if proposal is None:
        return paper, {}
    path = proposal_path(home, proposal)
    remark = f"来件说联络员有变，记作建议{proposal.id}，待采纳（unit proposals）"
    data = written(desk.workspace.files, path, proposal)
    return replace(paper, told=(*paper.told, remark)), {path: data}


def _actor(desk: Desk, people: dict[str, People]) -> str:
    known = people.get(desk.volume_id)
    return name_of(person(desk, known.staff if known else ()))


def _with_chain(
    ground: Ground, volume: str, letter: Letter | None, step: Step
) -> tuple[Letter, ...]:
    """The letter changed, with those of the same request that its answer answers too."""
    if letter is None:
        return ()
    known = [each.letter for each in ground.sent if each.volume == volume]
    return (letter, *also_answered(letter, known, at=step.at, by=step.by))


def _match(desk: Desk, ground: Ground, intake: Intake, share: Share) -> Match:
    """Given by hand, or by the marks that divided the mail, else by the clues."""
    told = told_of(intake, share.files, _marks(desk, share.files))
    match = weigh(ground.sent, told, intake.at.date(), ground.unsent)
    if not share.token or match.letter == share.token:
        return match
    held = next((each for each in ground.unsent if token_of(each) == share.token), None)
    if held is not None:
        return not_out(held)
    if sent_as(ground, share.token) is None:
        return match
    by = MARK if share.token in told.marks else BY_HAND
    return Match(letter=share.token, by=by)


def _paper(
    desk: Desk,
    volume_id: str,
    ground: Ground,
    intake: Intake,
    files: tuple[Looked, ...],
    match: Match,
    sent: Sent | None,
) -> Return:
    """The record, its state not yet decided. What could not be read is of no letter until
    somebody has seen it; that it was meant for one is told."""
    mail, form = intake.mail, form_of(intake, files, len(sent.letter.items) if sent else 0)
    back = tuple(came_back(desk, files, sent))
    known = match.by == BY_HAND and not doubt(intake, files, form)
    shut = "" if known else unread(intake, files, form)
    reason = mail.reason or ("" if shut else _empty(intake, files, sent, form))
    shut = shut or ("" if reason else unfilled(intake, files, sent, form, back, known=known))
    form = replace(form, doubt="" if shut else form.doubt)
    if shut and sent is not None:
        match = Match(candidates=(token_of(sent),), told=match.told)
        sent = None
    taken = tuple(paper.id for volume, paper in ground.returns if volume == volume_id)
    id_ = next_id(taken, 4)
    paper = Return(
        id=id_,
        at=intake.at,
        channel=intake.channel,
        kind=mail.kind,
        sender=mail.sender,
        subject=mail.subject,
        message_id=mail.message_id,
        letter=sent.letter.id if sent else "",
        matched_by=match.by if sent else "",
        candidates=() if sent else match.candidates,
        reason=reason,
        told=(
            *([shut] if shut else []),
            *match.told,
            *_remarks(intake, files, sent, form),
            *put_elsewhere(back, f"volumes/{volume_id}/returns/{id_}"),
        ),
        written=newest(files),
        edition=edition_of(files),
        answer=form.answer,
        until=form.until,
        pass_to=form.pass_to,
        items=form.items,
    )
    return paper if paper.reason else _against_earlier(volume_id, ground, paper, files)


def _empty(intake: Intake, files: tuple[Looked, ...], sent: Sent | None, form: ReplyForm) -> str:
    """Why it answers nothing, although it may look like an answer."""
    if not (files or intake.mail.text or intake.mail.inner):
        return "空邮件：没有文字，也没有附件"
    papers = documents(files)
    if not papers and form.answer is None and only_received(own_words(intake.mail.text)):
        return "只说收到，没有答复"
    same = len(papers) == len(list(untouched(papers, sent)))
    if papers and same and form.answer is None and not own_words(intake.mail.text).strip():
        return "只有发出的原件，没有改动，也没有文字"
    return ""


def _remarks(
    intake: Intake, files: tuple[Looked, ...], sent: Sent | None, form: ReplyForm
) -> tuple[str, ...]:
    """What the editor should look at."""
    unopened = (f"{each.file.name}：{each.file.reason}" for each in files if each.file.reason)
    unclear = (LOOK.format(form.doubt),) if form.doubt else ()
    old = old_papers(files, claimed=sent is not None)
    linked = (LINKED,) if documents(files) and links(intake) else ()
    return (
        *unopened,
        *old,
        *linked,
        *unclear,
        *filled(form, files, words_of(intake.mail)),
        *form.remarks,
        *untouched(files, sent),
    )


def _against_earlier(
    volume_id: str, ground: Ground, paper: Return, files: tuple[Looked, ...]
) -> Return:
    """Files that came before, or older ones than came before, replace nothing."""
    earlier = [
        each
        for volume, each in ground.returns
        if volume == volume_id and each.letter == paper.letter
    ]
    hashes = {digest(each.file.data) for each in documents(files)}
    for each in earlier:
        came = {old.sha256 for old in each.papers}
        if hashes and hashes <= came and paper.answer in (None, each.answer):
            return replace(paper, of=each.id, reason=f"文件与来件{each.id}相同")
    newer = next((each for each in reversed(earlier) if _older(paper, each)), None)
    if not paper.letter:
        return paper
    if newer is None:
        return replace(paper, told=(*paper.told, *contradicted(paper, earlier)))
    return replace(paper, of=newer.id, reason=f"比已收的来件{newer.id}旧，没有替换")


def _older(paper: Return, other: Return) -> bool:
    """By the draft it was written in, then by when it was last saved."""
    ours, theirs = paper.edition, other.edition
    if ours.isdecimal() and theirs.isdecimal() and ours != theirs:
        return int(ours) < int(theirs)
    return bool(paper.written and other.written and paper.written < other.written)


def _state(paper: Return) -> ReturnState:
    if paper.reason:
        return ReturnState.ASIDE
    return ReturnState.MATCHED if paper.letter else ReturnState.UNMATCHED


def _on_letter(
    paper: Return, sent: Sent | None, intake: Intake, by: str
) -> tuple[Return, Letter | None]:
    """What it does to its letter: a reply is registered, a bounce marks the sending as failed."""
    if sent is None:
        return paper, None
    at = paper.history[-1].at
    if paper.kind is Kind.BOUNCE:
        return paper, bounced(sent.letter, intake.mail, at)
    if paper.reason:
        return paper, None
    if letter_state(sent.letter) not in WAITING:
        label = letter_state(sent.letter).label
        remark = f"该函现为“{label}”，回函没有登记在函上"
        return replace(paper, told=(*paper.told, remark)), None
    return paper, with_reply(sent.letter, reply_of(paper, sent.letter, at), at=at, by=by)


def _subject(found: list[tuple[str, Return, Sent | None]]) -> str:
    said = "；".join(_one_subject(paper, sent) for _, paper, sent in found)
    return f"来件：{said}"[:200]


def _one_subject(paper: Return, sent: Sent | None) -> str:
    whose = ""
    if sent is not None:
        unit = sent.unit.short or sent.unit.name if sent.unit else sent.letter.unit
        whose = f" {unit}（{sent.letter.number or sent.letter.id}）"
    state = paper.kind.label if paper.kind is not Kind.REPLY else return_state(paper).label
    return f"{paper.id}{whose} {state}"
