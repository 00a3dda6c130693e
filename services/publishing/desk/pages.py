"""What the pages of this desk share: who comes in, and the way from one to the other."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton

from services.publishing import policies


class OnThisDesk:
    """For those who work on some page; the lists show what is theirs."""

    def allowed(self):
        return policies.may_work_on_pages(self.request.user)


class Signposts:
    """The other lists, beside the heading of each."""

    @cached_property
    def header_buttons(self):
        places = [
            ("holds", _("Held back"), "warning"),
            ("links", _("Broken links"), "link"),
            ("ending", _("Ending soon"), "date"),
        ]
        if policies.may_keep_sections(self.request.user):
            places.append(("sections", _("Sections"), "folder-open-inverse"))
        return [
            HeaderButton(label, url=reverse(f"publishing_desk:{name}"), icon_name=icon)
            for name, label, icon in places
            if not self.index_url_name.endswith(f":{name}")
        ]


def trail(view, *steps) -> list[dict]:
    """Breadcrumbs: the list of holds, then what is given as (url, label)."""
    return [*view.breadcrumbs_items, *({"url": url, "label": label} for url, label in steps)]
