from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "services.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Revision, WorkflowState
        from wagtail.signals import (
            page_published,
            page_unpublished,
            task_submitted,
            workflow_approved,
            workflow_rejected,
        )

        from services.organizations.registry import followers, post_followers
        from services.publishing import exporters, notifications, registry  # noqa: F401  declares the messages
        from services.publishing.actions import moderation, rights, watching
        from services.publishing.models import LevelTaskState
        from services.publishing.queries.addresses import resolves

        pre_save.connect(watching.before_saving, dispatch_uid="publishing.page")
        pre_save.connect(watching.before_scheduling, sender=Revision)
        pre_save.connect(watching.before_saving_picture, sender=get_image_model())
        post_save.connect(watching.after_saving_document, sender=get_document_model())
        for signal in (page_published, page_unpublished):
            signal.connect(watching.after_publishing, dispatch_uid=f"publishing.{id(signal)}")
        task_submitted.connect(moderation.submitted, sender=LevelTaskState)
        workflow_approved.connect(moderation.approved, sender=WorkflowState)
        workflow_rejected.connect(moderation.rejected, sender=WorkflowState)
        followers.register("publishing", rights.follow_tree)
        post_followers.register("publishing", rights.follow_posts)
        for one in exporters.LISTS:
            one.register()
        registry.answers.register("routes", resolves)
        # Permissions of the Wagtail apps exist once django.contrib.auth, which comes after them, was migrated.
        post_migrate.connect(_ensure_rights, sender=apps.get_app_config("auth"))


def _ensure_rights(sender, **kwargs) -> None:
    from services.publishing.actions.rights import ensure_rights

    ensure_rights()
