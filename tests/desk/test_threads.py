"""One desk, many threads: the dashboard reads in some of them while it acts in another, and
somebody changes files by hand. No read may fail but in words, nothing may hang or be lost."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import copytree, rmtree
from threading import Event
from typing import TypeVar

import pytest

from editorial.desk.city_board import city_board
from editorial.desk.correspondence import returns
from editorial.desk.drafting import new_letter
from editorial.desk.gates import gates
from editorial.desk.history import history
from editorial.desk.letters import letters
from editorial.desk.move import foresee, move
from editorial.desk.office import Act, Desk, loaded, open_desk, people
from editorial.desk.on_disk import stamped
from editorial.desk.opinion_ledger import ledger
from editorial.desk.opinion_sight import sight
from editorial.desk.opinions import add_opinion
from editorial.desk.overview import overview, overview_sparing
from editorial.desk.projects import known_projects, projects, read_projects
from editorial.desk.proofs import find_proof, proofs
from editorial.desk.round_list import rounds
from editorial.desk.rounds import open_round
from editorial.desk.sections import look
from editorial.desk.today import today_of
from editorial.desk.undo import preview, redo, redo_list, undo, undo_list
from editorial.desk.unit_register import Wanted, account, register
from editorial.desk.verify import verify
from editorial.desk.writing import hand_in, take_up
from editorial.errors import BadData, EditorialError
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem

TODAY = date(2020, 3, 5)
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
READERS, ROUNDS = 4, 2
SLICE = 1e-5  # seconds between two turns of a thread
Done = TypeVar("Done")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A workspace with an opinion that quotes its text. The acts move the chapter `moved` and
    change the text of `written`; `by_hand` is a section that is changed by hand."""

    root: Path
    start: str
    moved: str
    written: str
    by_hand: str
    quoted: str
    opinion: str


@dataclass(kw_only=True)
class Strain:
    """What came of it: `acts` in their order, `words` of refusals by how often they were told."""

    acts: list[Act] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    reads: int = 0
    edits: int = 0


def ground_of(root: Path) -> Ground:
    desk = open_desk(root)
    volume = loaded(desk).volume
    chapters = [each for each in volume.chapters if len(each.sections) > 1]
    quoted, written, by_hand = (each.sections[0].id for each in chapters[1:4])
    opened, _ = open_round(desk, "评议会", at=AT)
    words = take_up(desk, quoted).text[8:20]
    told = {"at": AT, "by": "专家甲（示例）", "original": words}
    opinion, act = add_opinion(desk, opened.id, quoted, "请核", **told)
    return Ground(
        root=root,
        start=act.commit,
        moved=chapters[0].id,
        written=written,
        by_hand=by_hand,
        quoted=quoted,
        opinion=opinion.id,
    )


def reads(ground: Ground) -> dict[str, Callable[[Desk], object]]:
    """What the screens ask the desk for."""
    desk = open_desk(ground.root)
    unit, proof = people(desk)[0][0].id, proofs(desk)[0].id
    return {
        "board": lambda d: overview_sparing(d, TODAY),
        "strict": lambda d: overview(d, TODAY),
        "cities": lambda d: city_board(d, TODAY),
        "known": lambda d: known_projects(d, TODAY),
        "projects": lambda d: projects(d, TODAY),
        "anew": lambda d: read_projects(d, [d.volume_id], TODAY),
        "section": lambda d: look(d, ground.written),
        "of a quoted one": lambda d: look(d, ground.quoted),
        "history": history,
        "its history": lambda d: history(d, ground.written),
        "letters": letters,
        "rounds": rounds,
        "opinions": ledger,
        "alike": lambda d: ledger(d, grouping="same"),
        "opinion": lambda d: sight(d, ground.opinion),
        "proofs": proofs,
        "proof": lambda d: find_proof(d, proof),
        "units": lambda d: register(d, TODAY, Wanted(), sparing=True),
        "unit": lambda d: account(d, unit, TODAY, sparing=True),
        "people": people,
        "today": lambda d: today_of(d, TODAY),
        "returns": returns,
        "gates": lambda d: gates(d, TODAY),
        "undo": undo_list,
        "redo": redo_list,
        "preview": lambda d: preview(d, at=AT),
        "foresee": lambda d: foresee(d, (ground.moved,), "初审", at=AT),
        "text": lambda d: take_up(d, ground.by_hand),
        "stamps": stamped,
    }


def acts(ground: Ground) -> Iterator[Callable[[Desk], Act]]:
    """What is done at the desk, over and over."""
    for number in count(1):
        yield from _acts(ground, number, AT + timedelta(minutes=number))


