"""What the case page of staff shows of a claim. What tells of the diagnosis stands there only while a look of this very
viewer is on record; before that there is the form that asks why."""

from dataclasses import dataclass
from datetime import datetime

from services.casework.registry import Panel
from services.foundation.said import Said, day, label
from services.foundation.scope import scope_of
from services.foundation.verdict import Finding, Outcome
from services.mutual_aid import queries, wording
from services.mutual_aid.actions.adjudicating import REVIEWED, looks_now
from services.mutual_aid.actions.judging import Judgement, judge
from services.mutual_aid.actions.sums import waits_for_a_second
from services.mutual_aid.enums import Grade, HospitalLevel
from services.mutual_aid.forms.adjudicating import LookForm
from services.mutual_aid.models import Claim
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries import claiming as known
from services.mutual_aid.queries.given import given_beside
from services.mutual_aid.rules.typed import Stated
from services.mutual_aid.wording.claims import ends
from services.mutual_aid.wording.stated import (
    DAYS,
    DIAGNOSED,
    FINDINGS,
    GRADE,
    HOSPITAL,
    ILLNESS,
    LEVEL,
    NO,
    OTHER_ILLNESS,
    STAY,
    SURGERY,
    YES,
)
from services.organizations.enums import ROSTER_READERS


@dataclass(frozen=True, slots=True)
class Line:
    """One rule as the page shows it."""

    outcome: str
    outcome_word: str
    said: Said
    source: str


def panels_of(claim: Claim, *, viewer, now: datetime) -> list[Panel]:
    works = bool(policies.may_work_on(viewer, claim)) and claim.case.stage in REVIEWED
    judges = works and bool(policies.may_adjudicate(viewer, claim))
    sees = bool(policies.may_see_health(viewer, claim))
    shared = {"claim": claim, "token": claim.case.token, "works": works, "judges": judges}
    panels = [
        Panel("mutual_aid/desk/panel_cover.html", shared | _cover(claim)),
        Panel("mutual_aid/desk/panel_statement.html", shared),
    ]
    if claim.flagged:
        again = bool(policies.may_look_again(viewer, claim))
        panels.insert(0, Panel("mutual_aid/desk/panel_flagged.html", shared | {"again": again}))
    if not sees:
        return [*panels, Panel("mutual_aid/desk/panel_closed.html", shared)]
    if not looks_now(viewer, claim, now=now):
        panels.append(Panel("mutual_aid/desk/panel_look.html", shared | {"form": LookForm()}))
    else:
        panels.append(Panel("mutual_aid/desk/panel_facts.html", shared | facts_shown(claim, now=now)))
    panels.append(Panel("mutual_aid/desk/panel_given.html", shared | _given(claim, viewer, now=now)))
    return [*panels, Panel("mutual_aid/desk/panel_sum.html", shared | _sum(claim, viewer))]


def lines(findings: list[Finding]) -> list[Line]:
    return [Line(str(one.outcome), wording.outcome(one), wording.explain(one), one.source) for one in findings]


def _cover(claim: Claim) -> dict:
    version = queries.present_version(claim.cover)
    return {"cover": claim.cover, "version": version, "scheme": queries.name_of(claim.scheme), "terms": claim.terms}


def facts_shown(claim: Claim, *, now: datetime) -> dict:
    """The findings it was decided on; while it isn't decided, what the rules say as things stand. In clear."""
    decisive = known.decided_on(claim)
    if decisive is not None and claim.case.stage not in REVIEWED:
        findings, decided = [Finding.from_json(one) for one in decisive.findings], True
    else:
        judgement: Judgement = judge(claim, now=now)
        findings, decided = list(judgement.findings), False
    said, confirmed = known.stated_of(claim), known.confirmed_of(claim)
    return {
        "rows": stated_rows(said, confirmed, claim),
        "told": said.told,
        "appeal_words": claim.appeal_words,
        "refused_for": wording.refusals.to_her(claim.reason) if claim.reason else "",
        "refused_words": claim.words,
        "lines": lines(findings),
        "decided_on": decided,
        "found": _found(claim),
    }


def _given(claim: Claim, viewer, *, now: datetime) -> dict:
    """What other services and schemes gave her, each as a finding: within her reach by number, else whom to ask."""
    reach = scope_of(viewer)
    findings = []
    for one in given_beside(claim, now=now):
        hers = reach.covers(one.path, roles=ROSTER_READERS)
        figures = {"on": one.on.isoformat(), "contact": one.contact, "number": "", "what": ""}
        figures |= {"number": one.number, "what": one.what} if hers else {}
        findings.append(Finding("given_elsewhere", Outcome.NOTE, figures))
    return {"given": lines(findings)}


def stated_rows(said: Stated, confirmed: Stated, claim: Claim) -> list[tuple[str, str, str]]:
    """(label, what she stated, what the papers show where it differs)."""
    names = {one.code: one.name for one in claim.terms.diseases.all()}
    before, after = _in_words(said, names), _in_words(confirmed, names)
    return [(title, before[title], after[title] if after[title] != before[title] else "") for title in before]


def _in_words(said: Stated, diseases: dict[str, str]) -> dict[str, str]:
    yes_no = {True: str(YES), False: str(NO), None: "—"}
    return {
        str(DIAGNOSED): day(said.diagnosed) if said.diagnosed else "—",
        str(ILLNESS): diseases.get(said.disease, str(OTHER_ILLNESS) if said.disease else "—"),
        str(GRADE): label(said.grade, Grade) if said.grade else "—",
        str(HOSPITAL): said.hospital or "—",
        str(LEVEL): label(said.hospital_level, HospitalLevel) if said.hospital_level else "—",
        str(STAY): yes_no[said.hospitalised],
        str(DAYS): "—" if said.hospital_days is None else str(said.hospital_days),
        str(SURGERY): yes_no[said.surgery],
    }


def _found(claim: Claim) -> list[tuple[str, str]]:
    return [
        (str(FINDINGS[name]), str(YES if one["value"] else NO))
        for name, one in claim.findings_of_staff.items()
        if name in FINDINGS
    ]


def _sum(claim: Claim, viewer) -> dict:
    waits = waits_for_a_second(claim)
    sums = {
        name: "" if value is None else f"{value:,.2f}"
        for name, value in (("computed", claim.computed), ("amount", claim.amount))
    }
    return sums | {
        "waits": waits,
        "seconds": waits and claim.changed_by_id != viewer.pk,
        "ends": ends(claim.ends_cover),
    }
