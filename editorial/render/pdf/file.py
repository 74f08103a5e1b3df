"""A PDF file from finished objects: object streams, one cross-reference stream, equal bytes.

reportlab's document numbers the objects and holds fonts and pictures. What comes in
thousands (pages, structure, links, outline) is put beside it as bytes: formatting those
through reportlab's dictionaries would cost more than setting the type.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFDocument

from editorial.values import dataclass

# Four bytes over 127 tell transfer programs that the file is binary (ISO 19005-2, 6.1.2).
HEADER = b"%PDF-1.7\n%\xe5\xbf\x97\xe7\xa8\xbf\n"
PER_STREAM = 200
# One fifth faster than zlib's 6 for less than a hundredth more of file.
LEVEL = 4
# A third faster still; what is packed is a twentieth of a file.
PACKED_LEVEL = 2
ROW = np.dtype([("kind", "u1"), ("place", ">u4"), ("index", ">u2")])
PLAIN, PACKED = 1, 2


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream object: entries of its dictionary but /Length as PDF text, and its bytes."""

    dictionary: str
    data: bytes | memoryview


Body: TypeAlias = bytes | Stream


class Finished(pdfdoc.PDFObject):
    """A finished object among those of reportlab's document, which gives it its number."""

    # Referred to, never written in place.
    __RefOnly__ = 1

    def __init__(self, body: Body = b"null") -> None:
        self.body = body

    def format(self, document: PDFDocument) -> bytes:
        """As reportlab writes it, where it writes the file."""
        if isinstance(self.body, bytes):
            return self.body
        head = f"<<{self.body.dictionary}/Length {len(self.body.data)}>>\nstream\n"
        return b"".join([head.encode("latin-1"), self.body.data, b"\nendstream\n"])


class Pack(NamedTuple):
    """Objects that are in object streams already: PER_STREAM in each, the rest in the last."""

    numbers: range
    streams: tuple[Stream, ...]


class Bulk:
    """Objects written as they are, numbered together with those of reportlab's document."""

    def __init__(self, document: PDFDocument) -> None:
        self._document: Any = document
        self.bodies: dict[int, Body] = {}
        self.packs: list[Pack] = []
        self.info = 0

    def reserve(self, count: int = 1) -> int:
        """The first of `count` object numbers in a row that nobody else gets."""
        first = int(self._document.objectcounter) + 1
        self._document.objectcounter += count
        return first

    def put(self, number: int, body: Body) -> None:
        self.bodies[number] = body

    def put_stream(self, number: int, dictionary: str, data: bytes) -> None:
        """`data` is written as it is: say its /Filter in `dictionary`."""
        self.bodies[number] = Stream(dictionary, data)

    def add(self, body: Body) -> int:
        """Put under a new number, which is returned."""
        number = self.reserve()
        self.bodies[number] = body
        return number

    def add_all(self, bodies: Sequence[Body]) -> int:
        """Put under new numbers in a row; the first is returned."""
        first = self.reserve(len(bodies))
        self.bodies.update(enumerate(bodies, first))
        return first

    def add_pack(self, pack: Pack) -> None:
        """A pack under the next numbers, which it must bear."""
        if self.reserve(len(pack.numbers)) != pack.numbers.start:
            raise ValueError(f"{pack.numbers} are not the next numbers")
        self.packs.append(pack)


def bulk(document: PDFDocument) -> Bulk:
    """The one `Bulk` of a document, made when first asked for."""
    kept = document.__dict__
    if "editorial_bulk" not in kept:
        kept["editorial_bulk"] = Bulk(document)
    return cast(Bulk, kept["editorial_bulk"])


@lru_cache(maxsize=4096)
def _compressed(text: bytes, level: int) -> bytes:
    """Kept, for a file made again is mostly the same."""
    return zlib.compress(text, level)


def deflated(text: bytes, dictionary: str = "", level: int = LEVEL) -> Stream:
    """A stream of `text`, compressed here."""
    return Stream(f"/Filter/FlateDecode{dictionary}", _compressed(text, level))


def set_catalog(document: PDFDocument, name: str, value: str) -> None:
    """Give the catalog an entry in PDF text, also one reportlab does not know."""
    catalog = cast(Any, document).Catalog
    if name not in catalog.__NoDefault__:
        catalog.__NoDefault__ = [*catalog.__NoDefault__, name]
    setattr(catalog, name, value)


