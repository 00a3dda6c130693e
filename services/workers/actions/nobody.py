"""Stand-ins: what rows name that are kept for their sum or count when the woman they were about is no longer named."""

from collections.abc import Collection
from datetime import date

from services.organizations.models import Organization
from services.workers.enums import NOBODY
from services.workers.models import Worker

# Where no count asks for an age.
_NO_AGE = date(1900, 1, 1)


def stand_in(organization: Organization | int, *, born: date = _NO_AGE, taken: Collection[int] = ()) -> Worker:
    """The stand-in of a union, for women born in the year of ``born``; a further one where the first ones are
    ``taken``, as two rows of one kind can't name the same. It is made where there is none yet; nothing leads from it
    to anybody."""
    key, day = getattr(organization, "pk", organization), date(born.year, 1, 1)
    known = list(Worker.stand_ins.filter(organization=key, state=NOBODY, birth_date=day).order_by("pk"))
    free = next((one for one in known if one.pk not in taken), None)
    return free or _make(key, day, len(known))


def _make(organization: int, day: date, nth: int) -> Worker:
    label = f"{NOBODY}:{organization}:{day.year}:{nth}:————"
    found, _made = Worker.stand_ins.get_or_create(
        id_index=Worker.index_of(label),
        defaults={
            "organization_id": organization,
            "state": NOBODY,
            "name": "—",
            "id_number": label,
            "birth_date": day,
        },
    )
    return found
