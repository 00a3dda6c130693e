"""What a staff member can begin from the desk's first page when nothing waits for her."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import Site

from services.accounts.policies import may_manage_staff
from services.bookings.queries import venues_operated_by
from services.exchange.policies import importable
from services.messaging.policies import may_keep_messages
from services.privacy.policies import may_read_looks
from services.screening.policies import may_create_programme, may_enter_desk
from services.workers.policies import may_read_rosters


@dataclass(frozen=True, slots=True)
class Start:
    """A piece of work: its name, one sentence on what it does, and where it begins."""

    name: str
    about: str
    url: str


def starts_for(user) -> list[Start]:
    """Her usual work, most usual first; only what her posts allow. A constant number of queries."""
    return [*_at_the_door(user), *_screening(user), *_roster(user), *_pages(user), *_oversight(user)]


def _at_the_door(user) -> Iterator[Start]:
    if venues_operated_by(user).exists():
        yield Start(_("Check women in"), _("Scan the code or type the booking number."), reverse("bookings:today"))


def _screening(user) -> Iterator[Start]:
    if may_create_programme(user):
        yield Start(
            _("Set up a screening programme"),
            _("Terms, sessions and places first; then open sign-up."),
            reverse("screening_desk:programme_add"),
        )
    if may_enter_desk(user):
        yield Start(
            _("See how far screening is"),
            _("Places, bookings and uptake, down to each union."),
            reverse("screening_desk:programmes"),
        )


def _roster(user) -> Iterator[Start]:
    if importable(user):
        yield Start(
            _("Import an Excel list"),
            _("Upload it as you keep it; it is checked before anything is written."),
            reverse("imports:upload"),
        )
    if may_read_rosters(user):
        yield Start(
            _("Look up a woman worker"),
            _("By name, union or number, among your own unions."),
            reverse("workers_desk:list"),
        )


def _pages(user) -> Iterator[Start]:
    site = Site.objects.filter(is_default_site=True).first() if user_has_any_page_permission(user) else None
    if site:
        yield Start(
            _("Begin a page from a template"),
            _("A title and two dates, and the draft is made; then change what differs."),
            reverse("page_templates:list"),
        )
        yield Start(
            _("Publish a campaign or an article"),
            _("Write the page, look at the preview, then publish."),
            reverse("wagtailadmin_explore", args=[site.root_page_id]),
        )


def _oversight(user) -> Iterator[Start]:
    if may_manage_staff(user):
        yield Start(
            _("Manage staff accounts"),
            _("Add an account here, then give it a post at its union."),
            reverse("wagtailusers_users:index"),
        )
    if may_keep_messages(user):
        yield Start(
            _("See whether messages arrive"),
            _("What was sent, and what failed and why."),
            reverse("messaging_desk:log"),
        )
    if may_read_looks(user):
        yield Start(
            _("Review who looked at protected data"),
            _("Who opened which number, when, and for what reason."),
            reverse("privacy_desk:looks"),
        )
