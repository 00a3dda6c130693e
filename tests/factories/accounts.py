"""People who sign in."""

import factory

from services.accounts.enums import UserKind
from services.accounts.models import User


class StaffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    first_name = "示例甲"
    kind = UserKind.STAFF


class WorkerUserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    kind = UserKind.WORKER
    username = factory.Sequence(lambda n: f"w-{n}")
    phone = factory.Sequence(lambda n: f"1990000{5000 + n % 2500:04d}")  # none that a test writes out
