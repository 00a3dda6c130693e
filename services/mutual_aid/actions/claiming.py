"""Beginning a claim on a cover, and saying what it is about. One claim at a time on a cover."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from services.casework import actions as casework
from services.casework.actions.locking import lock_case
from services.casework.enums import WAITING_ON_HER, RouteState, Stage
from services.casework.errors import NotSheHerself
from services.casework.models import Authorisation, ReviewRoute
from services.casework.policies import speaks_for
from services.foundation.locks import hold
from services.mutual_aid import queries
from services.mutual_aid.enums import BenefitState
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import Benefit, Claim, CoverVersion
from services.mutual_aid.queries import claiming as known
from services.mutual_aid.rules.typed import Stated, faults_of
from services.privacy.actions import hold_consent, hold_paper_consent
from services.privacy.enums import Purpose
from services.workers.models import Worker

# Her own words, in characters.
MOST_TOLD = 500


def consents(worker: Worker, *, now: datetime) -> bool:
    if worker.user_id:
        return hold_consent(worker.user_id, Purpose.MUTUAL_AID, now=now)
    return hold_paper_consent(worker.token, Purpose.MUTUAL_AID, now=now)


@transaction.atomic
def begin_claim(
    worker: Worker,
    *,
    cover: str,
    diagnosed: date | None,
    by,
    now: datetime,
    hospital: str = "",
    authorisation: Authorisation | None = None,
) -> Claim:
    """Begin a claim on the cover with this token, or give the one that is under way, in which nothing is changed.

    Holds her consent and the name of the cover. Raises ``NoConsent``, ``NoCover``, ``ClaimedAlready``,
    ``ClaimsNotOpen``, ``ParticularsInvalid``, and what ``casework.open_case`` raises.
    """
    if not consents(worker, now=now):
        raise errors.NoConsent()
    version = known.own_cover(worker, cover)
    if version is None:
        raise errors.NoCover()
    hold(f"mutual_aid.claim.{version.cover_id}")
    standing = known.claim_under_way(version.cover)
    if standing is not None:
        speaks_for(by, standing.case, now=now).insist()
        return standing
    _insist_open(version)
    stated = Stated(diagnosed=diagnosed, hospital=hospital)
    if faults := faults_of(stated, diseases=frozenset(), today=timezone.localdate(now)):
        raise errors.ParticularsInvalid(faults)
    case = casework.open_case(
        service=queries.SERVICE,
        subject_code=version.scheme.code,
        worker=worker,
        route_code=version.terms.route_code,
        by=by,
        now=now,
        authorisation=authorisation,
    )
    try:
        with transaction.atomic():
            return Claim.objects.create(
                case=case,
                scheme=version.scheme,
                terms=version.terms,
                cover=version.cover,
                particulars=stated.as_json() if diagnosed else {},
            )
    except IntegrityError:
        raise errors.ClaimUnderWay() from None


def _insist_open(version: CoverVersion) -> None:
    granted = Benefit.objects.own(cover=version.cover, ends_cover=True).exclude(state=BenefitState.CANCELLED)
    if granted.exists():
        raise errors.ClaimedAlready()
    if not ReviewRoute.objects.filter(code=version.terms.route_code, state=RouteState.ACTIVE).exists():
        raise errors.ClaimsNotOpen()


def held_claim(claim: Claim) -> Claim:
    """The claim with its case, both locked and as they stand now. Locks: case → claim."""
    case = lock_case(claim.case)
    rows = Claim.objects.unscoped().select_for_update(no_key=True, of=("self",))
    claim = rows.select_related("scheme", "terms__scheme", "terms__fund__organization", "cover").get(pk=claim.pk)
    claim.case = case
    return claim


@transaction.atomic
def save_particulars(claim: Claim, *, by, now: datetime, seen: int, **said) -> Claim:
    """What one page says, over what was said before; ``said`` are fields of ``Stated``. Only while it lies with her.

    The cover follows the day of the diagnosis within the scheme. Locks case and claim. Raises ``NotSheHerself``,
    ``ClaimClosed``, ``ClaimChanged``, ``ParticularsInvalid`` (all faults at once), ``ClaimUnderWay``.
    """
    claim = held_claim(claim)
    if not speaks_for(by, claim.case, now=now):
        raise NotSheHerself()
    if claim.case.stage not in WAITING_ON_HER:
        raise errors.ClaimClosed()
    if claim.version != seen:
        raise errors.ClaimChanged()
    if "told" in said:
        said["told"] = said["told"].strip()[:MOST_TOLD]
    stated = Stated.from_json(claim.particulars | Stated(**said).as_json() | _unsaid(claim, said))
    claim.particulars = stated.as_json()
    version = known.answering(claim, stated.diagnosed)
    if version is not None:
        claim.cover, claim.terms = version.cover, version.terms
    diseases = frozenset(claim.terms.diseases.values_list("code", flat=True))
    if faults := faults_of(stated, diseases=diseases, today=timezone.localdate(now)):
        raise errors.ParticularsInvalid(faults)
    claim.version += 1
    try:
        with transaction.atomic():
            claim.save(update_fields=["particulars", "cover", "terms", "version"])
    except IntegrityError:
        raise errors.ClaimUnderWay() from None
    return claim


def _unsaid(claim: Claim, said: dict) -> dict:
    """What this page doesn't ask stays as it was."""
    return {name: value for name, value in claim.particulars.items() if name not in said}


@transaction.atomic
def hand_in(claim: Claim, *, declares: bool, seen: str, by, now: datetime) -> Claim:
    """She declares that it is true and sends it. ``seen`` is ``version_seen`` of the page she checked.

    Sending twice is once. Locks case and claim. Raises ``NotDeclared``, ``SeenOlder``, and what ``casework.submit``
    raises (``NotComplete``, ``Obstructed``, ``PermissionDenied``).
    """
    claim = held_claim(claim)
    if claim.case.stage == Stage.DRAFT:
        if not declares:
            raise errors.NotDeclared()
        if seen != version_seen(claim):
            raise errors.SeenOlder()
        claim.declared_at = now
        claim.save(update_fields=["declared_at"])
    casework.submit(claim.case, by=by, now=now)
    return claim


def version_seen(claim: Claim) -> str:
    return str(claim.version)
