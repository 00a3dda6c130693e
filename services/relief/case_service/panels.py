"""What the case page of staff shows of an application: facts beside rules, visits, exclusions, overlaps, the sum."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from services.casework.registry import Panel
from services.foundation.verdict import Finding
from services.relief import policies, wording
from services.relief.actions.assessing import judge
from services.relief.actions.reviewing import PAYING, REVIEWED
from services.relief.actions.sums import waits_for_a_second
from services.relief.case_service.obstacles import exclusions_to_confirm
from services.relief.enums import AssessmentKind, FileState, Health, ProgrammeKind, Relation, WorkState
from services.relief.models import Application
from services.relief.queries.overlaps import overlaps_of

REFERENCE = "§"  # begins a clause of the domain's own notes, which rules name for whoever maintains them


@dataclass(frozen=True, slots=True)
class Line:
    """One rule as the page shows it."""

    outcome: str
    outcome_word: str
    said: wording.Said
    source: str
    origin: str


def panels_of(application: Application, *, viewer, now: datetime) -> list[Panel]:
    may_work = bool(policies.may_work_on(viewer, application))
    stage = application.case.stage
    shared = {
        "application": application,
        "token": application.case.token,
        "works": may_work and stage in REVIEWED,
        "decides_overlaps": may_work and stage in REVIEWED | PAYING,
    }
    panels = [
        Panel("relief/desk/panel_facts.html", shared | _facts(application, now=now)),
        Panel("relief/desk/panel_household.html", shared | household_shown(application.household)),
        Panel("relief/desk/panel_visits.html", shared | {"visits": _visits(application)}),
    ]
    if codes := exclusions_to_confirm(application):
        panels.append(Panel("relief/desk/panel_exclusions.html", shared | _exclusions(application, codes)))
    if application.programme.kind != ProgrammeKind.FILING:
        found = [one.seen_by(viewer) for one in overlaps_of(application, now=now)]
        panels.append(Panel("relief/desk/panel_overlaps.html", shared | {"overlaps": found}))
        panels.append(Panel("relief/desk/panel_sum.html", shared | _sum(application, viewer)))
    return panels


def lines(findings: list[Finding], document: str = "") -> list[Line]:
    """``document`` is what the federation names as its rule: a reader can ask for that, not for a reference of ours."""
    named = next((one.source for one in findings if one.source and not one.source.startswith(REFERENCE)), document)
    return [
        Line(str(one.outcome), wording.outcome(one), wording.explain(one), named, wording.origin(one))
        for one in findings
    ]


def _facts(application: Application, *, now: datetime) -> dict:
    """The findings the case was decided on; while it isn't decided, what the rules say as things stand."""
    titles = {str(kind): kind.label for kind in AssessmentKind}
    decisive = application.assessments.filter(decisive=True).order_by("-pk")
    newest, document = {}, application.programme.source
    for one in decisive:
        newest.setdefault(one.kind, one)
    if newest and application.case.stage not in REVIEWED:
        parts = [
            (titles[one.kind], one.rules_version, lines([Finding.from_json(f) for f in one.findings], document))
            for one in sorted(newest.values(), key=lambda one: one.pk)
        ]
        return {"parts": parts, "decided_on": True, "category": _category(newest.get(AssessmentKind.INCOME))}
    judgement = judge(application, now=now)
    parts = [(titles[str(part.kind)], part.version, lines(list(part.findings), document)) for part in judgement.parts]
    return {"parts": parts, "decided_on": False, "category": wording.category_said(judgement.category)}


def _category(assessment) -> str:
    outcome = assessment.outcome if assessment else "unknown"
    return wording.category_said(None if outcome == "unknown" else outcome)


def household_shown(household) -> dict:
    """A household masked: relations and classes; names by one character, no number, no day of birth, no sum."""
    work, health = dict(WorkState.choices), dict(Health.choices)
    members = [
        {
            "relation": member.get_relation_display(),
            "name": member.masked_name,
            "number": member.masked_id_number,
            "work": work.get(member.particulars.get("work"), ""),
            "excused": bool(member.particulars.get("excused")),
            "health": health.get(member.particulars.get("health"), ""),
            "lives_with": member.lives_with,
            "herself": member.relation == Relation.SELF,
        }
        for member in household.members.all()
    ]
    return {
        "household": household,
        "members": members,
        "said_alone": bool(household.particulars.get("alone")),
        "draft": household.state == FileState.DRAFT,
        "file_url": reverse("relief_desk:file", args=[household.token]),
    }


def _visits(application: Application):
    return application.visits.select_related("visitor").annotate(pictures=Count("photos"))


def _exclusions(application: Application, codes: list[str]) -> dict:
    checks = {check.code: check for check in application.exclusions.select_related("by")}
    return {"exclusions": [(code, wording.review.exclusion(code), checks.get(code)) for code in codes]}


def _sum(application: Application, viewer) -> dict:
    waits = waits_for_a_second(application)
    sums = {
        name: "" if value is None else f"{value:,.2f}"
        for name, value in (("computed", application.computed), ("amount", application.amount))
    }
    return sums | {"waits": waits, "seconds": waits and application.changed_by_id != viewer.pk}
