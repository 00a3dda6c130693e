"""Households on file, as they stand. Who is in hardship and why tells on a woman: everything is protected."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.figures.facts import facts_at, text
from services.figures.registry import NOW, Column, Count, Dimension, Statistic, Watch, Where
from services.organizations.enums import ROSTER_READERS
from services.relief.enums import Category, Cause, FileState
from services.relief.models import Household

ON_FILE = (str(FileState.ON_FILE), str(FileState.SUSPENDED))
_CATEGORIES = tuple(str(category) for category in Category if category != Category.NONE)


def _households(*, single_parent: bool):
    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = Household.objects.own(state__in=ON_FILE, single_parent=single_parent)
        return facts_at(
            rows,
            "organization",
            organizations,
            Value(1, IntegerField()),
            period=Value(NOW, CharField(max_length=40)),
            by_category=text("category"),
            by_cause=text("cause"),
        )

    return facts


def _category_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(category): str(category.label) for category in Category}


def _cause_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(cause): str(cause.label) for cause in Cause}


CATEGORY = Dimension("category", _("Category"), _category_names, keys=_CATEGORIES, protected=True)
CAUSE = Dimension("cause", _("Main cause"), _cause_names, keys=tuple(map(str, Cause)), protected=True)

COUNTS = (
    Count("relief-single", _households(single_parent=True), ("category", "cause"), protected=True),
    Count("relief-others", _households(single_parent=False), ("category", "cause"), protected=True),
)


def _listing(**narrowed: str):
    def address(where: Where) -> str:
        filters = {"union": where.organization.code, "state": ON_FILE} | narrowed
        if where.direct:
            filters["direct"] = "1"
        if where.dimension:
            filters[where.dimension] = where.key
        return f"{reverse('relief_desk:files')}?{urlencode(filters, doseq=True)}"

    return address


HOUSEHOLDS = Column(
    "households",
    _("Households on file"),
    _("Files in force, the suspended ones included; one household has one file."),
    ("relief-single", "relief-others"),
    _listing(),
)
SINGLE = Column(
    "single",
    _("Of single mothers"),
    _("Households of women who bring up children on their own."),
    ("relief-single",),
    _listing(single="1"),
)

STATISTICS = (
    Statistic(
        code="relief-households",
        title=_("Relief: households on file"),
        definition=_(
            "Hardship files of women of these unions that are in force, by category of the last income test and by "
            "main cause. Small numbers are hidden, and numbers are published at month ends."
        ),
        numerator=HOUSEHOLDS,
        beside=(SINGLE,),
        dimensions=(CATEGORY, CAUSE),
        roles=ROSTER_READERS,
    ),
)

WATCHES = {
    "household": Watch(
        "relief_household",
        "SELECT {row}.organization_id",
        ("state", "category", "cause", "single_parent", "organization_id"),
    ),
}
