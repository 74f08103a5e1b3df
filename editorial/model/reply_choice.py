"""What several papers of one mail come to, where each has ticked or said something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from editorial.model.item_words import refuses
from editorial.model.labels import Answer
from editorial.model.reply_form import LOOK, ReplyForm, twice_said
from editorial.model.returns import ItemReply

WHOLE_OR_ITEMS = "说了全函非我单位职责，又逐条答了第{}项，分不清是全函还是几项"
DAYS_DIFFER = "几处申请延期的日子不同：{}，请问清再定"
UNITS_DIFFER = "几处建议转的单位不同：{}，请问清再定"


def chosen_of(
    said: Sequence[ReplyForm], items: Sequence[ItemReply], by_mail: Sequence[ItemReply]
) -> ReplyForm:
    """The first that answers, told what is doubtful beside it; none when two answer otherwise,
    or when the whole letter is refused and `items` answered. `by_mail` are the items the mail
    itself speaks of, if only to refuse them."""
    answers = tuple(dict.fromkeys(form.answer for form in said if form.answer))
    doubts = tuple(form.doubt for form in said if form.doubt)
    if len(answers) != 1:
        return ReplyForm(doubt=twice_said(answers) if answers else next(iter(doubts), ""))
    numbers = dict.fromkeys(each.number for each in items if not refuses(each.text))
    numbers |= dict.fromkeys(each.number for each in by_mail)
    if answers == (Answer.NOT_OURS,) and numbers:
        return ReplyForm(doubt=WHOLE_OR_ITEMS.format("、".join(map(str, sorted(numbers)))))
    best = next(form for form in said if form.answer)
    told = (*best.remarks, *map(LOOK.format, doubts), *_differing(said))
    return replace(best, remarks=told)


def _differing(said: Sequence[ReplyForm]) -> Iterator[str]:
    """What they tell beside the same answer, each otherwise."""
    days = tuple(dict.fromkeys(str(form.until) for form in said if form.until))
    units = tuple(dict.fromkeys(form.pass_to for form in said if form.pass_to))
    if len(days) > 1:
        yield DAYS_DIFFER.format("、".join(days))
    if len(units) > 1:
        yield UNITS_DIFFER.format("、".join(units))
