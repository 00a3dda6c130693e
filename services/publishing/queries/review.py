"""May this become public? One look at a page with everything that hangs on it, compared with what was signed."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from services.foundation import clock
from services.publishing.enums import FileState, Subject
from services.publishing.models import FileScan, Hold, Signature
from services.publishing.queries.contents import Contents, contents_of, pieces
from services.publishing.rules.scanning import REFUSED, Found, Place, Rows, Scan, Unread


@dataclass(frozen=True, slots=True)
class Review:
    """``found`` and ``unread`` as JSON, ``digest`` of the content they were found in; ``cleared``: it may be public.

    ``held_files`` are documents on the page that aren't cleared themselves, ``unchecked`` those not looked at yet.
    """

    digest: str
    found: list[dict]
    unread: list[dict]
    left_out: int
    cleared: bool
    held_files: tuple[int, ...] = ()
    unchecked: tuple[int, ...] = ()

    @property
    def refused(self) -> bool:
        return any(is_refusing(unread) for unread in self.unread)


def is_refusing(unread: dict) -> bool:
    return unread["code"] in REFUSED


def review_page(page: Page) -> Review:
    """Scan a page as it stands in memory, whatever the database says. Three or four queries."""
    contents = contents_of(page)
    scan = Scan(today=clock.today())
    _scan_contents(page, contents, scan)
    scans = _scans(contents)
    held, unchecked, found, unread, left_out = [], [], _json(scan.found), _json(scan.unread), scan.left_out
    for pk, (path, document) in contents.documents.items():
        row = scans.get(pk)
        if row is None or row.file_name != document.file.name or row.state == FileState.WAITING:
            unchecked.append(pk)
            place = Place("file", {}, (document.filename,))
            unread.append(Unread("waiting", place).as_json() | {"at": _at(page, path)})
        elif row.state in (FileState.HELD, FileState.REFUSED):
            held.append(pk)
            at = _at(page, path)
            found += [_within(part, document.filename, at) for part in row.found]
            unread += [_within(part, document.filename, at) for part in row.unread]
            left_out += row.left_out
    digest = digest_of(contents, {pk: row.digest for pk, row in scans.items()})
    dirty = bool(found or unread)
    signed = dirty and not unchecked and is_signed(Subject.PAGE, _keys(page), digest, found, unread)
    return Review(digest, found, unread, left_out, not dirty or signed, tuple(held), tuple(unchecked))


def _json(parts) -> list[dict]:
    return [part.as_json() for part in parts]


def _keys(page: Page) -> list[int]:
    """An alias shows what its original shows: what was signed there is signed here."""
    return [key for key in (page.pk, page.alias_of_id) if key]


def _within(part: dict, name: str, at: dict) -> dict:
    """A place in a document as a place of the page that offers it, ``at`` one of its fields."""
    place = Place.from_json(part["place"])
    return part | {"place": Place(place.code, place.figures, (name, *place.inside)).as_json(), "at": at}


def _at(page: Page, path: tuple) -> dict:
    return {"model": page._meta.label_lower, "path": [list(step) if isinstance(step, tuple) else step for step in path]}


def _scan_contents(page: Page, contents: Contents, scan: Scan) -> None:
    for path, text in pieces(contents):
        scan.text(lambda path=path: Place("field", _at(page, path)), text)
    for path, rows in contents.tables:
        table = Rows(scan, lambda row, column, path=path: Place("field", _at(page, path) | {"row": row}))
        for number, cells in enumerate(rows, 1):
            table.add(number, {column: cell for column, cell in enumerate(cells) if cell})
        table.end()


def _scans(contents: Contents) -> dict[int, FileScan]:
    if not contents.documents:
        return {}
    return {row.document_id: row for row in FileScan.objects.filter(document__in=list(contents.documents))}


def digest_of(contents: Contents, files: dict[int, str]) -> str:
    """SHA-256 over every word, picture and file that readers would get."""
    plain = [contents.as_plain(), sorted(files.items())]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def is_signed(subject: str, keys: list[int], digest: str, found: list[dict], unread: list[dict]) -> bool:
    """Has a second person answered for this very content, and seen everything that is found in it today?"""
    signatures = Signature.objects.filter(
        hold__subject_type=subject, hold__subject_id__in=keys, digest=digest
    ).select_related("hold")
    wanted = {_key(part) for part in (*found, *unread)}
    return any(wanted <= {_key(part) for part in (*s.hold.found, *s.hold.unread)} for s in signatures)


def _key(part: dict) -> str:
    return json.dumps(part, sort_keys=True, ensure_ascii=False)


def parts_of(hold) -> tuple[list[Found], list[Unread]]:
    """The places of a hold as objects that words hang on."""
    return [Found.from_json(part) for part in hold.found], [Unread.from_json(part) for part in hold.unread]


def standing() -> Q:
    """Neither signed nor overtaken by a change."""
    return Q(closed_at__isnull=True, signature__isnull=True)


def standing_hold(subject: str, pk: int) -> Hold | None:
    """What holds a page or a document back at present."""
    return Hold.objects.filter(standing(), subject_type=subject, subject_id=pk).first()
