"""Chinese characters stay whole where something lies in front of other things.

Textual cuts every line at the edges of all that stands on it, also of what is hidden: a
character of two cells that lies across such an edge would become two blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class Whole(Compositor):
    """Cuts at the edges one can see, and nowhere else."""

    @property
    def cuts(self) -> list[list[int]]:
        if self._cuts is None:
            lines = ([shown for _, shown, _ in line] for line in self.layers_visible)
            self._cuts = [_edges(line, self.size.width) for line in lines]
        return self._cuts

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Front to back: what comes first has the place. A piece that begins at a hidden edge
        has no place of its own."""
        chops: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in self.cuts]
        for region, clip, strips in self._get_renders(crop):
            shown = region.intersection(clip)
            first, last = shown.column_span
            for y, strip in zip(shown.line_range, strips, strict=False):
                if is_rendered_line(y):
                    starts = [first, *(cut for cut in self.cuts[y] if first < cut < last)]
                    pieces = strip.divide([cut - first for cut in (*starts[1:], last)])
                    for start, piece in zip(starts, pieces, strict=False):
                        if start in chops[y] and chops[y][start] is None:
                            chops[y][start] = piece
        return cast("Sequence[Mapping[int, Strip]]", chops)


def _edges(front_to_back: Sequence[Region], width: int) -> list[int]:
    """Where something begins or ends in one line, and nothing is in front of that."""
    edges = {0, width}
    spans: list[tuple[int, int]] = []
    for shown in front_to_back:
        if shown.width:
            span = (shown.x, shown.right)
            edges.update(x for x in span if not any(a < x < b for a, b in spans))
            spans.append(span)
    return sorted(edges)
