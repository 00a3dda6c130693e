"""Papers of a record: added, taken back. A file is on disk before its row says so."""

from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from services.casework.actions.look_into import insist_size, look_into
from services.casework.actions.scanning import scan_after_commit, state_of_new
from services.casework.errors import TooManyUploads
from services.casework.models import private_storage
from services.casework.rules.files import shown_name
from services.coverage import errors, policies
from services.coverage.actions.holding import hold_committee
from services.coverage.enums import WITH_THE_UNIT, PaperKind, TermState
from services.coverage.models import Paper, SelfAssessment, Term
from services.coverage.queries.papers import papers_in
from services.foundation.pace import minutes_to_wait
from services.foundation.stored import put
from services.foundation.strays import delete_strays
from services.organizations.models import Organization


def add_paper(
    organization: Organization,
    *,
    kind: str,
    upload: BinaryIO,
    name: str,
    by,
    now: datetime,
    term: Term | None = None,
) -> Paper:
    """A photo is drawn anew, so that it loses what the camera wrote into it; a PDF is kept as it came. The same file
    again answers with the earlier one.

    Raises ``PermissionDenied``, ``UnionClosed``, ``TooManyUploads``, ``PaperRefused`` (too many), ``NotKept``
    or a ``DocumentRefused``. Lock: the committee.
    """
    policies.may_file(by, organization).insist()
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("coverage-paper", by, limit=limit, now=now):
        raise TooManyUploads(limit=limit, minutes=minutes)
    insist_size(upload.seek(0, 2))
    checked = look_into(upload)
    with transaction.atomic():
        committee = hold_committee(organization, begun_as="")
        there = papers_in(organization)
        if earlier := there.filter(kind=kind, digest=checked.digest).first():
            return earlier
        if there.count() >= settings.CASE_MAX_DOCUMENTS:
            raise errors.PaperRefused(limit=settings.CASE_MAX_DOCUMENTS)
        paper = Paper(
            organization=organization,
            term=term,
            kind=kind,
            name=shown_name(name) or "-",
            extension=checked.extension,
            content_type=checked.content_type,
            size=checked.size,
            digest=checked.digest,
            scan=state_of_new(),
            added_by=by,
            added_at=now,
        )
        put(paper.file, "paper", checked.stream)
        paper.save()
        log(committee, "coverage.add_paper", user=by, data={"kind": kind}, timestamp=now)
        scan_after_commit(paper)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by, now: datetime) -> None:
    """Its line stays, its file is deleted; again: no change. Locks the committee, then assessments that it proves.

    Raises ``PermissionDenied``, ``UnionClosed``, ``PaperInUse`` for what proves an item that was handed up, and for
    the paper of an election or approval that counts unless an officer above takes it back: she corrects the record.
    """
    policies.may_file(by, paper.organization).insist()
    committee = hold_committee(paper.organization, begun_as="")
    found = papers_in(paper.organization).filter(pk=paper.pk).first()
    if found is None:
        return
    if _proves_what_was_handed_up(found):
        raise errors.PaperInUse()
    if _carries_a_term(found) and not policies.may_correct(by, found.organization):
        raise errors.PaperOfTerm()
    path = found.file.name
    found.file, found.removed_at, found.purged_at = "", now, now
    found.save(update_fields=["file", "removed_at", "purged_at"])
    transaction.on_commit(lambda: private_storage().delete(path), robust=True)
    log(committee, "coverage.remove_paper", user=by, data={"kind": found.kind}, timestamp=now)


def _proves_what_was_handed_up(paper: Paper) -> bool:
    held = SelfAssessment.objects.unscoped().select_for_update(of=("self",)).filter(answers__papers=paper)
    return any(one.state not in WITH_THE_UNIT for one in held.order_by("pk"))


def _carries_a_term(paper: Paper) -> bool:
    counts = paper.term is not None and paper.term.state in (TermState.IN_OFFICE, TermState.ENDED)
    return counts and paper.kind in (PaperKind.APPROVAL, PaperKind.ELECTION)


def note_harmful(paper: Paper, now: datetime) -> None:
    """It is on record no longer, and the story says so. Runs in the transaction that noted the scanner's verdict."""
    paper.removed_at = now
    paper.save(update_fields=["removed_at"])
    log(paper.organization, "coverage.harmful_paper", user=None, data={"kind": paper.kind}, timestamp=now)


def purge_strays(*, now: datetime) -> int:
    """Files that no row names, left by a process that was killed. Returns how many were deleted."""

    def of_rows(folder: str) -> set[str]:
        return set(Paper.objects.unscoped().filter(file__startswith=f"{folder}/").values_list("file", flat=True))

    return delete_strays(private_storage(), "coverage", of_rows, now=now)
