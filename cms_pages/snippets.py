"""Topics and forms of training at the desk, under Settings, for those who edit at the top of the union."""

from django.contrib.auth.models import Group, Permission
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from cms_pages.models import Topic, TrainingForm
from services.foundation.desk_columns import Column
from services.organizations.enums import Role
from services.publishing.enums import PAGE_RIGHTS, group_name

# No right to delete: pages name them, and figures count by them.
RIGHTS = ("add", "change", "view")
KEPT = (Topic, TrainingForm)


def _in_english(word) -> str:
    return format_html('<span lang="en">{}</span>', word.name_en)


class WordsViewSet(SnippetViewSet):
    list_display = [
        "name",
        Column("name_en", label=_("name in English"), accessor=_in_english, sort_key="name_en"),
        "position",
    ]
    ordering = ["position", "name"]
    add_to_settings_menu = True
    copy_view_enabled = False


class TopicViewSet(WordsViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 640


class TrainingFormViewSet(WordsViewSet):
    model = TrainingForm
    icon = "group"
    menu_label = _("Forms of training")
    menu_order = 641


def ensure_word_rights() -> None:
    """Who publishes at the top of the union, and the platform's administrator, keep the words that editors choose from:
    one renamed is renamed on every page of every organisation. Safe to run again."""
    names = [f"{right}_{model._meta.model_name}" for model in KEPT for right in RIGHTS]
    rights = Permission.objects.filter(content_type__app_label="cms_pages", codename__in=names)
    for former in Group.objects.filter(name__in=PAGE_RIGHTS):
        former.permissions.remove(*rights)
    for name in (Role.PLATFORM_ADMINISTRATOR, *map(group_name, PAGE_RIGHTS)):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*rights)
