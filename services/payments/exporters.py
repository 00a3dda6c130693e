"""What leaves as a workbook: the list of payables, names masked, account numbers never whole."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport, Subject
from services.payments import policies
from services.payments.enums import PayableState
from services.payments.forms.filters import PayableFilters
from services.payments.models import Payable

COLUMNS = (
    ExportColumn(pgettext_lazy("person", "Name"), _("Of the woman."), protected=True),
    ExportColumn(_("Union"), _("Where she is registered now.")),
    ExportColumn(_("For"), _("What the sum is owed for.")),
    ExportColumn(_("Case"), _("Its number, where there is one.")),
    ExportColumn(_("Amount"), _("In yuan.")),
    ExportColumn(_("Fund source"), _("From which it is paid.")),
    ExportColumn(_("Account ends in"), _("The last four digits, as text.")),
    ExportColumn(_("State"), _("Of the payment, at the time of the data.")),
    ExportColumn(pgettext_lazy("payment", "Tries"), _("How often it was given to the bank.")),
    ExportColumn(_("Raised"), _("Day on which it was owed.")),
    ExportColumn(_("Paid"), _("Day on which the bank's answer was read.")),
)
_READ = (
    *("worker__name", "worker__organization__name", "title", "case_number", "amount", "fund__name", "fund__year"),
    *("account__number_last4", "state", "attempts", "raised_at", "paid_at", "worker_id", "path"),
)


def payables_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; in clear, only where she may open account numbers too."""
    filters = PayableFilters(parameters, request=SimpleNamespace(user=user))
    rows = Payable.objects.visible_to(user, roles=policies.REVEALERS if opened else None)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(found.order_by("-pk").values_list(*_READ), described(filters))


def payable_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a payable; names are masked because a file travels further than a screen."""
    states = {str(value): str(label) for value, label in PayableState.choices}
    for name, union, title, case, amount, fund, year, last4, state, attempts, raised, paid, _worker, _path in rows:
        yield [
            name if opened else masking.mask_name(name),
            union,
            title,
            case,
            amount,
            f"{fund} {year}",
            last4 or "",
            states[state],
            attempts,
            timezone.localdate(raised),
            timezone.localdate(paid) if paid else "",
        ]


def may_open(user):
    return policies.may_enter_desk(user) and policies.may_keep_funds_anywhere(user)


PAYABLES = ListExport(
    code="payables",
    title=_("Payables"),
    columns=COLUMNS,
    may=policies.may_enter_desk,
    may_open=may_open,
    find=payables_found,
    lines=payable_lines,
    subject=lambda row: Subject(row[-2], row[-1]),
    subject_type="workers.worker",
    address=lambda: reverse("payments_desk:payables"),
)
