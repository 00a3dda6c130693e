"""What a claim still lacks before it can be handed in: all of it at once, in words she reads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from services.casework.enums import ScanState
from services.casework.registry import Missing
from services.mutual_aid.actions.claiming import consents
from services.mutual_aid.models import Claim
from services.mutual_aid.queries.claiming import required_of, stated_of
from services.mutual_aid.wording.claims import document
from services.payments.queries import current_account

PAPERS = "casework:documents"
PAGES = {
    "consent": "claims:tasks",
    "diagnosed": "claims:diagnosis",
    "disease": "claims:diagnosis",
    "grade": "claims:diagnosis",
    "hospital": "claims:treatment",
    "stay": "claims:treatment",
    "account": "claims:account",
}


def missing_of(claim: Claim, *, now: datetime) -> list[Missing]:
    """In the order in which she is asked; each with its page."""
    found = [*_consent(claim, now=now), *_said(claim), *_documents(claim), *_account(claim)]
    token = claim.case.token
    return [replace(one, address=reverse(PAGES.get(one.item, PAPERS), args=[token])) for one in found]


def _consent(claim: Claim, *, now: datetime) -> Iterator[Missing]:
    if not consents(claim.case.worker, now=now):
        yield Missing("consent", _("Your agreement to the privacy notice on mutual aid"))


def _said(claim: Claim) -> Iterator[Missing]:
    said = stated_of(claim)
    if said.diagnosed is None:
        yield Missing("diagnosed", _("The day of the pathology report"))
    if not said.disease:
        yield Missing("disease", _("Which illness it is"))
    if not said.grade:
        yield Missing("grade", _("What the report says about it"))
    if not said.hospital or not said.hospital_level:
        yield Missing("hospital", _("The hospital and its level"))
    if said.hospitalised is None or said.surgery is None:
        yield Missing("stay", _("Whether you lay in hospital and had an operation"))


def _documents(claim: Claim) -> Iterator[Missing]:
    there = claim.case.documents.filter(removed_at__isnull=True).exclude(scan=ScanState.INFECTED)
    kinds = set(there.values_list("kind", flat=True))
    for kind in required_of(claim):
        if kind not in kinds:
            yield Missing(kind, document(kind), _("A photo taken with your phone is enough."))


def _account(claim: Claim) -> Iterator[Missing]:
    if current_account(claim.case.worker) is None:
        yield Missing("account", _("The bank account for the payment"))
