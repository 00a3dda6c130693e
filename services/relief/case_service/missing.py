"""What an application still lacks before it can be handed in: all of it at once, in words she reads."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from services.casework.enums import ScanState
from services.casework.registry import Missing
from services.foundation.verdict import Outcome
from services.payments.queries import current_account
from services.relief import wording
from services.relief.actions.applying import consents
from services.relief.actions.assessing import Judgement, judge
from services.relief.enums import AmountKind, FileState, ProgrammeKind, Relation
from services.relief.models import Application, Programme
from services.relief.queries.facts import money_of
from services.relief.rules.amounts import ANY

# Parts of a file that a decision needs (§3.4).
_NEEDED = ("address", "marital", "housing", "medical_insurance")
_OF_THE_FILE = frozenset({"on_file", "category_in", "income_at_most", "single_parent", "child_under", "cause_in"})
_OF_AN_EVENT = frozenset({"event_in", "event_within"})
_OF_A_STUDENT = frozenset({"school_stage", "school_type"})
_OF_A_COST = frozenset({AmountKind.COST_BANDS, AmountKind.COST_SHARE})


def missing_of(application: Application, *, now: datetime) -> list[Missing]:
    """In the order in which she is asked: consent, file, answers, papers, account."""
    return [
        *_consent(application, now=now),
        *(_file(application) if needs_file(application) else ()),
        *_answers(application),
        *_documents(application, now=now),
        *_account(application),
    ]


def needs_file(application: Application) -> bool:
    """Whether this programme asks for a file that isn't on record yet; only what a decision needs is asked."""
    if application.household.state != FileState.DRAFT:
        return False
    programme = application.programme
    codes = {condition.get("code") for condition in programme.conditions}
    return programme.kind == ProgrammeKind.FILING or bool(codes & _OF_THE_FILE) or _by_category(programme)


def _by_category(programme: Programme) -> bool:
    """Whether the sum differs by category, and so rests on the income test."""
    tables = [programme.amount.get(name, {}) for name in ("by_category", "months", "share")]
    return any(set(table) - {ANY} for table in tables)


def _consent(application: Application, *, now: datetime) -> Iterator[Missing]:
    if not consents(application.case.worker, now=now):
        yield Missing("consent", _("Your agreement to the privacy notice on hardship relief"))


def _file(application: Application) -> Iterator[Missing]:
    household = application.household
    members = list(household.members.all())
    if any(not member.particulars.get("work") or not member.particulars.get("health") for member in members):
        yield Missing("members", _("Work and health of everybody in the household, yourself included"))
    if not money_of(household, on=application.case.created_at.date()).stated:
        yield Missing("money", _("What comes in and what must go out in a year"), _("Nothing comes in? Say so there."))
    if not household.cause:
        yield Missing("causes", _("The main cause of hardship"))
    if any(not household.particulars.get(name) for name in _NEEDED):
        yield Missing("particulars", _("Address, marital status, housing and medical insurance"))


def _answers(application: Application) -> Iterator[Missing]:
    programme, answers = application.programme, application.answers
    codes = {condition.get("code") for condition in programme.conditions}
    if (codes & _OF_AN_EVENT or programme.kind == ProgrammeKind.EMERGENCY) and not application.event_index:
        yield Missing("event", _("What happened, and when"))
    if (programme.amount_kind in _OF_A_COST or "cost_over" in codes) and not answers.get("cost"):
        yield Missing("cost", _("What you paid yourself"))
    if (programme.amount_kind == AmountKind.BY_STAGE or codes & _OF_A_STUDENT) and application.student is None:
        yield Missing("student", _("The child it is for"))


def _documents(application: Application, *, now: datetime) -> Iterator[Missing]:
    there = set(
        application.case.documents.filter(removed_at__isnull=True)
        .exclude(scan=ScanState.INFECTED)
        .values_list("kind", flat=True)
    )
    for kind in required_documents(application, judge(application, now=now)):
        if kind not in there:
            yield Missing(kind, wording.review.document(kind), _("A photo taken with your phone is enough."))


def required_documents(application: Application, judgement: Judgement) -> list[str]:
    """Kinds of paper that this programme requires of her: those tied to a condition only where it is met."""
    met = {finding.code for part in judgement.parts for finding in part.findings if finding.outcome is Outcome.PASSED}
    wanted = [one for one in application.programme.documents if one.get("required")]
    return [one["kind"] for one in wanted if not one.get("when") or one["when"] in met | _facts(application)]


def _facts(application: Application) -> set[str]:
    """Conditions that a paper may hang on without being a condition of the programme."""
    household = application.household
    spouse = household.members.filter(relation=Relation.SPOUSE).exists()
    found = {
        "single_parent": household.single_parent,
        "event": bool(application.event_index),
        "living_allowance": bool(household.particulars.get("living_allowance")),
        "spouse": spouse,
        "migrant": household.particulars.get("migrant") == "yes",
    }
    return {code for code, holds in found.items() if holds} | {f"cause_{household.cause}"}


def _account(application: Application) -> Iterator[Missing]:
    pays = application.programme.kind != ProgrammeKind.FILING
    if pays and current_account(application.case.worker) is None:
        yield Missing("account", _("The bank account for the payment"))