def text_string(text: str) -> str:
    """As PDF text (ISO 32000-1, 7.9.2.2): ASCII in brackets, all else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex()}>"


def references(numbers: Iterable[int]) -> str:
    """Object numbers as references, without the brackets of an array."""
    return " ".join([f"{number} 0 R" for number in numbers])


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A document ready to be written, any number of times with other `volatile` objects.

    `chunks` are the bytes of all others, `rows` the places of all, by object number, with
    a last one for the cross-reference stream.
    """

    chunks: tuple[bytes | memoryview, ...]
    length: int
    rows: np.ndarray[Any, Any]
    volatile: Mapping[int, Body]
    root: int
    info: int
    digest: bytes


def collect(document: PDFDocument, volatile: Collection[int] = ()) -> Gathered:
    """Finish fonts and catalog and compress everything but the objects numbered `volatile`,
    which must have been put as well.

    Nothing can be added to the document afterwards. Its outline is that of `set_outline`;
    reportlab's own is left out.
    """
    root, info = _finish(document)
    bodies = _bodies(document)
    apart = {number: bodies.pop(number) for number in sorted(volatile)}
    streams = {number: body for number, body in bodies.items() if isinstance(body, Stream)}
    plain = {number: body for number, body in bodies.items() if isinstance(body, bytes)}
    full = [*_in_packs(bulk(document).packs), *_in_streams(plain)]
    holders = int(cast(Any, document).objectcounter) + 1
    rows = np.zeros(holders + len(full) + 1, ROW)
    rows["index"][0] = 0xFFFF
    for holder, (numbers, stream) in enumerate(full, holders):
        streams[holder] = stream
        rows["kind"][numbers] = PACKED
        rows["place"][numbers] = holder
        rows["index"][numbers] = range(len(numbers))
    chunks: list[bytes | memoryview] = [HEADER]
    length = _append(chunks, rows, len(HEADER), streams.items())
    return Gathered(
        chunks=tuple(chunks),
        length=length,
        rows=rows,
        volatile=apart,
        root=root,
        info=info,
        digest=_digest(chunks),
    )


def write(gathered: Gathered, changes: Mapping[int, Body] | None = None) -> bytes:
    """The file (ISO 32000-1, 7.5.7–7.5.8), with `changes` in place of volatile objects.

    Equal input gives equal bytes. Raises ValueError for a change to any other object.
    """
    changed = {**gathered.volatile, **(changes or {})}
    if unknown := changed.keys() - gathered.volatile.keys():
        raise ValueError(f"objects {sorted(unknown)} are not volatile")
    chunks, rows = list(gathered.chunks), gathered.rows.copy()
    offset = _append(chunks, rows, gathered.length, changed.items())
    made = _digest([gathered.digest, *chunks[len(gathered.chunks) :]])
    chunks += _cross_reference(gathered, rows, offset, made)
    return b"".join(chunks)


def _finish(document: Any) -> tuple[int, int]:
    """Fonts, information and catalog made objects; the numbers of catalog and information."""
    for font in document.delayedFonts:
        font.addObjects(document)
    if not isinstance(document.Catalog.Outlines, str):
        document.Catalog.Outlines = None
    info = bulk(document).info or _number(document, document.info)
    return _number(document, document.Catalog), info


def _number(document: Any, part: object) -> int:
    return int(document.idToObjectNumberAndVersion[document.Reference(part).name][0])


def _bodies(document: Any) -> dict[int, Body]:
    """All objects; formatting one of reportlab's may add others after it."""
    bodies: dict[int, Body] = {}
    names, parts, seen = document.numberToId, document.idToObject, set[int]()
    while left := sorted(names.keys() - seen):
        seen.update(left)
        for number in left:
            part = parts[names[number]]
            if isinstance(part, Finished):
                bodies[number] = part.body
            elif part is not None:
                bodies[number] = _split(pdfdoc.format(part, document, 1))
    return bodies | bulk(document).bodies


