"""Pages laid out before, kept under .git/editorial/laid: a disposable cache.

Every file carries a checksum; one that is damaged, foreign or cannot be read counts as not
there, and one that cannot be written is done without.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from editorial.store.files import put
from editorial.store.in_use import come_into_place

CHECKSUM = 16
# Enough for a few styles of a few large books.
MOST_BYTES = 400 << 20


class Shelf:
    """Finished bytes by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The bytes put under `key`, unless they are gone or damaged."""
        try:
            kept = (self.folder / key).read_bytes()
        except OSError:
            return None
        data = kept[CHECKSUM:]
        return data if kept[:CHECKSUM] == _checksum(key, data) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep `data`; older files give way when there are too many."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = self.folder / f"{key}.part"
            beside.write_bytes(_checksum(key, data) + data)
            come_into_place(beside, self.folder / key)

    def tidy(self) -> None:
        """Drop the files used longest ago beyond what may be kept."""
        with suppress(OSError):
            files = sorted(
                ((entry.stat(), entry) for entry in self.folder.iterdir()),
                key=lambda file: -file[0].st_mtime_ns,
            )
            room = MOST_BYTES
            for stat, path in files:
                room -= stat.st_size
                if room < 0:
                    path.unlink()


def kept_file(path: Path, make: Callable[[], bytes]) -> Path:
    """A file of a cache, made where it is not there yet; where it cannot be kept, elsewhere for
    this once."""
    if not path.is_file():
        data = make()
        try:
            put(path, data)
        except OSError:
            path = Path(tempfile.mkdtemp(prefix="editorial-")) / path.name
            put(path, data)
    return path


def _checksum(key: str, data: bytes) -> bytes:
    """Of the key as well: what was put under another is none of this one's."""
    made = blake2b(key.encode(), digest_size=CHECKSUM)
    made.update(data)
    return made.digest()
