"""What a sample consists of: the scheme's own fields, and its terms as the rules read them."""

from dataclasses import dataclass
from decimal import Decimal

from services.mutual_aid.enums import Grade, Joined, Result, Treatment
from services.mutual_aid.rules.terms import Line, Terms

IN_SITU, INVASIVE = Grade.IN_SITU.value, Grade.INVASIVE_PRIMARY.value
FIRST, RENEWAL, BOTH = Joined.FIRST.value, Joined.RENEWAL.value, Joined.BOTH.value


@dataclass(frozen=True, slots=True)
class Sample:
    """``remarks`` says in Chinese, as staff read it, what the text leaves open. ``documents``: code, required."""

    code: str
    name: str
    name_en: str
    operator: str
    region: str
    terms: Terms
    source_url: str
    remarks: str
    documents: tuple[tuple[str, bool], ...] = ()
    nominates: bool = False


def waiting(joined: str, grade: str, until: int, source: str) -> Line:
    """Days in which a diagnosis gives nothing and the cover goes on: the texts say no more than "nothing"."""
    return Line(
        joined=joined,
        grade=grade,
        result=Result.NOTHING.value,
        day_from=0,
        day_to=until,
        per_share=None,
        ends_cover=False,
        treatment=Treatment.NONE.value,
        source=source,
    )


def pays(
    joined: str,
    grade: str,
    result: Result,
    days: tuple[int | None, int | None],
    yuan: int | None,
    source: str,
    *,
    ends: bool | None = True,
    treatment: str = Treatment.NONE.value,
) -> Line:
    return Line(
        joined=joined,
        grade=grade,
        result=result.value,
        day_from=days[0],
        day_to=days[1],
        per_share=None if yuan is None else Decimal(yuan),
        ends_cover=ends,
        treatment=treatment,
        source=source,
    )
