from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from django.utils.translation import gettext_lazy as _


class CmsPagesConfig(AppConfig):
    name = "cms_pages"
    label = "cms_pages"
    verbose_name = _("Pages")

    def ready(self):
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from cms_pages import freshness, library
        from cms_pages.finding import indexing
        from cms_pages.models import SiteDetails, Synonyms, Topic, TrainingForm
        from services.outreach.registry import shelf

        shelf.employ(library.PublishedPages())

        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(freshness.renew_after_commit, dispatch_uid=f"cms_pages.freshness.{id(signal)}")
        # The index is written by whatever publishes, in its transaction; copies go stale after the commit.
        page_published.connect(indexing.published, dispatch_uid="cms_pages.indexing.published")
        page_unpublished.connect(indexing.unpublished, dispatch_uid="cms_pages.indexing.unpublished")
        pre_delete.connect(_forget_pages, dispatch_uid="cms_pages.indexing.deleted")
        post_delete.connect(_renew_for_pages, dispatch_uid="cms_pages.freshness.deleted")
        for model in (SiteDetails, Site, PageViewRestriction, Synonyms, Topic, TrainingForm):
            for signal in (post_save, post_delete):
                signal.connect(freshness.renew_after_commit, sender=model)
        # A file that is replaced takes its renditions with it; a new one stands on no page yet.
        for model in (get_image_model(), get_image_model().get_rendition_model(), get_document_model()):
            post_delete.connect(freshness.renew_after_commit, sender=model)
            post_save.connect(_renew_for_changed, sender=model)
        # After django.contrib.auth, when the groups and the workflow of services.publishing stand.
        post_migrate.connect(_ensure_rights, sender=apps.get_app_config("sessions"))


def _renew_for_pages(sender, instance, **kwargs) -> None:
    from wagtail.models import Page

    from cms_pages import freshness

    if isinstance(instance, Page):
        freshness.renew_after_commit()


def _renew_for_changed(sender, created=False, **kwargs) -> None:
    from cms_pages import freshness

    if not created:
        freshness.renew_after_commit()


def _forget_pages(sender, instance, **kwargs) -> None:
    from wagtail.models import Page

    from cms_pages.finding import indexing

    if isinstance(instance, Page):
        indexing.forget_pages([instance.pk])


def _ensure_rights(sender, **kwargs) -> None:
    from cms_pages.first_names import ensure_first_names
    from cms_pages.rights import ensure_publishing_rights
    from cms_pages.snippets import ensure_word_rights

    ensure_publishing_rights()
    ensure_word_rights()
    ensure_first_names()
