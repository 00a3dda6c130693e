"""Chinese names for what Wagtail sets up under English ones: the roots of pages and files; and its unused workflow."""

from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow

PAGES, FILES = "全部页面", "全部文件"
WAGTAILS_ROOT, WAGTAILS_WORKFLOW = "Root", "Moderators approval"
WAGTAILS_GROUPS = ("Moderators", "Editors")


def ensure_first_names() -> None:
    """Rename the roots while they bear Wagtail's names; drop its workflow and groups while nobody uses them.

    Our own roles and workflow stand in their place: offered beside them, they would lead a page to nobody.
    """
    Page.objects.filter(depth=1, title=WAGTAILS_ROOT).update(title=PAGES, draft_title=PAGES)
    Collection.objects.filter(depth=1, name=WAGTAILS_ROOT).update(name=FILES)
    Workflow.objects.filter(name=WAGTAILS_WORKFLOW, workflow_pages=None, workflow_states=None).delete()
    GroupApprovalTask.objects.filter(name=WAGTAILS_WORKFLOW, workflow_tasks=None, task_states=None).delete()
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user=None, groupapprovaltask=None).delete()
