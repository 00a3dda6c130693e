"""A backup: one snapshot of the database, every file that it names, and a manifest to prove both by. Never a key."""

from portal.backup.making import back_up, delete_old
from portal.backup.manifest import Manifest, Refused
from portal.backup.restoring import examine, restore

__all__ = ["Manifest", "Refused", "back_up", "delete_old", "examine", "restore"]
