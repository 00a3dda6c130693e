"""Routes and buttons at the desk."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button

from services.outreach import policies
from services.outreach.desk import announcing
from services.outreach.registry import shelf

_PATTERNS = [
    path("<int:page>/", announcing.Announce.as_view(), name="announce"),
    path("<int:page>/stop/<int:announcement>/", announcing.CallOff.as_view(), name="call_off"),
]


def admin_urls():
    return [path("outreach/", include((_PATTERNS, "outreach_desk"), namespace="outreach_desk"))]


def page_buttons(page, user, view_name, next_url=None):
    """In the header of a page that can be announced, for those who may."""
    if page.pk and policies.may_announce(user) and shelf.library.publication(page.pk):
        yield Button(
            _("Tell women of this page"),
            url=reverse("outreach_desk:announce", args=[page.pk]),
            icon_name="mail",
            priority=70,
        )


def log_actions(actions) -> None:
    actions.register_action("outreach.announce", _("Announce a page"), _("Page announced to women"))
    actions.register_action("outreach.call_off", _("Stop an announcement"), _("Announcement stopped"))
