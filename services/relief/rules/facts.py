"""What is known of one applicant when conditions and sums are judged."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.foundation.plain_values import AsJson


@dataclass(frozen=True, slots=True)
class Facts(AsJson):
    """As of the day ``on``; None means unknown, an empty text means "none".

    ``category`` is the household's by the income test. ``yearly_net`` is its income less what it can't avoid spending,
    yuan a year; ``line`` yuan a person a month. ``cost``: yuan she paid herself for the event, after insurance and
    other aid. ``event``: a code of ``Cause``, empty when nothing happened; ``group``: one of ``CareGroup``. ``stage``
    and ``school_type`` are the student's. ``children`` holds birth dates. ``event_months``: within how many months it
    happened, where no day was asked for. ``awarded_this_year``: yuan already awarded to the household under
    this programme this year. ``origins`` says for a condition's code where the value comes from (``file``,
    ``roster``, ``answer``).
    """

    DATES = frozenset({"on", "birth_date", "labour_since", "event_on", "children"})
    AMOUNTS = frozenset({"cost", "line", "yearly_net", "awarded_this_year"})
    LISTS = frozenset({"children"})

    on: date
    member: bool | None = None
    on_file: bool | None = None
    category: str | None = None
    single_parent: bool | None = None
    children: tuple[date, ...] | None = None
    birth_date: date | None = None
    migrant: bool | None = None
    labour_since: date | None = None
    resident: bool | None = None
    retired: bool | None = None
    main_cause: str | None = None
    stage: str | None = None
    school_type: str | None = None
    group: str | None = None
    event: str | None = None
    event_on: date | None = None
    event_months: int | None = None
    cost: Decimal | None = None
    aided_elsewhere: bool | None = None
    persons: int | None = None
    line: Decimal | None = None
    yearly_net: Decimal | None = None
    awarded_this_year: Decimal = Decimal(0)
    origins: dict[str, str] = field(default_factory=dict)
