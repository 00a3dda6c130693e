"""Reports of building: plan against built, children covered, what is late, which letters aren't signed."""

from collections import Counter, defaultdict
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.childrens_homes import registry
from services.childrens_homes.enums import ALIVE, READERS, Chain, HomeState, Profile
from services.childrens_homes.figures.tables import Cell, Table, listed, summed
from services.childrens_homes.models import Programme
from services.childrens_homes.queries import progress, siting
from services.childrens_homes.queries.homes import built as counted
from services.childrens_homes.queries.homes import counties_for, homes_for
from services.childrens_homes.rules.census import coverage
from services.foundation.scope import scope_of
from services.organizations.models import Organization

# Further along than being built.
_STANDING = (HomeState.EQUIPPED, HomeState.COUNTY_INSPECTED, HomeState.ACCEPTED, HomeState.OPERATING)
_ACCEPTED = (HomeState.ACCEPTED, HomeState.OPERATING)


def counties_of(user, programme: Programme) -> list[Organization]:
    """Counties of the programme within her reach, in the order of the tree."""
    return list(counties_for(user).filter(path__startswith=programme.city.path).order_by("path"))


def built(user, programme: Programme, today: date) -> Table:
    """A1.01-A1.04: of each county and standard how many were approved and how far they have come."""
    counties = counties_of(user, programme)
    approved = siting.approved_by_county(programme)
    states: dict[tuple, Counter] = defaultdict(Counter)
    for one in counted(homes_for(user).filter(programme=programme)):
        states[one["county_id"], one["profile"]][one["state"]] += one["n"]
    rows = []
    for county in counties:
        for profile in Profile:
            key = (county.pk, profile.value)
            if approved.get(key) or states.get(key):
                rows.append(
                    _built_row(county, profile, approved.get(key) if approved else None, states[key], programme)
                )
    headings = [
        *(_("County"), _("Standard"), pgettext("homes", "Approved"), pgettext("homes", "In hand")),
        *(_("Equipped or further"), pgettext("homes", "Accepted"), pgettext("homes", "Operating")),
    ]
    total = [*summed([[row[0], *row[2:]] for row in rows], _("Together"), len(headings) - 1)]
    total.insert(1, Cell(""))
    return Table(
        title=_("Plan against built"),
        finding=_built_finding(programme, total),
        definition=_(
            "Approved: lines of the plan that was approved last. In hand: homes that were opened in the programme and "
            "neither reassigned nor closed. The other columns count what has come at least so far."
        ),
        headings=headings,
        rows=rows,
        total=total,
        notes=[programme.phrase] if programme.phrase else [],
    )


def _built_row(county, profile: Profile, approved: int | None, states: Counter, programme: Programme) -> list[Cell]:
    def counting(some, **state) -> Cell:
        where = {"county": county.code, "profile": profile.value, "programme": programme.year}
        return Cell(sum(states[one] for one in some), listed("homes", **where, **state))

    return [
        Cell(county.name),
        Cell(str(profile.label)),
        Cell(approved or 0 if approved is not None else None, listed("plans", year=programme.year)),
        counting(ALIVE),
        counting(_STANDING),
        counting(_ACCEPTED),
        counting((HomeState.OPERATING,), state=HomeState.OPERATING),
    ]


def _built_finding(programme: Programme, total: list[Cell]) -> str:
    words = {
        "target": programme.target,
        "school": programme.target_school,
        "preschool": programme.target_preschool,
        "operating": total[6].value or 0,
    }
    said = _(
        "%(target)s homes are to be built, %(school)s at schools and %(preschool)s below school age; of those you "
        "see, %(operating)s operate."
    )
    return said % words


