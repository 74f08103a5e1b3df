"""Make editorial/render/han/words_common.txt, the words that titles are not broken inside.

    python docs/make_words.py DICT.txt

needs the dictionary of jieba (jieba/dict.txt, MIT): word, how often it was met, part of speech.
Kept are those met often, longer ones sooner; not names of persons, nor numerals, which titles
take up anew each time. A line holds the words of one first character, without it.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

HAN = Path(__file__).parents[1] / "editorial" / "render" / "han"
LEAST = {2: 100, 3: 50, 4: 50, 5: 20, 6: 20}
NUMERAL = re.compile("[第〇零一二三四五六七八九十百千万亿两几半]")
WORD = re.compile("[\u4e00-\u9fff]{2,6}")


def kept(word: str, count: int, part: str) -> bool:
    if not WORD.fullmatch(word) or count < LEAST[len(word)] or part == "nr":
        return False
    return part not in ("m", "t") or not NUMERAL.search(word)


def main(path: Path) -> None:
    tails: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        word, count, part = line.split()
        if kept(word, int(count), part):
            tails[word[0]].append(word[1:])
    lines = (" ".join([first, *sorted(each)]) for first, each in sorted(tails.items()))
    (HAN / "words_common.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
