"""文号编了两次: two computers signed a letter each before they heard of one another."""

from __future__ import annotations

from editorial.desk.office import Desk
from editorial.errors import Problem
from editorial.model.letters import TWICE, Letter, given_twice, has_gone
from editorial.store.registers import load_letters
from editorial.store.workspace import volume_ids
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """A letter that must give up its 发文字号, for `first` bears it by right."""

    letter: Letter
    first: Letter
    hint: str

    @property
    def words(self) -> str:
        return f"{self.letter.number}{TWICE}，函件{_called(self.first, self.letter)}也是这个号"


def numbered_twice(desk: Desk) -> tuple[Twice, ...]:
    """Over all books, for numbers run over all of them; what cannot be read is passed over."""
    files, faults = desk.workspace.files, list[Problem]()
    books = volume_ids(files)
    known = [x for each in books for x in load_letters(files, each, faults)]
    return tuple(
        Twice(letter=letter, first=first, hint=_hint(letter, first, several=len(books) > 1))
        for letter, first in given_twice(known)
    )


def _hint(letter: Letter, first: Letter, *, several: bool) -> str:
    """What to do: nothing that is out can be called back, so that its unit must be told."""
    where = f" --volume {_book(letter)}" if several else ""
    again = "另拟一函，说明以新的文号为准" if has_gone(letter) else "照样另拟一函"
    return (
        f"{_called(first, letter)}留着，作废{letter.id}：editorial letter void {letter.id}{where} "
        f"--note 文号与{_called(first, letter)}重了；再{again}，签发时取新的号"
    )


def _called(letter: Letter, beside: Letter) -> str:
    """By its id, and by its book where that is another."""
    return letter.id if _book(letter) == _book(beside) else f"{_book(letter)}/{letter.id}"


def _book(letter: Letter) -> str:
    return letter.source.path.split("/")[1] if letter.source else ""
