"""A claim in review at the town's own desk, a draft of the owner's, and a nomination, for the matrix of addresses."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from services.casework.enums import RouteState, Stage, StepKind
from services.casework.models import Case, ReviewRoute, RouteStep
from services.mutual_aid.models import Benefit, Claim, Nomination
from services.workers.models import Worker
from tests.factories.mutual_aid import cover_of, scheme_in_force
from tests.factories.relief import FundFactory
from tests.factories.workers import WorkerFactory


def claim_records(city, town, owner) -> dict:
    """``claim_worker``, ``claim_case``, ``her_claim_case``, ``nomination``."""
    now, her = timezone.now(), WorkerFactory(organization=town)
    route = ReviewRoute.objects.create(
        code="towns-claims", service="mutual_aid", name="示例流程", organization=town, state=RouteState.ACTIVE
    )
    for position, kind in enumerate((StepKind.VERIFY, StepKind.APPROVE), 1):
        RouteStep.objects.create(route=route, position=position, kind=kind, level=town.kind)
    version = scheme_in_force(city, route_code=route.code)
    waiting = {"stage": Stage.IN_REVIEW, "position": 1, "desk": town, "desk_path": town.path, "submitted_at": now}
    waiting["due_on"] = timezone.localdate(now) + timedelta(days=3)
    claim = _claim(her, version, route, "LP-T-A-1-26-000099-1", now, **waiting)
    hers = _claim(Worker.objects.own(user=owner).get(), version, route, "LP-T-A-1-26-000098-1", now)
    return {
        "claim_worker": her,
        "claim_case": claim.case,
        "her_claim_case": hers.case,
        "nomination": _nomination(town, version, route, now),
    }


def _claim(her, version, route, number: str, now, **fields) -> Claim:
    case = Case.objects.create(
        number=number,
        service="mutual_aid",
        subject_code=version.scheme.code,
        organization=her.organization,
        path=her.organization.path,
        worker=her,
        route=route,
        created_at=now,
        stage_since=now,
        **fields,
    )
    cover = cover_of(her, version)
    return Claim.objects.create(case=case, scheme=version.scheme, terms=version, cover=cover)


def _nomination(town, version, route, now) -> Nomination:
    her = WorkerFactory(organization=town)
    claim = _claim(her, version, route, "LP-T-A-1-26-000097-1", now)
    stamps = {"scheme": version.scheme, "worker": her, "organization": town, "path": town.path}
    benefit = Benefit.objects.create(
        **stamps,
        claim=claim,
        cover=claim.cover,
        amount=Decimal(1),
        ends_cover=True,
        disease_index=Benefit.index_of_disease(her.pk, version.scheme_id, "breast"),
        grade_index=Benefit.index_of_grade("in_situ"),
        fund=FundFactory(organization=town),
        year=now.year,
        submitted_at=now,
        decided_at=now,
    )
    return Nomination.objects.create(**stamps, benefit=benefit, year=now.year, changed_at=now)
