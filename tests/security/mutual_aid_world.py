"""A scheme that the town keeps, with a version in force and a draft, for the matrix of addresses."""

from services.mutual_aid.enums import VersionState
from tests.factories.mutual_aid import SchemeFactory, version_of


def mutual_aid_records(town) -> dict:
    """``mutual_aid_scheme``."""
    scheme = SchemeFactory(organization=town, code="902")
    version_of(scheme)
    version_of(scheme, state=VersionState.DRAFT, version=2)
    return {"mutual_aid_scheme": scheme}
