"""Stand-ins: what rows name that are kept for their sum or count when the woman they were about is no longer named."""

from datetime import date

from services.organizations.models import Organization
from services.workers.enums import NOBODY
from services.workers.models import Worker

# Where no count asks for an age.
_NO_AGE = date(1900, 1, 1)


def stand_in(organization: Organization | int, *, born: date = _NO_AGE, nth: int = 0) -> Worker:
    """The stand-in of a union, for women born in the year of ``born``; a further one where two rows of one kind can't
    name the same. It is made where there is none yet; nothing leads from it to anybody."""
    key = getattr(organization, "pk", organization)
    label = f"{NOBODY}:{key}:{born.year}:{nth}:————"
    found, _made = Worker.stand_ins.get_or_create(
        id_index=Worker.index_of(label),
        defaults={
            "organization_id": key,
            "state": NOBODY,
            "name": "—",
            "id_number": label,
            "birth_date": date(born.year, 1, 1),
        },
    )
    return found
