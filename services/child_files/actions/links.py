"""The guardian's one-time link: sent, confirmed with a code and a known fact, open for half an hour."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime
from wagtail.log_actions import log

from services.child_files import errors, notifications, policies
from services.child_files.actions.moving import move_file
from services.child_files.enums import EMPTIED, FileState
from services.child_files.models import GuardianLink, GuardianshipLink
from services.child_files.queries.consents import open_questions, said_no
from services.child_files.queries.files import locked
from services.foundation.identifiers import fold
from services.foundation.pace import minutes_to_wait_for
from services.foundation.references import chosen, digits, unguessable

# Letters that spell no word of the outbox's forbidden list and no long number: 134 bits.
_ALPHABET = "bdfgjkmnqrswxzBDFGJKMNQRSWXZ23456789"
_LENGTH = 26
LINK_LASTS = timedelta(days=7)
CODE_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(minutes=30)
_MOST_TRIES = 5
_CODES_AN_HOUR = 5


@transaction.atomic
def send_link(guardianship: GuardianshipLink, *, by, now: datetime) -> GuardianLink:
    """Send a guardian her own link by SMS; an earlier one stops working. No name of a child stands in it.

    Raises ``PermissionDenied``, ``NoPhone``, ``AskedAlready``, ``NoSuchStep``. Locks the file.
    """
    child = locked(guardianship.child)
    policies.may_keep(by, child).insist()
    if child.state in (*EMPTIED, FileState.RESTRICTED):
        raise errors.NoSuchStep(state=FileState(child.state).label)
    if not guardianship.guardian.phone:
        raise errors.NoPhone()
    if said_no(child) and not open_questions(child, now):
        raise errors.AskedAlready()
    GuardianLink.objects.filter(guardianship=guardianship, closed_at__isnull=True).update(closed_at=now)
    secret = "".join(chosen(_ALPHABET) for _ in range(_LENGTH))
    link = GuardianLink.objects.create(
        digest=GuardianLink.digest_of(secret),
        guardianship=guardianship,
        sent_by=by,
        sent_at=now,
        expires_at=now + LINK_LASTS,
    )
    if child.state == FileState.DRAFT:
        move_file(child, "ask_consent", by=by, now=now)
    log(instance=child, action="child_files.send_link", user=by, timestamp=now)
    notifications.send_link(
        phone=guardianship.guardian.phone, ticket=secret, days=LINK_LASTS.days, key=f"link-{link.token}"
    )
    link.secret = secret
    return link


def live_link(secret: str, now: datetime) -> GuardianLink | None:
    """The link this secret opens, if it still does."""
    rows = GuardianLink.objects.select_related("guardianship__guardian", "guardianship__child__home__host")
    link = rows.filter(digest=GuardianLink.digest_of(secret), closed_at__isnull=True).first()
    return link if link and link.used_at is None and link.expires_at > now else None


@transaction.atomic
def request_code(link: GuardianLink, *, now: datetime) -> str:
    """Send a code to the phone on record. Returns it where SHOW_CODES_ON_SCREEN is on, '' elsewhere.

    Raises ``Patience``, ``Spent``.
    """
    if minutes := minutes_to_wait_for("child-code", link.token, limit=_CODES_AN_HOUR, now=now):
        raise errors.Patience(minutes=minutes)
    link = GuardianLink.objects.select_for_update().get(pk=link.pk)
    if link.used_at or link.closed_at or link.expires_at <= now:
        raise errors.Spent()
    code = digits(6)
    link.set_code(code)
    link.code_sent_at = now
    link.save(update_fields=["code_digest", "code_sent_at"])
    notifications.send_code(
        phone=link.guardianship.guardian.phone,
        code=code,
        minutes=CODE_LASTS // timedelta(minutes=1),
        key=f"code-{link.token}-{now:%Y%m%d%H%M%S%f}",
    )
    return code if settings.SHOW_CODES_ON_SCREEN else ""


def fact_asked(link: GuardianLink) -> str:
    """Which fact is asked for: the child's birthday once it is on record, else the guardian's own name."""
    return "birth_date" if link.guardianship.child.birth_date else "guardian_name"


def confirm(link: GuardianLink, *, code: str, fact: str, now: datetime) -> str:
    """Let the guardian in: code and fact both right. Gives the secret of her session; the link is used up.

    A wrong try is kept even though this raises, so it must not run inside a transaction that is rolled back on
    error. Raises ``CodeRefused``, ``TooManyTries``, ``Spent``.
    """
    with transaction.atomic():
        row = GuardianLink.objects.select_for_update(of=("self",)).select_related(
            "guardianship__guardian", "guardianship__child"
        )
        link = row.get(pk=link.pk)
        refused = _refusal(link, code, fact, now)
        if refused is None:
            secret = unguessable()
            link.used_at, link.session_until = now, now + SESSION_LASTS
            link.session_digest = GuardianLink.session_of(secret)
        link.save()
    if refused:
        raise refused
    return secret


def _refusal(link: GuardianLink, code: str, fact: str, now: datetime):
    if link.used_at or link.closed_at or link.expires_at <= now:
        return errors.Spent()
    if link.tries >= _MOST_TRIES:
        return errors.TooManyTries()
    link.tries += 1
    fresh = link.code_sent_at and now - link.code_sent_at <= CODE_LASTS
    asked = fact_asked(link)
    right = link.guardianship.child.birth_date if asked == "birth_date" else link.guardianship.guardian.name
    if fresh and link.code_is(code) and fold(fact).casefold() == fold(right).casefold():
        return None
    return errors.TooManyTries() if link.tries >= _MOST_TRIES else errors.CodeRefused()


def session_link(secret: str, now: datetime) -> GuardianLink | None:
    """The link whose session this is, while it lasts and the guardianship does."""
    rows = GuardianLink.objects.select_related(
        "guardianship__guardian",
        "guardianship__child__home__host",
        "guardianship__child__home__programme",
        "guardianship__child__home__county",
    )
    link = rows.filter(session_digest=GuardianLink.session_of(secret), closed_at__isnull=True).first()
    if link is None or link.session_until is None or link.session_until <= now:
        return None
    ends = link.guardianship.valid_to
    return None if ends and ends < localtime(now).date() else link


def end_session(link: GuardianLink, *, now: datetime) -> None:
    """She is done: this browser can't go on with it."""
    GuardianLink.objects.filter(pk=link.pk, closed_at__isnull=True).update(closed_at=now)
