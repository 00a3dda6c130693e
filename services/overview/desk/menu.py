"""What the desk's menu holds for whom, and in which order: people and services first, pages after them."""

from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem

from services.bookings.queries import venues_operated_by

# Wagtail's own items; everything not named keeps the order its app gave it.
PLACES = {"explorer": 600, "images": 610, "documents": 620, "reports": 800, "settings": 900}
LEFT_OUT = frozenset({"help", "snippets"})
FOR_EDITORS = frozenset({"images", "documents", "reports"})


class DoorMenuItem(MenuItem):
    """The page at the clinic's door, for those registered at a site."""

    def is_shown(self, request):
        return venues_operated_by(request.user).exists()


def arranged(user, items: list) -> list:
    """The items she can use. Wagtail's help leads to foreign sites, so it is left out for everybody."""
    edits = user_has_any_page_permission(user)
    kept = [item for item in items if item.name not in LEFT_OUT and (edits or item.name not in FOR_EDITORS)]
    for item in kept:
        item.order = PLACES.get(item.name, item.order)
    return kept


def page_panels(user, panels: list) -> list:
    """Wagtail's panels about pages, for those who edit pages."""
    return panels if user_has_any_page_permission(user) else []
