"""What a backup says of itself: enough to judge, before anything is touched, whether it can be restored here."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

FORMAT = 1
NAME = "manifest.json"


class Refused(Exception):
    """A backup can't be made or restored as things are; the words say why and what was, or wasn't, changed."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    store: str  # "private" or "default"
    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    version: str
    made_at: str
    engine: str
    database_bytes: int  # as it lay on the server, indexes included
    dump: StoredFile
    migrations: list[tuple[str, str]]
    rows: dict[str, int]  # by table
    keys: dict[str, str]  # by the id of each key that sealed something: its fingerprint
    index_key: str
    files: list[StoredFile] = field(default_factory=list)
    # Files that a row of the dump names and that weren't there to be copied.
    deleted_since: list[tuple[str, str]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)

    @property
    def file_bytes(self) -> int:
        return sum(file.size for file in self.files)

    def write(self, folder: Path) -> None:
        said = {"format": FORMAT, **asdict(self)}
        path = folder / NAME
        path.write_text(json.dumps({"sha256": _digest(said), **said}, ensure_ascii=False, indent=1))
        path.chmod(0o600)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises ``Refused`` where there is none, it is damaged, or a newer version wrote it in another form."""
        try:
            said = json.loads((folder / NAME).read_text())
        except FileNotFoundError:
            raise Refused(f"{folder} is no whole backup: it has no {NAME}.") from None
        except (OSError, ValueError) as error:
            raise Refused(f"{folder / NAME} can't be read: {type(error).__name__}.") from None
        if not isinstance(said, dict) or said.pop("sha256", None) != _digest(said):
            raise Refused(f"{folder / NAME} is damaged: its words don't match their checksum.")
        if said.pop("format") != FORMAT:
            raise Refused("This backup was written in another form, by a newer version: install that one.")
        said["dump"], said["files"] = StoredFile(**said["dump"]), [StoredFile(**file) for file in said["files"]]
        for name in ("migrations", "deleted_since", "missing"):
            said[name] = [tuple(pair) for pair in said[name]]
        return cls(**said)


def _digest(said: dict) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
