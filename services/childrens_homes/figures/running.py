"""Reports of running: homes against the standard, committees and rules, people, activities."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.childrens_homes.enums import (
    OF_COUNTY,
    CommitteeKind,
    Education,
    StaffRole,
    Vetting,
    VolunteerKind,
)
from services.childrens_homes.figures.building import counties_of
from services.childrens_homes.figures.tables import Cell, Table, listed, summed
from services.childrens_homes.models import CareActivity, Committee, Programme
from services.childrens_homes.queries import people as reads
from services.childrens_homes.queries.compliance import LACKING, alive, lacking_by_county, with_video
from services.childrens_homes.queries.homes import homes_for
from services.childrens_homes.wording.findings import TITLES

_MONTHS = 6


def compliance(user, programme: Programme, today: date) -> Table:
    """A1.05-A1.11, A1.15: of how many homes each thing is missing, by county; counties without video calls (V6)."""
    homes = homes_for(user).filter(programme=programme)
    missing, video = lacking_by_county(homes, today), with_video(homes)
    whole = dict(alive(homes).order_by().values_list("county_id").annotate(n=Count("pk")))
    rows = []
    for county in counties_of(user, programme):
        where = {"county": county.code, "programme": programme.year}
        number = video.get(county.pk, 0)
        rows.append(
            [
                Cell(county.name),
                Cell(whole.get(county.pk, 0), listed("matrix", **where)),
                *(
                    Cell(n, listed("matrix", lacking=code, **where), bad=n > 0)
                    for code in LACKING
                    for n in [missing[code].get(county.pk, 0)]
                ),
                Cell(number, listed("homes", video="yes", **where), bad=number == 0),
            ]
        )
    without = [row[0].value for row in rows if row[-1].bad and row[1].value]
    if without:
        finding = _("Without a single home with video calls: %(counties)s.") % {"counties": _(", ").join(without)}
    else:
        finding = _("Every county has a home with video calls.")
    headings = [_("County"), _("Homes"), *(str(TITLES[code]) for code in LACKING), _("With video calls")]
    return Table(
        title=_("Homes against the standard"),
        finding=finding,
        definition=_(
            "Of each thing: the homes that lack it or haven't stated it. The last column must not be nought: every "
            "county has at least one home with video calls."
        ),
        headings=headings,
        rows=rows,
        total=summed(rows, _("Together"), len(headings)),
    )


def completeness(user, programme: Programme, today: date) -> Table:
    """A1.12-A1.15, A1.25: leading groups of counties; committees, rules and plans of their homes."""
    homes = homes_for(user).filter(programme=programme)
    missing = lacking_by_county(homes, today)
    counties = counties_of(user, programme)
    groups = defaultdict(set)
    standing = Committee.objects.unscoped().filter(organization__in=counties, dissolved_on__isnull=True)
    for place, kind in standing.filter(kind__in=OF_COUNTY).values_list("organization_id", "kind"):
        groups[place].add(kind)
    rows = []
    for county in counties:
        where = {"county": county.code, "programme": programme.year}
        form = _form_address(county)
        rows.append(
            [
                Cell(county.name),
                *(
                    Cell(_("there") if kind in groups[county.pk] else _("missing"), form, kind not in groups[county.pk])
                    for kind in OF_COUNTY
                ),
                *(
                    Cell(n, listed("matrix", lacking=code, **where), bad=n > 0)
                    for code in ("committee", "wall_rules", "plans")
                    for n in [missing[code].get(county.pk, 0)]
                ),
            ]
        )
    open_groups = sum(cell.bad for row in rows for cell in row[1:4])
    words = ngettext("%(n)s leading group is missing.", "%(n)s leading groups are missing.", open_groups)
    return Table(
        title=_("Committees, rules and plans"),
        finding=words % {"n": open_groups},
        definition=_(
            "Leading groups of each county; of its homes those without a committee, rules on the wall, plans."
        ),
        headings=[
            _("County"),
            *(str(CommitteeKind(kind).label) for kind in OF_COUNTY),
            _("Homes without a committee"),
            _("Homes without all rules on the wall"),
            _("Homes without both plans"),
        ],
        rows=rows,
    )


def _form_address(county) -> str:
    return reverse("childrens_homes_desk:groups", args=[county.code])


def people(user, programme: Programme, today: date) -> Table:
    """A1.20-A1.23: teachers and managers by education, volunteers by kind and check, hours by month."""
    found, vetting = reads.structure(user, today), reads.vetting_counts(user, today)
    rows = []
    for role in StaffRole:
        of_it = {one["education"]: one["n"] for one in found["education"] if one["role"] == role}
        rows += [[Cell(str(role.label)), Cell(str(one.label)), Cell(of_it.get(one.value, 0))] for one in Education]
    kinds = {one["kind"]: one["n"] for one in found["kinds"]}
    label = _("Volunteers by kind")
    rows += [
        [
            Cell(label),
            Cell(str(one.label)),
            Cell(kinds.get(one.value, 0), listed("volunteers", kind=one.value, left="no")),
        ]
        for one in VolunteerKind
    ]
    label = _("Volunteers by check")
    bad = (Vetting.EXPIRED, Vetting.NOT_CLEARED, Vetting.NEVER)
    for one in Vetting:
        url = listed("volunteers", vetting=one.value, left="no")
        rows.append([Cell(label), Cell(str(one.label)), Cell(vetting[one], url, one in bad and vetting[one] > 0)])
    label = _("Hours of volunteers")
    for one in found["hours"]:
        rows.append([Cell(label), Cell(f"{today.year}-{one['month']:02d}"), Cell(str(one["hours"]))])
    words = {"cleared": vetting[Vetting.CLEARED] + vetting[Vetting.EXPIRING], "soon": vetting[Vetting.EXPIRING]}
    return Table(
        title=_("Teachers and volunteers"),
        finding=_("%(cleared)s volunteers may work today; the checks of %(soon)s run out within 30 days.") % words,
        definition=_("Who is at work today. Hours: those of this year on the roster, up to today."),
        headings=[pgettext("report", "Group"), pgettext("report", "Of which"), pgettext("report", "Number")],
        rows=rows,
    )


def _months(today: date) -> list[date]:
    """The last months, the present one last."""
    found = [today.replace(day=1)]
    while len(found) < _MONTHS:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found


def activities(user, programme: Programme, today: date) -> Table:
    """A1.35, R7.2: activities by county and month, and the homes in which nothing was held this month."""
    months = _months(today)
    homes = homes_for(user).filter(programme=programme)
    held = defaultdict(int)
    rows = CareActivity.objects.unscoped().filter(home__in=homes.values("pk"), on__gte=months[0], on__lte=today)
    grouped = rows.order_by().values_list("home__county_id", "on__year", "on__month").annotate(n=Count("pk"))
    for county, year, month, n in grouped:
        held[county, year, month] = n
    idle = reads.without_activity(homes, today).order_by().values_list("county_id").annotate(n=Count("pk"))
    idle = dict(idle)
    table = []
    for county in counties_of(user, programme):
        where = {"county": county.code}
        cells = [
            Cell(held[county.pk, one.year, one.month], listed("activities", month=f"{one:%Y-%m}", **where))
            for one in months
        ]
        n = idle.get(county.pk, 0)
        url = listed("homes", idle=f"{today:%Y-%m}", programme=programme.year, **where)
        table.append([Cell(county.name), *cells, Cell(n, url, n > 0)])
    total = sum(idle.values())
    words = ngettext(
        "In %(n)s home in operation nothing has been held this month.",
        "In %(n)s homes in operation nothing has been held this month.",
        total,
    )
    headings = [_("County"), *(f"{one:%Y-%m}" for one in months), _("Homes without any this month")]
    return Table(
        title=_("Care activities"),
        finding=words % {"n": total},
        definition=_("Activities on record, by the day on which they were held."),
        headings=headings,
        rows=table,
        total=summed(table, _("Together"), len(headings)),
    )
