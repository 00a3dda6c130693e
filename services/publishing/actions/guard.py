"""Holding back, signing, going on where it was held back, looking again at night."""

import hashlib
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from services.foundation import clock
from services.foundation.masking import redact
from services.publishing import policies
from services.publishing.actions.files import digest_of_more, look_into
from services.publishing.actions.telling import tell_second_people, tell_signed
from services.publishing.enums import FileState, Subject, Through
from services.publishing.errors import (
    CannotBeSigned,
    NothingToSign,
    PublicationHeld,
    ReasonTooShort,
    SignedAlready,
)
from services.publishing.models import FileScan, Hold, Signature
from services.publishing.models.moderation import authors_of
from services.publishing.queries.holds import subject_of
from services.publishing.queries.review import Review, is_refusing, review_page, standing, standing_hold
from services.publishing.rules.scanning import RULES_VERSION

LEAST_REASON = 8


def review(page: Page) -> Review:
    """``queries.review_page``, with documents that nobody looked into yet looked into first."""
    seen = review_page(page)
    if seen.unchecked:
        for pk in seen.unchecked:
            look_into(pk, now=clock.now())
        seen = review_page(page)
    return seen


def insist_cleared(page: Page, *, revision_id: int | None = None) -> None:
    """Raise ``PublicationHeld`` unless everything on the page may be public."""
    if not review(page).cleared:
        raise PublicationHeld(page, revision_id=revision_id)


@transaction.atomic
def hold_back(page: Page, seen: Review, *, through: str, by=None, revision_id: int | None = None) -> Hold:
    """Write down that this content may not become public, and tell those who may sign. Safe to run again.

    ``seen`` is what was found in ``page`` as it was about to become public. Who wrote it is settled here and now.
    """
    now = clock.now()
    holds = Hold.objects.filter(subject_type=Subject.PAGE, subject_id=page.pk)
    digest = seen.digest
    if holds.filter(digest=digest, signature__isnull=False).exists():
        # Signed once, but today's rules find more: a hold of its own asks again.
        found = repr((seen.found, seen.unread))
        digest = hashlib.sha256(f"{digest}:{found}".encode()).hexdigest()
    holds.exclude(digest=digest).filter(standing()).update(closed_at=now)
    words = {
        "title": redact(page.get_admin_display_title())[:255],
        "rules_version": RULES_VERSION,
        "found": seen.found,
        "unread": seen.unread,
        "left_out": seen.left_out,
        "revision_id": revision_id,
        "closed_at": None,
    }
    authors = authors_of(page, upto=revision_id) | _author_of(revision_id)
    hold, made = Hold.objects.select_for_update().get_or_create(
        subject_type=Subject.PAGE,
        subject_id=page.pk,
        digest=digest,
        defaults=words | {"through": through, "created_at": now, "asked_by": by, "authors": sorted(authors)},
    )
    if not made:
        for name, value in words.items():
            setattr(hold, name, value)
        hold.through, hold.asked_by = through, by or hold.asked_by
        hold.authors = sorted({*hold.authors, *authors})
        hold.save()
    if made:
        tell_second_people(hold, page, public=through == Through.RESCAN)
    return hold


def _author_of(revision_id: int | None) -> set[int]:
    return set(Revision.objects.filter(pk=revision_id, user__isnull=False).values_list("user_id", flat=True))


@transaction.atomic
def sign(hold: Hold, *, by, reason: str, now: datetime) -> Signature:
    """Answer for this content as a second person, with a reason that stays on record.

    Locks the hold, so that of two who sign at once one does. Documents of a page that are held back by themselves
    are signed with it. Raises ``PermissionDenied``, ``ReasonTooShort``, ``CannotBeSigned``, ``NothingToSign`` when
    it was changed since, ``SignedAlready``.
    """
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if Signature.objects.filter(hold=hold).exists():
        raise SignedAlready()
    subject = subject_of(hold)
    if hold.closed_at or subject is None:
        raise NothingToSign()
    if any(map(is_refusing, hold.unread)):
        raise CannotBeSigned()
    policies.may_sign(by, hold, subject).insist()
    words = redact(" ".join(reason.split()))[:300]
    if len(words) < LEAST_REASON:
        raise ReasonTooShort(least=LEAST_REASON)
    digest = hold.digest
    if hold.subject_type == Subject.DOCUMENT:
        digest = _clear_file(hold)
    else:
        digest = _sign_files_of(hold, subject, by=by, reason=words, now=now)
    signature = Signature.objects.create(hold=hold, digest=digest, signed_by=by, reason=words, signed_at=now)
    if hold.subject_type == Subject.PAGE:
        log(instance=subject, action="publishing.sign", user=by, data={"reason": words, "digest": hold.digest[:12]})
    tell_signed(hold, by=by)
    return signature