def covered(user, programme: Programme, today: date) -> Table:
    """A1.04: children enrolled ÷ children counted, by county. Fold first."""
    counties = counties_of(user, programme)
    enrolled = _enrolled(user, programme)
    counts = siting.latest_counts(programme)
    rows, definitions = [], set()
    for county in counties:
        children, version = counts.get(county.pk, (None, None))
        definitions |= {version} - {None}
        found = coverage(enrolled.get(county.pk), children, [version])
        rows.append(
            [
                Cell(county.name),
                Cell(children, listed("censuses", county=county.code)),
                Cell(f"v{version}" if version else None),
                Cell(found.enrolled, listed("homes", county=county.code)),
                Cell(f"{found.rate} %" if found.rate is not None else None),
            ]
        )
    both = [row for row in rows if row[1].value is not None and row[3].value is not None]
    whole = coverage(sum(r[3].value for r in both), sum(r[1].value for r in both), definitions)
    notes = [_("The counties counted by different definitions: don't compare their numbers.")] if whole.mixed else []
    if whole.rate is None:
        finding = _("There is no county yet with both a census and children enrolled.")
    else:
        words = {"enrolled": whole.enrolled, "counted": whole.counted, "rate": whole.rate}
        finding = _("%(enrolled)s of %(counted)s left-behind children counted are enrolled: %(rate)s %%.") % words
    return Table(
        title=_("Children covered"),
        finding=finding,
        definition=_("Enrolled in a home ÷ counted by the county's latest census. No data isn't nought."),
        headings=[
            *(_("County"), _("Children counted"), _("Definition"), _("Children enrolled"), _("Coverage")),
        ],
        rows=rows,
        notes=notes,
    )


def _enrolled(user, programme: Programme) -> dict[int, int]:
    """By county in which she sees a home; {} where nobody tells of children."""
    told = [ask(programme, scope_of(user).paths(roles=READERS)) for ask in registry.enrolments]
    if not told:
        return {}
    homes = homes_for(user).filter(programme=programme, state__in=ALIVE).order_by()
    counties = homes.values_list("county_id", flat=True).distinct()
    return {county: sum(one.get(county, 0) for one in told) for county in counties}


def late(user, programme: Programme, today: date) -> Table:
    """M1-M9: which parts of which milestones are late."""
    rows = [
        [
            Cell(part.organization.name),
            Cell(f"{step.milestone.code} {step.milestone.get_code_display()}", _timeline(programme)),
            Cell(f"{part.due:%Y-%m-%d}"),
            Cell((today - part.due).days, bad=True),
        ]
        for step in progress.timeline(user, programme, today)
        for part in step.late
    ]
    rows.sort(key=lambda row: (row[0].value, row[1].value))
    finding = ngettext(
        "%(count)s part of a milestone is late.", "%(count)s parts of milestones are late.", len(rows)
    ) % {"count": len(rows)}
    return Table(
        title=_("Late milestones"),
        finding=finding,
        definition=_("Due is the earlier of the days that the plan names for the level."),
        headings=[pgettext("report", "Who"), _("Milestone"), _("Due on"), _("Days late")],
        rows=rows,
    )


def _timeline(programme: Programme) -> str:
    return f"{reverse('childrens_homes_desk:timeline')}?year={programme.year}"


def letters(user, programme: Programme, today: date) -> Table:
    """M2, M6, R2: nodes of the two chains without a letter, or with one that isn't signed by both."""
    rows, every = [], 0
    for chain, nodes in progress.letter_tree(user, programme).items():
        for node in nodes:
            for one, above in ((node, ""), *((below, node.organization.name) for below in node.below)):
                every += 1
                if not one.signed:
                    rows.append(_letter_row(chain, one, above, programme))
    words = {"unsigned": len(rows), "every": every}
    return Table(
        title=_("Letters that aren't signed"),
        finding=_("%(unsigned)s of %(every)s nodes of the two chains aren't signed by both sides.") % words,
        definition=_("Every county and township in both chains; a node without a letter counts as not signed."),
        headings=[_("Chain"), _("Lower side"), _("Below"), pgettext("letter of responsibility", "State")],
        rows=rows,
    )


def _letter_row(chain: str, node, above: str, programme: Programme) -> list[Cell]:
    if node.letter:
        url, state = reverse("childrens_homes_desk:letter", args=[node.letter.token]), node.letter.get_state_display()
    else:
        url, state = listed("letters", year=programme.year), _("no letter yet")
    return [Cell(str(Chain(chain).label)), Cell(node.organization.name), Cell(above), Cell(state, url, bad=True)]
