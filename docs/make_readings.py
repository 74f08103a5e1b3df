"""Make editorial/render/han/{readings,words_read,words_plain,strokes}.txt and model/initials.txt.

    python docs/make_readings.py STROKE.pm

needs pypinyin (its two dictionaries, MIT) and Unicode::Collate's CJK/Stroke.pm, which comes
with Perl and holds CLDR's stroke order (Unicode-3.0). A word is kept only if the shorter words
and single characters kept before it would not read it right (words_read), or if it guards the
first character of such a word (words_plain: 举行 in 举行长跑). words.txt is made by hand.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

HAN = Path(__file__).parents[1] / "editorial" / "render" / "han"
INITIALS = HAN.parents[1] / "model" / "initials.txt"
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
LONGEST = 4


def numbered(sound: str) -> str:
    """pān → pan1, lǜ → lv4; no mark → 5."""
    signs = unicodedata.normalize("NFD", sound)
    tone = "".join(TONES.get(sign, "") for sign in signs) or "5"
    letters = "".join(s for s in signs if s not in TONES and s != "\u0302")
    return letters.replace("u\u0308", "v") + tone


def hand() -> dict[str, list[str]]:
    lines = (HAN / "words.txt").read_text("utf-8").splitlines()
    return {w: r for w, *r in (x.split() for x in lines if x and x[0] != "#")}


def readings(own: dict[str, list[str]]) -> dict[str, list[str]]:
    """Character → its readings, the usual one first."""
    found = {}
    for code, sounds in PINYIN_DICT.items():
        char = chr(code)
        if unicodedata.normalize("NFKC", char) == char and not 0xE000 <= code < 0xF900:
            every = [*own.get(char, ()), *map(numbered, sounds.split(","))]
            found[char] = list(dict.fromkeys(every))
    return found


def cut(word: str, known: dict[str, list[str]], usual: dict[str, str]) -> list[tuple[str, list]]:
    at, pieces = 0, []
    while at < len(word):
        stop = next((s for s in range(len(word), at, -1) if word[at:s] in known), at + 1)
        piece = word[at:stop]
        pieces.append((piece, known.get(piece) or [usual[char] for char in piece]))
        at = stop
    return pieces


def phrases(usual: dict[str, str]) -> dict[str, list[str]]:
    """Words of simplified characters; 一 and 不 without sandhi, a light tone as the full one."""
    found = {}
    for word, sounds in PHRASES_DICT.items():
        fits = len(word) == len(sounds) <= LONGEST and all(char in usual for char in word)
        if fits and word.encode("gb2312", "ignore").decode("gb2312") == word:
            read = [numbered(sound[0]) for sound in sounds]
            found[word] = [_settled(c, s, usual[c]) for c, s in zip(word, read, strict=True)]
    return found


def _settled(char: str, sound: str, usual: str) -> str:
    light = sound[-1] == "5" and sound[:-1] == usual[:-1]
    return usual if char in "一不" or light else sound


def chosen(own: dict[str, list[str]], usual: dict[str, str]) -> tuple[dict, list[str]]:
    every = sorted(phrases(usual).items(), key=lambda item: (len(item[0]), item[0]))
    known = dict(own)
    kept = {}
    for word, read in every:
        if word not in own and [s for _, got in cut(word, known, usual) for s in got] != read:
            known[word] = kept[word] = read
    starts = {word[0] for word in known if 1 < len(word) < 4}
    plain = []
    for word, _ in every:
        if word not in known and word[-1] in starts and len(cut(word, known, usual)[-1][0]) == 1:
            known[word] = []
            plain.append(word)
    return kept, plain


def strokes(path: Path, wanted: set[str]) -> dict[int, list[str]]:
    """Stroke count → characters in CLDR's order; FDD0-28nn heads each count."""
    counts: dict[int, list[str]] = defaultdict(list)
    count = 0
    for item in path.read_text().split("__DATA__")[1].split("__END__")[0].split():
        if item.startswith("FDD0-"):
            count = int(item[5:], 16) - 0x2800
        elif chr(int(item, 16)) in wanted:
            counts[count].append(chr(int(item, 16)))
    return counts


def main(stroke_file: Path) -> None:
    own = hand()
    found = readings(own)
    usual = {char: sounds[0] for char, sounds in found.items()}
    kept, plain = chosen(own, usual)
    sounds: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for char in sorted(found):
        for number, sound in enumerate(found[char]):
            sounds[sound][number > 0].append(char)
    lines = [f"{s} {''.join(a)} {''.join(b)}" for s, (a, b) in sorted(sounds.items())]
    _write("readings.txt", lines)
    _write("words_read.txt", [f"{word} {' '.join(read)}" for word, read in kept.items()])
    _write("words_plain.txt", plain)
    counts = strokes(stroke_file, set(found))
    _write("strokes.txt", [f"{n} {''.join(chars)}" for n, chars in sorted(counts.items())])
    INITIALS.write_text("".join(initials(sounds)), "utf-8")


def initials(sounds: dict[str, tuple[list[str], list[str]]]) -> list[str]:
    """First letter of a sound → characters of the BMP; rare readings of GB 2312's only."""
    found: dict[str, set[str]] = defaultdict(set)
    for sound, (usual, rare) in sounds.items():
        common = (char for char in rare if char.encode("gb2312", "ignore"))
        found[sound[0]].update(char for char in (*usual, *common) if char < "\U00010000")
    return [f"{letter} {''.join(sorted(chars))}\n" for letter, chars in sorted(found.items())]


def _write(name: str, lines: list[str]) -> None:
    (HAN / name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
