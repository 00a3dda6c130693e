"""What leaves as a workbook: what is held back from the public, and links that lead nowhere. No value in clear."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.desk_filters import listed
from services.foundation.exports import ExportColumn, Found, ListExport
from services.foundation.masking import redact
from services.publishing import policies
from services.publishing.forms.filters import FaultFilterSet, HoldFilterSet
from services.publishing.models import Hold, LinkFault
from services.publishing.queries import holds
from services.publishing.rules.scanning import Place
from services.publishing.wording import place_words, standing_of


def _moment(value) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def holds_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, the latest first."""
    return listed(HoldFilterSet(parameters), holds.listed_for(user).order_by("-created_at", "-pk"), ())


def hold_lines(rows: Iterable[Hold], opened: bool) -> Iterator[list]:
    for hold in rows:
        yield [
            redact(hold.title),
            hold.get_subject_type_display(),
            hold.places,
            hold.get_through_display(),
            _moment(hold.created_at),
            str(standing_of(hold)),
        ]


def faults_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, the latest first."""
    return listed(FaultFilterSet(parameters), holds.faults_for(user).order_by("-since", "-pk"), ())


def fault_lines(rows: Iterable[LinkFault], opened: bool) -> Iterator[list]:
    for fault in rows:
        yield [
            redact(fault.page.title),
            place_words(Place.from_json(fault.place)),
            fault.get_kind_display(),
            redact(fault.target),
            _moment(fault.since),
        ]


HOLDS = ListExport(
    code="publication-holds",
    title=_("Held back from the public"),
    columns=(
        ExportColumn(_("Title"), _("Of the page or document; numbers of people are masked.")),
        ExportColumn(_("Kind"), _("Page or document.")),
        ExportColumn(_("Places found"), _("How many places need a second look. What was found isn't in this file.")),
        ExportColumn(_("On the way"), _("By what way it was about to become public.")),
        ExportColumn(_("Since"), _("Day and time at which it was held back.")),
        ExportColumn(
            pgettext_lazy("of something held back", "Standing"),
            _("Signed, overtaken by a change, or waiting for a second person."),
        ),
    ),
    may=policies.may_work_on_pages,
    find=holds_found,
    lines=hold_lines,
    address=lambda: reverse("publishing_desk:holds"),
)
FAULTS = ListExport(
    code="link-faults",
    title=_("Broken links"),
    columns=(
        ExportColumn(pgettext_lazy("of a site", "Page"), _("On which the link stands.")),
        ExportColumn(_("Where"), _("The field or block of the page.")),
        ExportColumn(_("Fault"), _("As the last check found it.")),
        ExportColumn(_("Leads to"), _("The address or the key of what is linked; numbers of people are masked.")),
        ExportColumn(_("Since"), _("Day and time at which it was found first.")),
    ),
    may=policies.may_work_on_pages,
    find=faults_found,
    lines=fault_lines,
    address=lambda: reverse("publishing_desk:links"),
)
LISTS = (HOLDS, FAULTS)
