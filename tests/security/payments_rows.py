"""Who may open the addresses of payments: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, Row, at_the_desk, hers, looked_up, one, staff
from tests.security.world import OWNER, staff_name

_READ = (Role.FINANCE_OFFICER, Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.AUDITOR)
_KEEP = (Role.FINANCE_OFFICER, Role.FEDERATION_OFFICER)
_PREPARE = (Role.FINANCE_OFFICER,)
_seen = staff(_READ, ABOVE)
_prepared = staff(_PREPARE, ABOVE)
_kept = staff(_KEEP, ABOVE)
# Whoever made the world's batches neither approves them nor settles their lines.
_second = _kept - {staff_name(Role.FINANCE_OFFICER, "own")}
_corrected = _prepared | staff([Role.FEDERATION_OFFICER, Role.CASE_OFFICER], ABOVE)


def _batch(yes, batch="batch", **arguments) -> Row:
    return one(yes, no=_seen - yes, token=f"{batch}.token", **arguments)


def _payable(yes) -> Row:
    return one(yes, no=_seen - yes, token="payable.token")


def _fund(yes) -> Row:
    return one(yes, no=_seen - yes, pk="fund.pk")


def _her_own(name: str) -> dict:
    return {name: Row("hers", frozenset({OWNER}), arguments=looked_up({"token": "payable.token"}))}


ROWS = {
    **{
        f"payments_desk:{page}": at_the_desk(staff(_READ))
        for page in (
            *("batches", "batches_results", "payables", "payables_results", "payables_find"),
            *("funds", "funds_results", "layouts", "layouts_results"),
        )
    },
    **{f"payments_desk:{page}": at_the_desk(staff(_PREPARE)) for page in ("batch_add", "layout_add")},
    "payments_desk:fund_add": at_the_desk(staff(_KEEP)),
    "payments_desk:batch": _batch(_seen),
    "payments_desk:batch_approve": _batch(_seen),
    "payments_desk:result": _batch(_seen, result="answer.token"),
    "payments_desk:result_file": _batch(_prepared, result="answer.token"),
    **{
        f"payments_desk:batch_{page}": _batch(_prepared)
        for page in ("put", "freeze", "cancel", "write", "file", "sent", "result", "close")
    },
    "payments_desk:batch_take_out": _batch(_prepared, batch="open_batch", line="open_line.pk"),
    "payments_desk:batch_reject": _batch(_second),
    "payments_desk:settle": _batch(_second, line="line.pk"),
    "payments_desk:payable": _payable(_seen),
    "payments_desk:payable_account": _payable(_corrected),
    "payments_desk:payable_retry": _payable(_prepared),
    "payments_desk:payable_cancel": _payable(_kept),
    "payments_desk:payable_refund": _payable(_kept),
    "payments_desk:fund": _fund(_seen),
    "payments_desk:fund_budget": _fund(_kept),
    "payments_desk:fund_close": _fund(_kept),
    "payments_desk:layout": one(_prepared, no=_seen - _prepared, code="layout.code"),
    "payments:list": hers(),
    "payments:account": hers(),
    **_her_own("payments:one"),
    **_her_own("payments:arrived"),
    **_her_own("payments:receipt"),
}
