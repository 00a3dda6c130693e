"""Standards of the invented city: line, income test, and a programme of each kind. Figures are those of real cities,
named in ``source`` and by the number of the domain report beside each; what is invented says so."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from services.organizations.models import Organization
from services.payments.models import FundSource
from services.relief.actions import standards as actions
from services.relief.enums import Cause, DocumentKind, Exclusion, IncomeKind, ProgrammeKind, SchoolStage, SchoolType
from services.relief.models import Programme
from services.relief.rules.sheet import FITTING

LINE = Decimal(820)  # Nantong 2024, §3.1 S71
COUNTY_LINE = Decimal(770)  # Gaoyou 2023, §3.1 S70
MINIMUM_WAGE = Decimal(2000)  # invented: the report names none
ILLNESS, ACCIDENT, DISASTER = Cause.SERIOUS_ILLNESS.value, Cause.ACCIDENT.value, Cause.DISASTER.value
_ALL_PAPERS = (DocumentKind.APPLICATION, DocumentKind.IDENTITY, DocumentKind.HOUSEHOLD_REGISTER, DocumentKind.INCOME)


def _papers(*required: str, fitting: tuple = (), asked: tuple = ()) -> list[dict]:
    """Papers of §3.5 S89; ``fitting``: required where they apply."""
    return [
        *({"kind": str(kind), "required": True, "when": ""} for kind in required),
        *({"kind": str(kind), "required": True, "when": FITTING[kind]} for kind in fitting),
        *({"kind": str(kind), "required": False, "when": ""} for kind in asked),
    ]


def _filing() -> dict:
    return {
        "name": "困难职工建档",
        "name_en": "Hardship file",
        "summary": "家庭人均净收入较低，或突遭变故的职工家庭，可以申请建档。建档后可享受各项帮扶。",
        "summary_en": "For households with little left a person, or hit by a sudden event.",
        "conditions": [
            {"code": "membership"},
            {"code": "resident", "only_migrants": True},  # §3.1 S69m S70
            {"code": "labour_relation", "months": 12, "only_migrants": True},  # §3.1 S69m S70
            {"code": "not_retired"},  # §3.3 S70
            {"code": "category_in", "categories": ["deep", "relative", "sudden"]},  # §3.1 S68
        ],
        "documents": _papers(
            *_ALL_PAPERS, fitting=(DocumentKind.DIVORCE, DocumentKind.CONTRACT), asked=(DocumentKind.BILLS,)
        ),
        "source": "示例方案（参照南通市总工会 2024 年度困难职工申报口径）",
    }


def _festival(today: date) -> dict:
    return {
        "name": "两节送温暖",
        "name_en": "Festival care",
        "summary": "元旦、春节期间慰问在档困难职工家庭。",
        "summary_en": "At New Year and the Spring Festival, for households on the hardship file.",
        "conditions": [{"code": "on_file"}],
        "amount_kind": "fixed",
        "amount": {"by_category": {"any": "3000"}},  # Pujiang: 3,000 a household, §3.9 S102m
        "once_a_year": True,
        "source": "示例方案（参照浦江县两节慰问标准）",
    }


def _single(today: date) -> dict:
    return {
        "name": "三八助单亲",
        "name_en": "Help for single mothers",
        "summary": "帮助独自抚养未成年子女的在档女职工。",
        "summary_en": "For women on the hardship file who bring up a child on their own.",
        "conditions": [
            {"code": "on_file"},
            {"code": "single_parent"},  # §3.9 S104m S105
            {"code": "child_under", "age": 18},  # invented: the report names no age
        ],
        "amount_kind": "fixed",
        "amount": {"by_category": {"any": "2000"}},  # Guangde: 36,000 to 18 women, §3.9 S107
        "documents": _papers(DocumentKind.DIVORCE),
        "once_a_year": True,
        "source": "示例方案（参照广德市单亲女职工帮扶平均标准）",
    }


def _study(today: date) -> dict:
    excluded = [kind for kind in SchoolType.values if kind != SchoolType.PUBLIC]
    return {
        "name": "金秋助学",
        "name_en": "Study aid",
        "summary": "资助困难职工家庭子女上高中、大学。",
        "summary_en": "For children of households in hardship at senior secondary school or university.",
        "opens_on": today - timedelta(days=90),
        "closes_on": today + timedelta(days=60),  # Tianmen closes on 22 or 27 August, §3.9 S111 S112
        "conditions": [
            {"code": "school_stage", "stages": [SchoolStage.SENIOR.value, SchoolStage.COLLEGE.value]},
            {"code": "school_type", "excluded": excluded},  # §3.9 S111 S112
            {"code": "not_aided"},  # §3.9 S111
        ],
        "amount_kind": "by_stage",
        "amount": {
            "sums": {  # Tianmen 2024/25, §3.9 S111 S112
                SchoolStage.SENIOR.value: {"on_file": "3000", "other": "2000"},
                SchoolStage.COLLEGE.value: {"on_file": "5000", "other": "4000"},
            }
        },
        "documents": _papers(DocumentKind.ADMISSION, asked=(DocumentKind.FEES,)),
        "source": "示例方案（参照天门市总工会金秋助学 2024、2025 年标准）",
    }


def _temporary(today: date) -> dict:
    return {
        "name": "临时救助",
        "name_en": "Temporary relief",
        "summary": "未建档的职工家庭因疾病、意外或灾害一时困难的，给予临时救助。",
        "summary_en": "For households not on file that are in trouble for a time after illness, accident or disaster.",
        "conditions": [
            {"code": "membership"},
            {"code": "not_on_file"},  # Wuhan: for families not on file, §3.8 S72m
            {"code": "event_in", "events": [ILLNESS, ACCIDENT, DISASTER]},
            {"code": "event_within", "months": 12},  # invented: costs of the last year
            {"code": "not_aided"},
        ],
        "amount_kind": "cost_share",
        "amount": {"share": {"any": "1"}, "cap": {"any": "3000"}},  # Wuhan: up to 3,000 a person a year, §3.8 S72m
        "caps": {"per_year": "3000", "awards_per_year": 2},  # Xishui: at most two, §3.8 S79m
        "documents": _papers(DocumentKind.EVENT, DocumentKind.BILLS),
        "same_cause_once": True,  # Xishui, §3.8 S79m
        "source": "示例方案（参照武汉市临时救助标准、习水县临时救助办法）",
    }


def _emergency(today: date) -> dict:
    return {
        "name": "大病意外应急救助",
        "name_en": "Emergency relief after serious illness or accident",
        "summary": "职工本人或家人患重病、遭遇意外，自付费用较高的，按自付金额分档救助。",
        "summary_en": "After a serious illness or an accident, by bands of what you paid yourselves.",
        "conditions": [
            {"code": "membership"},
            {"code": "event_in", "events": [ILLNESS, ACCIDENT]},
            {"code": "event_within", "months": 12},  # Baoshan: cost of the last year, §3.9 S120m
        ],
        "amount_kind": "cost_bands",
        "amount": {
            "bands": [  # Baoshan: 3,000 / 5,000 / 8,000, §3.9 S120m; where each band begins is invented
                {"over": "10000", "sum": "3000"},
                {"over": "30000", "sum": "5000"},
                {"over": "50000", "sum": "8000"},
            ]
        },
        "caps": {"per_year": "8000"},
        "documents": _papers(DocumentKind.DIAGNOSIS, DocumentKind.BILLS),
        "same_cause_once": True,
        "source": "示例方案（参照上海市宝山区总工会大病大额支出三档标准）",
    }


PAYING = {
    ProgrammeKind.FESTIVAL_CARE: _festival,
    ProgrammeKind.SINGLE_PARENT: _single,
    ProgrammeKind.STUDY_AID: _study,
    ProgrammeKind.TEMPORARY: _temporary,
    ProgrammeKind.EMERGENCY: _emergency,
}


def samples(today: date) -> dict[str, dict]:
    """The fields of each programme by its kind, the hardship file first."""
    return {ProgrammeKind.FILING.value: _filing()} | {kind.value: make(today) for kind, make in PAYING.items()}


def load(
    city: Organization,
    *,
    routes: Mapping[str, str],
    fund: FundSource,
    by,
    now: datetime,
    county: Organization | None = None,
    shown_on: date | None = None,
) -> dict[str, Programme]:
    """Enter and put in force all of it. ``routes``: the code of the review route in force, by kind of programme.

    ``county`` gets a line of its own; on ``shown_on`` (that day without) study aid takes applications. Returns the
    programmes by kind.
    """
    today = localdate(now)
    _lines(city, county, by=by, today=today)
    _tests(city, by=by, now=now)
    made = {}
    for kind, fields in samples(shown_on or today).items():
        fields = {"caps": {}, "amount": {}, "amount_kind": "", "documents": [], **fields, "route_code": routes[kind]}
        money = {} if kind == ProgrammeKind.FILING else {"fund": fund}
        draft = actions.create_programme(city, kind=kind, fields=fields | money, by=by)
        made[kind] = actions.activate_programme(draft, by=by, now=now)
    return made


def _lines(city: Organization, county: Organization | None, *, by, today: date) -> None:
    begins = date(today.year, 1, 1)
    common = {"valid_from": begins, "minimum_wage": MINIMUM_WAGE, "by": by, "today": today}
    actions.set_line(organization=city, monthly=LINE, source="示例：参照南通市 2024 年城乡最低生活保障标准", **common)
    if county:
        actions.set_line(
            organization=county, monthly=COUNTY_LINE, source="示例：参照高邮市 2023 年最低生活保障标准", **common
        )


def _tests(city: Organization, *, by, now: datetime) -> None:
    """The older multiple of 1.5 (§3.1 S73f) as a version that was replaced, then today's 2 and 3 (S68 S70 S71)."""
    usual = {
        "not_counted": [IncomeKind.FESTIVAL_COMFORT.value, IncomeKind.BASE_PENSION.value],  # §3.2 S77m
        "exclusions": Exclusion.values,  # §3.3
        "exit_months": 6,  # Jiangsu 2019, §3.7 S96m
    }
    for multiple, source in (
        ("1.50", "示例：旧版困难职工认定标准（1.5 倍）"),
        ("2.00", "示例：困难职工家庭认定标准（参照平顶山、南通、高邮）"),
    ):
        fields = usual | {"relative_multiple": Decimal(multiple), "sudden_multiple": Decimal(3), "source": source}
        actions.activate_test(actions.write_test(city, fields=fields, by=by), by=by, now=now)
