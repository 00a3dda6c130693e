from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class CmsPagesConfig(AppConfig):
    name = "cms_pages"
    label = "cms_pages"
    verbose_name = _("Pages")

    def ready(self):
        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from cms_pages import freshness
        from cms_pages.models import SiteDetails

        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(freshness.renew_after_commit, dispatch_uid=f"cms_pages.freshness.{id(signal)}")
        post_delete.connect(_renew_for_pages, dispatch_uid="cms_pages.freshness.deleted")
        for model in (SiteDetails, Site, PageViewRestriction):
            for signal in (post_save, post_delete):
                signal.connect(freshness.renew_after_commit, sender=model)
        # Permissions of the Wagtail apps exist once django.contrib.auth, which comes after them, was migrated.
        post_migrate.connect(_ensure_rights, sender=apps.get_app_config("auth"))


def _renew_for_pages(sender, instance, **kwargs) -> None:
    from wagtail.models import Page

    from cms_pages import freshness

    if isinstance(instance, Page):
        freshness.renew_after_commit()


def _ensure_rights(sender, **kwargs) -> None:
    from cms_pages.first_names import ensure_first_names
    from cms_pages.rights import ensure_publishing_rights

    ensure_publishing_rights()
    ensure_first_names()
