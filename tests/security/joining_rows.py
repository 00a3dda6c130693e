"""Who may open the addresses of joining: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import (
    ABOVE,
    OVER,
    READERS,
    WRITERS,
    Row,
    at_the_desk,
    for_anybody,
    hers,
    looked_up,
    one,
    staff,
)
from tests.security.world import OWNER

_READ = (*READERS, Role.FINANCE_OFFICER)
_seen = staff(_READ, ABOVE)
_prepared = staff(WRITERS, ABOVE)
# Never the unit's own union, nor whoever prepared the batch.
_decided = staff([Role.FEDERATION_OFFICER], OVER)


def _batch(yes, **arguments) -> Row:
    return one(yes, no=_seen - yes, token="joining_batch.token", **arguments)


def _line(yes) -> Row:
    return _batch(yes, line="joining_line.position")


def _cover(yes) -> Row:
    return one(yes, no=_seen - yes, token="cover.token")


ROWS = {
    **{
        f"mutual_aid_joining:{page}": at_the_desk(staff(_READ))
        for page in (
            *("batches", "batches_results", "renewals", "covers", "covers_results", "covers_find"),
            *("units", "units_results"),
        )
    },
    "mutual_aid_joining:batch_add": at_the_desk(staff(WRITERS)),
    "mutual_aid_joining:batch": _batch(_seen),
    "mutual_aid_joining:paper": _batch(_seen, paper="joining_paper.token"),
    "mutual_aid_joining:paper_remove": _batch(_prepared, paper="joining_paper.token"),
    **{
        f"mutual_aid_joining:{page}": _batch(_prepared)
        for page in (
            *("batch_renew", "batch_choose", "batch_take_out", "batch_headcount", "batch_payment", "paper_add"),
            *("batch_hand_in", "batch_drop"),
        )
    },
    "mutual_aid_joining:batch_approve": _batch(_decided),
    "mutual_aid_joining:batch_return": _batch(_decided),
    "mutual_aid_joining:line": _line(_prepared),
    "mutual_aid_joining:line_look": _line(_decided),
    "mutual_aid_joining:line_settle": _line(_decided),
    "mutual_aid_joining:cover": _cover(_seen),
    "mutual_aid_joining:certificate": _cover(_seen),
    "mutual_aid_joining:cover_withdraw": _cover(_decided),
    "mutual_aid_joining:cover_end": _cover(_decided),
    "mutual_aid_joining:cover_correct": _cover(_decided),
    "mutual_aid:cover": hers(),
    "mutual_aid:certificate": Row("hers", frozenset({OWNER}), arguments=looked_up({"token": "cover.token"})),
    "certificates:check": for_anybody(token="cover.token"),
}
