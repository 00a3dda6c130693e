"""What staff did in the organisations somebody reaches: exports, targets, terms, sign-up, draws, money, the tree."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from services.accounts.queries import staff_within_reach
from services.bookings.models import Draw, Provider, Venue
from services.exchange.models import Export, Job
from services.foundation.scope import path_filter, scope_of, unscoped
from services.mutual_aid.models import EnrolmentBatch, Scheme
from services.organizations.models import Organization
from services.payments.models import Batch, FundSource
from services.relief.models import Programme as ReliefProgramme
from services.screening.models import Programme
from services.signups.models import Activity

# What the list speaks of, and where each thing lies in the tree. Never records of persons, cases or payments.
_THINGS = {
    Organization: "path",
    Programme: "organization__path",
    Activity: "organization__path",
    Draw: "offering__organization__path",
    Provider: "organization__path",
    Venue: "organization__path",
    ReliefProgramme: "organization__path",
    Scheme: "organization__path",
    EnrolmentBatch: "path",
    FundSource: "organization__path",
    Batch: "organization__path",
    Job: "organization__path",
}


def trail_within_reach(user, *, roles: frozenset[str]) -> QuerySet[ModelLogEntry]:
    """Entries about things at or below the places where she holds one of these posts, and exports of their staff."""
    paths = scope_of(user).paths(roles=roles)
    kinds = ContentType.objects.get_for_models(*_THINGS, Export)
    about = Q(pk__in=[])
    with unscoped():
        for model, lookup in _THINGS.items():
            about |= Q(content_type=kinds[model], object_id__in=_keys(model.objects.filter(path_filter(lookup, paths))))
    owners = staff_within_reach(user, roles=roles)
    about |= Q(content_type=kinds[Export], object_id__in=_keys(Export.objects.filter(owner__in=owners)))
    return ModelLogEntry.objects.filter(about).select_related("user")


def _keys(rows: QuerySet) -> QuerySet:
    """Keys as the log writes them."""
    return rows.order_by().annotate(logged_as=Cast("pk", CharField(max_length=255))).values("logged_as")
