"""The faces of one build, and what they turned out to lack."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias
from unicodedata import decomposition

from editorial.errors import EditorialError
from editorial.model.book import MissingGlyph
from editorial.render.fonts import FontTable, LocatedFace
from editorial.render.pdf.face import Face, load_face
from editorial.render.pdf.shelf import stamp
from editorial.values import dataclass

# 〓, the compositor's turned sort: seen at once in proof, never taken for a character.
GETA = "〓"
Shift: TypeAlias = Literal["", "sup", "sub"]
SHIFTS: dict[str, Shift] = {"<super>": "sup", "<sub>": "sub"}


@dataclass(frozen=True, slots=True)
class Sorts:
    """Neighbouring characters from one face. `typed` is what a geta, or a figure or letter
    made small and shifted, stands for; else empty."""

    text: str
    face: Face
    typed: str = ""
    shift: Shift = ""


class Fount:
    """One per PDF. Faces load when first asked for; every lent character is noted."""

    def __init__(self, table: FontTable) -> None:
        self.table = table
        self._names: dict[Face, str] = {}
        faces = {_key(face): face for role in table.located.values() for face in role}
        self._resources = {key: f"/F{number}" for number, key in enumerate(faces, 1)}
        self._by_resource = {f"/F{number}": face for number, face in enumerate(faces.values(), 1)}
        self._faces: dict[str, Face] = {}
        self._borrowed: set[str] = set()
        self._missing: dict[tuple[str, str], MissingGlyph] = {}

    def resource(self, face: Face) -> str:
        """The name of a face on the page, the same in every build with these fonts."""
        if face not in self._names:
            self._names[face] = self._resources[_key(face.located)]
        return self._names[face]

    def face_of(self, resource: str) -> Face:
        """The face a page calls by that name."""
        return _load(self._by_resource[resource])

    @property
    def missing(self) -> tuple[MissingGlyph, ...]:
        """Characters drawn from another face than their role's, or as 〓."""
        return tuple(self._missing[key] for key in sorted(self._missing))

    @property
    def substituted(self) -> tuple[str, ...]:
        """Roles used in this build that had to borrow their face."""
        return tuple(role for role in self._faces if role in self._borrowed)

    def borrows(self, role: str) -> bool:
        """Whether the face `role` is set in is another role's."""
        self.face(role)
        return role in self._borrowed

    def face(self, role: str) -> Face:
        """The face `role` is set in."""
        if role not in self._faces:
            self._faces[role] = self._first(role)
        return self._faces[role]

    def _first(self, role: str) -> Face:
        located = self.table.faces(role)
        for candidate in located:
            face = _load(candidate)
            if face.metrics.embeddable:
                if not candidate.wanted:
                    self._borrowed.add(role)
                return face
        raise EditorialError(
            f"{self.table.label(role)}字体的许可不允许嵌入 PDF",
            hint="在 styles/fonts.yaml 中为它列出另一个字体文件",
            where=str(located[0].path),
        )

    def sorts(self, role: str, text: str) -> list[Sorts]:
        """`text` cut where the face changes; empty for empty text."""
        face = self.face(role)
        if face.covers(text):
            return [Sorts(text, face)] if text else []
        lacking = {char for char in set(text) - face.known if not face.has(char)}
        if not lacking:
            return [Sorts(text, face)]
        return self._cut(role, text, lacking)

    def _cut(self, role: str, text: str, lacking: set[str]) -> list[Sorts]:
        own = self.face(role)
        small = self._small(own, text) if any(map(decomposition, lacking)) else {}
        lent = small | {char: self._lend(role, char) for char in lacking - small.keys()}
        cut: list[Sorts] = []
        for char in text:
            sort = lent.get(char) or Sorts(char, own)
            last = cut[-1] if cut else None
            if last and last.face is sort.face and not (last.typed or sort.typed):
                cut[-1] = Sorts(last.text + char, last.face)
            else:
                cut.append(sort)
        return cut

    def _small(self, own: Face, text: str) -> dict[str, Sorts]:
        """Typed superscripts and subscripts as figures and letters of the face itself, made
        small: all of a text, so that they are alike (10⁻³). Hardly a Chinese face has H₂O."""
        made: dict[str, Sorts] = {}
        for char in set(text):
            kind, *codes = decomposition(char).split() or [""]
            plain = "".join([chr(int(code, 16)) for code in codes]) if kind in SHIFTS else ""
            if len(plain) == 1 and own.has(plain):  # ™ would be two
                made[char] = Sorts(plain, own, char, SHIFTS[kind])
        return made

    def _lend(self, role: str, char: str) -> Sorts:
        """The first face having `char`, noted; or a geta."""
        lender = self._having(role, char)
        name = lender.name if lender else ""
        self._missing.setdefault((role, char), MissingGlyph(role=role, char=char, drawn=name))
        if lender:
            return Sorts(char, lender)
        return Sorts(GETA, self._having(role, GETA) or self.face(role), char)

    def _having(self, role: str, char: str) -> Face | None:
        own = self.face(role)
        if own.has(char):
            return own
        for located in self.table.faces(role):
            face = _load(located)
            if face is not own and face.metrics.embeddable and face.has(char):
                return face
        return None


def _load(located: LocatedFace) -> Face:
    """One face a file, whether it serves its own role or another."""
    return load_face(replace(located, wanted=True), stamp(located.path))


def _key(located: LocatedFace) -> tuple[str, int, int]:
    return str(located.path), located.index, located.weight
