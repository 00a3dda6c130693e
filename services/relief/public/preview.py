"""What the rules say of the application as it stands, before it is sent: in her words, deciding nothing."""

from dataclasses import dataclass
from datetime import datetime

from services.relief import wording
from services.relief.actions.assessing import judge
from services.relief.enums import AssessmentKind
from services.relief.models import Application
from services.relief.public.offers import Row, rows


@dataclass(frozen=True, slots=True)
class Preview:
    """``standing`` as the rules say, ``amount`` in yuan (empty while it can't be told, or nothing is paid)."""

    standing: str
    sentence: str
    category: str
    amount: str
    income: list[Row]
    fits: list[Row]


def preview_of(application: Application, *, now: datetime) -> Preview:
    found = judge(application, now=now)
    income, fit = found.part(AssessmentKind.INCOME), found.part(AssessmentKind.ELIGIBILITY)
    summed = found.part(AssessmentKind.AMOUNT)
    return Preview(
        standing=str(found.standing),
        sentence=wording.standing_said(found.standing),
        category=wording.category_said(found.category),
        amount=wording.yuan(f"{found.amount:.2f}") if found.amount else "",
        income=rows(income.findings) if income else [],
        fits=rows((*fit.findings, *(summed.findings if summed else ()))),
    )
