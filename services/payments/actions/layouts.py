"""Bank layouts: written whole, so that none is ever half right. Batches keep the layout they were frozen with."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from wagtail.log_actions import log

from services.payments import errors, policies
from services.payments.actions.locking import payments_transaction
from services.payments.models import BankLayout
from services.payments.rules.layouts import faults_of


def save_layout(
    layout: BankLayout | None = None,
    *,
    code: str,
    name: str,
    organization,
    sheet: str,
    columns: Sequence[Mapping[str, str]],
    results: Mapping,
    in_use: bool = True,
    by,
    now: datetime,
) -> BankLayout:
    """Add a layout, or write another one's new wording. ``by`` None: a command. Raises ``LayoutFaulty`` with what is
    wrong, ``PermissionDenied``."""
    if by is not None:
        policies.may_keep_layout(by, organization).insist()
        if layout is not None:
            policies.may_keep_layout(by, layout.organization).insist()
    if faults := faults_of(columns, results):
        raise errors.LayoutFaulty(faults)
    layout = layout or BankLayout(code=code)
    layout.name, layout.organization, layout.sheet, layout.in_use = name, organization, sheet, in_use
    layout.columns, layout.results = list(columns), dict(results)
    with payments_transaction():
        layout.save()
        log(instance=layout, action="payments.layout", user=by)
    return layout
