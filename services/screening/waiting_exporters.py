"""What leaves as a workbook: the waiting list with every place, and the changes of its order. Masked."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.bookings import wording
from services.bookings.models import PriorityChange, WaitingEntry
from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, Subject
from services.organizations.enums import ROSTER_WRITERS, Role
from services.screening import policies, queries
from services.screening.exporters import may_open, moment
from services.screening.forms.filters import ChangeFilterSet, WaitingFilterSet

WAITING_COLUMNS = (
    ExportColumn(_("Place"), _("In the whole list, women of other unions too; empty where she no longer waits.")),
    ExportColumn(pgettext_lazy("person", "Name"), _("Of the woman."), protected=True),
    ExportColumn(_("Mobile number"), _("Hers, as text."), protected=True),
    ExportColumn(_("Union"), _("Where she is registered now.")),
    ExportColumn(_("Programme"), _("For whose places she waits.")),
    ExportColumn(_("Waits for"), _("One session, or any.")),
    ExportColumn(_("Why here"), _("By time, by draw, or by a recorded change of the order.")),
    ExportColumn(_("Order changed"), _("When it was changed last.")),
    ExportColumn(pgettext_lazy("waiting list", "Since"), _("Day and time at which she joined the list.")),
    ExportColumn(_("Offer lapses"), _("Of a place offered to her now.")),
    ExportColumn(_("State"), _("Of the entry, at the time of the data.")),
)
CHANGE_COLUMNS = (
    ExportColumn(_("When"), _("Day and time of the change.")),
    ExportColumn(pgettext_lazy("person", "Name"), _("Of the woman."), protected=True),
    ExportColumn(_("Union"), _("Where she is registered now.")),
    ExportColumn(_("Programme"), _("For whose places she waits.")),
    ExportColumn(_("Step"), _("Where she stood, and where she stands since.")),
    ExportColumn(_("Reason"), _("As it was chosen.")),
    ExportColumn(_("In words"), _("As she reads it.")),
    ExportColumn(pgettext_lazy("who did it", "By"), _("User name of the member of staff.")),
    ExportColumn(_("Post"), _("By which she changed the order.")),
)


def _roles(opened: bool):
    return ROSTER_WRITERS if opened else None


def waiting_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, programme by programme in the order in which places are passed on."""
    filters = WaitingFilterSet(parameters, request=SimpleNamespace(user=user))
    entries = queries.with_reasons(queries.waiting_for(user, roles=_roles(opened)))
    found = filters.filter_queryset(entries) if filters.is_valid() else entries.none()
    return Found(found.order_by("offering", "-state", "-priority", "created_at", "pk"), described(filters))


def waiting_lines(entries: Iterable[WaitingEntry], opened: bool) -> Iterator[list]:
    """A row a woman. The places of an offering are worked out once, when its first row comes."""
    offering, places = None, {}
    for entry in entries:
        if entry.offering_id != offering:
            offering, places = entry.offering_id, queries.places_in(entry.offering_id)
        worker, lapses = entry.worker, wording.lapses_at(entry)
        yield [
            places.get(entry.pk, ""),
            worker.name if opened else masking.mask_name(worker.name),
            worker.phone if opened or not worker.phone else masking.mask_phone(worker.phone),
            worker.organization.name,
            entry.offering.screening_programme.title,
            wording.wish(entry),
            wording.why_here(entry),
            moment(entry.moved_at) if entry.moved_at else "",
            moment(entry.created_at),
            moment(lapses) if lapses else "",
            entry.get_state_display(),
        ]


def changes_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, the latest first."""
    filters = ChangeFilterSet(parameters, request=SimpleNamespace(user=user))
    changes = queries.changes_for(user, roles=_roles(opened))
    return Found(filters.filter_queryset(changes) if filters.is_valid() else changes.none(), described(filters))


def change_lines(changes: Iterable[PriorityChange], opened: bool) -> Iterator[list]:
    for change in changes:
        worker = change.entry.worker
        yield [
            moment(change.at),
            worker.name if opened else masking.mask_name(worker.name),
            worker.organization.name,
            change.entry.offering.screening_programme.title,
            wording.step_words(change),
            change.get_reason_display(),
            change.text,
            change.by.get_username(),
            str(Role(change.by_role).label),
        ]


WAITING = ListExport(
    code="waiting",
    title=_("Waiting list"),
    columns=WAITING_COLUMNS,
    may=policies.may_enter_desk,
    may_open=may_open,
    find=waiting_found,
    lines=waiting_lines,
    subject=lambda entry: Subject(entry.worker_id, entry.worker.organization.path),
    subject_type="workers.worker",
    address=lambda: reverse("screening_desk:waiting"),
)
CHANGES = ListExport(
    code="waiting-changes",
    title=_("Changes of the waiting order"),
    columns=CHANGE_COLUMNS,
    may=policies.may_enter_desk,
    may_open=may_open,
    find=changes_found,
    lines=change_lines,
    subject=lambda change: Subject(change.entry.worker_id, change.entry.worker.organization.path),
    subject_type="workers.worker",
    address=lambda: reverse("screening_desk:changes"),
)
