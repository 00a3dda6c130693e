"""Page templates (页面模板): pages that editors copy. They lie beside the site, so none of them has an address."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester


class TemplateRights(PagePermissionTester):
    """Of a template and its folder: they are written and copied, never published nor submitted."""

    def can_publish(self):
        return False

    can_publish_subpage = can_submit_for_moderation = can_publish


class TemplateFolder(Page):
    """Holds page templates. What lies here is never published: it is copied (``cms_pages.actions``)."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        f"cms_pages.{name}" for name in ("CampaignPage", "TrainingPage", "NoticePage", "ActivityPage", "ArticlePage")
    ]
    max_count = 1
    page_description = _("Templates that editors begin a new page from.")

    class Meta:
        verbose_name = _("folder of page templates")
        verbose_name_plural = _("folders of page templates")

    def permissions_for_user(self, user):
        return TemplateRights(user, self)

    @property
    def has_workflow(self) -> bool:
        return False

    def get_workflow(self):
        return None
