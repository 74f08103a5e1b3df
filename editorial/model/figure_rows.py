"""并排的图: which pictures of a part stand side by side, and how large each then is."""

from __future__ import annotations

from collections.abc import Sequence

from editorial.model.document import Block, Comment, Entry, Figure, Note, Paragraph

MOST = 4  # in one row


def rows_of(blocks: Sequence[Block]) -> dict[int, tuple[int, ...]]:
    """Places of the figures of each row, by that of its first; one that stands alone is a row.
    What is not printed where it is typed parts no row."""
    rows: list[list[int]] = []
    for place, block in enumerate(blocks):
        if not isinstance(block, Figure):
            continue
        if block.beside and follows_row(blocks, place) and len(rows[-1]) < MOST:
            rows[-1].append(place)
        else:
            rows.append([place])
    return {row[0]: tuple(row) for row in rows}


def follows_row(blocks: Sequence[Block], place: int) -> bool:
    """Whether the figure at `place` may stand beside the one before it."""
    before = next((each for each in reversed(blocks[:place]) if _prints(each)), None)
    apart = blocks[place], before
    return all(isinstance(each, Figure) and not each.aside for each in apart)


def stands_aside(blocks: Sequence[Block], place: int) -> bool:
    """Whether the figure at `place` stands beside the text that follows it."""
    figure = blocks[place]
    if not isinstance(figure, Figure) or not figure.aside:
        return False
    match next((each for each in blocks[place + 1 :] if _prints(each)), None):
        case Entry() | Paragraph(form=""):
            return True
        case _:
            return False


def is_beside_portrait(blocks: Sequence[Block], place: int) -> bool:
    """Whether the text at `place` follows a figure that stands beside it."""
    before = (at for at in reversed(range(place)) if _prints(blocks[at]))
    return (at := next(before, None)) is not None and stands_aside(blocks, at)


def _prints(block: Block) -> bool:
    """Where it is typed."""
    return not isinstance(block, Comment | Note)


def sizes_in_row(
    shapes: Sequence[float], measure: float, gap: float, tallest: float, first: float = 0
) -> list[tuple[float, float]]:
    """Width and height of pictures side by side in `measure`, all of one height, `tallest` at
    most. `shapes`: widths by heights; `first`: the width wished for the first, 0 for none."""
    height = min(tallest, (measure - gap * (len(shapes) - 1)) / sum(shapes))
    if first:
        height = min(height, first / shapes[0])
    return [(shape * height, height) for shape in shapes]


def row_crosses(
    shapes: Sequence[float], measure: float, gap: float, least: float, first: float = 0
) -> bool:
    """Whether a row is to cross the columns: in one of them, `measure` wide, it would be lower
    than `least`, or than is wished for."""
    (_, height), *_ = sizes_in_row(shapes, measure, gap, 10 * measure)
    return height < (first / shapes[0] if first else least)
