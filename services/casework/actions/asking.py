"""One complete request for what is missing (D16), and the check that all of it came."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from services.casework import errors, policies
from services.casework.actions.locking import lock_case
from services.casework.actions.telling import record
from services.casework.enums import Handling, ScanState, Stage
from services.casework.models import Case, Document, RequestedItem
from services.casework.registry import Missing


@dataclass(frozen=True, slots=True)
class AskedItem:
    """``item`` is a code of the service's, ``words`` say what is missing in words she reads (300 characters at most).

    ``again_because`` says why she should send something that was there already; she reads it too.
    """

    item: str
    words: str
    again_because: str = ""


def ask(case: Case, items: list[AskedItem]) -> dict:
    """Write the lines of one round; for ``carry_out``. Returns how many there are."""
    if not items or any(not asked.words.strip() for asked in items):
        raise errors.NothingAsked()
    twice = [item for item, count in Counter(asked.item for asked in items).items() if count > 1]
    if twice:
        raise errors.AskedTwice(items=", ".join(_words_of(items, set(twice))))
    there = _supplied(case)
    again = {asked.item for asked in items if asked.item in there and not asked.again_because.strip()}
    if again:
        raise errors.SuppliedAlready(items=", ".join(_words_of(items, again)))
    RequestedItem.objects.bulk_create(
        RequestedItem(
            case=case,
            round=case.rounds + 1,
            item=asked.item,
            words=asked.words.strip(),
            again_because=asked.again_because.strip(),
        )
        for asked in items
    )
    return {"count": len(items)}


def _words_of(items: list[AskedItem], codes: set[str]) -> list[str]:
    return list({asked.item: asked.words for asked in items if asked.item in codes}.values())


def _supplied(case: Case) -> set[str]:
    """Codes of what she has handed in: files that stand, and items marked in an earlier round."""
    files = case.documents.filter(removed_at__isnull=True).exclude(scan=ScanState.INFECTED)
    marked = case.requested.filter(supplied_at__isnull=False)
    return set(files.values_list("kind", flat=True)) | set(marked.values_list("item", flat=True))


def still_asked(case: Case) -> list[RequestedItem]:
    """The lines of the present round that neither have a file nor were marked, in their order. One query."""
    files = Document.objects.filter(request=OuterRef("pk"), removed_at__isnull=True).exclude(scan=ScanState.INFECTED)
    return list(case.requested.filter(~Exists(files), round=case.rounds, supplied_at__isnull=True))


def supply_all(case: Case, *, now: datetime) -> dict:
    """Note that the round is complete; for ``carry_out``. Raises ``NotComplete`` with every line still open."""
    if left := still_asked(case):
        raise errors.NotComplete([Missing(line.item, line.words, line.again_because) for line in left])
    case.requested.filter(round=case.rounds, supplied_at__isnull=True).update(supplied_at=now)
    return {}


@transaction.atomic
def mark_supplied(line: RequestedItem, *, by, now: datetime) -> RequestedItem:
    """A line that needs no file: answered in her form, or brought to the desk on paper. Repeating it changes nothing.

    For herself, her representative, or whoever handles the case, while it stands with her. Raises
    ``PermissionDenied``, ``NotPossibleNow``.
    """
    case = lock_case(line.case)
    line.refresh_from_db()
    if line.supplied_at is not None:
        return line
    if case.stage != Stage.RETURNED or line.round != case.rounds:
        raise errors.NotPossibleNow(verb=Handling.SUPPLIED.label, stage=case.get_stage_display())
    if not policies.may_move(by, case, "resubmit"):
        policies.may_handle(by, case).insist()
    line.supplied_at = now
    line.save(update_fields=["supplied_at"])
    record(case, Handling.SUPPLIED, by=by, now=now, position=case.position, details={"item": line.item})
    return line
