"""What every test of this folder stands on."""

import pytest

from tests.factories.casework import allowance_service


@pytest.fixture(autouse=True)
def allowance():
    """A service that receives applications, so that casework's own pages can be asked for."""
    with allowance_service() as service:
        yield service
