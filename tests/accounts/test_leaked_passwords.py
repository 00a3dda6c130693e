"""Passwords known from leaks: what Chinese leaks are full of besides the words of Django's list."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return StaffFactory(username="liming")


@pytest.mark.parametrize(
    "password",
    [
        *("Woaini1314!", "Aa123456..", "Zhang@19900101", "Qwer1234!!", "Abc123456!", "P@ssw0rd2026!"),
        *("Gonghui2026#", "!!WoaiNi520520", "Admin@123456", "1990-Wang-0101"),
    ],
)
def test_what_leaks_are_full_of_is_refused(officer, password):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, officer)
    assert "password_leaked" in {error.code for error in refusal.value.error_list}


@pytest.mark.parametrize("password", ["Mumian-blossom-26", "Xia+Nv*Gong9lan", "7#Kapok-2026-flower"])
def test_more_than_one_word_is_none_of_them(officer, password):
    validate_password(password, officer)
