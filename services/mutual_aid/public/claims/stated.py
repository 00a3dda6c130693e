"""What she stated, part by part, each line with the page on which it is changed; and how far each part is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from services.casework.public.drafting import shown
from services.casework.queries.documents import documents_of
from services.casework.registry import Missing
from services.mutual_aid.case_service.missing import PAGES, PAPERS
from services.mutual_aid.models import Claim
from services.mutual_aid.public.claims import parts
from services.mutual_aid.public.claims.access import address
from services.mutual_aid.wording.claims import document
from services.payments.queries import current_account

DONE, WAITING, OPTIONAL = "done", "todo", "optional"


@dataclass(frozen=True, slots=True)
class Part:
    """``state``: done, todo, optional."""

    title: str
    address: str
    state: str = DONE
    rows: list[tuple[str, str]] = field(default_factory=list)


def parts_of(claim: Claim, missing: Iterable[Missing]) -> list[Part]:
    """The task list, in the order in which she is asked."""
    items = {one.item for one in missing}

    def state(*codes: str) -> str:
        return WAITING if items & set(codes) else DONE

    there = claim.case.documents.filter(removed_at__isnull=True).exists()
    papers = WAITING if items - PAGES.keys() else DONE if there else OPTIONAL
    return [
        Part(str(parts.Diagnosis.title), address(claim, "diagnosis"), state("diagnosed", "disease", "grade")),
        Part(str(parts.Treatment.title), address(claim, "treatment"), state("hospital", "stay")),
        Part(_("Papers"), _papers(claim), papers),
        Part(str(parts.Account.title), address(claim, "account"), state("account")),
    ]


def stated(claim: Claim) -> list[Part]:
    """The same with what stands there, for looking through."""
    files = [(document(one.kind), one.name) for one in documents_of(claim.case)]
    account = current_account(claim.case.worker)
    given = [(account.bank, account.masked_number)] if account else []
    return [
        _form(claim, parts.Diagnosis, "diagnosis"),
        _form(claim, parts.Treatment, "treatment"),
        Part(_("Papers"), _papers(claim), rows=files),
        Part(str(parts.Account.title), address(claim, "account"), rows=given),
    ]


def _form(claim: Claim, page: type, name: str) -> Part:
    view = page()
    view.claim = claim
    return Part(str(page.title), address(claim, name), rows=shown(view.form(initial=view.stored())))


def _papers(claim: Claim) -> str:
    return reverse(PAPERS, args=[claim.case.token])
