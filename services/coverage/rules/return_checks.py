"""What is to be said about the figures of a return before anybody signs them. Missing is not nought."""

from collections.abc import Mapping, Sequence

from services.coverage.rules.return_fields import Field
from services.foundation.verdict import Finding, Outcome

# Against the year before: out of line above or below this share, and by at least so many.
OUT_OF_LINE, AT_LEAST = 0.5, 10

Figures = Mapping[str, object]


def findings(
    fields: Sequence[Field], figures: Figures, *, known: Mapping[str, tuple], last_year: Figures
) -> list[Finding]:
    """``FAILED`` has to be put right; every other one asks for a word beside the field.

    ``known`` are the values the system could tell, the one believed first in front: a figure that agrees with any of
    them needs no word. ``last_year``: the figures that counted a year ago.
    """
    return [
        finding
        for field in fields
        for finding in (
            *_not_stated(field, figures),
            *_parts(field, figures),
            *_asks_for(field, figures),
            *_more_than_usual(field, figures),
            *_differs(field, figures, known),
            *_out_of_line(field, figures, last_year),
        )
    ]


def blocking(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.outcome is Outcome.FAILED]


def unexplained(found: Sequence[Finding], reasons: Mapping[str, str]) -> list[Finding]:
    """What asks for a word and has none."""
    asking = (finding for finding in found if finding.outcome is not Outcome.FAILED)
    return [finding for finding in asking if not reasons.get(finding.figures["field"], "").strip()]


def _said(code: str, outcome: Outcome, field: Field, **figures) -> list[Finding]:
    return [Finding(code, outcome, {"field": field.code, **figures}, source=field.source)]


def _not_stated(field: Field, figures: Figures) -> list[Finding]:
    """A term of office is only asked for where there is a committee or a commissioner."""
    if figures.get(field.code) is not None or (field.kind == "day" and figures.get("women_form") in (None, "none")):
        return []
    return _said("not_stated", Outcome.UNKNOWN, field)


def _parts(field: Field, figures: Figures) -> list[Finding]:
    part, whole = figures.get(field.code), figures.get(field.at_most)
    if part is None or whole is None or part <= whole:
        return []
    return _said("above_whole", Outcome.FAILED, field, value=part, whole=field.at_most, of=whole)


def _asks_for(field: Field, figures: Figures) -> list[Finding]:
    value, other = figures.get(field.code), figures.get(field.asks_for)
    if not value or other is None or other > 0:
        return []
    return _said("without", Outcome.FAILED, field, value=value, whole=field.asks_for)


def _more_than_usual(field: Field, figures: Figures) -> list[Finding]:
    value, within = figures.get(field.code), figures.get(field.usually_within)
    if value is None or within is None or value <= within:
        return []
    return _said("more_than_usual", Outcome.NOTE, field, value=value, whole=field.usually_within, of=within)


def _differs(field: Field, figures: Figures, known: Mapping[str, tuple]) -> list[Finding]:
    value, told = figures.get(field.code), known.get(field.code, ())
    if value is None or not told or value in told:
        return []
    return _said("differs", Outcome.NOTE, field, value=value, of=told[0])


def _out_of_line(field: Field, figures: Figures, last_year: Figures) -> list[Finding]:
    value, before = figures.get(field.code), last_year.get(field.code)
    if not field.adds_up or value is None or before is None or abs(value - before) < AT_LEAST:
        return []
    if before and abs(value - before) <= OUT_OF_LINE * before:
        return []
    return _said("out_of_line", Outcome.NOTE, field, value=value, of=before)
