"""What leaves as a workbook: returns within her reach, a row a union with what it says of itself."""

from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import return_wording as wording
from services.coverage.enums import Form, ReturnState
from services.coverage.forms.return_filters import ReturnFilters
from services.coverage.queries import returns as queries
from services.coverage.rules.return_fields import CHOICE, DAY, FIELDS
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.foundation.scope import path_filter, scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_READERS, Kind

_READ = (
    *("organization__code", "organization__name", "organization__kind", "reports_to__name", "year", "version", "state"),
    *("collection__due_on", "first_submitted_on", "signed_name", "below", "figures"),
)
COLUMNS = (
    ExportColumn(pgettext_lazy("organisation", "Code"), _("Of the union.")),
    ExportColumn(pgettext_lazy("women workers' organisation", "Union"), _("That the return is about.")),
    ExportColumn(_("Level"), _("Of the union in the tree.")),
    ExportColumn(_("Next level up"), _("That accepts the return.")),
    ExportColumn(_("Year"), _("In which the period ends.")),
    ExportColumn(_("Version"), _("After the first one: amended after the lock.")),
    ExportColumn(_("State"), _("At the time of the data.")),
    ExportColumn(_("Due on"), _("The last day for it.")),
    ExportColumn(_("Submitted on"), _("For the first time; empty: not yet.")),
    ExportColumn(_("Signed by"), _("The head of the union.")),
    ExportColumn(
        _("Returns below, expected"), _("Of unions directly below; empty: the form has none, or isn't signed.")
    ),
    ExportColumn(_("Returns below, counted"), _("Of these, accepted when this one was signed.")),
    *(
        ExportColumn(
            lazy(wording.full_label, str)(field.code),
            _("Of the union itself, without those below: a column added up counts nobody twice. Empty: not stated."),
        )
        for field in FIELDS
    ),
)


def returns_matching(user, parameters: QueryDict):
    """What the list shows for an address; nothing when its filters make no sense."""
    filters = ReturnFilters(parameters, request=SimpleNamespace(user=user))
    reach = queries.returns_listed(user)
    return filters.filter_queryset(reach) if filters.is_valid() else reach.none()


def may_export(user) -> Verdict:
    """The columns tell on hardship and illness: whoever reads the lists behind them."""
    if scope_of(user).paths(roles=ROSTER_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't read the lists behind these figures."))


def returns_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, as far as she reads the lists behind; there is no variant in clear."""
    filters = ReturnFilters(parameters, request=SimpleNamespace(user=user))
    filters.is_valid()
    reads = path_filter("organization__path", scope_of(user).paths(roles=ROSTER_READERS))
    found = returns_matching(user, parameters).filter(reads)
    return Found(found.order_by("-pk").select_related(None).values_list(*_READ), described(filters))


def return_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a union. Missing stays empty, never nought."""
    kinds, states = ({str(key): str(label) for key, label in choices.choices} for choices in (Kind, ReturnState))
    for code, name, kind, above, year, version, state, due_on, came_on, signed, below, figures in rows:
        yield [
            *(code, name, kinds[kind], above or "", year, version, states[state], due_on, came_on or "", signed),
            *(below.get("expected", ""), below.get("counted", "")),
            *(_cell(field, figures.get(field.code)) for field in FIELDS),
        ]


def _cell(field, value):
    if value is None:
        return ""
    if field.kind == CHOICE:
        return str(dict(Form.choices).get(value, value))
    return date.fromisoformat(value) if field.kind == DAY else value


RETURNS = ListExport(
    code="annual-returns",
    title=_("Annual returns"),
    columns=COLUMNS,
    may=may_export,
    find=returns_found,
    lines=return_lines,
    address=lambda: reverse("coverage_returns:list"),
)
