"""Opening the list behind a protected number: allowed to those who may read these records anyway, and recorded."""

from django.db import transaction
from wagtail.log_actions import log

from services.figures import policies
from services.figures.registry import Column, Statistic, Where
from services.foundation.passes import grant


@transaction.atomic
def open_list(statistic: Statistic, column: Column, *, where: Where, by) -> str:
    """Write to the log whose list is about to be opened behind which number, and give the list's address with a pass.

    Raises ``PermissionDenied``. The log holds codes, no number and no name of a woman.
    """
    policies.may_open_list(by, statistic, where.organization).insist()
    data = {"statistic": statistic.code, "column": column.code, "period": where.period}
    if where.dimension:
        data |= {"part": where.dimension, "key": where.key}
    log(instance=where.organization, action="figures.open_list", user=by, data=data | {"direct": where.direct})
    return f"{column.listing(where)}&pass={grant(by, where.named)}"
