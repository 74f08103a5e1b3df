"""Records parsed before, kept by the blob id of their bytes, so that none is parsed twice.

A copy lies under .git/editorial/parsed, one file a volume. It may be deleted at any time; one
whose checksum is not that of its contents is thrown away, for what it holds is believed. Blob
ids make it impossible to serve old contents.
The dashboard reads from several threads: whoever gets, puts or writes holds the lock.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Any

from editorial.store.in_use import come_into_place

# Whoever reads records otherwise, of old or new, has another yamlio.
READER = Path(__file__).with_name("yamlio.py").stat()
FORMAT = [1, READER.st_size, READER.st_mtime_ns]
MOST = 20_000


class Parsed:
    """Plain data by blob id (kept on disk), values by type and blob id (in memory only)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.values: dict[tuple[Any, str], Any] = {}
        self._data: dict[str, dict[str, Any]] = {}
        self._used: dict[str, set[str]] = {}
        self._new: set[str] = set()
        self._lock = RLock()

    def get(self, shelf: str, blob: str) -> Any | None:
        with self._lock:
            found = self._shelf(shelf).get(blob)
            if found is not None:
                self._used[shelf].add(blob)
            return found

    def put(self, shelf: str, blob: str, data: Any) -> None:
        with self._lock:
            self._shelf(shelf)[blob] = data
            self._used[shelf].add(blob)
            self._new.add(shelf)

    def _shelf(self, shelf: str) -> dict[str, Any]:
        if shelf not in self._data:
            self._used[shelf] = set()
            self._data[shelf] = self._load(shelf)
        return self._data[shelf]

    def _load(self, shelf: str) -> dict[str, Any]:
        if self.folder is None:
            return {}
        try:
            told, _, text = (self.folder / f"{shelf}.json").read_bytes().partition(b"\n")
            stored = json.loads(text) if told == _checksum(text) else {}
            fits, data = stored["format"] == FORMAT, stored["records"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return {}
        return data if fits and isinstance(data, dict) else {}

    def flush(self) -> None:
        """Write shelves that gained records; failing to is no fault."""
        with self._lock:
            for shelf in self._new:
                data = self._data[shelf]
                if len(data) > MOST:
                    data = {blob: data[blob] for blob in self._used[shelf]}
                with suppress(OSError):
                    self._write(shelf, data)
            self._new.clear()

    def _write(self, shelf: str, data: dict[str, Any]) -> None:
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = self.folder / f".{os.urandom(4).hex()}.tmp"  # others may be writing it too
        text = json.dumps({"format": FORMAT, "records": data}, ensure_ascii=False).encode()
        try:
            beside.write_bytes(_checksum(text) + b"\n" + text)
            come_into_place(beside, self.folder / f"{shelf}.json")
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def _checksum(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).hexdigest().encode()


def shelf_of(path: str) -> str:
    """volumes/gba-2019/… → gba-2019; styles/… → styles."""
    parts = path.split("/")
    return parts[1] if parts[0] == "volumes" and len(parts) > 2 else parts[0]
