"""The start-up check: nobody holds a permission before she signed in."""

import pytest
from django.core.checks import run_checks

from portal.checks import strangers_hold_no_permission


class GenerousBackend:
    def get_all_permissions(self, user, obj=None):
        return {"workers.change_worker"}


def test_strangers_hold_nothing():
    assert strangers_hold_no_permission(None) == []


def test_a_backend_that_grants_strangers_something_stops_the_start(settings):
    settings.AUTHENTICATION_BACKENDS = [f"{__name__}.GenerousBackend"]
    (error,) = strangers_hold_no_permission(None)
    assert error.id == "portal.E001"
    assert "workers.change_worker" in error.msg


@pytest.mark.django_db
def test_the_check_runs_at_every_start(settings):
    settings.AUTHENTICATION_BACKENDS = [f"{__name__}.GenerousBackend"]
    assert "portal.E001" in {message.id for message in run_checks()}
