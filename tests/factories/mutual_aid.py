"""Schemes in force with whole terms, covers with their history, claims as they were decided."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone

from services.casework.enums import RouteState, StepKind
from services.casework.models import ReviewRoute, RouteStep
from services.mutual_aid.actions.covers import Opening, open_covers
from services.mutual_aid.actions.rows import write_rows
from services.mutual_aid.enums import Operator, VersionState
from services.mutual_aid.models import Assessment, Benefit, Claim, Cover, Scheme, SchemeTerms
from services.mutual_aid.queries import SERVICE, terms_of
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Terms
from services.organizations.enums import Kind
from tests.factories.notices import case_with_notice
from tests.factories.organizations import UnionFactory
from tests.factories.workers import WorkerFactory
from tests.mutual_aid.whole import WHOLE

LONG_AGO = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)
_ROWS = frozenset({"code", "version", "diseases", "lines", "documents", "exclusions", "employment_types"})


class SchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scheme

    code = factory.Sequence(lambda n: f"scheme-{n}")
    name = "示例女职工互助保障"
    operator = Operator.SOCIETY
    organization = factory.SubFactory(UnionFactory, kind=Kind.CITY_UNION)


def version_of(scheme: Scheme, terms: Terms = WHOLE, *, state=VersionState.ACTIVE, **changes) -> SchemeTerms:
    """A version that says what plain terms say."""
    plain = {one.name: getattr(terms, one.name) for one in fields(terms) if one.name not in _ROWS}
    version = SchemeTerms.objects.create(
        scheme=scheme,
        state=state,
        documents=[{"kind": kind, "required": True} for kind in terms.documents],
        exclusions=None if terms.exclusions is None else list(terms.exclusions),
        employment_types=list(terms.employment_types),
        in_force_from=LONG_AGO if state == VersionState.ACTIVE else None,
        **plain | {"version": 1} | changes,
    )
    write_rows(version, diseases=terms.diseases, lines=terms.lines)
    return version


def scheme_in_force(organization=None, terms: Terms = WHOLE, **changes) -> SchemeTerms:
    """A scheme of an organisation with a version in force."""
    kept = {"organization": organization} if organization else {}
    return version_of(SchemeFactory(**kept), terms, **changes)


def cover_of(
    worker=None, version: SchemeTerms | None = None, *, first=date(2024, 1, 1), last=date(2024, 12, 31), **more
) -> Cover:
    """A cover known since ``now``."""
    worker = worker or WorkerFactory()
    version = version or scheme_in_force()
    now = more.pop("now", LONG_AGO)
    opening = Opening(
        scheme=version.scheme,
        terms=version,
        worker=worker,
        organization=worker.organization,
        number=more.pop("number", f"BZ-{worker.pk}-{version.scheme_id}-{first}"),
        first_day=first,
        last_day=last,
        shares=more.pop("shares", 1),
        **more,
    )
    return open_covers([opening], by=None, now=now)[0]


def claim_of(cover: Cover, *, particulars: dict | None = None, stage: str = "in_review", **changes) -> Claim:
    """A claim on a cover, written as it stands: for lists, simulations and constraints."""
    version = cover.versions.get(known_until=None)
    number = f"HZ-{cover.pk}-{Claim.objects.unscoped().count()}"
    return Claim.objects.create(
        case=case_with_notice(cover.worker, cover.organization, stage=stage, number=number),
        scheme_id=version.scheme_id,
        terms_id=version.terms_id,
        cover=cover,
        particulars=particulars or {},
        **changes,
    )


def decided_claim(cover: Cover, *, grade="invasive_primary", days=60, decided_on=date(2024, 8, 1), **changes) -> Claim:
    """Granted by the rules for a diagnosis so many days after the cover began, or for ``amount``."""
    version = cover.versions.get(known_until=None)
    facts = Facts(
        effective=version.first_day,
        last=version.last_day,
        diagnosed=version.first_day + timedelta(days=days),
        grade=grade,
        shares=version.shares,
        renewal=version.renewal,
        disease="breast",
        hospital_level="level_3",
        cover=str(cover.pk),
    )
    terms = terms_of(SchemeTerms.objects.get(pk=version.terms_id))
    judged = benefit(terms, facts)
    amount = changes.pop("amount", judged.amount)
    claim = claim_of(
        cover,
        particulars=facts.as_json(),
        stage="closed",
        live=False,
        computed=judged.amount,
        amount=amount,
        ends_cover=judged.ends_cover,
        decided_on=decided_on,
        **changes,
    )
    Assessment.objects.create(
        claim=claim,
        terms_id=version.terms_id,
        inputs=facts.as_json(),
        findings=[one.as_json() for one in judged.findings],
        amount=judged.amount,
        at=LONG_AGO,
        decisive=True,
    )
    return claim


def claim_route(organization) -> ReviewRoute:
    """A route for claims in force, checked and then decided at the county."""
    route = ReviewRoute.objects.create(
        code=f"mutual-aid-{ReviewRoute.objects.count()}",
        service=SERVICE,
        name="示例互助金审核流程",
        organization=organization,
        state=RouteState.ACTIVE,
    )
    for position, kind in enumerate((StepKind.VERIFY, StepKind.APPROVE), start=1):
        RouteStep.objects.create(route=route, position=position, kind=kind, level=Kind.COUNTY_UNION)
    return route


def paid_benefit(her, terms, *, fund, **changes) -> Benefit:
    """What this scheme paid her for breast cancer; the rules that lead there aren't walked."""
    cover = cover_of(her, terms, number=f"BZ-paid-{Cover.objects.unscoped().count()}")
    claim = decided_claim(cover)
    given = {"amount": claim.amount, "ends_cover": True, "year": 2026, "state": "paid"}
    given |= {"submitted_at": timezone.now(), "decided_at": timezone.now(), "paid_at": timezone.now()}
    return Benefit.objects.create(
        claim=claim,
        cover=cover,
        scheme=terms.scheme,
        worker=her,
        organization=her.organization,
        path=her.organization.path,
        disease_index=Benefit.index_of_disease(her.pk, terms.scheme_id, "breast"),
        grade_index=Benefit.index_of_grade("invasive_primary"),
        fund=fund,
        **(given | changes),
    )
