"""The first administrator of a tree, appointed from the command line: afterwards posts are given on the desk."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from services.accounts.actions import create_staff, reset_staff_password
from services.accounts.models import User
from services.foundation.locks import hold
from services.organizations import errors
from services.organizations.actions.posts import assign_staff
from services.organizations.actions.tree import TREE_LOCK
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment


@transaction.atomic
def appoint_first_administrator(
    username: str, *, full_name: str, organization: Organization, today: date
) -> tuple[User, str]:
    """Make a staff account, or take the one there is, and give it the administrator's post at the top of a tree.

    Returns the account and its temporary password, which is kept nowhere. For commands only: nobody's right is
    asked. Holds the tree's lock. Raises ``NotTheTop``, ``AdministratorThere``, ``NotStaff``, ``AccountClosed``,
    ``RolesConflict``, ``ParentClosed``.
    """
    hold(TREE_LOCK)
    if not organization.is_root():
        raise errors.NotTheTop(name=organization.name, top=organization.get_root().code)
    if there := _administrators(organization, on=today).first():
        raise errors.AdministratorThere(name=organization.name, username=there.get_username())
    user = User.objects.filter(username=username).first()
    if user is None:
        user, password = create_staff(username=username, full_name=full_name, by=None)
    elif user.is_worker:
        raise errors.NotStaff()
    elif not user.is_active:
        raise errors.AccountClosed(username=username)
    else:
        password = reset_staff_password(user, by=None)
    assign_staff(user, organization=organization, role=Role.PLATFORM_ADMINISTRATOR, by=None, valid_from=today)
    return user, password


def _administrators(top: Organization, *, on: date) -> QuerySet[User]:
    """The people with an open account who hold the administrator's post at ``top``, on that day or later."""
    posts = StaffAssignment.objects.filter(organization=top, role=Role.PLATFORM_ADMINISTRATOR)
    return User.objects.filter(is_active=True, assignments__in=posts.exclude(valid_until__lt=on)).order_by("pk")
