"""What one version of a return changed against another."""

from collections.abc import Mapping, Sequence

from services.coverage.rules.return_fields import Field


def differences(
    before: Mapping[str, object], after: Mapping[str, object], fields: Sequence[Field]
) -> list[tuple[str, object, object, bool]]:
    """Field, was, is, and whether it is protected; in the order of the form."""
    return [
        (field.code, before.get(field.code), after.get(field.code), field.protected)
        for field in fields
        if before.get(field.code) != after.get(field.code)
    ]
