"""What follows when a case is decided: the benefit, what is owed, the end of the cover; or none of them.

Everything here runs in the transaction of the verb. Locks: case → claim → cover → fund → payable.
"""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from services.casework import actions as casework
from services.casework.actions.typing import forget
from services.casework.enums import Verb
from services.casework.workflow import edge_of
from services.foundation.errors import Refused
from services.mutual_aid import queries
from services.mutual_aid.actions.cover_ends import go_on
from services.mutual_aid.actions.covers import end_by_claim
from services.mutual_aid.actions.judging import Judgement, assess
from services.mutual_aid.actions.nominating import nominate
from services.mutual_aid.enums import BenefitState
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import Benefit, Claim
from services.mutual_aid.queries.benefits import payable_key
from services.payments.actions import raise_payable

_BY_CONSTRAINT: dict[str, type[Refused]] = {
    "mutual_aid_one_benefit_ends_a_cover": errors.ClaimedAlready,
    "mutual_aid_a_disease_once": errors.PaidForThisDisease,
    # SQLite names the columns.
    "mutual_aid_benefit.cover_id": errors.ClaimedAlready,
    "mutual_aid_benefit.disease_index": errors.PaidForThisDisease,
}


def approve(claim: Claim, *, by, now: datetime) -> None:
    """Freeze what it was decided on, grant the sum, owe it, end the cover where the terms say so.

    Locks the cover, the fund. Raises ``NothingToPay``, ``NoFund``, ``ClaimedAlready``, ``PaidForThisDisease``,
    ``PaidDifferently`` for a reopened claim, payments' ``FundShort``.
    """
    judgement = assess(claim, by=by, now=now, decisive=True)
    benefit = _grant(claim, judgement, now=now)
    _decided(claim, now=now)
    if benefit.state == BenefitState.PAID:
        if benefit.amount != claim.amount:
            raise errors.PaidDifferently()
        casework.close(claim.case, now=now)
        return
    if benefit.ends_cover:
        end_by_claim(benefit.cover, on=judgement.facts.diagnosed, by=by, now=now)
    _owe(benefit, by=by, now=now)
    casework.start_payment(claim.case, now=now)


def _grant(claim: Claim, judgement: Judgement, *, now: datetime) -> Benefit:
    """The one benefit of a claim; one that was cancelled is taken up again under what is decided now."""
    case, terms = claim.case, claim.terms
    if not claim.amount or judgement.facts is None:
        raise errors.NothingToPay()
    if terms.fund is None:
        raise errors.NoFund()
    standing = Benefit.objects.unscoped().select_for_update(no_key=True).filter(claim=claim).first()
    if standing is not None and standing.state != BenefitState.CANCELLED:
        standing.claim, standing.cover = claim, claim.cover
        return standing
    values = {
        "cover": claim.cover,
        "scheme": claim.scheme,
        "worker": case.worker,
        "organization": case.organization,
        "path": case.path,
        "amount": claim.amount,
        "ends_cover": bool(claim.ends_cover),
        "disease_index": Benefit.index_of_disease(case.worker_id, claim.scheme_id, judgement.facts.disease),
        "grade_index": Benefit.index_of_grade(judgement.facts.grade),
        "fund": terms.fund,
        "year": localdate(now).year,
        "state": BenefitState.DUE,
        "submitted_at": case.submitted_at,
        "decided_at": now,
        "paid_at": None,
    }
    try:
        with transaction.atomic():
            if standing is None:
                return Benefit.objects.create(claim=claim, **values)
            for name, value in values.items():
                setattr(standing, name, value)
            standing.claim = claim
            standing.tries += 1
            standing.save()
            return standing
    except IntegrityError as error:
        for name, refusal in _BY_CONSTRAINT.items():
            if name in str(error):
                raise refusal() from error
        raise


def _owe(benefit: Benefit, *, by, now: datetime) -> None:
    case = benefit.claim.case
    with translation.override(settings.LANGUAGE_CODE):
        # Stands on her bank's slip and in lists of finance: the scheme's name would say too much.
        title = _("Mutual-aid payment")
    raise_payable(
        key=payable_key(benefit),
        service=queries.SERVICE,
        subject_code=benefit.scheme.code,
        title=title,
        case_number=case.number,
        worker=benefit.worker,
        organization=benefit.fund.organization,
        path=benefit.path,
        fund=benefit.fund,
        amount=benefit.amount,
        by=by,
        now=now,
    )


def _decided(claim: Claim, *, now: datetime, **fields) -> None:
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.decided_on = localdate(now)
    claim.save(update_fields=["decided_on", *fields])


def refuse(claim: Claim, *, by, now: datetime) -> None:
    """Keep what the refusal rests on (D1). Nothing is paid, the cover goes on, and another claim may be made."""
    assess(claim, by=by, now=now, decisive=True)
    _decided(claim, now=now, live=False, amount=Decimal(0), ends_cover=False)


def withdraw(claim: Claim) -> None:
    forget(claim.case)
    _live(claim, False)


def close(claim: Claim) -> None:
    _live(claim, False)


def take_up(claim: Claim) -> None:
    """Appealed or reopened: it is under way again, and its coded reason no longer stands, nor what was found by giving
    it. Raises ``ClaimUnderWay``."""
    found = {name: one for name, one in claim.findings_of_staff.items() if not one.get("refused")}
    try:
        with transaction.atomic():
            _live(claim, True, reason="", words="", decided_on=None, findings_of_staff=found)
    except IntegrityError:
        raise errors.ClaimUnderWay() from None


def _live(claim: Claim, live: bool, **fields) -> None:
    claim.live = live
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save(update_fields=["live", *fields])


def paid(benefit: Benefit, *, now: datetime) -> None:
    """The money is there: the case ends, and she is proposed for the yearly condolence visit where the terms do so."""
    if benefit.state == BenefitState.PAID:
        return
    benefit.state, benefit.paid_at = BenefitState.PAID, now
    benefit.took = max((localdate(now) - localdate(benefit.submitted_at)).days, 0)
    benefit.save(update_fields=["state", "paid_at", "took"])
    casework.close(benefit.claim.case, now=now)
    if benefit.claim.terms.nominates:
        nominate(benefit, now=now)


def returned(benefit: Benefit) -> None:
    benefit.state = BenefitState.FAILED
    benefit.save(update_fields=["state"])


def sent_again(benefit: Benefit) -> None:
    if benefit.state == BenefitState.FAILED:
        benefit.state = BenefitState.DUE
        benefit.save(update_fields=["state"])


def cancelled(benefit: Benefit, *, now: datetime) -> None:
    """It won't be paid: her cover goes on as it did before, and the case ends unless it is being looked at again."""
    benefit.state, benefit.paid_at = BenefitState.CANCELLED, None
    benefit.save(update_fields=["state", "paid_at"])
    if benefit.ends_cover:
        go_on(benefit.cover, by=None, now=now)
    if edge_of(Verb.CLOSE, benefit.claim.case.stage):
        casework.close(benefit.claim.case, now=now, details={"cancelled": True})
