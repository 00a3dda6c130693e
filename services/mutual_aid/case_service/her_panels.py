"""What her own page of a case shows of mutual aid: why it was decided so, the sum, how the money goes."""

from services.casework.enums import Stage
from services.casework.registry import Panel
from services.foundation.verdict import Finding
from services.mutual_aid import queries, wording
from services.mutual_aid.case_service.panels import lines
from services.mutual_aid.models import Benefit, Claim
from services.mutual_aid.queries.benefits import payable_key
from services.mutual_aid.queries.claiming import decided_on
from services.payments.models import Payable

_GRANTED = frozenset({Stage.APPROVED, Stage.BEING_PAID, Stage.CLOSED})
_DECIDED = _GRANTED | {Stage.REFUSED, Stage.APPEALED}


def her_panels_of(claim: Claim) -> list[Panel]:
    stage, panels = claim.case.stage, []
    if stage == Stage.RETURNED:
        panels.append(Panel("mutual_aid/her_correct.html", {"token": claim.case.token}))
    if stage == Stage.REFUSED and claim.reason:
        words = {"why": wording.refusals.to_her(claim.reason), "words": claim.words}
        panels.append(Panel("mutual_aid/her_refusal.html", words))
    if stage in _GRANTED:
        panels.append(Panel("mutual_aid/her_sum.html", _sum(claim)))
    decisive = decided_on(claim) if stage in _DECIDED else None
    if decisive is not None:
        found = [Finding.from_json(one) for one in decisive.findings]
        if stage not in _GRANTED:
            found = [one for one in found if not _of_a_sum(one)]
        panels.append(Panel("mutual_aid/her_decision.html", {"lines": lines(found)}))
    return panels


def _of_a_sum(finding: Finding) -> bool:
    """What the rules would give has no place beside a refusal for a reason that no rule knows, such as papers."""
    return finding.code.startswith("sum_") or finding.code == "ends_cover"


def _sum(claim: Claim) -> dict:
    benefit = Benefit.objects.own(claim=claim).select_related("claim__case").first()
    payable = benefit and Payable.objects.own(worker=benefit.worker_id, key=payable_key(benefit)).first()
    ends = benefit is not None and benefit.ends_cover
    version = queries.present_version(claim.cover) if ends else None
    return {"benefit": benefit, "payable": payable, "ended": version}
