"""Telling whoever decides, and whoever asked, how a page moves through its workflow."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext, override, pgettext

from services.foundation import clock
from services.messaging.actions import Letter, notify_many
from services.organizations.models import StaffAssignment
from services.organizations.queries import ancestor_paths, in_force
from services.publishing.enums import APPROVERS
from services.publishing.models.moderation import authors_of
from services.publishing.notifications import DECIDED, WAITS

MOST = 20


def tell_deciders(state) -> None:
    """Officers whose post lies at the desk of a step, or else at the next desk above that has one."""
    page = state.workflow_state.content_object
    authors = authors_of(page) | {state.workflow_state.requested_by_id}
    people = _nearest(state.desk.path, authors)
    letters = [
        Letter(
            to=person,
            context={"title": page.get_admin_display_title()},
            dedupe_key=f"step-{state.pk}",
            link=f"/admin/pages/{page.pk}/edit/",
        )
        for person in people
    ]
    if letters:
        notify_many(WAITS, letters)


def _nearest(path: str, authors: set) -> list:
    posts = StaffAssignment.objects.filter(
        in_force(clock.today()), organization__path__in=ancestor_paths(path), role__in=APPROVERS
    ).exclude(user__in=authors - {None})
    by_desk = dict.fromkeys(posts.order_by("-organization__depth").values_list("organization__path", flat=True))
    if not by_desk:
        return []
    here = posts.filter(organization__path=next(iter(by_desk)))
    return list(get_user_model().objects.filter(Q(pk__in=here.values("user")), is_active=True).order_by("pk")[:MOST])


def tell_asker(workflow_state, *, approved: bool) -> None:
    """Approved, or sent back for changes."""
    page, asker = workflow_state.content_object, workflow_state.requested_by
    if asker is None:
        return
    with override(asker.language or None):
        yes, no = pgettext("outcome of moderation", "approved"), gettext("sent back, changes are asked for")
        outcome = yes if approved else no
    state = workflow_state.current_task_state
    letter = Letter(
        to=asker,
        context={"title": page.get_admin_display_title(), "outcome": outcome},
        dedupe_key=f"decided-{state.pk if state else workflow_state.pk}-{approved}",
        link=f"/admin/pages/{page.pk}/edit/",
    )
    notify_many(DECIDED, [letter])


def submitted(sender, instance, **kwargs) -> None:
    """A step begins."""
    tell_deciders(instance)


def approved(sender, instance, **kwargs) -> None:
    """The last step is done."""
    tell_asker(instance, approved=True)


def rejected(sender, instance, **kwargs) -> None:
    """A step asks for changes."""
    tell_asker(instance, approved=False)
