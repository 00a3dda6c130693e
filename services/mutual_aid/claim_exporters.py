"""What leaves as a workbook: benefits, and the list of the condolence visit. Names masked, nothing that is sealed."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.foundation import masking
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport
from services.mutual_aid.enums import BenefitState, NominationState
from services.mutual_aid.forms.claim_filters import BenefitFilters, NominationFilters
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries.benefits import benefits_listed
from services.mutual_aid.queries.nominations import nominations_listed

_BENEFIT = (
    *("claim__case__number", "worker__name", "organization__name", "scheme__name", "amount"),
    *("fund__name", "fund__year", "state", "decided_at", "paid_at"),
)
BENEFIT_COLUMNS = (
    ExportColumn(_("Case"), _("Its number, as it is read out on the telephone.")),
    ExportColumn(_("Woman"), _("Her name, masked.")),
    ExportColumn(_("Union"), _("Hers, on the day of the decision.")),
    ExportColumn(_("Scheme"), _("In which she is covered.")),
    ExportColumn(_("Amount in yuan"), _("As it was decided.")),
    ExportColumn(_("Fund source"), _("From which it is paid.")),
    ExportColumn(_("State"), _("Of the benefit, at the time of the data.")),
    ExportColumn(_("Decided on"), _("The day of the decision.")),
    ExportColumn(_("Paid on"), _("The day on which the bank's answer was read.")),
)


def benefits_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; there is no variant in clear."""
    filters = BenefitFilters(parameters, request=SimpleNamespace(user=user))
    reach = benefits_listed(user, policies.CLAIM_READERS)
    found = filters.filter_queryset(reach) if filters.is_valid() else reach.none()
    return Found(found.order_by("-pk").values_list(*_BENEFIT), described(filters))


def benefit_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a benefit. Grade and illness stand in no list."""
    states = {str(value): str(label) for value, label in BenefitState.choices}
    for number, name, union, scheme, amount, fund, year, state, decided, paid in rows:
        yield [
            number,
            masking.mask_name(name),
            union,
            scheme,
            amount,
            f"{fund} {year}",
            states[state],
            timezone.localdate(decided),
            timezone.localdate(paid) if paid else "",
        ]


BENEFITS = ListExport(
    code="mutual-aid-benefits",
    title=_("Benefits"),
    columns=BENEFIT_COLUMNS,
    may=policies.may_read_claims,
    find=benefits_found,
    lines=benefit_lines,
    address=lambda: reverse("claims_desk:benefits"),
)

NOMINATION_COLUMNS = (
    ExportColumn(_("Year"), _("Of the visit.")),
    ExportColumn(_("Woman"), _("Her name, masked.")),
    ExportColumn(_("Union"), _("Hers, when she was proposed.")),
    ExportColumn(_("State"), _("At the time of the data.")),
    ExportColumn(_("Why she is left out"), _("For colleagues; never an illness.")),
)
_NOMINATION = ("year", "worker__name", "organization__name", "state", "reason")


def nominations_found(user, parameters: QueryDict, opened: bool) -> Found:
    filters = NominationFilters(parameters, request=SimpleNamespace(user=user))
    reach = nominations_listed(user)
    found = filters.filter_queryset(reach) if filters.is_valid() else reach.none()
    return Found(found.order_by("-year", "-pk").values_list(*_NOMINATION), described(filters))


def nomination_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """A row a woman; neither scheme nor sum, which say too much on a list that is carried about."""
    states = {str(value): str(label) for value, label in NominationState.choices}
    for year, name, union, state, reason in rows:
        yield [year, masking.mask_name(name), union, states[state], reason]


NOMINATIONS = ListExport(
    code="mutual-aid-visits",
    title=_("Condolence visits"),
    columns=NOMINATION_COLUMNS,
    may=policies.may_read_nominations,
    find=nominations_found,
    lines=nomination_lines,
    address=lambda: reverse("claims_desk:nominations"),
)


def register() -> None:
    BENEFITS.register()
    NOMINATIONS.register()
