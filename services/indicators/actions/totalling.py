"""Sums of a place and of everything above it, anew. Called in the transaction that changes what counts."""

from django.db.models import Sum

from services.foundation.locks import hold
from services.indicators.enums import COUNTED, TOLD, ValueStatus
from services.indicators.models import Place, Report, Round, Total, Value

_FIELDS = ("amount", "told", "absent", "estimated")
_AT_ONCE = 2_000


def recount(place: Place) -> None:
    """The place, then level by level up. Lock: the sums of the year."""
    hold(f"indicators.totals:{place.round_id}")
    here: Place | None = place
    while here is not None:
        _write(here)
        here = Place.objects.unscoped().get(pk=here.above_id) if here.above_id else None


def recount_round(round: Round) -> None:
    """Every place of a year, from the lowest level up: what ``recount`` has written, said again."""
    hold(f"indicators.totals:{round.pk}")
    places = Place.objects.unscoped().filter(round=round)
    for place in places.order_by("-level", "pk"):
        _write(place)


def totals_of(place: Place) -> dict[tuple[int, str], list]:
    """What the sums of a place come to, from its own report that counts and the sums below it."""
    found: dict[tuple[int, str], list] = {}
    counted = Report.objects.unscoped().filter(place=place, state__in=COUNTED)
    own = Value.objects.filter(report__in=counted).values_list("element_id", "cut", "amount", "status")
    for element, cut, amount, status in own:
        if status in TOLD:
            found[element, cut] = [amount, 1, 0, int(status == ValueStatus.ESTIMATED)]
        elif status == ValueStatus.NOT_APPLICABLE:
            found[element, cut] = [0, 0, 1, 0]
    below = Total.objects.filter(place__above=place, element__summed=True).order_by()
    for element, cut, *sums in below.values_list("element_id", "cut").annotate(*(Sum(name) for name in _FIELDS)):
        held = found.setdefault((element, cut), [0, 0, 0, 0])
        found[element, cut] = [mine + theirs for mine, theirs in zip(held, sums, strict=True)]
    return found


def _write(place: Place) -> None:
    rows = [
        Total(place=place, element_id=element, cut=cut, **dict(zip(_FIELDS, sums, strict=True)))
        for (element, cut), sums in sorted(totals_of(place).items())
    ]
    Total.objects.filter(place=place).delete()
    Total.objects.bulk_create(rows, batch_size=_AT_ONCE)
