"""Writes the rows of a draft: its diseases and the lines of its ladder, all anew in their order."""

from collections.abc import Sequence

from services.mutual_aid.models import Disease, LadderLine, SchemeTerms
from services.mutual_aid.rules.terms import Disease as ListedDisease
from services.mutual_aid.rules.terms import Line


def write_rows(version: SchemeTerms, *, diseases: Sequence[ListedDisease], lines: Sequence[Line]) -> None:
    """Part of an action that holds the version; four statements whatever their number."""
    version.diseases.all().delete()
    version.lines.all().delete()
    Disease.objects.bulk_create(
        Disease(
            terms=version, position=place, **{name: getattr(one, name) for name in ListedDisease.__dataclass_fields__}
        )
        for place, one in enumerate(diseases)
    )
    LadderLine.objects.bulk_create(
        LadderLine(terms=version, position=place, **{name: getattr(one, name) for name in Line.__dataclass_fields__})
        for place, one in enumerate(lines)
    )
