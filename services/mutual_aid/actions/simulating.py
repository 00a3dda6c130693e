"""Runs proposed terms over last year's claims (D27). Reads claims and writes one row of counts; no claim is touched."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from services.mutual_aid import errors, queries
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import SchemeTerms, Simulation
from services.mutual_aid.policies import may_keep_scheme
from services.mutual_aid.rules.simulation import Simulated, Tally, folded, simulate
from services.organizations.models import Organization

_TOLD = ("claims", "unsure", "more", "less", "newly_paid", "no_longer_paid", "before", "after")


@transaction.atomic
def run_simulation(draft: SchemeTerms, *, year: int, by, now: datetime) -> Simulation:
    """How many claims of a year that is over would get another sum, and what it would cost: counts and sums alone.

    Only whole years: two runs over periods a few days apart would tell of single claims. Below
    ``SMALL_CELL_THRESHOLD`` claims nothing but their number is kept. Raises ``NothingToSimulate`` without a version in
    force or a draft, ``PeriodInvalid``. No lock: decided claims don't change.
    """
    may_keep_scheme(by, draft.scheme).insist()
    if year >= timezone.localdate(now).year or year < 2000:
        raise errors.PeriodInvalid()
    present = SchemeTerms.objects.filter(scheme=draft.scheme_id, state=VersionState.ACTIVE).first()
    if present is None or draft.state != VersionState.DRAFT:
        raise errors.NothingToSimulate()
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = simulate(queries.decided_claims(draft.scheme, first, last), queries.terms_of(draft))
    made = Simulation.objects.create(
        proposed=draft,
        present=present,
        first_day=first,
        last_day=last,
        fingerprint=queries.fingerprint(draft),
        by_hand=found.by_hand,
        differing=found.differing,
        made_by=by,
        made_at=now,
        **_told(found),
    )
    log(draft, "mutual_aid.simulate", user=by, data={"year": year})
    return made


def _told(found: Simulated) -> dict:
    least = settings.SMALL_CELL_THRESHOLD
    if found.total.claims < least:
        return {"claims": found.total.claims}
    shown = folded(found.places, least=least)
    names = {one.path: one.name for one in Organization.objects.filter(path__in=list(shown))}
    places = [{"name": names.get(path, "")} | _plain(tally) for path, tally in sorted(shown.items(), reverse=True)]
    return {name: getattr(found.total, name) for name in _TOLD} | {"places": places if len(places) > 1 else []}


def _plain(tally: Tally) -> dict:
    values = {name: getattr(tally, name) for name in _TOLD}
    return values | {name: f"{values[name]:.2f}" for name in ("before", "after")}
