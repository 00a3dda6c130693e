"""What is hers by her account: an application, an authorisation, and what her page of data says of them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from services.casework.models import Authorisation, Case, Complaint, Document
from services.casework.queries.hers import cases_of
from services.workers.queries import worker_of


def own_case(user, token: str) -> Case | None:
    """Hers, with its route; None for anybody else's and for staff."""
    worker = worker_of(user)
    if worker is None:
        return None
    found = cases_of(worker).filter(token=token)
    return found.select_related("route", "worker__user", "authorisation", "representative").first()


def authorisations_of(worker) -> QuerySet[Authorisation]:
    """Whom she let apply in her name, the newest first."""
    rows = Authorisation.objects.own(worker=worker).select_related("representative")
    return rows.order_by("-recorded_at", "-pk")


def own_authorisation(user, token: str) -> Authorisation | None:
    worker = worker_of(user)
    return worker and authorisations_of(worker).filter(token=token).first()


def kinds_held(user) -> list[str]:
    """What her applications hold, in words; nothing when she never began one."""
    worker = worker_of(user)
    if worker is None or not cases_of(worker).exists():
        return []
    return [_("Your applications, what you stated in them and how they went"), _("Photos and papers that you sent")]


def subjects_held(user) -> list[tuple[str, int]]:
    """The papers and complaints of hers at which a look can be recorded."""
    worker = worker_of(user)
    if worker is None:
        return []
    papers = Document.objects.filter(worker=worker).values_list("pk", flat=True)
    complaints = Complaint.objects.own(case__worker=worker).values_list("pk", flat=True)
    return [
        *((Document._meta.label_lower, key) for key in papers),
        *((Complaint._meta.label_lower, key) for key in complaints),
    ]
