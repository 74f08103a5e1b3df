"""What of the papers sent came back, changed or not, filled in or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from editorial.desk.correspondence import Went, word_papers
from editorial.desk.intake import Intake, Looked, documents, words_of
from editorial.desk.office import Desk
from editorial.desk.papers import EXTRACT, digest
from editorial.desk.unread import UNSURE
from editorial.model.clues import Sent
from editorial.model.reply_form import (
    ReplyForm,
    has_boxes,
    likeness,
    only_enclosing,
    same_words,
    unheeded,
)
from editorial.model.returns import Kind
from editorial.values import dataclass

BLANK, UNCHANGED = "回函单没有填写", "退回的公函没有改动"
LETTER = "公函.docx"
NOT_FILLED = "回函单上没有勾，也没有逐条答复"
ELSEWHERE = "回函单里另有内容，程序没有读：{}，请看原件"
PICTURED = "回函单的格子里有图片{}张，程序没有读，请看原件"
CHANGED = "{}里的字改过，请与 {} 对照"
TAKEN_UP = (
    '；要取作意见，逐处采纳，用 editorial opinion import 轮次 "{}/{}"（先加 --dry-run 看一遍）'
)
MOST_WORDS = 300  # characters told of what was not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """A Word paper of the letter that came back, its text `changed` or not. Of a form: `words`
    and `pictures` that were put where the program does not look."""

    file: Looked
    went: Went
    changed: bool
    is_form: bool
    words: tuple[str, ...]
    pictures: int


def came_back(desk: Desk, files: tuple[Looked, ...], sent: Sent | None) -> Iterator[Back]:
    """Papers of the letter among the files, each by the one it is most like."""
    went = word_papers(desk, sent) if sent and any(each.paper for each in files) else ()
    for file in files:
        if file.paper is None or not went:
            continue
        text = file.paper.text
        near = max(went, key=lambda each: likeness(each.paper.text, text))
        if likeness(near.paper.text, text):
            is_form = bool(near.paper.form.asked) or has_boxes(near.paper.text)
            words = unheeded(near.paper.text, text, file.paper.form) if is_form else ()
            pictures = max(0, file.paper.pictures - near.paper.pictures) if is_form else 0
            yield Back(
                file=file,
                went=near,
                changed=not same_words(near.paper.text, text),
                is_form=is_form,
                words=words,
                pictures=pictures,
            )


def unfilled(
    intake: Intake,
    files: tuple[Looked, ...],
    sent: Sent | None,
    form: ReplyForm,
    back: tuple[Back, ...],
    *,
    known: bool,
) -> str:
    """Why a form, or the letter itself, that came back alone answers nothing yet; not even who
    knows its letter makes an empty one an answer."""
    forms = tuple(each for each in back if each.is_form)
    returned = tuple(each for each in back if each.is_form or _is_letter(each))
    empty = [*(each.file for each in returned), *(each for each, _ in _as_sent(files, sent))]
    other = any(each not in empty for each in documents(files))
    if not returned or form.answer or form.items or other:
        return ""
    if intake.mail.kind is not Kind.REPLY or not only_enclosing(words_of(intake.mail)):
        return ""
    if not (form.remarks or any(each.words or each.pictures for each in forms)):
        return UNSURE.format(BLANK if forms else UNCHANGED)
    return "" if known else UNSURE.format(NOT_FILLED)


def _is_letter(back: Back) -> bool:
    """The letter as it was sent; an extract saved again may have been looked through."""
    return not back.changed and PurePosixPath(back.went.place).name == LETTER


def put_elsewhere(back: tuple[Back, ...], folder: str) -> Iterator[str]:
    """What the program did not read, and what was changed in the text sent for checking, with
    the way on. `folder` is where the files are kept."""
    words = "；".join(dict.fromkeys(words for each in back for words in each.words))
    if words:
        cut = words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}……"
        yield ELSEWHERE.format(cut)
    if pictures := sum(each.pictures for each in back):
        yield PICTURED.format(pictures)
    for each in back:
        if each.changed and not each.is_form:
            went = PurePosixPath(each.went.place)
            more = TAKEN_UP.format(folder, each.file.file.name) if went.name == EXTRACT else ""
            yield CHANGED.format(went.stem, each.went.place) + more


def untouched(files: tuple[Looked, ...], sent: Sent | None) -> Iterable[str]:
    for each, went in _as_sent(files, sent):
        yield f"{each.file.name} 与发出的“{went}”一字不差"


def _as_sent(files: tuple[Looked, ...], sent: Sent | None) -> Iterator[tuple[Looked, str]]:
    """Files that are papers of the letter byte for byte, with the names they went under."""
    went = {paper.sha256: paper.name for paper in sent.letter.papers} if sent else {}
    for each in files:
        name = went.get(digest(each.file.data))
        if name:
            yield each, name
