"""Registration in Wagtail: the desk's first page, its menu, its look."""

from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView
from wagtail import hooks

from services.foundation import styles
from services.overview.desk import home, language, menu, trail, work


@hooks.register("construct_homepage_panels", order=100)
def her_work_first(request, panels):
    panels[:] = [home.HerWork(), *menu.page_panels(request.user, panels)]


@hooks.register("construct_homepage_summary_items", order=100)
def no_tiles(request, items):
    items.clear()


@hooks.register("construct_main_menu", order=100)
def order_menu(request, items):
    items[:] = menu.arranged(request.user, items)


@hooks.register("register_admin_menu_item")
def language_switch():
    return language.LanguageMenuItem()


@hooks.register("register_admin_menu_item")
def the_door():
    return menu.DoorMenuItem(
        _("Check women in"), reverse_lazy("bookings:today"), name="door", icon_name="calendar-check", order=110
    )


@hooks.register("register_admin_menu_item")
def what_was_done():
    return trail.TrailMenuItem(
        _("What was done"), reverse_lazy("trail:list"), name="trail", icon_name="history", order=790
    )


@hooks.register("register_settings_menu_item")
def background_work():
    return work.WorkMenuItem(
        _("Background work"), reverse_lazy("background_work:list"), name="background-work", icon_name="tasks", order=630
    )


@hooks.register("register_log_actions", order=100)
def words_of_the_log(actions):
    """Wagtail's own word stands over a column of days too, and there it is translated as the time."""
    actions.register_action("wagtail.create", pgettext_lazy("log", "Create"), pgettext_lazy("log", "Created"))


hooks.register("register_admin_urls", trail.admin_urls)
hooks.register("register_admin_urls", work.admin_urls)


@hooks.register("register_admin_urls", order=-1)
def urls():
    """Ahead of Wagtail's own: its list of all snippet types counts rows of everybody, so it leads home instead."""
    return [
        path("language/<str:code>/", language.choose, name="desk_language"),
        path("snippets/", RedirectView.as_view(pattern_name="wagtailadmin_home")),
    ]


@hooks.register("insert_global_admin_css")
def look():
    return styles.style_sheet("desk")


@hooks.register("insert_global_admin_js")
def narrow_lists():
    return format_html('<script src="{}" defer></script>', static("js/stack.js"))
