"""The list of the yearly condolence visit."""

from django.db.models import QuerySet

from services.mutual_aid.models import Nomination


def nominations_listed(user) -> QuerySet[Nomination]:
    """Women of her unions, the newest year first. One query."""
    return Nomination.objects.visible_to(user).select_related("worker", "organization", "scheme", "changed_by")
