"""Files between a store and a folder: streamed, digested on the way, several at once as a bucket answers slowly."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import storages

from portal.backup.manifest import Refused, StoredFile

STORES = ("default", "private")
_AT_ONCE = 4
_PIECE = 1024 * 1024


def copy_out(store: str, name: str, folder: Path) -> StoredFile | None:
    """Copy one file below ``folder``; None where the store has none of that name."""
    target = place_of(store, name, folder)
    try:
        source = storages[store].open(name, "rb")
    except FileNotFoundError:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("xb") as copy:
        shutil.copyfileobj(source, copy, _PIECE)
    with target.open("rb") as written:
        size, digest = measured(written)
    return StoredFile(store, name, size, digest)


def copy_in(file: StoredFile, folder: Path) -> None:
    """Put one file where it was. Raises ``Refused`` where the store gave it another name."""
    with place_of(file.store, file.name, folder).open("rb") as source:
        kept = storages[file.store].save(file.name, File(source))
    if kept != file.name:
        storages[file.store].delete(kept)
        raise Refused(f"{file.name} couldn't be stored under its own name.")


def fault_in(file: StoredFile, folder: Path) -> str:
    """What is wrong with a file of a backup; '' when nothing is."""
    try:
        with place_of(file.store, file.name, folder).open("rb") as stream:
            return _fault(file, stream)
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"unreadable ({type(error).__name__})"


def fault_stored(file: StoredFile) -> str:
    """What is wrong with the one that the store has; "missing" where it has none."""
    try:
        with storages[file.store].open(file.name, "rb") as stream:
            return _fault(file, stream)
    except FileNotFoundError:
        return "missing"


def _fault(file: StoredFile, stream: BinaryIO) -> str:
    return "" if measured(stream) == (file.size, file.sha256) else "damaged"


def measured(stream: BinaryIO) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def place_of(store: str, name: str, folder: Path) -> Path:
    """Where a file lies in a backup. Raises ``Refused`` for a name that leads out of it."""
    top = (folder / "files" / store).resolve()
    path = (top / name).resolve()
    if store not in STORES or top not in path.parents:
        raise Refused(f"A file bears a name that can't be one of ours: {name!r}.")
    return path


def with_all(do: Callable, items: Iterable) -> Iterator:
    """The items beside what ``do`` gave for them, in order."""
    given = list(items)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            yield from zip(given, pool.map(do, given), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)
