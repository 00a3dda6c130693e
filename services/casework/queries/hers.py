"""Her applications, and those that somebody files in her name."""

from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from services.casework.enums import OPEN, FiledBy
from services.casework.models import Authorisation, Case, Document
from services.casework.queries.people import in_force
from services.workers.queries import worker_of


def cases_of(worker) -> QuerySet[Case]:
    """All her applications with the route, the newest first."""
    return Case.objects.own(worker=worker).select_related("route", "desk").order_by("-created_at", "-pk")


def her_open_cases(worker) -> QuerySet[Case]:
    """Those that aren't over, the newest first."""
    return cases_of(worker).filter(stage__in=OPEN)


def cases_represented_by(user, *, on: date) -> QuerySet[Case]:
    """What a staff member filed in women's names, as long as the authorisation counts and no woman took it over."""
    filed = Case.objects.own(
        filed_by=FiledBy.REPRESENTATIVE,
        representative=user,
        authorisation__representative=F("representative"),
    )
    return (
        filed.filter(in_force(on, "authorisation__")).select_related("worker", "route").order_by("-created_at", "-pk")
    )


def own_case(user, token: str) -> Case | None:
    """Hers, with its route; None for anybody else's and for staff."""
    worker = worker_of(user)
    return (
        worker and cases_of(worker).filter(token=token).select_related("route", "worker__user", "authorisation").first()
    )


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
    """The papers of hers at which a look can be recorded."""
    worker = worker_of(user)
    papers = Document.objects.filter(worker=worker).values_list("pk", flat=True) if worker else []
    return [(Document._meta.label_lower, key) for key in papers]
