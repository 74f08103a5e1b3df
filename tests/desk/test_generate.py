"""The made-up volume has the size asked for, reads without a fault, and never varies."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from editorial.desk.generate import generate
from editorial.model.counting import leftovers
from editorial.model.document import printed_text
from editorial.model.labels import Disposition, LetterState, ProofState, TaskState
from editorial.model.letters import letter_state
from editorial.model.proofs import proof_state
from editorial.model.reviews import disposition
from editorial.model.volume import Volume, stage_of, task_state
from editorial.model.workflow import rank
from editorial.read.markup import read_markup
from editorial.store.files import DiskFiles
from editorial.store.load import load_volume
from editorial.store.parsed import Parsed
from editorial.store.registers import load_letters, load_proofs, load_rounds

STYLES = Path(__file__).parents[2] / "styles"
FULL, TENTH = 1_100_000, 110_000


@pytest.fixture(scope="module")
def full() -> dict[str, bytes]:
    return dict(generate(FULL, 1))


@pytest.fixture(scope="module")
def tenth() -> dict[str, bytes]:
    return dict(generate(TENTH, 7))


@pytest.fixture(scope="module")
def disk(full: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> DiskFiles:
    root = tmp_path_factory.mktemp("full")
    for path, data in full.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    shutil.copytree(STYLES, root / "styles")
    return DiskFiles(root, Parsed())


@pytest.fixture(scope="module")
def volume(disk: DiskFiles) -> Volume:
    return load_volume(disk, "full-1").volume


def texts(files: dict[str, bytes]) -> list[str]:
    return [data.decode() for path, data in files.items() if path.endswith(".md")]


def printed(files: dict[str, bytes]) -> int:
    documents = (read_markup(text)[0] for text in texts(files))
    return sum(len("".join(printed_text(document).split())) for document in documents)


def test_a_full_volume_has_the_characters_asked_for(full: dict[str, bytes]) -> None:
    assert printed(full) == pytest.approx(FULL, rel=0.03)


def test_a_tenth_has_a_tenth_of_them(tenth: dict[str, bytes]) -> None:
    assert printed(tenth) == pytest.approx(TENTH, rel=0.03)


@pytest.mark.parametrize(
    ("least", "pattern"),
    [
        (3500, r"^【"),
        (150, r"^:::table\{"),
        (20, r"^\| \^ \|"),
        (100, r"^:::figure\{"),
        (50, r"^\[\^1\]: "),
        (250, r"^（.+）$"),
        (50, r"^%% "),
        (150, r"\]\(#biao-\d+-\d+\)"),
    ],
)
def test_a_full_volume_has_everything_in_number(
    full: dict[str, bytes], least: int, pattern: str
) -> None:
    assert len(re.findall(pattern, "\n".join(texts(full)), re.M)) >= least


def test_a_full_volume_shows_3500_han(full: dict[str, bytes]) -> None:
    assert len(set(re.findall("[\u3400-\u9fff]", "".join(texts(full))))) >= 3500


def test_its_pictures_are_all_different_and_small(full: dict[str, bytes]) -> None:
    pictures = [data for path, data in full.items() if path.endswith(".jpg")]
    assert (len(set(pictures)), max(map(len, pictures)) < 70_000) == (100, True)


def test_its_chapters_sections_and_units_are_many(volume: Volume) -> None:
    counts = (len(volume.chapters), len(list(volume.sections)), len(volume.units))
    assert counts >= (12, 250, 120)


def test_sections_stand_at_every_stage(volume: Volume) -> None:
    assert len({stage_of(section) for section in volume.sections}) == 9


def test_tasks_are_in_every_state(volume: Volume) -> None:
    found = {task_state(task) for section in volume.sections for task in section.tasks}
    assert found == set(TaskState)


def test_histories_run_forward_in_time(volume: Volume) -> None:
    histories = [section.history for section in volume.sections]
    histories += [task.history for section in volume.sections for task in section.tasks]
    assert all(early.at < late.at for steps in histories for early, late in pairwise(steps))


def test_opinions_are_disposed_in_every_way(disk: DiskFiles) -> None:
    rounds = load_rounds(disk, "full-1")
    assert {disposition(o) for round_ in rounds for o in round_.opinions} == set(Disposition)


def test_opinions_quote_words_of_their_section(disk: DiskFiles, full: dict[str, bytes]) -> None:
    opinions = [o for round_ in load_rounds(disk, "full-1") for o in round_.opinions]
    words = [(o.section, o.result or o.original) for o in opinions]
    assert all(
        quote in full[f"volumes/full-1/chapters/{section}.md"].decode() for section, quote in words
    )


def test_proofs_are_in_every_state(disk: DiskFiles) -> None:
    assert {proof_state(job) for job in load_proofs(disk, "full-1")} == set(ProofState)


def test_letters_are_in_every_state(disk: DiskFiles) -> None:
    states = Counter(letter_state(letter) for letter in load_letters(disk, "full-1"))
    assert set(states) == set(LetterState)


def test_nothing_is_left_over_after_merging(disk: DiskFiles, full: dict[str, bytes]) -> None:
    loaded = load_volume(disk, "full-1")
    merged = rank(loaded.workflow, "merge")
    late = [s.id for s in loaded.volume.sections if rank(loaded.workflow, stage_of(s)) >= merged]
    left = [leftovers(full[f"volumes/full-1/chapters/{id_}.md"].decode()) for id_ in late]
    assert not any(left)


def test_the_text_is_good_markup(tenth: dict[str, bytes]) -> None:
    assert [read_markup(text)[1] for text in texts(tenth)] == [()] * len(texts(tenth))


def test_references_and_pictures_have_their_targets(full: dict[str, bytes]) -> None:
    whole = "\n".join(texts(full))
    wanted = set(re.findall(r"\(#([\w-]+)\)", whole)) - set(re.findall(r"\{#([\w-]+)", whole))
    named = set(re.findall(r'src="figures/([^"]+)"', whole))
    held = {path.rsplit("/", 1)[1] for path in full if path.endswith(".jpg")}
    assert (wanted, named) == (set(), held)


@pytest.mark.parametrize("chars", [1000, 5000, 40_000])
def test_small_volumes_are_volumes_too(chars: int) -> None:
    assert printed(dict(generate(chars, 3))) == pytest.approx(chars, rel=0.05)


def digest(files: dict[str, bytes]) -> str:
    return hashlib.sha256(b"".join(p.encode() + data for p, data in files.items())).hexdigest()


def test_another_process_gives_the_same_bytes(tenth: dict[str, bytes]) -> None:
    script = (
        "import hashlib; from editorial.desk.generate import generate;"
        f"files = b''.join(p.encode() + d for p, d in generate({TENTH}, 7));"
        "print(hashlib.sha256(files).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True
    )
    assert answer.stdout.strip() == digest(tenth)


def test_another_seed_gives_another_volume() -> None:
    one, other = (dict(generate(3000, seed)) for seed in (1, 2))
    assert texts(one) != texts(other)
