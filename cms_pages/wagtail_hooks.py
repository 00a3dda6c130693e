"""Registration in Wagtail: topics, forms of training, words that mean the same, page templates."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from cms_pages.finding.desk import SynonymsViewSet
from cms_pages.page_templates import PageTemplatesDesk
from cms_pages.snippets import TopicViewSet, TrainingFormViewSet

register_snippet(TopicViewSet)
register_snippet(TrainingFormViewSet)
register_snippet(SynonymsViewSet)


@hooks.register("register_admin_viewset")
def page_templates():
    return PageTemplatesDesk()


@hooks.register("construct_page_action_menu")
def templates_stay_drafts(menu_items, request, context):
    """Of a template there is nothing to publish."""
    if getattr(context.get("page"), "is_template", False):
        menu_items[:] = [item for item in menu_items if item.name not in {"action-publish", "action-submit"}]


@hooks.register("before_publish_page")
def no_template_is_published(request, page):
    if getattr(page, "is_template", False):
        messages.error(request, _("A page template isn't published: new pages are begun from it."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None
