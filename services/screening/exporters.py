"""What leaves as a workbook: bookings and uptake, masked, with the question they answer on the first sheet."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from services.bookings.enums import BookingState
from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, Subject
from services.foundation.references import human_number
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_WRITERS
from services.screening import policies, queries
from services.screening.forms.filters import BookingFilterSet
from services.screening.queries import Figures, Uptake
from services.screening.queries.book import End, LedgerRow

BOOKING_COLUMNS = (
    ExportColumn(gettext_lazy("Number"), gettext_lazy("Of the booking, as it is read out on the telephone.")),
    ExportColumn(pgettext_lazy("person", "Name"), gettext_lazy("Of the woman."), protected=True),
    ExportColumn(gettext_lazy("Mobile number"), gettext_lazy("Hers, as text."), protected=True),
    ExportColumn(gettext_lazy("Union"), gettext_lazy("Where she is registered now.")),
    ExportColumn(gettext_lazy("Programme"), gettext_lazy("In which the place was taken.")),
    ExportColumn(pgettext_lazy("screening", "Site"), gettext_lazy("Where the session is held.")),
    ExportColumn(gettext_lazy("Session"), gettext_lazy("Day and time at which it begins.")),
    ExportColumn(gettext_lazy("State"), gettext_lazy("Of the booking, at the time of the data.")),
    ExportColumn(gettext_lazy("Booked at"), gettext_lazy("Day and time at which the place was first taken.")),
)


def filters_of(user, parameters: QueryDict) -> BookingFilterSet:
    """The filters of the list as its address states them, without a request."""
    return BookingFilterSet(parameters, request=SimpleNamespace(user=user))


def bookings_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; in clear, only women whose records she may open."""
    filters = filters_of(user, parameters)
    bookings = queries.bookings_for(user, roles=ROSTER_WRITERS if opened else None)
    found = filters.filter_queryset(bookings) if filters.is_valid() else bookings.none()
    return Found(queries.as_exported(found.order_by("-pk")), described(filters))


def booking_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a booking; names and numbers are masked because a file travels further than a screen."""
    states = {str(value): str(label) for value, label in BookingState.choices}
    name_of = (lambda name: name) if opened else masking.mask_name
    phone_of = (lambda phone: phone) if opened else masking.mask_phone
    moment_of = lru_cache(4096)(moment)
    for key, made, name, phone, union, programme, site, starts, state, _worker, _path in rows:
        yield [
            human_number("TJ", made.year, key),
            name_of(name),
            phone_of(phone) if phone else "",
            union,
            programme,
            site,
            moment_of(starts),
            states[state],
            moment(made),
        ]


def booking_subject(row: tuple) -> Subject:
    return Subject(row[-2], row[-1])


def may_open(user) -> Verdict:
    """Names and numbers in clear: whoever may open them one by one, somewhere."""
    if scope_of(user).paths(roles=ROSTER_WRITERS):
        return ALLOWED
    return Verdict(False, gettext_lazy("Your posts read masked records only."))


BOOKINGS = ListExport(
    code="bookings",
    title=gettext_lazy("Screening bookings"),
    columns=BOOKING_COLUMNS,
    may=policies.may_enter_desk,
    may_open=may_open,
    find=bookings_found,
    lines=booking_lines,
    subject=booking_subject,
    subject_type="workers.worker",
    address=lambda: reverse("screening_desk:bookings"),
)


def uptake_figures() -> list[tuple[str, str]]:
    """The name of each figure and what it counts."""
    return [
        (_("Allocated"), _("Places received from above; for the level itself, those it kept.")),
        (_("Booked"), _("Women of these unions who hold a place: booked, attended, or held or offered now.")),
        (_("Attended"), _("Of the booked women, those checked in at the site.")),
        (pgettext("waiting list", "Waiting"), _("Women of these unions on the waiting list.")),
        (_("Left"), _("Places neither passed on nor taken.")),
    ]


def uptake_columns() -> dict[str, str]:
    """Heading and meaning."""
    return {
        _("Organisation"): _("Directly below, then what is kept at this level, then all together."),
        **dict(uptake_figures()),
        _("Booked, %"): _("Booked of allocated."),
    }


def uptake_rows(result: Uptake) -> Iterable[list]:
    for row in result.rows:
        yield _figures(row.organization.name, row.figures)
    yield _figures(_("Kept at this level"), result.kept)
    yield _figures(_("Total"), result.total)


def ledger_columns(pools) -> dict[str, str]:
    """Heading and meaning."""
    then = {
        _("In “%(pool)s” then") % {"pool": pool}: _("Places this pool holds after the line, used ones included.")
        for pool in pools
    }
    return {
        _("When"): _("Day and time of the movement."),
        _("What"): _("Kind of movement: places moved, taken by a booking or given back."),
        _("Places"): _("How many moved."),
        pgettext("places", "From"): _("The organisation they came from; empty where a booking was given up."),
        _("From the pool"): _("The pool they came from."),
        _("Left there where it came from"): _("Places neither passed on nor taken there after the line."),
        pgettext("places", "To"): _("The organisation they went to; empty where a booking took them."),
        _("To the pool"): _("The pool they went to."),
        _("Left there where it went"): _("Places neither passed on nor taken there after the line."),
        **then,
        _("In all pools then"): _("The sum of the pools after the line."),
        _("Who"): _("The member of staff who moved them."),
        _("Reason"): _("As it was written down with the movement."),
    }


def ledger_rows(rows: Iterable[LedgerRow], pools) -> Iterator[list]:
    """A row a line, with the balances after it."""
    for row in rows:
        yield [
            *(moment(row.line.at), row.line.label, row.line.count),
            *(*_end(row.source), *_end(row.target)),
            *(row.pools[pool.pk] for pool in pools),
            *(row.total, row.line.by, row.line.reason),
        ]


def _end(end: End | None) -> list:
    if end is None:
        return ["", "", ""]
    return [end.organization, end.pool, "" if end.left is None else end.left]


def _figures(name: str, figures: Figures) -> list:
    share = "" if figures.share is None else round(figures.share, 1)
    return [name, figures.allocated, figures.booked, figures.attended, figures.waiting, figures.left, share]


def moment(value) -> str:
    return timezone.localtime(value).isoformat(" ", "minutes")[:16]
