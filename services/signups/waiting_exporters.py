"""What leaves as a workbook of the waiting lists, with every place. Masked, no identity number."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.bookings import wording
from services.bookings.models import WaitingEntry
from services.bookings.queries.waiting import QUEUE, places_in, with_reasons
from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, Subject
from services.organizations.enums import ROSTER_WRITERS
from services.signups import policies, queries
from services.signups.forms.filters import WaitingFilterSet


def waiting_filters(user, parameters: QueryDict) -> WaitingFilterSet:
    """The filters of the list as its address states them, without a request."""
    return WaitingFilterSet(parameters, request=SimpleNamespace(user=user))


def waiting_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, activity by activity in the order in which places are passed on."""
    filters = waiting_filters(user, parameters)
    entries = with_reasons(queries.waiting_for(user, roles=ROSTER_WRITERS if opened else None))
    found = filters.filter_queryset(entries) if filters.is_valid() else entries.none()
    return Found(found.order_by("offering", *QUEUE.split(",")), described(filters))


def waiting_lines(entries: Iterable[WaitingEntry], opened: bool) -> Iterator[list]:
    """A row a woman. The places of an activity are worked out once, when its first row comes."""
    offering, places = None, {}
    for entry in entries:
        if entry.offering_id != offering:
            offering, places = entry.offering_id, places_in(entry.offering_id)
        worker, lapses = entry.worker, wording.lapses_at(entry)
        yield [
            places.get(entry.pk, ""),
            worker.name if opened else masking.mask_name(worker.name),
            worker.phone if opened or not worker.phone else masking.mask_phone(worker.phone),
            worker.organization.name,
            entry.offering.activity.title,
            wording.wish(entry),
            wording.why_here(entry),
            _moment(entry.moved_at),
            _moment(entry.created_at),
            _moment(lapses),
            entry.get_state_display(),
        ]


def _moment(value) -> str:
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""


WAITING = ListExport(
    code="activity-waiting",
    title=_("Waiting lists of activities"),
    columns=(
        ExportColumn(_("Place"), _("In the whole list, women of other unions too; empty where she no longer waits.")),
        ExportColumn(pgettext_lazy("person", "Name"), _("Of the woman."), protected=True),
        ExportColumn(_("Mobile number"), _("Hers, as text."), protected=True),
        ExportColumn(_("Union"), _("Where she is registered now.")),
        ExportColumn(pgettext_lazy("signups", "Activity"), _("For whose places she waits.")),
        ExportColumn(_("Waits for"), _("One session, or any.")),
        ExportColumn(_("Why here"), _("By time, by draw, or by a recorded change of the order.")),
        ExportColumn(_("Order changed"), _("When it was changed last.")),
        ExportColumn(pgettext_lazy("waiting list", "Since"), _("Day and time at which she joined the list.")),
        ExportColumn(_("Offer lapses"), _("Of a place offered to her now.")),
        ExportColumn(_("State"), _("Of the entry, at the time of the data.")),
    ),
    may=policies.may_enter_desk,
    may_open=policies.may_open_names,
    find=waiting_found,
    lines=waiting_lines,
    subject=lambda entry: Subject(entry.worker_id, entry.worker.organization.path),
    subject_type="workers.worker",
    address=lambda: reverse("signups_desk:waiting"),
)