def _clear_file(hold: Hold) -> str:
    """The bytes that were held back may go out; any others not. Gives their digest. Raises ``NothingToSign``."""
    row = FileScan.objects.select_for_update().filter(document=hold.subject_id, state=FileState.HELD).first()
    if row is None or hold.digest not in (row.digest, digest_of_more(row)):
        raise NothingToSign()
    row.state = FileState.CLEAN
    row.save(update_fields=["state"])
    return row.digest


def _sign_files_of(hold: Hold, page: Page, *, by, reason: str, now: datetime) -> str:
    """The digest of what is signed. What was held back must still be the newest version."""
    content = _content(hold, page)
    seen = review_page(content)
    if seen.found != hold.found or seen.unread != hold.unread:
        raise NothingToSign()
    for pk in seen.held_files:
        file_hold = standing_hold(Subject.DOCUMENT, pk)
        if file_hold is not None:
            sign(file_hold, by=by, reason=reason, now=now)
    return review_page(content).digest


def _content(hold: Hold, page: Page) -> Page:
    """The version that is held back. Raises ``NothingToSign`` when there is a newer one."""
    if hold.revision_id is None:
        return page
    revision = page.revisions.filter(pk=hold.revision_id).first()
    if revision is None or (page.latest_revision_id != revision.pk and hold.through != Through.RESCAN):
        latest = page.get_latest_revision_as_object()
        if revision is None or review_page(latest).digest != review_page(revision.as_object()).digest:
            raise NothingToSign()
    return revision.as_object()


def go_on(hold: Hold, *, by) -> str:
    """After the signature: do what was held back. Gives ``approved``, ``published``, ``scheduled`` or ``nothing``.

    What can't go on (somebody took a right away, another step of moderation is open) stays as it is.
    """
    if hold.subject_type != Subject.PAGE or hold.through == Through.RESCAN:
        return "nothing"
    page = subject_of(hold)
    if page is None or hold.revision_id is None:
        return "nothing"
    try:
        with transaction.atomic():
            return _go_on(hold, page, by)
    except (PublicationHeld, PermissionDenied):
        return "nothing"


def _go_on(hold: Hold, page: Page, by) -> str:
    task = page.current_workflow_task
    if page.workflow_in_progress and task is not None:
        if "approve" not in [action[0] for action in task.get_actions(page, by)]:
            return "nothing"
        task.on_action(page.current_workflow_task_state, by, "approve", comment=hold.signature.reason)
        page.refresh_from_db()
        return "approved"
    asker = hold.asked_by if hold.asked_by and page.permissions_for_user(hold.asked_by).can_publish() else by
    revision = page.revisions.get(pk=hold.revision_id)
    revision.publish(user=asker)
    page.refresh_from_db()
    return "published" if page.live and page.live_revision_id == revision.pk else "scheduled"


def look_again(*, now: datetime) -> int:
    """Scan everything public by today's rules. What is found on a page is held and told at once; the page stays.

    Gives the number of pages that hold something nobody signed for.
    """
    alarms = 0
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator(chunk_size=200):
        seen = review(page)
        if not seen.cleared:
            alarms += 1
            hold_back(page, seen, through=Through.RESCAN, revision_id=page.live_revision_id)
    return alarms


@transaction.atomic
def overtake(page: Page, *, now: datetime) -> None:
    """The page was published or taken down: what was held back of it stands no longer."""
    Hold.objects.filter(standing(), subject_type=Subject.PAGE, subject_id=page.pk).update(closed_at=now)
