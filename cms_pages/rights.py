"""Who may write and who may publish: page and collection rights of two roles, and the workflow between them."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from services.organizations.enums import Role

PAGE_RIGHTS = {
    Role.COMMUNICATIONS_EDITOR: ("add_page", "change_page"),
    Role.FEDERATION_OFFICER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILE_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)
WORKFLOW = "内容审核"
TASK = "总工会审核"


def ensure_publishing_rights() -> None:
    """Give both roles their rights on the page tree and its files, and set up the workflow. Safe to run again.

    A communications editor writes and submits; a federation officer approves and publishes. The names of workflow
    and task are content that administrators may change, so they are made only where no workflow stands.
    """
    root = Page.get_first_root_node()
    files = Collection.get_first_root_node()
    if root is None or files is None:
        return
    for role, codenames in PAGE_RIGHTS.items():
        group, _made = Group.objects.get_or_create(name=role)
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for app_label, codename in FILE_RIGHTS:
            permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
            GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
        if role == Role.FEDERATION_OFFICER:
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label="cms_pages", codename="change_sitedetails")
            )
    _ensure_workflow(root)


def _ensure_workflow(root: Page) -> None:
    if WorkflowPage.objects.filter(page=root, workflow__name=WORKFLOW).exists():
        return
    task, made = GroupApprovalTask.objects.get_or_create(name=TASK)
    if made:
        task.groups.add(Group.objects.get(name=Role.FEDERATION_OFFICER))
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
