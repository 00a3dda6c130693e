"""Clinic staff."""

from django.db.models import QuerySet

from services.accounts.models import User
from services.foundation import clock
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force


def clinic_staff() -> QuerySet[User]:
    """Active users who hold the post of clinic staff anywhere today."""
    posts = StaffAssignment.objects.filter(in_force(clock.today()), role=Role.CLINIC_OPERATOR)
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id")).order_by("username")
