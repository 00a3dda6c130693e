"""Records of women who left: once their year's statistics are closed and nothing else is kept of them, they go."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from services.privacy.registry import Gone, Term
from services.workers.models import MergedRecord, RecordClaim, Worker
from services.workers.queries import leaving


def erase(key: int, *, today: date, now: datetime) -> Gone | None:
    """Delete one record and what hangs on it alone. None where she was taken back, or something is kept of her after
    all. Her account stays hers. Locks the record: whoever writes a row that names it waits, and finds it gone."""
    worker = Worker.objects.unscoped().select_for_update().filter(pk=key).first()
    if worker is None or not leaving.over(today).filter(pk=key).exists():
        return None
    rows = MergedRecord.objects.own(into=worker).delete()[0]
    rows += RecordClaim.objects.own(worker=worker).delete()[0]
    return Gone(rows=rows + worker.delete()[0])


TERM = Term(
    label=_("Records of women who left"),
    rule=_("on 30 June of the year after she left, when that year's statistics are closed"),
    years=0,
    due=leaving.due,
    erase=erase,
)
