"""Writing the figures of a return, beside what the system knows."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions.returns.stepping import insist_on, locked, step, store
from services.coverage.enums import WRITABLE, ReturnVerb
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.coverage.rules import return_checks
from services.coverage.rules.return_fields import of_form


@transaction.atomic
def save_figures(
    annual_return: AnnualReturn,
    *,
    figures: Mapping[str, object],
    reasons: Mapping[str, str],
    by,
    now: datetime,
    seen: int | None = None,
) -> AnnualReturn:
    """Write what the unit says of itself; an empty field is "not stated". Open points don't keep it from being saved.

    Raises ``PermissionDenied``, ``WrongState``, ``ChangedMeanwhile``, ``FiguresImpossible``.
    """
    held = locked(annual_return, seen=seen)
    policies.may_write(by, held).insist()
    insist_on(held, *WRITABLE)
    fields = of_form(held.form)
    codes = [field.code for field in fields]
    stated = {code: figures[code] for code in codes if figures.get(code) is not None}
    impossible = return_checks.blocking(return_checks.findings(fields, stated, known={}, last_year={}))
    if impossible:
        raise errors.FiguresImpossible(impossible)
    held.figures = stated
    held.reasons = {code: reasons[code].strip() for code in codes if reasons.get(code, "").strip()}
    found = queries.known_for([held.organization_id], year=held.year, today=localdate(now))
    held.known = found[held.organization_id]
    store(held, "figures", "reasons", "known")
    step(held, ReturnVerb.SAVE, by=by, now=now)
    return held
