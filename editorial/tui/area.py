"""A text to write in, broken the Chinese way: Textual breaks at blanks only, which leaves the
line of a heading empty behind its wide blank and parts figures."""

from __future__ import annotations

from textual.document._document import Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.widgets import TextArea

from editorial.tui.cells import breaks


class _Wrapped(WrappedDocument):
    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """A line with tabs stays as Textual breaks it, which knows how wide they are."""
        super().wrap(width, tab_width)
        lines = zip(self.document.lines, self._wrap_offsets, strict=True)
        self._wrap_offsets = [
            breaks(line, width) if width and "\t" not in line else theirs for line, theirs in lines
        ]
        self._offset_to_line_info, self._line_index_to_offsets = [], []
        for at, offsets in enumerate(self._wrap_offsets):
            first, count = len(self._offset_to_line_info), len(offsets) + 1
            self._line_index_to_offsets.append(list(range(first, first + count)))
            self._offset_to_line_info += [(at, number) for number in range(count)]

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        self.wrap(self._width)


class Area(TextArea):
    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = _Wrapped(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()
