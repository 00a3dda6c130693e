"""A file of a batch's paper that no row names goes after a day; those that rows name stay."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from services.mutual_aid.actions.batch_papers import purge_strays
from services.mutual_aid.models.enrolment import private_storage

pytestmark = pytest.mark.django_db


def test_a_stray_file_goes_after_a_day():
    name = private_storage().save("mutual_aid/zz/zz-stray.jpg", ContentFile(b"x"))
    assert purge_strays(now=timezone.now()) == 0
    assert purge_strays(now=timezone.now() + timedelta(days=2)) >= 1
    assert not private_storage().exists(name)
