"""Workbooks in clear: who sees which, and the lines of one."""

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files.enums import ReleaseField, ReleaseState
from services.child_files.models import CareDelegation, Child, GuardianshipLink, Release
from services.child_files.queries.guarding import guarded_paths
from services.foundation.scope import path_filter

# By kind of data: headings with their meanings; "" stands in every workbook.
COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "": ((_("Number of the file"), _("Stands for the child.")),),
    ReleaseField.NAME: ((pgettext_lazy("workbook in clear", "Child's name"), _("As its guardian stated it.")),),
    ReleaseField.CLASS: (
        (_("Sex"), _("As its guardian stated it.")),
        (_("Age"), _("The band it lies in.")),
        (_("Class"), _("Of the school or kindergarten.")),
    ),
    ReleaseField.GUARDIAN: (
        (_("Guardian"), _("The first one on record.")),
        (_("Guardian's phone"), _("Of the same.")),
    ),
    ReleaseField.CARER: (
        (_("Carer"), _("Who looks after the child now.")),
        (_("Carer's phone"), _("Of the same.")),
    ),
}


def releases_for(user) -> QuerySet[Release]:
    """Those she asked for or was asked to release; for an officer for personal data all below her place."""
    mine = Q(asked_by=user) | Q(leader=user)
    guarded = path_filter("home__host__path", guarded_paths(user))
    rows = Release.objects.unscoped().filter(mine | guarded)
    return rows.select_related("home__host", "home__county", "home__programme", "asked_by", "leader", "guard")


def waiting_for(user) -> QuerySet[Release]:
    """What she has to say yes or no to."""
    first = Q(state=ReleaseState.ASKED, leader=user)
    second = Q(state=ReleaseState.FIRST_YES) & path_filter("home__host__path", guarded_paths(user))
    return Release.objects.unscoped().filter(first | (second & ~Q(leader=user))).exclude(asked_by=user)


def lines_of(fields: Sequence[str], children: list[Child]) -> Iterator[list[str]]:
    """A line a child, in the order of ``COLUMNS``; two queries at most whatever the number of children."""
    guardians: dict[int, GuardianshipLink] = {}
    if ReleaseField.GUARDIAN in fields:
        links = GuardianshipLink.objects.unscoped().filter(child__in=children).select_related("guardian")
        for link in links.order_by("-pk"):
            guardians[link.child_id] = link
    carers: dict[int, CareDelegation] = {}
    if ReleaseField.CARER in fields:
        for one in CareDelegation.objects.unscoped().filter(child__in=children, ends_on__isnull=True).order_by("pk"):
            carers[one.child_id] = one
    for child in children:
        line = [child.code]
        if ReleaseField.NAME in fields:
            line.append(child.name)
        if ReleaseField.CLASS in fields:
            line += [child.get_sex_display(), child.get_age_band_display(), child.school_class]
        if ReleaseField.GUARDIAN in fields:
            link = guardians.get(child.pk)
            line += [link.guardian.name, link.guardian.phone] if link else ["", ""]
        if ReleaseField.CARER in fields:
            one = carers.get(child.pk)
            line += [one.carer_name, one.carer_phone] if one else ["", ""]
        yield [str(value) for value in line]
