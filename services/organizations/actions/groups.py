"""The Wagtail groups that stand for roles: named by role code, carrying the right to enter the desk."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from services.organizations.enums import Role


def ensure_groups() -> None:
    """Create a group for every role and let it into the desk. Safe to run again."""
    from wagtail.admin.models import Admin

    admin_type = ContentType.objects.get_for_model(Admin)
    enter, _created = Permission.objects.get_or_create(
        content_type=admin_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    for role in Role.values:
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(enter)