def _split(body: bytes) -> Body:
    """reportlab's streams again as dictionary and bytes, without copying a picture."""
    if not body.endswith(b"endstream\n"):
        return body
    head, data = body[: body.index(b"\nstream\n")], memoryview(body)
    dictionary = head.strip()[2:-2].decode("latin-1")
    return Stream(_without_length(dictionary), data[len(head) + 8 : -10])


def _without_length(dictionary: str) -> str:
    start = dictionary.index("/Length ")
    stop = start + 8
    while stop < len(dictionary) and dictionary[stop].isdigit():
        stop += 1
    return dictionary[:start] + dictionary[stop:]


def _append(
    chunks: list[bytes | memoryview],
    rows: np.ndarray[Any, Any],
    offset: int,
    objects: Iterable[tuple[int, Body]],
) -> int:
    """Write objects at the end, `offset` bytes in; how long the file is then."""
    for number, body in objects:
        rows[number] = (PLAIN, offset, 0)
        pieces = _written(number, body)
        chunks += pieces
        offset += sum(map(len, pieces))
    return offset


def _written(number: int, body: Body) -> list[bytes | memoryview]:
    """With the line ends ISO 19005-2 asks for (6.1.7.1, 6.1.9)."""
    if isinstance(body, bytes):
        return [b"%d 0 obj\n" % number, body, b"\nendobj\n"]
    head = f"{number} 0 obj\n<<{body.dictionary}/Length {len(body.data)}>>\nstream\n"
    return [head.encode("latin-1"), body.data, b"\nendstream\nendobj\n"]


def packed(first: int, bodies: Sequence[bytes]) -> Pack:
    """Objects to be numbered from `first` on."""
    numbered = dict(enumerate(bodies, first))
    streams = tuple(stream for _, stream in _in_streams(numbered))
    return Pack(range(first, first + len(bodies)), streams)


def _in_packs(packs: Iterable[Pack]) -> Iterator[tuple[Sequence[int], Stream]]:
    for numbers, streams in packs:
        for place, stream in enumerate(streams):
            yield numbers[PER_STREAM * place : PER_STREAM * (place + 1)], stream


def _in_streams(bodies: Mapping[int, bytes]) -> Iterator[tuple[Sequence[int], Stream]]:
    """Objects in streams of PER_STREAM, and the numbers of those in each."""
    numbers = list(bodies)
    for start in range(0, len(numbers), PER_STREAM):
        batch = numbers[start : start + PER_STREAM]
        yield batch, _object_stream(batch, [bodies[number] for number in batch])


def _object_stream(numbers: Sequence[int], held: Sequence[bytes]) -> Stream:
    """An object stream (ISO 32000-1, 7.5.7)."""
    places = [0] * (2 * len(held))
    places[::2] = numbers
    places[3::2] = accumulate([len(body) + 1 for body in held[:-1]])
    index = " ".join(map(str, places)).encode()
    content = b"\n".join([index, *held])
    entries = f"/Type/ObjStm/N {len(held)}/First {len(index) + 1}"
    return deflated(content, entries, PACKED_LEVEL)


def _cross_reference(
    gathered: Gathered, rows: np.ndarray[Any, Any], offset: int, made: bytes
) -> list[bytes | memoryview]:
    """Each row as its difference from the one above: a tenth of the bytes."""
    number = len(rows) - 1
    rows[number] = (PLAIN, offset, 0)
    table = rows.view(np.uint8).reshape(-1, ROW.itemsize)
    ups = np.full((len(table), ROW.itemsize + 1), 2, np.uint8)
    ups[0, 1:] = table[0]
    ups[1:, 1:] = table[1:] - table[:-1]
    first, second = gathered.digest[:16].hex(), made[:16].hex()
    stream = deflated(
        ups.tobytes(),
        f"/DecodeParms<</Predictor 12/Columns {ROW.itemsize}>>/Type/XRef/W[1 4 2]"
        f"/Size {number + 1}/Root {gathered.root} 0 R/Info {gathered.info} 0 R"
        f"/ID[<{first}><{second}>]",
    )
    return [*_written(number, stream), b"startxref\n%d\n%%%%EOF\n" % offset]


def _digest(chunks: Sequence[bytes | memoryview]) -> bytes:
    state = sha256(usedforsecurity=False)
    for chunk in chunks:
        state.update(chunk)
    return state.digest()
