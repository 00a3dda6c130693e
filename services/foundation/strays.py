"""Stored files that no row names: what a process left that was killed between storing a file and writing its row."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage

# A file younger than this may belong to a row that is just being written.
_SETTLED = timedelta(days=1)


def delete_strays(storage: Storage, root: str, known: Callable[[str], set[str]], *, now: datetime) -> int:
    """Delete files in the folders directly below ``root`` that are older than a day and not among ``known(folder)``,
    the names that rows have of that folder. Returns how many."""
    deleted = 0
    for folder, names in _folders(storage, root):
        of_rows = known(folder) if names else set()
        for path in names:  # a bucket is asked for the age of a file by a request of its own: only of those in doubt
            if path not in of_rows and storage.get_modified_time(path) < now - _SETTLED:
                storage.delete(path)
                deleted += 1
    return deleted


def _folders(storage: Storage, root: str) -> Iterator[tuple[str, list[str]]]:
    try:
        folders, _files = storage.listdir(root)
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        yield f"{root}/{folder}", [f"{root}/{folder}/{name}" for name in storage.listdir(f"{root}/{folder}")[1]]
