"""Numbers of cases: for the telephone, with a check digit, given once and in order."""

from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from services.casework.models import Case, Sequence
from services.foundation.references import unit_number


def next_number(letters: str, organization, *, now: datetime) -> str:
    """``KN-T-A-1-26-000184-7``: service, code of the union, year, sequence, check digit.

    Must run in a transaction: the sequence's row stays locked until it ends, so that no number is given twice and
    none is lost when the application isn't made.
    """
    year = localdate(now).year
    key = {"service": letters, "organization": organization, "year": year}
    while True:
        if not Sequence.objects.filter(**key).update(last=F("last") + 1):
            Sequence.objects.get_or_create(**key)
            continue
        number = unit_number(letters, organization.code, year, Sequence.objects.get(**key).last)
        # Two long codes may be shortened to one: the sequence then runs on to a number that is free.
        if not Case.objects.unscoped().filter(number=number).exists():
            return number
