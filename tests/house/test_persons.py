"""However a record is printed, it names nobody: not in the admin's history, a log line or an error page."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models

MARKS = {
    "name": "欧阳示例",
    "first_name": "欧阳示例",
    "last_name": "欧阳示例",
    "id_number": "990000198503120043",
    "phone": "19900001234",
    "email": "ouyang@example.org",
}
SECRETS = set(MARKS.values())


def _person_models() -> list[type[models.Model]]:
    """Models of ours that are, or lead to, a woman worker."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("services.")]
    return [model for model in ours if model._meta.label in PERSONS or _leads_to_a_person(model)]


PERSONS = {"workers.Worker", "accounts.User"}


def _leads_to_a_person(model) -> bool:
    keys = [field for field in model._meta.concrete_fields if field.is_relation]
    return any(field.related_model._meta.label in PERSONS for field in keys if field.related_model)


def _filled(model, depth: int = 3) -> models.Model:
    """An unsaved row whose every telling field tells."""
    row = model(pk=7)
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model and depth:
            setattr(row, field.name, _filled(field.related_model, depth - 1))
        elif model._meta.label in PERSONS and field.name in MARKS:
            setattr(row, field.name, MARKS[field.name])
        elif isinstance(field, models.DateTimeField | models.DateField):
            setattr(row, field.name, date(2026, 3, 8))
    if model._meta.label == "accounts.User":
        row.username, row.kind = "w-示例", "worker"
    return row


@pytest.mark.parametrize("model", _person_models(), ids=lambda model: model._meta.label)
def test_printing_a_record_shows_nothing_of_her(model):
    row = _filled(model)
    for printed in (str(row), repr(row)):
        assert [secret for secret in SECRETS if secret in printed] == []


def test_the_models_looked_at_include_those_that_matter():
    labels = {model._meta.label for model in _person_models()}
    assert PERSONS | {"bookings.Booking", "privacy.Consent"} <= labels
