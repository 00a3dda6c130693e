"""Numbers of assets, deliveries and batches: given once, in order, with a check digit."""

from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from services.casework.models import Sequence
from services.foundation.references import unit_number

BATCH, DELIVERY, ASSET = "CG", "PS", "ZC"


def take_numbers(letters: str, organization, count: int, *, now: datetime) -> list[str]:
    """``ZC-990001-26-000184-7``: letters, division of the county, year, sequence, check digit over the last three.

    Must run in a transaction: the sequence's row stays locked until it ends.
    """
    year = localdate(now).year
    key = {"service": f"home_equipment.{letters}", "organization": organization, "year": year}
    while not Sequence.objects.filter(**key).update(last=F("last") + count):
        Sequence.objects.get_or_create(**key)
    last = Sequence.objects.get(**key).last
    unit = organization.division_code or organization.code
    return [unit_number(letters, unit, year, number) for number in range(last - count + 1, last + 1)]
