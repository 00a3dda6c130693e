"""Figures in words: the finding, the change since another time, the target."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from services.figures.models import Target
from services.figures.queries import Line
from services.figures.registry import NOW, Column, Statistic
from services.figures.rules.numbers import Change, change_of_number, change_of_rate, reaches, rounded


def number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def per_cent(value: Fraction) -> str:
    return number_format(rounded(value), decimal_pos=1, use_l10n=True, force_grouping=True) + "%"


def yuan(fen: int) -> str:
    """A sum in yuan, to the fen."""
    return _("%(sum)s yuan") % {"sum": f"{Decimal(fen) / 100:,.2f}"}


def amount_of(column: Column, value: int) -> str:
    """The value of a column: a number, or a sum in yuan."""
    return yuan(value) if column.money else number(value)


def value_of(statistic: Statistic, value: Fraction | int | None) -> str:
    """A rate with its sign, a number grouped, a sum in yuan, or "no data"."""
    if value is None:
        return _("no data")
    return per_cent(Fraction(value)) if statistic.denominator else amount_of(statistic.numerator, value)


def rate_meaning(statistic: Statistic) -> str:
    """What a rate divides by what; empty for a plain number."""
    if statistic.denominator is None:
        return ""
    words = {"numerator": statistic.numerator.label, "denominator": statistic.denominator.label}
    return _("%(numerator)s of %(denominator)s, in per cent.") % words


def period_said(period: str) -> str:
    return _("as it stands") if period == NOW else period


def percentile(per_cent: int, bucket: str) -> str:
    """What is told beside a median; ``bucket`` in words."""
    return _("%(share)s%% of them: at most %(bucket)s.") % {"share": per_cent, "bucket": bucket}


def finding(line: Line, period: str, *, of: str = "", middle: str = "", published: bool = True) -> str:
    """What a leader reads first. ``of`` names the part looked at, ``middle`` the bucket of the median; what isn't
    ``published`` yet is hidden whatever its size."""
    statistic = line.statistic
    where = {"place": line.place.name, "period": period, "of": f" ({of})" if of else ""}
    if period == NOW:
        return _finding_now(line, where, published=published)
    if not published:
        return _("%(place)s, %(period)s%(of)s: not published yet.") % where
    if line.hidden:
        return _("%(place)s, %(period)s%(of)s: too few women to show a figure.") % where
    top = line.figures[statistic.numerator.code].value
    if statistic.median_of:
        if not middle:
            return _("%(place)s, %(period)s%(of)s: no data.") % where
        where |= {"number": number(top or 0), "middle": middle}
        said = statistic.middle_said or _(
            "%(place)s, %(period)s%(of)s: the middle one of %(number)s women waited %(middle)s."
        )
        return str(said) % where
    if line.value is None:
        return _("%(place)s, %(period)s%(of)s: no data.") % where
    where |= {"label": statistic.numerator.label, "number": amount_of(statistic.numerator, top)}
    if statistic.denominator is None:
        return _("%(place)s, %(period)s%(of)s. %(label)s: %(number)s.") % where
    below = line.figures[statistic.denominator.code].value
    where |= {"rate": per_cent(line.rate), "base": statistic.denominator.label}
    where["whole"] = amount_of(statistic.denominator, below)
    return _("%(place)s, %(period)s%(of)s: %(rate)s. %(label)s: %(number)s; %(base)s: %(whole)s.") % where


def _finding_now(line: Line, where: dict, *, published: bool) -> str:
    """Of what isn't counted by year but as it stands."""
    if not published:
        return _("%(place)s%(of)s: not published yet.") % where
    if line.hidden:
        return _("%(place)s%(of)s: too few women to show a figure.") % where
    column = line.statistic.numerator
    if line.value is None:
        return _("%(place)s%(of)s: no data.") % where
    words = where | {"label": column.label, "number": amount_of(column, line.figures[column.code].value)}
    base = line.statistic.denominator
    if base is None:
        return _("%(place)s%(of)s. %(label)s: %(number)s.") % words
    words |= {"rate": per_cent(line.rate), "base": base.label, "whole": amount_of(base, line.figures[base.code].value)}
    return _("%(place)s%(of)s: %(rate)s. %(label)s: %(number)s; %(base)s: %(whole)s.") % words


def bucket_changed(now: int, before: int, since: str, name: str) -> str:
    """How the bucket of the middle one differs from an earlier one; both by their place in the rising order."""
    words = {"since": since, "before": name}
    if now == before:
        return _("unchanged against %(since)s (%(before)s)") % words
    return (_("more than %(since)s (%(before)s)") if now > before else _("less than %(since)s (%(before)s)")) % words


def bucket_against(bucket: str, met: bool | None) -> str:
    """Whether the middle one lies in the bucket of the target or before it; nothing is said to be reached without."""
    words = {"target": _("up to “%(bucket)s”") % {"bucket": bucket}}
    if met is None:
        return _("Target %(target)s.") % words
    return (_("Target %(target)s: reached.") if met else _("Target %(target)s: not reached yet.")) % words


def change(statistic: Statistic, now, before, since: str) -> str:
    """How a figure differs from an earlier one; empty when either is missing."""
    found = change_of_rate(now, before) if statistic.denominator else change_of_number(now, before)
    if found is None:
        return ""
    words = {"since": since, "before": value_of(statistic, before)}
    if not found.points:
        return _("unchanged against %(since)s (%(before)s)") % words
    words["by"] = _amount(statistic, found)
    more = _("%(by)s more than %(since)s (%(before)s)")
    return (more if found.points > 0 else _("%(by)s less than %(since)s (%(before)s)")) % words


def _amount(statistic: Statistic, found: Change) -> str:
    if statistic.denominator:
        points = number_format(abs(rounded(found.points)), decimal_pos=1, use_l10n=True)
        return _("%(number)s percentage points") % {"number": points}
    if found.per_cent is None:
        return amount_of(statistic.numerator, abs(int(found.points)))
    words = {"number": amount_of(statistic.numerator, abs(int(found.points))), "share": per_cent(abs(found.per_cent))}
    return _("%(number)s (%(share)s)") % words


def against(statistic: Statistic, value, target: Target) -> str:
    """Whether a target is reached; where there is no figure, nothing is said to be reached."""
    aim = Fraction(target.value) * (100 if statistic.in_money else 1)
    whole = int(aim) if aim == int(aim) else target.value
    words = {"target": value_of(statistic, aim if statistic.denominator else whole)}
    met = reaches(value, aim, higher_is_better=statistic.higher_is_better)
    if met is None:
        return _("Target %(target)s.") % words
    return (_("Target %(target)s: reached.") if met else _("Target %(target)s: not reached yet.")) % words
