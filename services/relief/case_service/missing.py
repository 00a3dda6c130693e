"""What an application still lacks before it can be handed in: all of it at once, in words she reads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from services.casework.enums import ScanState
from services.casework.registry import Missing
from services.foundation.verdict import Outcome
from services.payments.queries import current_account
from services.relief import wording
from services.relief.actions.applying import consents
from services.relief.actions.assessing import judge
from services.relief.enums import Cause, FileState, ProgrammeKind, Relation
from services.relief.models import Application
from services.relief.queries.facts import money_of
from services.relief.rules import asking

PAPERS = "casework:documents"
PAGES = {
    "consent": "relief:application",
    "you": "relief:you",
    "household": "relief:people",
    "members": "relief:people",
    "money": "relief:money",
    "causes": "relief:causes",
    "particulars": "relief:home",
    "event": "relief:event",
    "cost": "relief:event",
    "student": "relief:student",
    "group": "relief:group",
    "account": "relief:account",
}
# Parts of a file that a decision needs (§3.4).
_NEEDED = ("address", "marital", "housing", "medical_insurance")


def missing_of(application: Application, *, now: datetime) -> list[Missing]:
    """In the order in which she is asked: consent, file, answers, papers, account; each with its page."""
    found = [
        *_consent(application, now=now),
        *_herself(application),
        *(_file(application) if needs_file(application) else ()),
        *_answers(application),
        *_documents(application, now=now),
        *_account(application),
    ]
    token = application.case.token
    return [replace(one, address=reverse(PAGES.get(one.item, PAPERS), args=[token])) for one in found]


def needs_file(application: Application) -> bool:
    """Whether this programme asks for a file that isn't on record yet; only what a decision needs is asked."""
    return application.household.state == FileState.DRAFT and asking.rests_on_file(application.programme)


def _consent(application: Application, *, now: datetime) -> Iterator[Missing]:
    if not consents(application.case.worker, now=now):
        yield Missing("consent", _("Your agreement to the privacy notice on hardship relief"))


def _herself(application: Application) -> Iterator[Missing]:
    """What the roster doesn't know of her and the programme asks; her work and health belong to the file's line."""
    household = application.household
    her = household.members.get(relation=Relation.SELF)
    held = {**household.particulars, **her.particulars}
    asked = asking.facts_of_herself(application.programme, held)
    elsewhere = {"work", "health"} if needs_file(application) else set()
    if any(must and name not in elsewhere and not held.get(name) for name, must in asked.items()):
        yield Missing("you", _("What the union's roster doesn't know about you"))


def _file(application: Application) -> Iterator[Missing]:
    household = application.household
    members = list(household.members.all())
    if len(members) == 1 and not household.particulars.get("alone"):
        yield Missing("household", _("Who belongs to your household"), _("You live alone? Say so there."))
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
    if asking.needs_event(programme) and not application.event_index:
        yield Missing("event", _("What happened, and when"))
    if asking.needs_cost(programme) and not answers.get("cost"):
        yield Missing("cost", _("What you paid yourself"))
    if asking.asks_group(programme) and not answers.get("group"):
        yield Missing("group", _("Which group you belong to"))
    if asking.needs_student(programme) and application.student is None:
        yield Missing("student", _("The child it is for"))


def _documents(application: Application, *, now: datetime) -> Iterator[Missing]:
    there = set(
        application.case.documents.filter(removed_at__isnull=True)
        .exclude(scan=ScanState.INFECTED)
        .values_list("kind", flat=True)
    )
    for kind in _required(application, now=now):
        if kind not in there:
            yield Missing(kind, wording.review.document(kind), _("A photo taken with your phone is enough."))


def _required(application: Application, *, now: datetime) -> list[str]:
    """Kinds of paper that this programme requires of her: those tied to a condition only where it is met."""
    wanted = [(one["kind"], one.get("when")) for one in application.programme.documents if one.get("required")]
    met = {"", None}
    if any(when not in met for _kind, when in wanted):
        known = _facts(application)
        met |= {code for code, holds in known.items() if holds}
        if any(when not in known | dict.fromkeys(met) for _kind, when in wanted):
            met |= _conditions_met(application, now=now)
    return [kind for kind, when in wanted if when in met]


def _conditions_met(application: Application, *, now: datetime) -> set[str]:
    parts = judge(application, now=now).parts
    return {finding.code for part in parts for finding in part.findings if finding.outcome is Outcome.PASSED}


def _facts(application: Application) -> dict[str, bool]:
    """Conditions that a paper may hang on without being a condition of the programme."""
    household = application.household
    return {f"cause_{cause}": cause == household.cause for cause in Cause.values} | {
        "single_parent": household.single_parent,
        "event": bool(application.event_index),
        "living_allowance": bool(household.particulars.get("living_allowance")),
        "spouse": household.members.filter(relation=Relation.SPOUSE).exists(),
        "migrant": household.particulars.get("migrant") == "yes",
    }


def _account(application: Application) -> Iterator[Missing]:
    pays = application.programme.kind != ProgrammeKind.FILING
    if pays and current_account(application.case.worker) is None:
        yield Missing("account", _("The bank account for the payment"))
