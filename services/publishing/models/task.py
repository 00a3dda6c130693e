"""A step of moderation that is decided at a level of the tree, never by whoever wrote the page."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.models import Task, TaskState
from wagtail.signals import task_submitted

from services.foundation.scope import path_filter, scope_of
from services.publishing.enums import APPROVERS, Level
from services.publishing.models import moderation


class LevelTaskState(TaskState):
    """Remembers at which organisation the step lies; ``None`` where it was skipped."""

    desk = models.ForeignKey("organizations.Organization", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("step of moderation")
        verbose_name_plural = _("steps of moderation")

    def __str__(self) -> str:
        # Wagtail's would tell the title of the page, which may be a woman's name.
        return f"#{self.pk}"


class LevelTask(Task):
    """Decided by officers at ``level`` of the tree, seen from the section of the page, or above it.

    A step whose level doesn't stand above the section, or whose organisation has approved already, is passed over;
    the last step never is.
    """

    level = models.CharField(
        _("decided at"),
        max_length=10,
        choices=Level,
        default=Level.OWN,
        help_text=_("Officers of the organisations above decide as well. Nobody approves what she wrote herself."),
    )

    admin_form_fields = [*Task.admin_form_fields, "level"]
    task_state_class = LevelTaskState

    class Meta:
        verbose_name = _("approval by level")
        verbose_name_plural = _("approvals by level")

    @classmethod
    def get_description(cls):
        return _("Officers at a level of the organisation tree approve; never the author")

    @transaction.atomic
    def start(self, workflow_state, user=None):
        """As Wagtail's, but a step that is passed over is told to nobody."""
        desk = moderation.desk_of(self, workflow_state)
        state = LevelTaskState(
            workflow_state=workflow_state,
            revision=workflow_state.content_object.get_latest_revision(),
            task=self,
            desk=desk,
            status=TaskState.STATUS_IN_PROGRESS if desk else TaskState.STATUS_SKIPPED,
        )
        state.save()
        if desk:
            task_submitted.send(sender=LevelTaskState, instance=state, user=user)
        return state

    def _decides(self, page, user) -> bool:
        return moderation.may_decide(self, page, user)

    def user_can_access_editor(self, obj, user):
        return self._decides(obj, user)

    def locked_for_user(self, obj, user):
        return not self._decides(obj, user)

    def user_can_lock(self, obj, user):
        return self._decides(obj, user)

    def get_actions(self, obj, user):
        if not self._decides(obj, user):
            return []
        return [
            ("reject", pgettext("moderation", "Request changes"), True),
            ("approve", pgettext("moderation", "Approve"), False),
            ("approve", pgettext("moderation", "Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Steps at or below her posts that somebody else asked for. Exact are ``get_actions``."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        reach = path_filter("desk__path", scope_of(user).paths(roles=APPROVERS))
        mine = LevelTaskState.objects.filter(reach, task=self, status=TaskState.STATUS_IN_PROGRESS)
        hers = mine.exclude(revision__user=user).exclude(workflow_state__requested_by=user)
        return waiting.filter(pk__in=hers.values("pk"))
