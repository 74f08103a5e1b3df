"""撞号 in a merge: what is told of it, and `part`, which keeps both things."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from editorial.desk.ledger import next_id
from editorial.desk.office import Desk
from editorial.desk.outbox import named_anew
from editorial.errors import EditorialError, Problem
from editorial.model.letters import Letter
from editorial.model.reviews import Round
from editorial.store import git
from editorial.store.files import CommitFiles
from editorial.store.mended import mended
from editorial.store.reader import Reader
from editorial.store.registers import load_letters
from editorial.store.renumber import (
    Move,
    Place,
    collisions,
    merging,
    renumbered,
    unmerged_stages,
)
from editorial.store.workspace import files_at, identity, refuse_read_only
from editorial.store.yamlio import COLLIDED
from editorial.values import dataclass

NAMES = {
    "letters": "函件",
    "batches": "函件批次",
    "returns": "来件",
    "rounds": "评议轮次",
    "opinions": "意见",
    "drafts": "稿次",
    "proofs": "校样",
    "proposals": "联络员变更建议",
}
REPAIR = "editorial verify --repair"


def collided(desk: Desk) -> tuple[Problem, ...]:
    """One problem for each number two things bear, with the remedy."""
    pairs = collisions(desk.workspace)
    if merging(desk.workspace):
        way = f"执行 {REPAIR}：一件留原号，另一件改取下一个号，它的文件、提到它的地方一同改"
    else:
        way = f"先 git rebase --abort（拣选用 git cherry-pick --abort），再 git pull --no-rebase，\
合并停下来时执行 {REPAIR}"
    return tuple(
        Problem(
            file=each.record,
            message=f"两台电脑上各有一件不同的{NAMES[each.kind]}，撞了号（{_named(each)}），"
            f"两件都要留，不要删去一稿；{way}",
        )
        for each in pairs
    )


def of_collided(desk: Desk, problems: Sequence[Problem]) -> list[Problem]:
    """The problems, without those that are there only because two things lie on each other; what
    is left of conflicts is no collision."""
    pairs = collisions(desk.workspace)
    inside = [f"{each.path}/" for each in pairs]
    files = {each.record for each in pairs}
    return [
        replace(each, message=each.message.removesuffix(f"；{COLLIDED}"))
        for each in problems
        if each.file not in files and not any(map(each.file.startswith, inside))
    ]


def _named(place: Place) -> str:
    return f"{place.round_}/{place.number}" if place.round_ else place.number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """The two commits of a merge that stopped, and where they parted."""

    ours: str
    theirs: str
    base: str


def part(desk: Desk) -> tuple[str, ...]:
    """Keep both of every two things that bear one number, for one who holds the lock: one keeps
    it, the other gets the next free one, and the merge is made again from the start. Says what
    was done, () when nothing collided. EditorialError when somebody has begun to mend the files
    by hand, or the merge cannot be made."""
    pairs, theirs = collisions(desk.workspace), merging(desk.workspace)
    if not (pairs and theirs):
        return ()
    refuse_read_only(desk.workspace)
    identity(desk.workspace)
    _refuse_mended(desk)
    root = desk.root
    base = git.ask(root, "merge-base", "HEAD", theirs) or ""
    sides = _Sides(ours=git.head(root), theirs=theirs, base=base)
    ours, others, told = _shared_out(desk, sides, pairs)
    words = _merge_words(desk)
    before = renumbered(desk.workspace, sides.ours, base, ours, _subject(ours))
    after = renumbered(desk.workspace, sides.theirs, base, others, _subject(others))
    git.run(root, "merge", "--abort")
    if before != sides.ours:
        git.run(root, "merge", "--ff-only", "-q", before)
    _tag_rounds(desk, (before, after), pairs, (*ours, *others))
    told += _mails(desk, ours)
    return (*told, _merged(desk, after, words))


def _refuse_mended(desk: Desk) -> None:
    """The merge is made again, and what was mended of it would be lost."""
    found = mended(desk.workspace)
    if not found.paths:
        return
    back = f"git checkout -- {' '.join(map(shlex.quote, found.loose))}、" if found.loose else ""
    raise EditorialError(
        f"合并停下以后有{len(found.paths)}个文件已经动手改过，分开撞号要从头再合一次，改的会丢："
        f"{'、'.join(found.paths[:5])}",
        hint=f"要留的先另存一份，再 {back}git merge --abort、git pull，然后执行 {REPAIR}",
    )


def _shared_out(
    desk: Desk, sides: _Sides, pairs: Sequence[Place]
) -> tuple[list[Move], list[Move], list[str]]:
    """What moves of ours, what of theirs, and what is to be said of it. What others have got
    already stays as it is, unless a letter of ours has come further than theirs."""
    here, there = (files_at(desk.workspace, each) for each in (sides.ours, sides.theirs))
    ours: list[Move] = []
    others: list[Move] = []
    told: list[str] = []
    for place in pairs:
        folder = place.path.rpartition("/")[0]
        moved = [each.path for each in (*ours, *others)]
        taken = (*here.names(folder), *there.names(folder))
        known = [each.rpartition("/")[2] for each in moved if each.rpartition("/")[0] == folder]
        numbers = tuple(each.removesuffix(".yaml") for each in (*taken, *known))
        move = Move(place=place, to=next_id(numbers, len(place.number)))
        stays = _further(here, place) > _further(there, place)
        (others if stays else ours).append(move)
        told += _words(move, there if stays else here, ours=not stays)
    ours += _batches(desk, sides, pairs)
    told += [
        f"函件第{each.place.number}批重了：这台电脑上的一批改为第{each.to}批"
        for each in ours
        if each.place.kind == "batches"
    ]
    return ours, others, told


def _batches(desk: Desk, sides: _Sides, pairs: Sequence[Place]) -> Iterator[Move]:
    """Batches of letters that both sides drafted under one number; ours get the next ones."""
    for volume in sorted({each.volume for each in pairs if each.kind == "letters"}):
        before, mine, others = (
            {letter.batch for letter in load_letters(files_at(desk.workspace, each), volume, [])}
            for each in (sides.base, sides.ours, sides.theirs)
        )
        taken = [*mine, *others]
        for number in sorted((mine & others) - before - {""}):
            taken.append(next_id(tuple(taken), 1))
            place = Place(volume=volume, kind="batches", number=number)
            yield Move(place=place, to=taken[-1])


def _further(files: CommitFiles, place: Place) -> int:
    """How far a letter has come: signed, then on its way."""
    letter = _letter(files, place)
    return 0 if letter is None else bool(letter.number) + 2 * bool(letter.deliveries)


def _letter(files: CommitFiles, place: Place) -> Letter | None:
    return Reader(files).record(Letter, place.record) if place.kind == "letters" else None


def _words(move: Move, files: CommitFiles, *, ours: bool) -> Iterator[str]:
    whose = "这台电脑上的" if ours else "合进来的"
    what, place = NAMES[move.place.kind], move.place
    now = f"{place.round_}/{move.to}" if place.round_ else move.to
    yield f"{what}{_named(place)}撞号：{whose}一件改为{now}"
    letter = _letter(files, place)
    if letter is not None and letter.number:
        yield (
            f"函件{now}（{letter.number}）签发时是{place.number}号，印出的文件和邮件主题里仍是"
            f"{place.number}：还没有发出的，最好作废另拟；已经发出的，回函要看清是答哪一封"
        )


def _mails(desk: Desk, moves: Sequence[Move]) -> Iterator[str]:
    """Those laid out here lie under the numbers of the letters, and git knows nothing of them."""
    for each in moves:
        if each.place.kind == "letters":
            book = replace(desk, volume_id=each.place.volume)
            if told := named_anew(book, each.place.number, each.to):
                yield told


def _subject(moves: Sequence[Move]) -> str:
    whose = "、".join(f"{NAMES[each.place.kind]}{_named(each.place)}改{each.to}" for each in moves)
    return f"撞号改号：{whose}\n"


def _merge_words(desk: Desk) -> str:
    with suppress(OSError):
        told = (desk.workspace.git_dir / "MERGE_MSG").read_text("utf-8", "replace")
        return told.splitlines()[0] if told.strip() else "合并"
    return "合并"


def _tag_rounds(
    desk: Desk, commits: tuple[str, str], pairs: Sequence[Place], moves: Sequence[Move]
) -> None:
    """The text of each of the rounds under the tag its record now names."""
    records = {each.record for each in pairs if each.kind == "rounds"}
    records |= {f"{each.path}/round.yaml" for each in moves if each.place.kind == "rounds"}
    for commit in commits:
        files = files_at(desk.workspace, commit)
        for path in sorted(records):
            data = files.read(path)
            round_ = Reader(files).record(Round, path) if data else None
            if round_ and round_.tag and git.tagged(desk.root, round_.tag) != round_.commit:
                git.untag(desk.root, [round_.tag])
                git.tag(desk.root, round_.tag, round_.commit, f"评议：{round_.title}\n")


def _merged(desk: Desk, commit: str, words: str) -> str:
    """Make the merge, and say how it stands."""
    if git.ask(desk.root, "merge", "--no-edit", "-m", words, commit) is not None:
        return "已经合并，两边的都留着"
    left = sorted(unmerged_stages(desk.workspace))
    if not left:
        hint = f"看清没有留存的改动（git status），再执行 git merge {commit}"
        raise EditorialError("撞的号已经分开，合并没有接上", hint=hint)
    named = " ".join(map(shlex.quote, left))
    return f"号已分开；还有{len(left)}个文件两边改了同一处，改好后 git add {named}，\
再 git commit --no-edit"
