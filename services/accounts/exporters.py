"""What leaves as a workbook: the sign-in log, by accounts; it holds no address and no number of a person."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.accounts import policies, queries
from services.accounts.forms import SignInFilters
from services.accounts.models import SignInEvent
from services.foundation.desk_filters import listed
from services.foundation.exports import ExportColumn, Found, ListExport

COLUMNS = (
    ExportColumn(_("At"), _("Day and time of the attempt.")),
    ExportColumn(_("Account"), _("A staff member's user name, a woman's account as a bare number.")),
    ExportColumn(_("Way"), _("By which she came in or tried to.")),
    ExportColumn(_("Outcome"), _("Whether the door opened, and if not, why.")),
)


def sign_ins_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, newest first."""
    events = queries.sign_ins_within_reach(user, roles=policies.READERS).order_by("-at", "-pk")
    return listed(SignInFilters(parameters), events, ())


def sign_in_lines(events: Iterable[SignInEvent], opened: bool) -> Iterator[list]:
    for event in events:
        at = timezone.localtime(event.at)
        yield [f"{at:%Y-%m-%d %H:%M:%S}", event.who, event.get_way_display(), event.get_outcome_display()]


SIGN_INS = ListExport(
    code="sign-ins",
    title=_("Sign-in log"),
    columns=COLUMNS,
    may=policies.may_read_sign_ins,
    find=sign_ins_found,
    lines=sign_in_lines,
    address=lambda: reverse("wagtailusers_users:sign_ins"),
)
