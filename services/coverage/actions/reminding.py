"""Who is told that a term ends: the union's officers, on the days its federation has set. Safe to repeat."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from services.coverage import notifications
from services.coverage.enums import UNDER_WAY, TermState
from services.coverage.models import Term
from services.coverage.queries.requirements import Book, book_on
from services.coverage.rules import reminding as rules
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force

BATCH = 500


def remind_of_ends(*, now: datetime) -> int:
    """Write to the officers of unions whose term ends or is over and where no next one is under way; returns how many
    letters were meant. A stage that somebody was told isn't told again, and nobody's absence holds it back.

    Of a term that is over a next one silences this only as long as its last step is recent: a preparation that was
    begun and left lying doesn't for ever.
    """
    today = localdate(now)
    book = book_on(today)
    keys = list(_candidates(book, now).order_by("pk").values_list("pk", flat=True))
    return sum(_remind(keys[start : start + BATCH], book) for start in range(0, len(keys), BATCH))


def _candidates(book: Book, now: datetime):
    today = localdate(now)
    until = today + timedelta(days=book.earliest_reminder)
    next_one = Term.objects.unscoped().filter(committee=OuterRef("committee"), state__in=UNDER_WAY)
    moving = next_one.filter(filed_at__gte=now - timedelta(days=rules.EVERY))
    terms = Term.objects.unscoped().filter(state=TermState.IN_OFFICE, ends_on__lte=until)
    silent = Q(ends_on__gte=today) & Exists(next_one) | Q(ends_on__lt=today) & Exists(moving)
    return terms.filter(~silent, committee__organization__closed_on__isnull=True)


@transaction.atomic
def _remind(keys: list[int], book: Book) -> int:
    held = Term.objects.unscoped().select_for_update(of=("self",)).filter(pk__in=keys, state=TermState.IN_OFFICE)
    due: dict[int, list[Term]] = defaultdict(list)
    for term in held.select_related("committee__organization").order_by("pk"):
        asked = book.of(term.committee.organization.path)
        stage = rules.is_due((term.ends_on - book.on).days, asked.reminder_days, term.reminded)
        if stage is not None:
            term.reminded = stage
            due[stage].append(term)
    terms = [term for found in due.values() for term in found]
    officers = _officers_of({term.committee.organization_id for term in terms}, book.on)
    Term.objects.unscoped().bulk_update(terms, ["reminded"], batch_size=BATCH)
    told = 0
    for stage, found in due.items():
        letters = [(user, term) for term in found for user in officers.get(term.committee.organization_id, ())]
        key = notifications.TERM_OVERDUE if stage < 0 else notifications.TERM_ENDS
        told += notifications.tell_officers(key, letters, stage=stage)
    return told


def _officers_of(organizations: set[int], today: date) -> dict[int, list]:
    """Active officers by the union at which they hold their post; one query."""
    posts = StaffAssignment.objects.filter(
        in_force(today), organization__in=organizations, role=Role.GRASSROOTS_OFFICER, user__is_active=True
    )
    found: dict[int, list] = defaultdict(list)
    for post in posts.select_related("user").order_by("pk"):
        found[post.organization_id].append(post.user)
    return found
