"""A county's summary report as a first draft: what the figures say in sections, to be edited by whoever signs it."""

from datetime import date

from django.utils.translation import gettext as _

from services.childrens_homes import registry
from services.childrens_homes.enums import ALIVE, SIGNED, Chain, HomeState
from services.childrens_homes.models import Home, Letter, MilestoneDone, Programme
from services.childrens_homes.queries.compliance import LACKING, lacking
from services.childrens_homes.queries.people import month_of, without_activity
from services.childrens_homes.queries.siting import enrolled_by_county, latest_counts, townships_of
from services.childrens_homes.rules.census import coverage
from services.childrens_homes.wording.findings import TITLES
from services.organizations.models import Organization

Section = dict[str, str]


def figures_of(programme: Programme, county: Organization, today: date) -> dict:
    """Plain values, kept with the version that was written from them."""
    homes = Home.objects.unscoped().filter(programme=programme, county=county, state__in=ALIVE)
    rows = list(homes)
    facts = registry.facts_of(rows, today)
    children, version = latest_counts(programme).get(county.pk, (None, None))
    enrolled = enrolled_by_county(rows, facts).get(county.pk)
    rate = coverage(enrolled, children, [version]).rate
    towns = townships_of(county)
    signed = Letter.objects.unscoped().filter(
        programme=programme, chain=Chain.GOVERNMENT, state__in=SIGNED, party_b__in=towns
    )
    return {
        "county": county.name,
        "year": programme.year,
        "day": today.isoformat(),
        "homes": len(rows),
        "operating": sum(home.state == HomeState.OPERATING for home in rows),
        "accepted": sum(home.state in (HomeState.ACCEPTED, HomeState.OPERATING) for home in rows),
        "video": sum(bool(home.video_call) for home in rows),
        "lacking": {code: lacking(homes, code, today).count() for code in LACKING},
        "equipped": _yes(facts, "equipment_complete"),
        "inspected": sum("inspection_passed" in known for known in facts.values()),
        "passed": _yes(facts, "inspection_passed"),
        "findings": sum(known["findings_open"].value for known in facts.values() if "findings_open" in known),
        "idle": without_activity(homes, today).count(),
        "children": children,
        "definition": version,
        "enrolled": enrolled,
        "rate": str(rate) if rate is not None else None,
        "townships": len(towns),
        "letters": signed.count(),
        "milestones": sorted(
            MilestoneDone.objects.unscoped()
            .filter(milestone__programme=programme, organization=county)
            .values_list("milestone__code", flat=True)
        ),
        "month": f"{month_of(today)[0]:%Y-%m}",
    }


def _yes(facts: dict, code: str) -> int:
    """Of how many homes it is known to be so."""
    return sum(bool(known[code].value) for known in facts.values() if code in known)


def title(figures: dict) -> str:
    return _("%(county)s: summary of the homes for left-behind children, %(year)s") % figures


def draft(figures: dict) -> list[Section]:
    """In the reader's language; a figure that isn't known is said to be missing. Two sections are hers to write."""
    missing = [f"{TITLES[code]} {n}" for code, n in figures["lacking"].items() if n]
    lacks = _("Homes that lack something: %(what)s.") % {"what": _(", ").join(missing)}
    done = _("Milestones on record: %(done)s.") % {"done": _(", ").join(figures["milestones"]) or "–"}
    letters = _("%(letters)s of %(townships)s townships have signed their letter of responsibility.") % figures
    return [
        _section(
            _("Building"),
            _("By %(day)s %(homes)s homes are in hand: %(accepted)s are accepted, %(operating)s operate.") % figures,
            letters,
            done,
        ),
        _section(_("Children reached"), _covered(figures)),
        _section(
            _("Standard and equipment"),
            _("%(video)s homes offer video calls with parents.") % figures,
            _("%(equipped)s of %(homes)s homes have all the equipment that the standard asks for.") % figures,
            lacks if missing else _("No home lacks anything that the standard asks for."),
        ),
        _section(
            _("Inspection and putting right"),
            _("%(inspected)s of %(homes)s homes were inspected; %(passed)s passed at their last inspection.") % figures,
            _("%(findings)s findings are still to be put right.") % figures,
        ),
        _section(_("Life of the homes"), _("In %(month)s nothing was held in %(idle)s homes in operation.") % figures),
        _section(_("Experience and problems")),
        _section(_("Next steps")),
    ]


def _section(heading: str, *sentences: str) -> Section:
    return {"title": heading, "text": "\n".join(sentences)}


def _covered(figures: dict) -> str:
    if figures["rate"] is None:
        return _(
            "How many of the left-behind children are covered isn't known: a census or the enrolments are missing."
        )
    return _("%(enrolled)s of %(children)s left-behind children counted are enrolled: %(rate)s %%.") % figures


def in_figures(figures: dict) -> list[tuple[str, object]]:
    """The figures under a version, with their names; a missing one is None, never nought."""
    named = (
        (_("Homes"), "homes"),
        (_("Accepted"), "accepted"),
        (_("In operation"), "operating"),
        (_("With video calls"), "video"),
        (_("With all the equipment"), "equipped"),
        (_("Inspected"), "inspected"),
        (_("Passed at the last inspection"), "passed"),
        (_("Findings to be put right"), "findings"),
        (_("Without an activity this month"), "idle"),
        (_("Townships"), "townships"),
        (_("Letters signed by townships"), "letters"),
        (_("Left-behind children counted"), "children"),
        (_("Children enrolled"), "enrolled"),
        (_("Covered (%)"), "rate"),
    )
    rows = [(name, figures.get(code)) for name, code in named]
    return [*rows, *((str(TITLES[code]), n) for code, n in figures.get("lacking", {}).items() if code in TITLES)]
