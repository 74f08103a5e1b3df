"""A made-up yearbook of any size, for trying the program and for measuring it.

The same arguments give the same bytes in any process: all chance comes from seeded
generators, and nothing asks the clock or the order of a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from random import Random

from editorial.desk.specimen.blocks import Plan, chronicle_piece, section_piece
from editorial.desk.specimen.outline import CHRONICLE, FIELDS, Field
from editorial.desk.specimen.people import (
    PROGRESS_YAML,
    TERMS_YAML,
    Body,
    bodies,
    editors,
    staff_yaml,
    units_yaml,
    volume_yaml,
)
from editorial.desk.specimen.prose import Voice, name_characters
from editorial.desk.specimen.records import (
    LETTER_KINDS,
    letter_yaml,
    opinion_yaml,
    proof_yaml,
    round_yaml,
    section_yaml,
)
from editorial.desk.specimen.words import DISTRICTS
from editorial.model.counting import printed_chars
from editorial.values import dataclass

SECTION_CHARS = 4365
MAX_FIGURES = 200
Quote = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One planned section: where it lies, what it must hold, who owes it."""

    id: str
    title: str
    field: Field
    plan: Plan
    units: tuple[Body, ...]
    editor: str
    chronicle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the rounds, proofs and letters must know of a finished section."""

    leaf: Leaf
    stage: str
    quotes: tuple[Quote, ...]


def generate(chars: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Files of the volume `full-SEED` with about `chars` printed characters.

    Yields paths from the workspace root with their bytes. At 1,100,000: 12 类目,
    252 分目, some 3,600 条目, 152 tables, 100 pictures, 122 units.
    """
    base = f"volumes/full-{seed}"
    leaves = outline(chars, seed)
    units = bodies(max(12, chars // 9000), seed)
    yield f"{base}/volume.yaml", volume_yaml(seed, chars).encode()
    yield f"{base}/units.yaml", units_yaml(units).encode()
    yield f"{base}/staff.yaml", staff_yaml(len(FIELDS), seed).encode()
    yield f"{base}/terms.yaml", TERMS_YAML.encode()
    yield f"{base}/progress.yaml", PROGRESS_YAML.encode()
    written: list[Written] = []
    yield from _chapters(f"{base}/chapters", leaves, chars, seed, written)
    yield from _rounds(f"{base}/rounds", written, seed)
    yield from _proofs(f"{base}/proofs", written, seed)
    yield from _letters(f"{base}/letters", written, seed)


def outline(chars: int, seed: int) -> tuple[Leaf, ...]:
    """Every section planned; tables and figures lie at even distances through the book."""
    titled = _titled(max(1, ceil(chars / SECTION_CHARS)))
    units = bodies(max(12, chars // 9000), seed)
    tables = _spread(max(1, ceil(chars / 7250)), len(titled))
    figures = _spread(min(MAX_FIGURES, max(1, ceil(chars / 11000))), len(titled))
    counted = {"biao": [0] * len(FIELDS), "tu": [0] * len(FIELDS)}
    leaves: list[Leaf] = []
    for i, (number, id_, title) in enumerate(titled):
        numbers = {
            kind: tuple(_next(counted[kind], number) for _ in range(count))
            for kind, count in (("biao", tables[i]), ("tu", figures[i]))
        }
        owners = _owners(FIELDS[number], units, i)
        plan = Plan(
            title=title,
            signature="　".join(f"{unit.short}（示例）　{unit.contact}" for unit in owners[:1]),
            entries=(13, 15, 17, 14, 16)[i % 5],
            chars=0,
            tables=numbers["biao"],
            figures=numbers["tu"],
            headings=3 if i % 5 == 2 else 0,
            footnote=i % 3 == 0,
            comment=i % 4 == 1,
            leftover=i * 5 % 9 in (1, 2) and i % 2 == 0,
        )
        leaves.append(
            Leaf(
                id=id_,
                title=title,
                field=FIELDS[number],
                plan=plan,
                units=owners,
                editor=editors(len(FIELDS))[number],
                chronicle=number == CHRONICLE,
            )
        )
    return _referring(leaves)


def _owners(field: Field, units: tuple[Body, ...], index: int) -> tuple[Body, ...]:
    """One of the departments the chapter names, and up to two more so that all take part."""
    named = [unit for unit in units if unit.short.removeprefix("市") in field.bodies] or [units[0]]
    first = named[index % len(named)]
    others = (units[(index * 3 + k * 7) % len(units)] for k in range(index % 3))
    return tuple(dict.fromkeys((first, *others)))


def _titled(count: int) -> list[tuple[int, str, str]]:
    """(chapter, node id, title) of `count` sections, shared out as the outline has them."""
    whole = sum(len(field.sections) for field in FIELDS)
    titled: list[tuple[int, str, str]] = []
    done = 0
    for number, field in enumerate(FIELDS):
        done += len(field.sections)
        share = round(count * done / whole) - len(titled)
        width = max(2, len(str(share)))
        for k in range(share):
            lap, place = divmod(k, len(field.sections))
            title, slug = field.sections[place].split(":")
            more, tail = (f"（{lap + 1}）", f"-{lap + 1}") if lap else ("", "")
            id_ = f"{number + 1:02d}-{field.slug}/{k + 1:0{width}d}-{slug}{tail}"
            titled.append((number, id_, title + more))
    return titled


def _spread(count: int, places: int) -> list[int]:
    """How many of `count` things fall on each place when laid out evenly."""
    return [(i + 1) * count // places - i * count // places for i in range(places)]


def _next(counted: list[int], chapter: int) -> str:
    counted[chapter] += 1
    return f"{chapter + 1}-{counted[chapter]}"


def _referring(leaves: list[Leaf]) -> tuple[Leaf, ...]:
    """Every third section points at a table elsewhere."""
    numbers = [number for leaf in leaves for number in leaf.plan.tables]
    return tuple(
        replace(leaf, plan=replace(leaf.plan, refer=numbers[i * 7 % len(numbers)]))
        if i % 3 == 1 and numbers
        else leaf
        for i, leaf in enumerate(leaves)
    )


def _chapters(
    base: str, leaves: tuple[Leaf, ...], chars: int, seed: int, written: list[Written]
) -> Iterator[tuple[str, bytes]]:
    """Records, texts and pictures; each section's budget is an even share of what is left."""
    names = name_characters(seed)
    left, chapter = chars, ""
    for i, leaf in enumerate(leaves):
        if leaf.id.split("/")[0] != chapter:
            chapter = leaf.id.split("/")[0]
            yield f"{base}/{chapter}/chapter.yaml", _chapter_yaml(chapter, leaves).encode()
        voice = Voice(
            field=leaf.field,
            chance=Random(f"{seed}:{leaf.id}"),
            names=names,
            seed=seed,
            district=leaf.title if leaf.title in DISTRICTS else "",
        )
        plan = _budgeted(leaf.plan, left // (len(leaves) - i))
        piece = (chronicle_piece if leaf.chronicle else section_piece)(voice, plan)
        left -= printed_chars(piece.text)
        record, stage = section_yaml(
            voice.chance, leaf.title, leaf.units, leaf.editor, plan.chars // 100 * 100, i
        )
        written.append(Written(leaf=leaf, stage=stage, quotes=piece.quotes))
        yield f"{base}/{leaf.id}.yaml", record.encode()
        yield f"{base}/{leaf.id}.md", piece.text.encode()
        yield from _pictures(f"{base}/{chapter}", leaf, seed)


def _budgeted(plan: Plan, chars: int) -> Plan:
    """Small volumes have fewer entries rather than entries of one line."""
    return replace(plan, chars=chars, entries=max(1, min(plan.entries, chars // 200)))


def _chapter_yaml(chapter: str, leaves: tuple[Leaf, ...]) -> str:
    mine = [leaf for leaf in leaves if leaf.id.startswith(f"{chapter}/")]
    listed = "".join(f"- {leaf.id.split('/')[1]}\n" for leaf in mine)
    return f"title: {mine[0].field.title}\nsections:\n{listed}"


def _pictures(base: str, leaf: Leaf, seed: int) -> Iterator[tuple[str, bytes]]:
    if not leaf.plan.figures:
        return
    from editorial.desk.specimen.picture import scene_jpeg

    for number in leaf.plan.figures:
        chapter, place = map(int, number.split("-"))
        yield f"{base}/figures/tu-{number}.jpg", scene_jpeg(seed * 100003 + chapter * 1009 + place)


def _rounds(base: str, written: list[Written], seed: int) -> Iterator[tuple[str, bytes]]:
    """A closed round with all answers, and an open one with every kind of answer."""
    late = [w for w in written if w.stage in ("merge", "review3", "revising", "settled")]
    rounds = (
        ("01", "内部复审", "核对数据、体例和用语", 90, ("adopted", "partly", "rejected")),
        (
            "02",
            "评议",
            "书面征求意见",
            140,
            ("pending", "adopted", "forwarded", "partly", "rejected"),
        ),
    )
    for id_, title, purpose, start, answers in rounds:
        chance = Random(f"{seed}:round:{id_}")
        ids = [w.leaf.id for w in late]
        text = round_yaml(title, purpose, ids, start=start, closed=id_ == "01")
        yield f"{base}/{id_}/round.yaml", text.encode()
        for k, w in enumerate(late):
            answer = answers[k % len(answers)]
            if w.stage == "settled" and answer in ("pending", "forwarded"):
                answer = "adopted"
            quote = w.quotes[k % len(w.quotes)]
            text = opinion_yaml(chance, w.leaf.id, quote, w.leaf.editor, answer, start)
            yield f"{base}/{id_}/opinions/{k + 1:03d}.yaml", text.encode()


def _proofs(base: str, written: list[Written], seed: int) -> Iterator[tuple[str, bytes]]:
    ready = [w for w in written if w.stage in ("revising", "settled")] or written[-1:]
    for k, label in enumerate(("一校", "一校", "二校", "一校", "二校", "三校"), 1):
        chance = Random(f"{seed}:proof:{k}")
        share = ready[k - 1 :: 6] or ready[:1]
        sections = [(w.leaf.id, list(w.quotes[:2])) for w in share[:8]]
        text = proof_yaml(chance, label, sections, (3, 2, 3, 1, 0, 2)[k - 1])
        yield f"{base}/{k:02d}/proof.yaml", text.encode()


def _letters(base: str, written: list[Written], seed: int) -> Iterator[tuple[str, bytes]]:
    """Letters in every state, on sections whose stage they do not hold up."""
    early = [w for w in written if w.stage in ("editing", "review1", "review2")] or written[:1]
    for k, w in enumerate(early[:24], 1):
        chance = Random(f"{seed}:letter:{k}")
        items = [(w.leaf.id, quote) for quote in w.quotes[:3]]
        kind = LETTER_KINDS[k % len(LETTER_KINDS)]
        text = letter_yaml(chance, kind, w.leaf.units[0].id, items, k)
        yield f"{base}/{k:04d}/letter.yaml", text.encode()
