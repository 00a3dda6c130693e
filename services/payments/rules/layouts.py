"""Whether a bank's layout can be worked with: what to pay must be in the file, answers must be tellable apart."""

from collections.abc import Mapping, Sequence

from services.payments.enums import FIELDS_NEEDED, LayoutField

MOST_WORDS = 20
ANSWERS = ("reference", "amount", "outcome", "reason")
ANSWERS_NEEDED = ("reference", "amount", "outcome")


def faults_of(columns: Sequence[Mapping[str, str]], results: Mapping) -> list[tuple[str, str]]:
    """(what, why) for everything that is wrong: what is a field of the file, an answer, ``paid`` or ``returned``; why
    is missing, twice, both or many."""
    return [*_of_columns(columns), *_of_results(results)]


def _of_columns(columns: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    fields = [column["field"] for column in columns]
    headings = [column["heading"].strip() for column in columns]
    found = [(str(field), "missing") for field in FIELDS_NEEDED if field not in fields]
    found += [(field, "missing") for field, heading in zip(fields, headings, strict=True) if not heading]
    found += [(field, "unknown") for field in fields if field not in LayoutField.values]
    return found + [(field, "twice") for place, field in enumerate(fields) if headings[place] in headings[:place]]


def _of_results(results: Mapping) -> list[tuple[str, str]]:
    given = {name: str(results.get(name, "")).strip() for name in ANSWERS}
    found = [(name, "missing") for name in ANSWERS_NEEDED if not given[name]]
    named = [(name, heading) for name, heading in given.items() if heading]
    found += [
        (name, "twice")
        for place, (name, heading) in enumerate(named)
        if heading in [other for _name, other in named[:place]]
    ]
    paid, returned = (set(results.get(name, ())) for name in ("paid", "returned"))
    found += [(name, "missing") for name, words in (("paid", paid), ("returned", returned)) if not words]
    found += [(name, "many") for name, words in (("paid", paid), ("returned", returned)) if len(words) > MOST_WORDS]
    return found + ([("returned", "both")] if paid & returned else [])