def _acts(ground: Ground, number: int, at: datetime) -> tuple[Callable[[Desk], Act], ...]:
    to = ("初审", "编辑加工")[number % 2]

    def write(desk: Desk) -> Act:
        taken = take_up(desk, ground.written)
        return hand_in(desk, taken, f"{taken.text}\n第{number}次改。\n", at=at)

    def ask(desk: Desk) -> Act:
        items = (LetterItem(section=ground.written, request="请核"),)
        unit, due = people(desk)[0][0].id, date(2030, 1, 1)
        return new_letter(desk, kind=LetterKind.REVISE, unit=unit, items=items, due=due, at=at)[1]

    return (
        lambda desk: move(desk, (ground.moved,), to, at=at, note="来回", force=True),
        lambda desk: undo(desk, at=at),
        lambda desk: redo(desk, at=at),
        write,
        ask,
    )


def by_hand(ground: Ground, number: int) -> None:
    """As an editor writes: over the old file, or beside it and then in its place; a folder comes
    and goes; a record is for a while without its end."""
    chapters = next((ground.root / "volumes").iterdir()) / "chapters"
    text = chapters / f"{ground.by_hand}.md"
    words = text.read_text("utf-8") + f"\n手工第{number}次改。\n"
    if number % 2:
        text.write_text(words, "utf-8")
    else:
        (text.parent / "~新稿").write_text(words, "utf-8")
        (text.parent / "~新稿").replace(text)
    record = text.with_suffix(".yaml")
    whole = record.read_bytes()
    record.write_bytes(whole[: len(whole) // 2])
    record.write_bytes(whole)
    stray = text.parent.parent / "99-kong" / "figures"
    stray.mkdir(parents=True)
    rmtree(stray.parent)


def strained(ground: Ground, rounds: int = ROUNDS, readers: int = READERS) -> Strain:
    """Everybody at once, until each reader has read everything so often."""
    came, done, shared = Strain(), Event(), open_desk(ground.root)
    then = overview(shared, TODAY, at=ground.start)

    def read(seed: int) -> None:
        turns, asked = random.Random(seed), reads(ground)
        for _ in range(rounds):
            for name in turns.sample(sorted(asked), len(asked)):
                desk = open_desk(ground.root) if turns.random() < 0.1 else shared
                _told(came, lambda name=name, desk=desk: asked[name](desk))
                came.reads += 1
            assert overview(shared, TODAY, at=ground.start) == then

    def act() -> None:
        for each in acts(ground):
            if done.is_set():
                return
            if (made := _told(came, lambda each=each: each(shared))) is not None:
                came.acts.append(made)

    def edit() -> None:
        while not done.wait(0.002):
            by_hand(ground, came.edits)
            came.edits += 1

    with ThreadPoolExecutor(readers + 2) as pool:
        others = [pool.submit(act), pool.submit(edit)]
        try:
            for each in [pool.submit(read, seed) for seed in range(readers)]:
                each.result()
        finally:
            done.set()
        for each in others:
            each.result()
    return came


def _told(came: Strain, ask: Callable[[], Done]) -> Done | None:
    """A refusal in words is an answer; anything else is a fault and ends the test."""
    try:
        return ask()
    except EditorialError as error:
        told = error.problems[0] if isinstance(error, BadData) else error.message
        came.words[f"{type(error).__name__}：{told}"] += 1
        return None


@pytest.fixture
def often() -> Iterator[None]:
    """Threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SLICE)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often")
def test_reading_acting_and_editing_at_once_breaks_nothing(sample: Path, tmp_path: Path) -> None:
    ground = ground_of(Path(copytree(sample, tmp_path / "gba")))
    came = strained(ground)
    whole(ground, came)


def whole(ground: Ground, came: Strain) -> None:
    """Every act is one commit in its order, git is content, nothing half done lies about."""
    assert came.acts
    git = ("git", "-C", str(ground.root))
    subprocess.run([*git, "fsck", "--strict"], check=True, capture_output=True)
    log = subprocess.run(
        [*git, "log", "--reverse", "--format=%H", f"{ground.start}.."],
        check=True,
        capture_output=True,
    )
    assert log.stdout.decode().split() == [act.commit for act in came.acts]
    store = ground.root / ".git" / "editorial"
    for shelf in (store / "parsed").glob("*.json"):
        assert json.loads(shelf.read_bytes().partition(b"\n")[2])["records"]
    left = [*ground.root.glob("volumes/**/.*.tmp"), *store.glob("**/.*"), *store.glob("journal")]
    assert left == []
    hand = next((ground.root / "volumes").iterdir()) / "chapters" / f"{ground.by_hand}.md"
    assert hand.read_text("utf-8").count("手工第") == came.edits
    assert verify(open_desk(ground.root)).problems == ()
