"""Announcing a page, sending what is due, choosing topics, leaving."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from services.messaging.actions import Letter, notify_many
from services.organizations.models import Organization
from services.outreach import errors, policies, queries
from services.outreach.enums import UNDER_WAY, State
from services.outreach.models import Announcement, Interest
from services.outreach.notifications import PUBLISHED, once_of_page
from services.outreach.registry import sender, shelf
from services.privacy.actions import withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import consents_of

# Women written to in one transaction.
BATCH = 500


def announce(page: int, *, organization: Organization, topic: str, by, now: datetime) -> Announcement:
    """Tell the women there of a page: at once, or when it is published. The sending itself is a task.

    Raises ``PermissionDenied``, ``NothingToAnnounce``, ``NobodyToTell``, ``AnnouncedAlready``.
    """
    policies.may_announce_to(by, organization).insist()
    publication = shelf.library.publication(page)
    if publication is None or (topic and topic not in shelf.library.topics()):
        raise errors.NothingToAnnounce()
    if not queries.audience(organization, topic, page=page, now=now).exists():
        raise errors.NobodyToTell()
    state = State.SENDING if publication.live else State.WAITING
    try:
        with transaction.atomic():
            made = Announcement.objects.create(
                page=page,
                title=publication.title,
                organization=organization,
                topic=topic,
                state=state,
                made_by=by,
                made_at=now,
            )
    except IntegrityError as clash:
        raise errors.AnnouncedAlready() from clash
    log(instance=made, action="outreach.announce", user=by, data={"page": page, "topic": topic})
    if state == State.SENDING:
        _wake(made.pk)
    return made


def call_off(announcement: Announcement, *, by, now: datetime) -> bool:
    """Stop what isn't sent yet; whoever was told stays told. Returns whether there was anything to stop."""
    policies.may_announce_to(by, announcement.organization).insist()
    with transaction.atomic():
        held = Announcement.objects.unscoped().select_for_update().get(pk=announcement.pk)
        if held.state not in UNDER_WAY:
            return False
        _end(held, State.STOPPED, now=now)
        log(instance=held, action="outreach.call_off", user=by)
    return True


def page_published(page: int) -> None:
    """What waited for this page goes out after the commit."""
    waiting = Announcement.objects.unscoped().filter(page=page, state=State.WAITING)
    for key in waiting.values_list("pk", flat=True):
        Announcement.objects.unscoped().filter(pk=key, state=State.WAITING).update(state=State.SENDING)
        _wake(key)


def send(key: int, *, now: datetime) -> int:
    """Write to everybody an announcement reaches, in batches; returns to how many. Safe to run twice at once.

    Each batch is a transaction that locks the announcement: a sender that dies leaves whole batches, and the next one
    goes on from there. A page that went away stops it.
    """
    told = 0
    while (batch := _send_batch(key, now=now)) is not None:
        told += batch
    return told


@transaction.atomic
def _send_batch(key: int, *, now: datetime) -> int | None:
    held = Announcement.objects.unscoped().select_for_update(of=("self",)).select_related("organization").get(pk=key)
    if held.state != State.SENDING:
        return None
    publication = shelf.library.publication(held.page)
    if publication is None or not publication.live:
        _end(held, State.STOPPED, now=now)
        return None
    rest = queries.audience(held.organization, held.topic, page=held.page, now=now).filter(pk__gt=held.last_woman)
    women = list(rest.select_related("user")[:BATCH])
    if not women:
        _end(held, State.SENT, now=now)
        return None
    said = {"title": publication.title, "union": held.organization.name}
    once = once_of_page(held.page)
    notify_many(PUBLISHED, [Letter(woman.user, said, once, link=publication.link) for woman in women])
    held.last_woman = women[-1].pk
    held.reached += len(women)
    held.save(update_fields=["last_woman", "reached"])
    return len(women)


def _end(held: Announcement, state: State, *, now: datetime) -> None:
    held.state, held.done_at = state, now
    held.save(update_fields=["state", "done_at"])


def _wake(key: int) -> None:
    transaction.on_commit(lambda: sender(key), robust=True)


def choose_topics(user, topics: Iterable[str]) -> None:
    """From now on she wants these topics; of none, all. Words that name no topic are left out."""
    wanted = set(topics) & set(shelf.library.topics())
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        Interest.objects.filter(user=user).exclude(topic__in=wanted).delete()
        Interest.objects.bulk_create(
            [Interest(user=user, topic=topic) for topic in sorted(wanted)], ignore_conflicts=True
        )


def leave(user, *, now: datetime) -> bool:
    """She is told of nothing any more. Idempotent; returns whether she was told until now."""
    standing = list(consents_of(user).filter(purpose=Purpose.NEWS, withdrawn_at__isnull=True))
    for consent in standing:
        withdraw_consent(consent, by=user, now=now)
    return bool(standing)


def forget_topics(consent, *, by, now: datetime) -> None:
    """With her consent go the topics she chose."""
    if consent.giver_id:
        Interest.objects.filter(user=consent.giver_id).delete()
