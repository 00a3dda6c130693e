"""Who is covered and could still claim, and in whose records something may be a claim. Nothing here is shown."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from services.casework.enums import Stage
from services.casework.registry import reminders
from services.foundation.scope import scope_of
from services.mutual_aid.enums import BenefitState, CoverState, Reason
from services.mutual_aid.models import Benefit, Claim, Cover, CoverVersion, LookBack, Scheme
from services.mutual_aid.queries.covers import known
from services.organizations.enums import Role
from services.organizations.models import Organization

# Where the terms set no time for claiming, covers that ended within a year are looked back at.
A_YEAR = 365
_ABANDONED = timedelta(days=14)
# Refusals that papers, treatment or another hospital mend.
_MENDED = frozenset({Reason.DOCS_MISSING, Reason.NO_HOSPITALISATION, Reason.HOSPITAL_LEVEL})


def still_claimable(scheme: Scheme, organization: Organization, *, on: date) -> list[Cover]:
    """Covers of the branch that began by now, ended so lately that a claim would be in time, and were never paid on."""
    days = scheme.terms.filter(state="active").values_list("claim_days", flat=True).first() or A_YEAR
    versions = known(CoverVersion.objects.own(cover=OuterRef("pk"), state=CoverState.IN_FORCE)).filter(
        first_day__lte=on, last_day__gte=on - timedelta(days=days)
    )
    paid = Benefit.objects.own(cover=OuterRef("pk")).exclude(state=BenefitState.CANCELLED)
    under_way = Claim.objects.own(cover=OuterRef("pk"), live=True).exclude(case__stage=Stage.DRAFT)
    covers = Cover.objects.own(scheme=scheme, path__startswith=organization.path)
    found = covers.filter(Exists(versions)).exclude(Exists(paid)).exclude(Exists(under_way))
    return list(found.select_related("worker__user", "organization").order_by("pk"))


def worth_asking(covers: Iterable[Cover], *, now: datetime) -> set[int]:
    """Keys of women in whose records something may be a claim, whoever knows it."""
    by_cover = {cover.pk: cover.worker_id for cover in covers}
    women = set(by_cover.values())
    hers = Claim.objects.unscoped().filter(cover__in=by_cover).select_related("case")
    found = {by_cover[one.cover_id] for one in hers if _unfinished(one, now)}
    days = _days_of(by_cover)
    for reminder in reminders:
        found |= reminder.ask(days) & women
    return found


def _days_of(by_cover: dict[int, int]) -> dict[int, tuple[date, date]]:
    """By woman: from when to when she is covered in this scheme, as far as it can still be claimed on. One query."""
    found: dict[int, tuple[date, date]] = {}
    versions = known(CoverVersion.objects.own(cover__in=by_cover, state=CoverState.IN_FORCE))
    for woman, first, last in versions.values_list("worker_id", "first_day", "last_day"):
        before = found.get(woman, (first, last))
        found[woman] = (min(before[0], first), max(before[1], last))
    return found


def _unfinished(claim: Claim, now: datetime) -> bool:
    stage = claim.case.stage
    if stage == Stage.DRAFT:
        return claim.case.created_at < now - _ABANDONED
    return stage == Stage.REFUSED and claim.reason in _MENDED


def looks_back_for(user) -> QuerySet[LookBack]:
    """Those over organisations of hers, the newest first."""
    within = Organization.objects.visible_to(user, roles=frozenset({Role.FEDERATION_OFFICER}))
    return LookBack.objects.filter(organization__in=within).select_related("scheme", "organization", "made_by")


def places_for(user) -> QuerySet[Organization]:
    """Where she may look back: federations within her reach."""
    reach = Organization.objects.visible_to(user, roles=frozenset({Role.FEDERATION_OFFICER}))
    return reach.open().exclude(kind="grassroots_union") if scope_of(user) else reach.none()
