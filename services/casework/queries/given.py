"""Benefits that services have given, read across them: nobody is helped twice without somebody having looked (D14)."""

from collections.abc import Collection
from datetime import date

from services.casework.registry import Given, benefits_given


def given_to(persons: Collection[str], *, since: date, but: str = "") -> list[Given]:
    """What was given to these persons (keyed digests) from a day on, by every service but ``but``; the newest first.
    One query a service."""
    if not persons:
        return []
    asked = [benefits_given[code] for code in benefits_given.codes() if code != but]
    found = [one for given in asked for one in given(persons=frozenset(persons), since=since)]
    return sorted(found, key=lambda one: (one.on, one.key), reverse=True)
