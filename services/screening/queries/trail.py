"""What staff did to a programme, as the log keeps it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import ModelLogEntry

from services.bookings.models import Draw
from services.screening.models import Programme


def trail_of(programme: Programme) -> QuerySet[ModelLogEntry]:
    """Everything about the programme, its terms, its sign-up and its draws, newest first."""
    kinds = ContentType.objects.get_for_models(Programme, Draw)
    draws = [str(key) for key in Draw.objects.filter(offering=programme.offering_id).values_list("pk", flat=True)]
    about = Q(content_type=kinds[Programme], object_id=str(programme.pk))
    about |= Q(content_type=kinds[Draw], object_id__in=draws)
    return ModelLogEntry.objects.filter(about).select_related("user").order_by("-timestamp", "-pk")
