"""Numbers, targets and changes in words. A change is never a bare “%”: it is relative, or in points."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.indicators.enums import ValueStatus
from services.indicators.models import Indicator
from services.indicators.rules.ratios import rounded
from services.indicators.wordings import plain
from services.plan_reviews.enums import Comparator, Status, Trend
from services.plan_reviews.models import Target
from services.plan_reviews.queries.evaluation import Evaluation, Line
from services.plan_reviews.rules.changes import PER_MILLE_POINTS, PERCENTAGE_POINTS, Change

HIDDEN, NOTHING = "✱", "–"


def value_said(value: Fraction | None, indicator: Indicator, *, hidden: bool = False) -> str:
    if hidden:
        return HIDDEN
    if value is None:
        return NOTHING
    return f"{rounded(value, indicator.decimals):,f}{_unit(indicator.unit)}"


def _unit(unit: str) -> str:
    return unit if unit[:1] in ("%", "‰", "/", "") else f" {unit}"


def share_said(share: Fraction | None) -> str:
    return NOTHING if share is None else f"{rounded(share, 1)}%"


def target_said(target: Target | None, unit: str = "") -> str:
    """``≥ 90%``, due in the year."""
    if target is None:
        return NOTHING
    number = "" if target.value is None else f"{plain(target.value)}{_unit(unit)}"
    signs = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "maintain_ge": "≥", "maintain_le": "≤"}
    if target.comparator in signs:
        said = f"{signs[target.comparator]} {number}"
        return pgettext("target", "keep %(target)s") % {"target": said} if "maintain" in target.comparator else said
    if target.comparator == Comparator.RANGE:
        return f"{plain(target.value)}–{plain(target.high)}{_unit(unit)}"
    return str(target.get_comparator_display())


def change_said(change: Change | None, decimals: int = 1) -> str:
    """``up 1.8 percentage points (relative +2.4%)``."""
    if change is None:
        return NOTHING
    amount = rounded(change.points, decimals + 1)
    number = f"{amount:+,f}"
    if change.points_of == PERCENTAGE_POINTS:
        said = _("%(number)s percentage points") % {"number": number}
    elif change.points_of == PER_MILLE_POINTS:
        said = _("%(number)s per-mille points") % {"number": number}
    else:
        said = number
    if change.relative is None:
        return said
    relative = f"{rounded(change.relative, 1):+,f}"
    return _("%(points)s (relative %(relative)s%%)") % {"points": said, "relative": relative}


def trend_said(change: Change | None) -> str:
    return str(Trend(change.trend).label) if change else NOTHING


def why_nothing(line: Line) -> str:
    """Why there is no data."""
    result = line.result
    if line.status == Status.WITHHELD:
        return ""
    if result.value is not None:
        return _("An estimate is among the parts.") if line.doubtful else ""
    if line.cause:
        return str(ValueStatus(line.cause).label)
    if result.missing:
        expected = max(result.numerator.expected, result.denominator.expected if result.denominator else 0)
        return _("%(missing)s of %(expected)s places haven't told.") % {"missing": result.missing, "expected": expected}
    below = None if line.hidden or result.denominator is None else result.denominator.known
    if below is not None and not below:
        return _("The denominator is nought.")
    return _("It doesn't apply to any place here.")


def finding_said(evaluation: Evaluation) -> str:
    """The sentence: all three numbers, always together."""
    counts = evaluation.counts
    if not counts.total:
        place = {"place": evaluation.organization.name, "year": evaluation.year}
        if counts.withheld:
            return f"{_('%(place)s, %(year)s: nothing can be told.') % place} {withheld_said(counts.withheld)}"
        return _("%(place)s, %(year)s: no indicator has a target.") % place
    said = _(
        "%(place)s, %(year)s: %(met)s of %(total)s indicators with a target are met (%(of_all)s of all, %(of_known)s "
        "of those with data); %(no_data)s have no data (%(unknown)s)."
    ) % {
        "place": evaluation.organization.name,
        "year": evaluation.year,
        "met": counts.met,
        "total": counts.total,
        "of_all": share_said(counts.of_all),
        "of_known": share_said(counts.of_known),
        "no_data": counts.no_data,
        "unknown": share_said(counts.unknown),
    }
    return f"{said} {withheld_said(counts.withheld)}" if counts.withheld else said


def withheld_said(count: int) -> str:
    """They stand in none of the three rates, which would tell the last of them."""
    return ngettext(
        "%(count)s more isn't told or counted here, as few people are concerned.",
        "%(count)s more aren't told or counted here, as few people are concerned.",
        count,
    ) % {"count": count}
