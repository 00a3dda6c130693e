"""What would a household get from a programme? Judged by the rules in force, kept nowhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.relief import wording
from services.relief.models import Programme
from services.relief.queries.standards import terms_and_line
from services.relief.rules.outlook import Answers, known, outlook


@dataclass(frozen=True, slots=True)
class Tried:
    """``rows``: (outcome, rule, value, remedy) of the income test, the conditions and the sum."""

    category: str
    standing: str
    verdict: str
    amount: str
    rows: list[tuple]


def trial(programme: Programme, said: dict, *, on: date) -> Tried:
    """``said``: the cleaned answers of ``forms.standards.TryForm``."""
    terms, _test, line = terms_and_line(programme.organization, on)
    answers = Answers(
        member=True,
        persons=said["persons"],
        yearly_income=said["income"] or Decimal(0),
        rigid=said["rigid"] or Decimal(0),
        event=said["event"],
        cost=said["cost"],
        single_parent=said["single_parent"],
        stages=(said["stage"],) if said["stage"] else (),
        on_file=said["on_file"],
    )
    judged, facts = known(answers, terms, line=line.monthly if line else None, on=on)
    found = outlook(programme, facts, answers.stages)
    findings = [*judged.findings, *found.findings, *(found.sum.findings if found.sum else ())]
    amount = wording.yuan(f"{found.sum.amount:.2f}") if found.sum and found.sum.amount is not None else ""
    return Tried(
        category=wording.category_said(judged.category),
        standing=str(found.standing),
        verdict=wording.standing_said(found.standing),
        amount=amount,
        rows=[(str(one.outcome), *wording.explain(one), wording.outcome(one)) for one in findings],
    )
