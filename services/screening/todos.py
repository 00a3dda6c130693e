"""What waits for an officer in screening. Everything is derived by query; nothing is stored."""

from datetime import datetime, timedelta

from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.bookings.enums import OfferingState
from services.bookings.models import Allocation, Session
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.organizations.enums import Role
from services.screening import policies, queries
from services.screening.models import Programme, ProgrammeTerms
from services.screening.queries.following import FOLLOWERS, follow_ups_for, still_open
from services.screening.rules.following import AGES

CLOSING_SOON = timedelta(days=10)
MANY_LEFT = 0.2  # of all places
_HOLDERS = frozenset({Role.FEDERATION_OFFICER, Role.GRASSROOTS_OFFICER})


def todos_for(user) -> list[Todo]:
    """A constant number of queries, and none for somebody without a post in screening."""
    scope = scope_of(user)
    runs = scope.paths(roles=policies.RUNNERS)
    holds = scope.paths(roles=_HOLDERS)
    now = clock.now()
    found = _counters_that_disagree(user)
    if runs:
        found += [*_terms_to_publish(runs), *_closing_with_places(runs, now), *_sessions_tomorrow(runs)]
    if holds:
        found += _unused_near_closing(holds, now)
    if scope.paths(roles=FOLLOWERS):
        found += _waiting_long(user, now)
    return found


def _counters_that_disagree(user) -> list[Todo]:
    """Programmes whose counters of places the hourly check found wrong, until it finds them right again."""
    faulty = queries.programmes_run_for(user, policies.CHECKERS).filter(offering__places_fault__isnull=False)
    return [
        Todo(
            _("%(title)s: counters of places disagree with the bookings behind them") % {"title": programme.title},
            _link("places_check", programme.code),
            overdue=True,
            since=programme.offering.places_fault.since,
        )
        for programme in faulty.select_related("offering__places_fault").order_by("pk")
    ]


def _waiting_long(user, now: datetime) -> list[Todo]:
    """Women who agreed to her help and have waited longer than the youngest band of the ageing list."""
    old = still_open(follow_ups_for(user)).filter(opened_at__lt=now - timedelta(days=AGES[0]))
    count = old.count()
    if not count:
        return []
    text = ngettext("%(count)s follow-up waits for you", "%(count)s follow-ups wait for you", count)
    return [Todo(text % {"count": count}, _link("follow_ups"))]


def _link(name: str, *args) -> str:
    return reverse(f"screening_desk:{name}", args=args)


def _terms_to_publish(paths) -> list[Todo]:
    drafts = (
        ProgrammeTerms.objects.filter(path_filter("programme__organization__path", paths), published_at__isnull=True)
        .exclude(programme__offering__state=OfferingState.CLOSED)
        .select_related("programme")
    )
    return [
        Todo(
            _("%(title)s: version %(version)s of the terms is not published")
            % {"title": terms.programme.title, "version": terms.version},
            _link("terms", terms.programme.code),
        )
        for terms in drafts
    ]


def _closing(paths, now: datetime):
    open_ones = Programme.objects.filter(path_filter("organization__path", paths), offering__state=OfferingState.OPEN)
    return open_ones.filter(offering__closes_at__gt=now, offering__closes_at__lte=now + CLOSING_SOON)


def _closing_with_places(paths, now: datetime) -> list[Todo]:
    programmes = list(_closing(paths, now).select_related("offering"))
    if not programmes:
        return []
    rows = Allocation.objects.unscoped().filter(offering__in=[p.offering_id for p in programmes]).order_by()
    sums = rows.values("offering").annotate(
        whole=Sum("slots", filter=Q(parent__isnull=True)), free=Sum(F("slots") - F("passed_down") - F("used"))
    )
    places = {row["offering"]: (row["whole"] or 0, row["free"] or 0) for row in sums}
    found = []
    for programme in programmes:
        whole, free = places.get(programme.offering_id, (0, 0))
        if whole and free >= whole * MANY_LEFT:
            text = ngettext(
                "%(title)s: sign-up closes on %(day)s, %(count)s place is free",
                "%(title)s: sign-up closes on %(day)s, %(count)s places are free",
                free,
            )
            words = {"title": programme.title, "day": _day(programme.offering.closes_at), "count": free}
            found.append(Todo(text % words, _link("uptake", programme.code)))
    return found


def _unused_near_closing(paths, now: datetime) -> list[Todo]:
    """Places given to her own organisations that nobody took, shortly before sign-up closes."""
    rows = (
        Allocation.objects.unscoped()
        .filter(
            organization__path__in=paths,
            parent__isnull=False,
            offering__state=OfferingState.OPEN,
            offering__closes_at__gt=now,
            offering__closes_at__lte=now + CLOSING_SOON,
            offering__screening_programme__isnull=False,
        )
        .order_by("offering__closes_at", "organization")
        .values_list(
            *("offering__closes_at", "offering__screening_programme__title", "offering__screening_programme__code"),
            *("organization__name", "organization__code"),
        )
        .annotate(free=Sum(F("slots") - F("passed_down") - F("used")))
        .filter(free__gt=0)
    )
    found = []
    for closes_at, title, code, name, organization, free in rows:
        text = ngettext(
            "%(organization)s: %(count)s place of “%(title)s” is unused; sign-up closes on %(day)s",
            "%(organization)s: %(count)s places of “%(title)s” are unused; sign-up closes on %(day)s",
            free,
        )
        words = {"organization": name, "count": free, "title": title, "day": _day(closes_at)}
        found.append(Todo(text % words, _link("places_of", code, organization)))
    return found


def _sessions_tomorrow(paths) -> list[Todo]:
    begin = timezone.make_aware(datetime.combine(clock.today() + timedelta(days=1), datetime.min.time()))
    rows = (
        Session.objects.filter(
            path_filter("offering__organization__path", paths),
            taken__gt=0,
            starts_at__gte=begin,
            starts_at__lt=begin + timedelta(days=1),
            offering__screening_programme__isnull=False,
        )
        .order_by()
        .values("offering__screening_programme__code", "offering__screening_programme__title")
        .annotate(women=Sum("taken"))
        .order_by("offering__screening_programme__code")
    )
    found = []
    for row in rows:
        text = ngettext(
            "%(title)s: %(count)s woman is expected tomorrow; print the rolls",
            "%(title)s: %(count)s women are expected tomorrow; print the rolls",
            row["women"],
        )
        words = {"title": row["offering__screening_programme__title"], "count": row["women"]}
        found.append(Todo(text % words, _link("sessions", row["offering__screening_programme__code"])))
    return found


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}"
