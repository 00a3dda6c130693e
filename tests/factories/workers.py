"""Women workers: invented people of area 990000."""

from datetime import date

import factory

from services.foundation.identifiers import check_character
from services.workers.enums import EmploymentType, MaritalStatus
from services.workers.models import Worker
from tests.factories.organizations import UnionFactory


def identity_number(born: date, sequence: int, *, female: bool = True) -> str:
    """A valid invented number: ``sequence`` 0-499 tells people born on one day apart."""
    order = f"{sequence % 500 * 2 + (0 if female else 1):03d}"
    body = f"990000{born:%Y%m%d}{order}"
    return body + check_character(body)


class WorkerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Worker
        exclude = ("number",)

    number = factory.Sequence(lambda n: n)
    organization = factory.SubFactory(UnionFactory)
    name = "示例乙"
    birth_date = factory.LazyAttribute(lambda o: date(1975 + o.number // 450 % 20, 6, 15))
    id_number = factory.LazyAttribute(lambda o: identity_number(o.birth_date, o.number))
    phone = factory.LazyAttribute(lambda o: f"199{o.number:08d}")
    employment_type = EmploymentType.CONTRACT
    marital_status = MaritalStatus.MARRIED
    joined_on = date(2015, 5, 1)
    hired_on = date(2015, 4, 1)
