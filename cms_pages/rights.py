"""Rights that the pages add to those of ``services.publishing``: who edits what stands on every page."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from services.organizations.enums import Role
from services.publishing.enums import group_name


def ensure_publishing_rights() -> None:
    """Officers at the top of the union edit the site's details and the synonyms of its search. Safe to run again."""
    ours = Permission.objects.filter(content_type__app_label="cms_pages")
    right = ours.filter(Q(codename="change_sitedetails") | Q(codename__endswith="_synonyms"))
    for former in Group.objects.filter(name=Role.FEDERATION_OFFICER):
        former.permissions.remove(*right)
    group, _made = Group.objects.get_or_create(name=group_name(Role.FEDERATION_OFFICER))
    group.permissions.add(*right)
