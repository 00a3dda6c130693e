"""The answer of each programme as her page shows it; nothing is decided here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.foundation.verdict import Finding, Outcome
from services.relief import wording
from services.relief.enums import ProgrammeKind
from services.relief.models import LivingLine, Programme
from services.relief.rules.eligibility import Standing
from services.relief.rules.income import IncomeTerms
from services.relief.rules.outlook import Answers, Outlook, in_hardship, known, outlook
from services.relief.wording.programmes import summary, title


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its words, her value, where it comes from, what would change it."""

    outcome: str
    title: str
    value: str
    origin: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Offer:
    """``standing`` as the rules say; ``file_first``: the hardship file opens it. ``amount`` is yuan, empty when the
    rules can't tell yet or the programme pays nothing."""

    code: str
    title: str
    summary: str
    standing: str
    sentence: str
    amount: str
    file_first: bool
    is_file: bool
    source: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Found:
    """``category``: the income test in a sentence. ``hardship`` says whether the hardship file fits her."""

    category: str
    rows: list[Row]
    source: str
    hardship: bool
    possible: list[Offer]
    open: list[Offer]
    not_now: list[Offer]

    @property
    def file(self) -> Offer | None:
        return next((one for one in (*self.possible, *self.open) if one.is_file), None)


def offers(
    programmes: Iterable[Programme], answers: Answers, terms: IncomeTerms | None, *, line: LivingLine | None, on: date
) -> Found:
    terms = terms or IncomeTerms()
    judged, facts = known(answers, terms, line=line.monthly if line else None, on=on)
    sorted_out = {standing: [] for standing in Standing}
    for programme in programmes:
        found = outlook(programme, facts, answers.stages or ())
        place = Standing.NEEDS_FACTS if found.only_file_missing else found.standing
        sorted_out[place].append(_offer(programme, found))
    return Found(
        category=wording.category_said(judged.category),
        rows=rows(judged.findings),
        source=terms.source,
        hardship=in_hardship(judged),
        possible=sorted_out[Standing.ELIGIBLE],
        open=sorted_out[Standing.NEEDS_FACTS],
        not_now=sorted_out[Standing.NOT_ELIGIBLE],
    )


def _offer(programme: Programme, found: Outlook) -> Offer:
    promising = found.only_file_missing or found.standing is not Standing.NOT_ELIGIBLE
    return Offer(
        code=programme.code,
        title=title(programme),
        summary=summary(programme),
        standing=str(found.standing),
        sentence=wording.file_first() if found.only_file_missing else wording.standing_said(found.standing),
        amount=_amount(found) if promising else "",
        file_first=found.only_file_missing,
        is_file=programme.kind == ProgrammeKind.FILING,
        source=programme.source,
        rows=rows((*found.findings, *(found.sum.findings if found.sum else ()))),
    )


def _amount(found: Outlook) -> str:
    if found.between:
        return " – ".join(wording.yuan(f"{amount:.2f}") for amount in found.between)
    return wording.yuan(f"{found.sum.amount:.2f}") if found.sum and found.sum.amount else ""


def rows(findings: Iterable[Finding]) -> list[Row]:
    """Words in the language of the request."""
    shown = []
    for finding in findings:
        said = wording.explain(finding)
        origin = wording.origin(finding) if finding.outcome is not Outcome.UNKNOWN else ""
        shown.append(Row(str(finding.outcome), said.rule, said.value, origin, said.remedy))
    return shown
