"""Households on file, as they stand. Who is in hardship and why tells on a woman: everything is protected."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Case, CharField, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services.figures.facts import facts_at, text
from services.figures.registry import NOW, Column, Count, Dimension, Statistic, Watch, Where
from services.organizations.enums import ROSTER_READERS
from services.relief.enums import Category, Cause, FileState
from services.relief.models import Household

ON_FILE = (str(FileState.ON_FILE), str(FileState.SUSPENDED))
SINGLE, OTHERS = "1", "0"
_CATEGORIES = tuple(str(category) for category in Category if category != Category.NONE)


def _households(organizations: QuerySet | None) -> QuerySet:
    rows = Household.objects.own(state__in=ON_FILE)
    single = When(single_parent=True, then=Value(SINGLE))
    return facts_at(
        rows,
        "organization",
        organizations,
        Value(1, IntegerField()),
        period=Value(NOW, CharField(max_length=40)),
        by_category=text("category"),
        by_cause=text("cause"),
        by_single=Case(single, default=Value(OTHERS), output_field=CharField(max_length=40)),
    )


def _single_names(keys: Iterable[str]) -> dict[str, str]:
    return {SINGLE: gettext("Of single mothers"), OTHERS: gettext("Of others")}


def _category_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(category): str(category.label) for category in Category}


def _cause_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(cause): str(cause.label) for cause in Cause}


CATEGORY = Dimension("category", _("Category"), _category_names, keys=_CATEGORIES, protected=True)
CAUSE = Dimension("cause", _("Main cause"), _cause_names, keys=tuple(map(str, Cause)), protected=True)

BY_SINGLE = Dimension("single", _("Single mothers"), _single_names, keys=(SINGLE, OTHERS), protected=True)

COUNTS = (Count("relief-households", _households, ("category", "cause", "single"), protected=True),)


def _listing(where: Where) -> str:
    filters = {"union": where.organization.code, "state": ON_FILE}
    if where.direct:
        filters["direct"] = "1"
    if where.dimension:
        filters[where.dimension] = where.key
    return f"{reverse('relief_desk:files')}?{urlencode(filters, doseq=True)}"


HOUSEHOLDS = Column(
    "households",
    _("Households on file"),
    _("Files in force, the suspended ones included; one household has one file."),
    ("relief-households",),
    _listing,
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
        dimensions=(CATEGORY, CAUSE, BY_SINGLE),
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
