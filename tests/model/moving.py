"""A text edited at random, every character of which is known by a number of its own: where words
really went, told by no comparison."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from editorial.model.anchor import Spot

Char = tuple[str, int]
KINDS = ("insert", "delete", "replace", "move", "split", "merge", "copy", "rename")


class Asked(NamedTuple):
    """Words spoken of: where they stood, and the numbers of their characters."""

    spot: Spot
    ids: tuple[int, ...]


@dataclass
class Moving:
    """`copied` maps the number of a copied character to that of the one it was copied from."""

    chance: random.Random
    sections: dict[str, list[Char]]
    pool: str
    count: int
    copied: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Mapping[str, str], seed: int) -> Moving:
        count, sections = 0, {}
        for name, text in texts.items():
            sections[name] = [(char, count + at) for at, char in enumerate(text)]
            count += len(text)
        pool = "".join(texts.values()).replace("\n", "，")
        return cls(random.Random(seed), sections, pool, count)

    def texts(self) -> dict[str, str]:
        return {name: "".join(c for c, _ in chars) for name, chars in self.sections.items()}

    def ask(self) -> Asked:
        """4 to 30 characters of one paragraph."""
        name, a, b = self._paragraph()
        size = min(self.chance.randint(4, 30), b - a)
        start = self.chance.randrange(a, b - size + 1)
        ids = tuple(number for _, number in self.sections[name][start : start + size])
        return Asked(Spot(name, start, start + size), ids)

    def where(self, ids: tuple[int, ...]) -> Spot | None:
        """Where all these characters stand side by side now, None when they do not."""
        for name, chars in self.sections.items():
            numbers = [number for _, number in chars]
            if ids[0] in numbers:
                at = numbers.index(ids[0])
                whole = tuple(numbers[at : at + len(ids)]) == ids
                return Spot(name, at, at + len(ids)) if whole else None
        return None

    def edit(self) -> None:
        name, a, b = self._paragraph()
        chars = self.sections[name]
        at, size = self.chance.randrange(a, b), self.chance.randint(1, 12)
        match self.chance.choice(KINDS):
            case "insert":
                chars[at:at] = self._fresh(size)
            case "delete":
                del chars[at : min(b, at + size)]
            case "replace":
                chars[at : min(b, at + size)] = self._fresh(self.chance.randint(1, 12))
            case "move":
                moved = chars[a:b]
                del chars[a : b + 1]
                self._put(self._paragraph(), moved)
            case "split":
                chars[at:at] = self._numbered("\n")
            case "merge":
                end = b
                while end < len(chars) and chars[end][0] == "\n":
                    end += 1
                del chars[b:end]
            case "copy":
                self._put(
                    self.chance.choice([(name, a, b), self._paragraph()]), self._copy(chars[a:b])
                )
            case "rename":
                words = "".join(char for char, _ in chars[a:b])
                opened, shut = words.find("【"), words.find("】")
                if 0 <= opened < shut:
                    chars[a + opened + 1 : a + shut] = self._fresh(5)

    def _paragraph(self) -> tuple[str, int, int]:
        while True:
            names = list(self.sections)
            weights = [len(chars) + 1 for chars in self.sections.values()]
            name = self.chance.choices(names, weights)[0]
            chars = self.sections[name]
            ends = [at for at, (char, _) in enumerate(chars) if char == "\n"] + [len(chars)]
            starts = [0, *(end + 1 for end in ends)]
            long = [(a, b) for a, b in zip(starts, ends, strict=False) if b - a >= 10]
            if long:
                return (name, *self.chance.choice(long))

    def _put(self, before: tuple[str, int, int], chars: list[Char]) -> None:
        name, start, _ = before
        self.sections[name][start:start] = [*chars, *self._numbered("\n")]

    def _numbered(self, text: str) -> list[Char]:
        first = self.count
        self.count += len(text)
        return [(char, first + at) for at, char in enumerate(text)]

    def _fresh(self, size: int) -> list[Char]:
        at = self.chance.randrange(len(self.pool) - size)
        return self._numbered(self.pool[at : at + size])

    def _copy(self, chars: list[Char]) -> list[Char]:
        made = self._numbered("".join(char for char, _ in chars))
        for (_, new), (_, old) in zip(made, chars, strict=True):
            self.copied[new] = self.copied.get(old, old)
        return made
