"""terms.yaml of a volume → `Terms`."""

from __future__ import annotations

from editorial.model.terms import Terms, misread
from editorial.store.files import Files
from editorial.store.reader import Reader


def load_terms(files: Files, volume_id: str) -> Terms:
    """The volume's terms; none when it has no such file. BadData lists every bad reading."""
    path = f"volumes/{volume_id}/terms.yaml"
    if files.read(path) is None:
        return Terms()
    reader = Reader(files)
    terms = reader.record(Terms, path) or Terms()
    for word, message in misread(terms.readings):
        reader.blame(path, ("readings", word), message)
    reader.finish()
    return terms
