"""What mutual aid answers to casework: what is missing, what stands in the way, what follows a verb, what is shown."""

from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services.casework.actions.typing import forget
from services.casework.enums import Stage, Verb
from services.casework.registry import AskedPaper, CaseService, Missing, Panel, Way
from services.foundation.verdict import ALLOWED, Finding, Verdict
from services.mutual_aid import queries, wording
from services.mutual_aid.actions import deciding
from services.mutual_aid.actions.judging import assess
from services.mutual_aid.case_service.her_panels import her_panels_of
from services.mutual_aid.case_service.missing import missing_of
from services.mutual_aid.case_service.obstacles import obstacles_of
from services.mutual_aid.case_service.panels import panels_of
from services.mutual_aid.models import Claim
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries.benefits import page_for_her
from services.mutual_aid.queries.claiming import (
    NOT_HERS,
    OF_THE_UNIT,
    claim_of,
    claims_of_cases,
    documents_of,
    required_among,
    schemes_of_cases,
)
from services.mutual_aid.wording.claims import OBSTACLES, document, in_the_way

# The verbs that decide about a diagnosis: for those who may see it.
_DECIDES = frozenset({Verb.APPROVE, Verb.REFUSE, Verb.UPHOLD})
_JUDGED = frozenset({Verb.SUBMIT, Verb.RESUBMIT, Verb.PASS_STEP})
_CODED = frozenset({Verb.REFUSE, Verb.UPHOLD})


class MutualAidService(CaseService):
    code = queries.SERVICE
    letters = "LP"
    label = _("Mutual-aid claims")

    def title(self, case) -> str:
        return queries.name_of(claims_of_cases([case]).get().scheme)

    def titles(self, cases: list) -> dict[int, str]:
        return {one.case_id: queries.name_of(one.scheme) for one in schemes_of_cases(cases)}

    def sums(self, cases: list, *, viewer) -> dict[int, Decimal]:
        """For whoever may see the health of it: a sum tells of the grade."""
        seen = {case.pk for case in policies.whose_health_is_open(viewer, cases)}
        return {one.case_id: one.amount for one in claims_of_cases(cases) if one.case_id in seen and one.amount}

    def subjects(self, codes: list[str]) -> dict[str, str]:
        return queries.scheme_names(codes)

    def missing(self, case, *, now: datetime) -> list[Missing]:
        return missing_of(_of(case), now=now)

    def document_kinds(self, case) -> list[Missing]:
        """Those that she has to send before those that she may, each in the order of the terms; and others."""
        named = documents_of(case)
        needed = required_among(named, case)
        return [
            Missing(kind, document(kind), of_staff=kind in OF_THE_UNIT, needed=kind in needed)
            for kind in dict.fromkeys([*needed, *(one["kind"] for one in named), "other"])
        ]

    def papers_asked(self) -> list[AskedPaper]:
        return [
            AskedPaper(terms.scheme.code, queries.name_of(terms.scheme), one["kind"], document(one["kind"]))
            for terms in queries.terms_in_force()
            for one in terms.documents
            if one["kind"] not in NOT_HERS
        ]

    def obstacles(self, case, verb: str, *, by, now: datetime) -> list[Finding]:
        return obstacles_of(_of(case), verb, by=by, now=now)

    def explain(self, finding: Finding) -> str:
        """Findings of the rules may tell of a diagnosis: only whoever decides is offered the verb and reads them."""
        said = in_the_way(finding) if finding.code in OBSTACLES else wording.explain(finding)
        return " ".join(part for part in said if part)

    def entered(self, case, *, verb: str, by, now: datetime) -> None:
        """What follows in the same transaction; the case is brought up to date afterwards."""
        claim = _of(case)
        if verb in _JUDGED:
            assess(claim, by=by, now=now)
            forget(claim.case)
        elif verb == Verb.APPROVE:
            deciding.approve(claim, by=by, now=now)
            case.refresh_from_db()
        elif verb in _CODED:
            deciding.refuse(claim, by=by, now=now)
        elif verb == Verb.WITHDRAW:
            deciding.withdraw(claim)
        elif verb == Verb.CLOSE:
            deciding.close(claim)
        elif verb in (Verb.APPEAL, Verb.REOPEN):
            deciding.take_up(claim)

    def panels(self, case, *, viewer, now: datetime) -> list[Panel]:
        return panels_of(_of(case), viewer=viewer, now=now)

    def her_facts(self, case) -> list[tuple[str, str]]:
        rows = [(str(_("Scheme")), self.title(case)), (str(_("Union")), case.organization.name)]
        if case.submitted_at:
            rows.append((str(_("Sent on")), date_format(localtime(case.submitted_at), "DATE_FORMAT")))
        return rows

    def her_panels(self, case, *, now: datetime) -> list[Panel]:
        return her_panels_of(_of(case))

    def page_for(self, case, verb: str) -> str:
        if verb in _CODED:
            return reverse("claims_desk:refuse", args=[case.token, verb])
        return page_for_her(case) if verb in (Verb.SUBMIT, Verb.RESUBMIT) else ""

    def page_for_her(self, case) -> str:
        return page_for_her(case)

    def her_page_for(self, case, verb: str) -> str:
        return reverse("claims:appeal", args=[case.token]) if verb == Verb.APPEAL else ""

    def may_carry_out(self, case, verb: str, *, by) -> Verdict:
        if verb in _DECIDES or (verb == Verb.REOPEN and case.stage == Stage.APPEALED):
            return policies.sees_health_of(by, case)
        return ALLOWED

    def may_open_papers(self, case, user) -> Verdict:
        return policies.sees_health_of(user, case)

    def ways_from_illness(self, worker, *, on: date) -> list[Way]:
        """She alone is asked for the diagnosis once more, by the papers: an examination isn't one yet."""
        covered = queries.covers_of(worker).filter(first_day__lte=on, last_day__gte=on).exists()
        words = gettext("You are covered by mutual aid: if a doctor confirms an illness, you can claim")
        return [Way(words, reverse("claims:start"), takes=True)] if covered else []

    def ways_in_her_name(self, worker, *, viewer) -> list[Way]:
        if not policies.may_represent(viewer, worker):
            return []
        return [Way(gettext("Claim mutual aid in her name"), reverse("claims_desk:begin", args=[worker.token]))]

    def sent_address(self, case) -> str:
        return reverse("claims:what_i_sent", args=[case.token])

    def her_address(self, case) -> str:
        """The task list while it is a draft, then the page of the case."""
        if case.stage == Stage.DRAFT:
            return reverse("claims:tasks", args=[case.token])
        return reverse("casework:case", args=[case.token])


def _of(case) -> Claim:
    """The claim with this very case, as it stands now that it is locked."""
    claim = claim_of(case)
    claim.case = case
    return claim
