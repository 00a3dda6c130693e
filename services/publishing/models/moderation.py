"""To whom a page belongs, who wrote what isn't public yet, and who decides about it."""

from wagtail.models import Page, Revision, TaskState, WorkflowTask

from services.foundation.scope import scope_of
from services.organizations.enums import Branch
from services.organizations.models import Organization
from services.publishing.enums import APPROVERS, KINDS_OF_LEVEL
from services.publishing.models.section import Section
from services.publishing.rules import levels


def paths_above(page) -> list[str]:
    """Tree paths of the page and of everything above it."""
    return [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]


def section_of(page) -> Section | None:
    """The innermost section a page lies in; None where the page is the whole federation's."""
    sections = Section.objects.filter(page__path__in=paths_above(page)).select_related("organization")
    return sections.order_by("-page__depth").first()


def organization_of(page) -> Organization | None:
    """Whose page it is: its section's organisation, else the one at the top of the union's branch."""
    section = section_of(page)
    if section:
        return section.organization
    return Organization.objects.filter(depth=1, branch=Branch.TRADE_UNION).first()


def chain_of(page) -> list[Organization]:
    """From the top of the branch down to the organisation of the page."""
    organization = organization_of(page)
    if organization is None:
        return []
    step = Organization.steplen
    paths = [organization.path[:end] for end in range(step, len(organization.path) + 1, step)]
    return list(Organization.objects.filter(path__in=paths).order_by("path"))


def desk_of(task, workflow_state) -> Organization | None:
    """Where a step that is about to begin is decided."""
    chain = chain_of(workflow_state.content_object)
    steps = WorkflowTask.objects.filter(workflow=workflow_state.workflow, task__active=True).order_by("sort_order")
    last = list(steps.values_list("task_id", flat=True))[-1:] == [task.pk]
    before = set(
        workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
        .exclude(leveltaskstate__desk=None)
        .values_list("leveltaskstate__desk", flat=True)
    )
    found = levels.desk_of(
        task.level, [(org.pk, org.kind) for org in chain], kinds=KINDS_OF_LEVEL, last=last, before=before
    )
    return next((org for org in chain if org.pk == found), None)


def authors_of(page, *, upto: int | None = None) -> set[int]:
    """Everybody who wrote what isn't public yet: of each version since the public one, and of the page itself while
    it never was public."""
    stands = Page.objects.filter(pk=page.pk).values_list("live_revision_id", "owner_id", "first_published_at").first()
    if stands is None:
        return {page.owner_id} - {None}
    live, owner, published = stands
    versions = Revision.page_revisions.filter(object_id=str(page.pk), pk__gt=live or 0)
    if upto:
        versions = versions.filter(pk__lte=upto)
    wrote = set(versions.order_by().values_list("user_id", flat=True))
    return (wrote | ({owner} if published is None else set())) - {None}


def may_decide(task, page, user) -> bool:
    """Does a post of hers reach the desk of the step that is open now, and did somebody else write it?"""
    state = page.current_workflow_task_state
    if state is None or state.task_id != task.pk:
        return False
    state = state.specific
    if user.pk in authors_of(page) or user.pk == state.workflow_state.requested_by_id:
        return False
    if user.is_superuser:
        return True
    return state.desk is not None and scope_of(user).covers(state.desk.path, roles=APPROVERS)
