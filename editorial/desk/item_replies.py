"""逐条答复 in words: how many items a return answers, and where returns contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from editorial.desk.intake import Looked, documents
from editorial.model.item_answers import same_answer, settled, texts_of
from editorial.model.item_words import items_said
from editorial.model.opinion_answer import numbered_answers
from editorial.model.reply_form import ReplyForm
from editorial.model.returns import Return, ReturnState, return_state

DIFFERS = "第{}项与来件{}的答复不同"
BESIDE = "{}：程序没有读，里面若也有逐条答复，请与回函单对照"
NUMBERED = "来信里也有编了号的几条，与逐条答复的话不同，请对照"
SCANNED = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".txt"})
MOST_NUMBERS = 12  # of items told of one by one


def filled(form: ReplyForm, files: tuple[Looked, ...], words: str) -> Iterator[str]:
    """How much of the list was answered; a form sent ahead need not answer it yet. `words` are
    those of the mail."""
    if form.items or (form.asked and form.answer is None):
        done = settled(form.items)
        yield f"逐条答复{len(done)}条，共{form.asked}条" if form.asked else f"逐条答复{len(done)}条"
        yield from _left_open(form, files)
    if form.extra:
        yield f"另有{form.extra}行不是函上的事项，请看原件"
    beside = [each.file.name for each in documents(files) if _scanned(each)]
    if form.items and beside:
        yield BESIDE.format("、".join(beside))
    if not items_said(words).items and _says_other(words, form):
        yield NUMBERED


def _says_other(words: str, form: ReplyForm) -> bool:
    """Whether a list typed in the mail answers an item as no paper does."""
    told = texts_of(form.items)
    numbered = numbered_answers(words).items()
    return any(number in told and not _among(text, told[number]) for number, text in numbered)


def _left_open(form: ReplyForm, files: tuple[Looked, ...]) -> Iterator[str]:
    """The items nothing was said of, where the program can tell."""
    told = texts_of(form.items)
    left = [number for number in range(1, form.asked + 1) if number not in told]
    if told and left:
        more = "……" if len(left) > MOST_NUMBERS else ""
        numbers = "、".join(map(str, left[:MOST_NUMBERS])) + more
        unread = any(not (each.paper and each.paper.form.items) for each in documents(files))
        look = "，请看附件里有没有" if unread else ""
        yield f"第{numbers}项还没有答复{look}"


def _scanned(file: Looked) -> bool:
    return PurePosixPath(file.file.name).suffix.casefold() in SCANNED


def contradicted(paper: Return, earlier: Sequence[Return]) -> Iterator[str]:
    """Items to which it says other than the paper that answered them last."""
    before: dict[int, tuple[str, tuple[str, ...]]] = {}
    for each in earlier:
        if return_state(each) is not ReturnState.ASIDE:
            before |= {n: (each.id, texts) for n, texts in texts_of(each.items).items()}
    found: dict[str, list[str]] = {}
    for number, texts in texts_of(paper.items).items():
        of, was = before.get(number, ("", texts))
        if not all(_among(text, was) for text in texts):
            found.setdefault(of, []).append(str(number))
    for of, numbers in found.items():
        yield DIFFERS.format("、".join(numbers), of)


def _among(text: str, others: Iterable[str]) -> bool:
    return any(same_answer(text, each) for each in others)
