"""Rights on pages and files follow from posts: over the whole site at the top of the union, else over one section."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from services.foundation import clock
from services.organizations.enums import Branch
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force
from services.publishing.enums import FILE_RIGHTS, PAGE_RIGHTS, Level, group_name, is_group_of_ours
from services.publishing.models import LevelTask, Section

WAGTAILS_WORKFLOW = "Moderators approval"
WORKFLOW, TASK = "内容审核", "本级或上级审核"
FORMER_TASK = "总工会审核"
BY_LEVEL, STEPS = "逐级审核", (("本级审核", Level.OWN), ("区县级审核", Level.COUNTY), ("市级审核", Level.TOP))


def ensure_rights() -> None:
    """Groups with rights over the whole site, and the two workflows. Safe to run again.

    Names of workflows and steps are content that administrators may change: made only where none stands.
    """
    root, files = Page.get_first_root_node(), Collection.get_first_root_node()
    if root is None or files is None:
        return
    _withdraw_from_roles()
    for role in PAGE_RIGHTS:
        _grant(role, group_name(role), root, files)
    if not WorkflowPage.objects.filter(page=root).exclude(workflow__name=WAGTAILS_WORKFLOW).exists():
        workflow = _workflow(WORKFLOW, ((TASK, Level.OWN),))
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    _workflow(BY_LEVEL, STEPS)
    for user in people_with_posts():
        follow_posts(user)


def _withdraw_from_roles() -> None:
    """Before there were sections, the groups of roles carried rights over the whole site, wherever a post was held; and
    the one step of the workflow lay with whoever bore a role, even with the author."""
    GroupPagePermission.objects.filter(group__name__in=PAGE_RIGHTS).delete()
    GroupCollectionPermission.objects.filter(group__name__in=PAGE_RIGHTS).delete()
    former = WorkflowTask.objects.filter(
        workflow__name=WORKFLOW, task__name=FORMER_TASK, task__groupapprovaltask__isnull=False
    )
    for step in former:
        step.task.deactivate()
        task, _made = LevelTask.objects.get_or_create(name=TASK, defaults={"level": Level.OWN})
        step.task = task
        step.save()


def _workflow(name: str, steps) -> Workflow:
    workflow, made = Workflow.objects.get_or_create(name=name)
    for place, (title, level) in enumerate(steps if made else ()):
        task, _made = LevelTask.objects.get_or_create(name=title, defaults={"level": level})
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    return workflow


def _grant(role: str, name: str, page: Page, collection: Collection) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGE_RIGHTS[role]
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    for app_label, codename in FILE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def grant_section(section: Section) -> None:
    """Make the groups of a section and put everybody into them whose post reaches it."""
    for role in PAGE_RIGHTS:
        _grant(role, group_name(role, section.pk), section.page, section.collection)
    for user in people_with_posts():
        follow_posts(user)


def withdraw_section(section: Section) -> None:
    Group.objects.filter(name__in=[group_name(role, section.pk) for role in PAGE_RIGHTS]).delete()


def people_with_posts() -> list:
    """Everybody who holds a post today that has to do with pages."""
    posts = StaffAssignment.objects.filter(in_force(clock.today()), role__in=PAGE_RIGHTS).select_related("user")
    return list({post.user_id: post.user for post in posts}.values())


@transaction.atomic
def follow_posts(user, *, on: date | None = None) -> None:
    """Make her page groups those of her posts in force; called whenever a post begins or ends, and after moves."""
    posts = StaffAssignment.objects.filter(in_force(on or clock.today()), user=user, role__in=PAGE_RIGHTS)
    held = set(posts.values_list("role", "organization__path", "organization__depth", "organization__branch"))
    wanted = {group_name(role) for role, _path, depth, branch in held if depth == 1 and branch == Branch.TRADE_UNION}
    if held:
        sections = Section.objects.filter(_reached(path for _role, path, _depth, _branch in held))
        for key, place in sections.values_list("pk", "organization__path"):
            wanted |= {group_name(role, key) for role, path, _depth, _branch in held if place.startswith(path)}
    has = {name for name in user.groups.values_list("name", flat=True) if is_group_of_ours(name)}
    if has - wanted:
        user.groups.remove(*Group.objects.filter(name__in=has - wanted))
    if wanted - has:
        user.groups.add(*[Group.objects.get_or_create(name=name)[0] for name in sorted(wanted - has)])


def _reached(paths) -> Q:
    reached = Q(pk__in=[])
    for path in paths:
        reached |= Q(organization__path__startswith=path)
    return reached


def follow_tree(organization, *, was: str, by) -> None:
    """A branch moved or closed: who reaches a section may have changed."""
    if organization.path != was and Section.objects.exists():
        for user in people_with_posts():
            follow_posts(user)
