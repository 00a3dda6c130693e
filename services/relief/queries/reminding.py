"""Women to whom relief was granted after a serious illness: named by key alone, and only those who agreed (§1.7)."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef

from services.casework.registry import Reminder
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consents
from services.relief.enums import AwardState, Cause
from services.relief.models import Award


class IllnessRelieved(Reminder):
    """The event of the application, as it was stated, fell on a day of her cover. Results of examinations are hers
    alone and are never asked."""

    def ask(self, covered: Mapping[int, tuple[date, date]]) -> set[int]:
        agreed = standing_consents(OuterRef("worker__user"), Purpose.REMINDING)
        awards = Award.objects.own(worker__in=list(covered)).filter(Exists(agreed))
        awards = awards.exclude(state=AwardState.CANCELLED)
        return {
            award.worker_id
            for award in awards.select_related("application")
            if _ill_within(award.application.answers, *covered[award.worker_id])
        }


def _ill_within(answers: dict, first: date, last: date) -> bool:
    on = answers.get("event_on")
    return answers.get("event") == Cause.SERIOUS_ILLNESS and bool(on) and first <= date.fromisoformat(on) <= last
