"""Where editors keep the words that mean the same."""

from wagtail.snippets.views.snippets import SnippetViewSet

from cms_pages.models.finding import Synonyms


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    icon = "search"
    list_display = ("words",)
    add_to_settings_menu = True
    menu_order = 200
