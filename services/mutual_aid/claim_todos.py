"""What waits for officers in claims: changed sums to agree to, visits, decisions to look at again. By query."""

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils.translation import ngettext

from services.casework.enums import CASE_HANDLERS
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.mutual_aid.actions.adjudicating import REVIEWED
from services.mutual_aid.actions.nominating import year_of_visit
from services.mutual_aid.enums import NominationState
from services.mutual_aid.models import Claim, Nomination
from services.mutual_aid.policies.claims import ADJUDICATORS, may_read_flagged
from services.mutual_aid.queries.claims import flagged_claims
from services.organizations.enums import ROSTER_WRITERS


def claim_todos_for(user) -> list[Todo]:
    """Three queries, and none for somebody without such a post."""
    keeps = scope_of(user).paths(roles=ROSTER_WRITERS)
    return [*_sums(user), *_visits(keeps), *_flagged(user)] if keeps else []


def _flagged(user) -> list[Todo]:
    """Decided claims that were marked because something was learnt of the cover since."""
    if not may_read_flagged(user):
        return []
    found = flagged_claims(user, ADJUDICATORS).order_by().aggregate(n=Count("pk"))
    text = ngettext(
        "%(count)s decided claim has to be looked at again",
        "%(count)s decided claims have to be looked at again",
        found["n"],
    )
    return _todo(found | {"since": None}, text, reverse("claims_desk:flagged"))


def _sums(user) -> list[Todo]:
    """Changed sums at her own desks that another officer asks her to agree to."""
    desks = [path for path, roles in scope_of(user).grants.items() if roles & CASE_HANDLERS]
    rows = Claim.objects.unscoped().filter(
        case__desk_path__in=desks, case__stage__in=REVIEWED, changed_by__isnull=False, seconded_by__isnull=True
    )
    found = (
        rows.exclude(changed_by=user)
        .exclude(amount=F("computed"))
        .aggregate(n=Count("pk"), since=Min("case__stage_since"))
    )
    text = ngettext(
        "%(count)s changed sum of a claim waits for a second person",
        "%(count)s changed sums of claims wait for a second person",
        found["n"],
    )
    return _todo(found, text, f"{reverse('casework_desk:list')}?service=mutual_aid")


def _visits(paths) -> list[Todo]:
    """Women proposed for this year's visit about whom nobody has decided."""
    year = year_of_visit(clock.today())
    rows = Nomination.objects.unscoped().filter(path_filter("path", paths), year=year, state=NominationState.NOMINATED)
    found = rows.aggregate(n=Count("pk"), since=Min("changed_at"))
    text = ngettext(
        "%(count)s woman is proposed for the condolence visit",
        "%(count)s women are proposed for the condolence visit",
        found["n"],
    )
    return _todo(found, text, f"{reverse('claims_desk:nominations')}?state=nominated&year={year}")


def _todo(found: dict, text: str, url: str) -> list[Todo]:
    return [Todo(text % {"count": found["n"]}, url, since=found["since"])] if found["n"] else []
