"""One version of a scheme's terms as the rules read it (§1.2, §1.11). None, or an empty code: not known."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from services.foundation.plain_values import AsJson
from services.mutual_aid.enums import Joined

Key = tuple[bool, str, str]


@dataclass(frozen=True, slots=True)
class Line(AsJson):
    """One line of the waiting ladder: what a diagnosis gives in these days of the cover, for each share.

    ``day_from`` and ``day_to`` both belong to it; ``day_to`` None runs to the end of the cover; ``day_from`` None says
    that nobody knows from which day. ``disease`` empty: every listed one that has no line of its own. ``once`` is paid
    once if she lay in hospital, ``daily`` for each day of it, at most ``daily_days``.
    """

    AMOUNTS = frozenset({"per_share", "once", "daily"})

    joined: str
    grade: str
    result: str
    day_from: int | None
    day_to: int | None
    per_share: Decimal | None
    ends_cover: bool | None
    disease: str = ""
    once: Decimal = Decimal(0)
    daily: Decimal = Decimal(0)
    daily_days: int = 0
    treatment: str = "none"
    hospital_level: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Disease(AsJson):
    """One listed disease (§1.3). ``in_situ``: what a carcinoma in situ of it counts as."""

    code: str
    name: str = ""
    primary_only: bool | None = None
    in_situ: str = ""


@dataclass(frozen=True)
class Terms(AsJson):
    """Everything that a scheme sets. The fields are those of ``models.SchemeTerms``, where each is explained."""

    AMOUNTS = frozenset(
        {"fee_per_share", "fee_upper", "fee_unit", "fee_herself", "threshold_percent", "sister_per_share"}
    )

    code: str = ""
    version: int = 0
    fee_per_share: Decimal | None = None
    fee_split: str = ""
    fee_upper: Decimal | None = None
    fee_unit: Decimal | None = None
    fee_herself: Decimal | None = None
    more_shares_by_herself: bool = False
    max_shares: int | None = None
    period_months: int | None = None
    age_min: int | None = None
    age_limit: str = ""
    age_max: int | None = None
    employment_types: tuple[str, ...] = ()
    temporary_months: int = 0
    threshold_base: str = ""
    threshold_percent: Decimal | None = None
    min_persons: int = 0
    full_join_below: int = 0
    effective_rule: str = ""
    effective_day: int | None = None
    last_day_counts: bool | None = None
    renewal_grace_days: int | None = None
    renewal_keeps_day: bool | None = None
    prior_disease: str = ""
    after_claim: str = ""
    mid_term: str = ""
    addition_ends: str = ""
    duplicates: str = ""
    notice_days: int | None = None
    notice_bars: bool = False
    claim_days: int | None = None
    hospital_level: str = ""
    sister_per_share: Decimal | None = None
    exclusions: tuple[str, ...] | None = None
    diseases_complete: bool | None = None
    diseases: tuple[Disease, ...] = ()
    lines: tuple[Line, ...] = ()
    documents: tuple[str, ...] = ()
    source: str = ""
    sources: dict = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: dict) -> "Terms":
        terms = super().from_json(data)
        lists = {name: tuple(getattr(terms, name) or ()) for name in ("employment_types", "documents")}
        lists["exclusions"] = None if terms.exclusions is None else tuple(terms.exclusions)
        lists["diseases"] = tuple(Disease.from_json(one) for one in data.get("diseases", ()))
        lists["lines"] = tuple(Line.from_json(one) for one in data.get("lines", ()))
        return cls(**{name: getattr(terms, name) for name in cls.__dataclass_fields__} | lists)

    def with_(self, **changes) -> "Terms":
        """The same terms but for these: what a simulation or a question asks about."""
        return replace(self, **changes)

    def source_of(self, name: str) -> str:
        """The document that a single figure comes from; else that of the whole version."""
        return self.sources.get(name) or self.source

    @cached_property
    def by_code(self) -> dict[str, Disease]:
        return {disease.code: disease for disease in self.diseases}

    @cached_property
    def ladder(self) -> dict[Key, tuple[Line, ...]]:
        """Lines by (is a renewal, disease or all, grade), in the order of their days, unknown days last."""
        found: dict[Key, list[Line]] = {}
        for line in self.lines:
            for renewal in (False, True):
                if line.joined in (Joined.BOTH, Joined.RENEWAL if renewal else Joined.FIRST):
                    found.setdefault((renewal, line.disease, line.grade), []).append(line)
        return {key: tuple(sorted(lines, key=_by_day)) for key, lines in found.items()}

    def lines_for(self, renewal: bool, disease: str, grade: str) -> tuple[Line, ...]:
        """The lines for this disease, or those for all where it has none of its own; empty: the grade has none."""
        own = self.ladder.get((renewal, disease, grade)) if disease else None
        return own or self.ladder.get((renewal, "", grade), ())


def _by_day(line: Line) -> tuple[bool, int]:
    return line.day_from is None, line.day_from or 0
