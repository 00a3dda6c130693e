"""Markup in every free text that is stored, and in every parameter: no page of ours hands it to a browser as markup."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from tests.halves import a_part
from tests.security import world
from tests.security.table import GROUPS, ROWS
from tests.security.test_odd_parameters import _FIELD, _NOT_OURS, _asking, _client

pytestmark = pytest.mark.parted

MARKUP = "<xss a='1'>\"{{ 1 }}{% x %}"
RAW = "<xss"
# Columns whose text isn't somebody's words: what a machine wrote and reads.
MACHINES = {
    *("token", "code", "path", "key", "digest", "dedupe_key", "query", "listing", "spec", "purpose", "language"),
    *("reference", "public_number", "content_type", "source_kind", "username", "password", "email", "sheet", "service"),
    *("frame", "stratum"),
}


def _words(model) -> list[models.Field]:
    """The columns of a model that hold what somebody typed."""
    return [
        field
        for field in model._meta.concrete_fields
        if type(field) in (models.CharField, models.TextField)
        and not (field.choices or field.unique or field.primary_key or field.name in MACHINES)
        and (field.max_length is None or field.max_length > len(MARKUP))
    ]


def spoil() -> int:
    """Put markup into every such column of every row; how many columns took it."""
    spoilt = 0
    for model in apps.get_models():
        if not model.__module__.startswith("services."):
            continue
        for field in _words(model):
            try:
                with transaction.atomic():
                    rows = model._base_manager.get_queryset()
                    rows = rows.unscoped() if hasattr(rows, "unscoped") else rows
                    spoilt += bool(rows.update(**{field.name: MARKUP}))
            except IntegrityError:
                continue  # a constraint admits certain words only: these are codes
    return spoilt


@pytest.mark.django_db
def test_markup_in_stored_words_and_in_parameters_stays_text():
    built = world.build()
    assert spoil() > 60
    shown, wrong = 0, []
    for group in GROUPS.values():
        for name in a_part(group):
            row = ROWS[name]
            if not row.yes:
                continue
            client = _client(built["people"][_asking(row)])
            address = reverse(name, kwargs=row.arguments(built))
            page = client.get(address)
            fields = set() if page.streaming else set(_FIELD.findall(page.content.decode("utf-8", "replace")))
            sent = dict.fromkeys({*fields, "q", "next"} - _NOT_OURS, MARKUP)
            for answer in (page, client.get(address, sent), client.post(address, sent)):
                said = f"{answer.request['REQUEST_METHOD']} {address} ({answer.status_code})"
                if answer.status_code >= 500:
                    wrong.append(said)
                if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
                    continue
                body = answer.content.decode("utf-8", "replace")
                shown += "&lt;xss" in body
                if RAW in body:
                    wrong.append(said)
    assert wrong == []
    assert shown > 100
