"""What a leader reads first, and what a change of a union is called."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from services.coverage.figures.overview import ALL, REQUIRED, Overview
from services.coverage.rules.moves import GAINED, LOST, Moved
from services.coverage.wording.causes import cause_in_words
from services.figures import wording
from services.figures.queries import Line

WAYS = {
    GAINED: pgettext_lazy("union moved", "Now set up as required"),
    LOST: pgettext_lazy("union moved", "No longer set up as required"),
}


def _numbers(line: Line) -> dict[str, str]:
    part = line.figures[line.statistic.numerator.code].value
    whole = line.figures[line.statistic.denominator.code].value
    rate = wording.per_cent(line.rate) if line.rate is not None else ""
    return {"part": wording.number(part), "whole": wording.number(whole), "rate": rate}


def finding(seen: Overview) -> str:
    """Both coverages, each with its denominator, in one breath."""
    required, everyone = seen.line(REQUIRED), seen.line(ALL)
    if everyone.rate is None:
        return _("%(place)s: no grassroots union is on record here.") % {"place": seen.place.name}
    if required.rate is None:
        first = _("%(place)s: no union must have a women workers' committee.") % {"place": seen.place.name}
    else:
        first = _(
            "%(place)s: of the %(whole)s unions that must have a women workers' committee, %(part)s have one: %(rate)s."
        ) % ({"place": seen.place.name} | _numbers(required))
    second = _("Of all %(whole)s unions, %(part)s have a women workers' organisation: %(rate)s.") % _numbers(everyone)
    return f"{first} {second}"


def unstated(seen: Overview) -> str:
    """How many aren't judged; empty when everybody has answered."""
    number = seen.line(REQUIRED).figures["unstated"].value
    if not number:
        return ""
    return ngettext(
        "%(number)s union hasn't said how many women members it has: it isn't counted among those that must.",
        "%(number)s unions haven't said how many women members they have: they aren't counted among those that must.",
        number,
    ) % {"number": wording.number(number)}


def movement(seen: Overview) -> str:
    """Who moved this month, in numbers."""
    gained = sum(one.way == GAINED for one in seen.moved)
    words = {"month": f"{seen.day:%Y-%m}", "gained": gained, "lost": len(seen.moved) - gained}
    if not seen.moved:
        return _("%(month)s: no union moved.") % words
    return _("%(month)s: %(gained)s unions came to what they must have, %(lost)s lost it.") % words


def cause(one: Moved) -> str:
    return cause_in_words(one.last.cause)


def aim(missing: int) -> str:
    if not missing:
        return ""
    return ngettext(
        "%(number)s union is missing for it.", "%(number)s unions are missing for it.", missing
    ) % {"number": wording.number(missing)}  # fmt: skip


def unranked(line: Line, least: int) -> str:
    """Why a branch has no place."""
    whole = line.figures[line.statistic.denominator.code].value
    if not whole:
        return _("not ranked: no union there must have a committee")
    return _("not ranked: fewer than %(least)s unions that must have one") % {"least": least}
