"""Ningbo: the same rules at 15 yuan for one year or 50 yuan for four."""

from dataclasses import replace
from decimal import Decimal

from services.mutual_aid.enums import (
    AgeLimit,
    EffectiveRule,
    InSitu,
    MidTerm,
    Operator,
    PriorDisease,
    Result,
    ThresholdBase,
    Treatment,
)
from services.mutual_aid.rules.terms import Disease, Line, Terms
from services.mutual_aid.samples.shape import FIRST, IN_SITU, INVASIVE, RENEWAL, Sample, pays, waiting

S16 = "宁波市女职工安康互助保障办法，2012 年 3 月修订（S16）"
S17 = "宁波女职工安康互助保障给付标准，2024 年（S17m）"
S18 = "宁波女职工安康互助保障 2022 年参保说明（S18m）"
S181 = "宁波女职工安康互助保障期限，2024 年（S181m）"

_SIX = (
    ("breast", "原发性乳腺癌"),
    ("ovary", "原发性卵巢癌"),
    ("uterus", "原发性子宫癌"),
    ("cervix", "原发性宫颈癌"),
    ("fallopian_tube", "原发性输卵管癌"),
    ("vagina", "原发性阴道癌"),
)


def _paid(joined: str, grade: str, result: Result, days: tuple, yuan: int) -> Line:
    """经住院治疗或手术治疗 is asked for by every sum of S17m."""
    return pays(joined, grade, result, days, yuan, S17, treatment=Treatment.EITHER.value)


NINGBO_1Y = Sample(
    code="ningbo-1y",
    name="宁波女职工安康互助保障（一年期）",
    name_en="Ningbo: women's health, one year",
    operator=Operator.SOCIETY.value,
    region="宁波",
    source_url="wybk.com/techan/30958.html; xiexiebang.com/a5/201905138/3017c38254527e10.html",
    remarks=(
        "最低年龄、费用由谁承担、重复参保的处理、期满后曾给付者能否再参保、通知和申领期限、医院等级、除外责任全文、"
        "申领材料、新进女职工的保障何时期满均未见。2022 年集中参保期曾统一于 5 月 1 日生效（S18m）。"
    ),
    terms=Terms(
        code="ningbo-1y",
        version=1,
        fee_per_share=Decimal(15),
        max_shares=3,
        period_months=12,
        age_limit=AgeLimit.RETIREMENT.value,
        threshold_base=ThresholdBase.WOMEN.value,
        threshold_percent=Decimal(80),
        effective_rule=EffectiveRule.NEXT_DAY.value,
        renewal_grace_days=30,
        renewal_keeps_day=True,
        prior_disease=PriorDisease.BARS.value,
        mid_term=MidTerm.NEW_HIRES.value,
        sister_per_share=Decimal(1000),
        diseases_complete=True,
        diseases=tuple(Disease(code, name, primary_only=True, in_situ=InSitu.REDUCED.value) for code, name in _SIX),
        lines=(
            # 生效之日30天后: the 30th day still gives nothing. The condolence sum names primary cancers alone.
            waiting(FIRST, INVASIVE, 30, S17),
            _paid(FIRST, INVASIVE, Result.CONDOLENCE, (31, 90), 1000),
            _paid(FIRST, INVASIVE, Result.FULL, (91, None), 10000),
            waiting(FIRST, IN_SITU, 90, S17),
            _paid(FIRST, IN_SITU, Result.REDUCED, (91, None), 5000),
            _paid(RENEWAL, INVASIVE, Result.FULL, (0, None), 10000),
            _paid(RENEWAL, IN_SITU, Result.REDUCED, (0, None), 5000),
        ),
        source=S17,
        sources={
            "fee_per_share": S16,
            "max_shares": S18,
            "period_months": S16,
            "age_max": S181,
            "threshold_percent": S16,
            "effective_rule": S181,
            "prior_disease": S16,
            "diseases": S16,
        },
    ),
)

NINGBO_4Y = replace(
    NINGBO_1Y,
    code="ningbo-4y",
    name="宁波女职工安康互助保障（四年期）",
    name_en="Ningbo: women's health, four years",
    terms=replace(NINGBO_1Y.terms, code="ningbo-4y", fee_per_share=Decimal(50), period_months=48),
)
