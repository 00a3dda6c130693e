"""Every variant of §1.2 that isn't a sample, as far as its text goes, so that the vectors of §1.10 can be asked."""

from decimal import Decimal

from services.mutual_aid.enums import (
    AfterClaim,
    AgeLimit,
    Exclusion,
    FeeSplit,
    Grade,
    HospitalLevel,
    InSitu,
    PriorDisease,
    Result,
    ThresholdBase,
)
from services.mutual_aid.rules.terms import Disease, Line, Terms
from services.mutual_aid.samples import SAMPLES
from services.mutual_aid.samples.shape import BOTH, FIRST, IN_SITU, INVASIVE, RENEWAL, pays, waiting

BEIJING, NINGBO, NINGBO_4Y, GUANGDONG, HAINAN, SHANGHAI = (sample.terms for sample in SAMPLES)
FOUR = tuple(
    one.value for one in (Exclusion.PRE_EXISTING, Exclusion.FRAUD, Exclusion.MISDIAGNOSIS, Exclusion.METASTASIS)
)
SURGERY = Grade.SURGERY_ONLY.value
_SIX = ("cervix", "fallopian_tube", "ovary", "endometrium", "choriocarcinoma", "breast")


def _listed(*codes: str, in_situ: str = InSitu.REDUCED.value, primary: bool | None = True) -> tuple[Disease, ...]:
    return tuple(Disease(code, code, primary_only=primary, in_situ=in_situ) for code in codes)


# Binzhou rules, S8m.
BINZHOU = Terms(
    code="binzhou",
    fee_per_share=Decimal(36),
    period_months=24,
    age_min=16,
    age_limit=AgeLimit.FIXED.value,
    age_max=60,
    threshold_base=ThresholdBase.STAFF.value,
    threshold_percent=Decimal(80),
    full_join_below=100,
    source="S8m",
)
# An older CWIMAS plan, S9m.
OLDER = Terms(
    code="older",
    age_min=18,
    age_limit=AgeLimit.FIXED.value,
    age_max=55,
    temporary_months=12,
    threshold_base=ThresholdBase.WOMEN.value,
    threshold_percent=Decimal(80),
    source="S9m",
)
# The 2011 edition excludes every carcinoma in situ, S10m.
EDITION_2011 = Terms(
    code="edition-2011",
    period_months=24,
    effective_day=0,
    last_day_counts=True,
    prior_disease=PriorDisease.BARS.value,
    exclusions=(*FOUR, Exclusion.IN_SITU.value),
    diseases_complete=True,
    diseases=_listed(*_SIX, in_situ=""),
    lines=(pays(BOTH, INVASIVE, Result.FULL, (0, None), 10000, "S10m"),),
    source="S10m",
)
# A firm's notice of 2018: 30 days nothing, then reduced to day 90; no sum is printed. S11.
YINJIAN = Terms(
    code="yinjian",
    fee_per_share=Decimal(40),
    period_months=24,
    lines=(
        waiting(FIRST, INVASIVE, 30, "S11"),
        pays(FIRST, INVASIVE, Result.REDUCED, (31, 90), None, "S11", ends=None),
        pays(FIRST, INVASIVE, Result.FULL, (91, None), None, "S11", ends=None),
    ),
    source="S11",
)
# Plan text of the Beijing office: fixed sum, convalescence, a sum for each day. S12m.
WITH_HOSPITAL = Terms(
    code="with-hospital",
    renewal_grace_days=15,
    notice_days=10,
    hospital_level=HospitalLevel.LEVEL_2.value,
    exclusions=FOUR,
    diseases_complete=True,
    diseases=_listed(*_SIX),
    lines=(
        waiting(FIRST, INVASIVE, 30, "S11 S12m"),
        Line(
            joined=FIRST,
            grade=INVASIVE,
            result=Result.FULL.value,
            day_from=91,
            day_to=None,
            per_share=Decimal(10000),
            ends_cover=True,
            once=Decimal(2000),
            daily=Decimal(26),
            daily_days=180,
            source="S12m",
        ),
    ),
    source="S12m",
)
# A college in Anhui, S13m.
ANHUI = Terms(
    code="anhui",
    fee_per_share=Decimal(36),
    fee_split=FeeSplit.FIXED.value,
    fee_upper=Decimal(15),
    fee_unit=Decimal(10),
    fee_herself=Decimal(11),
    period_months=24,
    source="S13m",
)
# Guangzhou: a tertiary hospital confirms, S15m.
GUANGZHOU = Terms(
    code="guangzhou",
    period_months=36,
    hospital_level=HospitalLevel.LEVEL_3.value,
    lines=(pays(BOTH, INVASIVE, Result.FULL, (None, None), 17500, "S15m", ends=None),),
    source="S15m",
)
# Nanping 2012: four tiers, three of them operations without cancer. S21m.
NANPING = Terms(
    code="nanping",
    fee_per_share=Decimal(25),
    period_months=12,
    effective_day=0,
    last_day_counts=True,
    diseases_complete=True,
    diseases=(
        *_listed("breast", "ovary", "uterine_body", "cervix", "vagina", "endometrium", "fallopian_tube", "vulva"),
        Disease("uterus_and_ovaries_removed", "子宫和卵巢同时摘除"),
        Disease("uterus_or_ovary_removed", "子宫或卵巢摘除"),
        Disease("fibroids_removed", "子宫肌瘤摘除"),
    ),
    lines=(
        pays(BOTH, INVASIVE, Result.FULL, (0, None), 6000, "S21m"),
        *(
            Line(BOTH, SURGERY, Result.FULL.value, 0, None, Decimal(yuan), True, disease=disease, source="S21m")
            for disease, yuan in (
                ("uterus_and_ovaries_removed", 3000),
                ("uterus_or_ovary_removed", 2000),
                ("fibroids_removed", 1000),
            )
        ),
    ),
    source="S21m",
)
# A college in Sichuan: ten years, notice within 30 days, a claim within a year. S22m.
SICHUAN = Terms(
    code="sichuan",
    fee_per_share=Decimal(100),
    max_shares=2,
    period_months=120,
    age_min=18,
    age_limit=AgeLimit.FIXED.value,
    age_max=60,
    effective_day=0,
    last_day_counts=True,
    notice_days=30,
    notice_bars=True,
    claim_days=365,
    hospital_level=HospitalLevel.LEVEL_2B.value,
    lines=(
        waiting(FIRST, INVASIVE, 150, "S22m"),
        pays(FIRST, INVASIVE, Result.FULL, (151, None), 10000, "S22m"),
    ),
    source="S22m",
)
# China Life for the union of Heilongjiang: breast cancer twice, no renewal after a claim. S3m.
CHINA_LIFE = Terms(
    code="china-life",
    fee_per_share=Decimal(20),
    period_months=12,
    age_min=16,
    age_limit=AgeLimit.FIXED.value,
    age_max=60,
    threshold_base=ThresholdBase.WOMEN.value,
    threshold_percent=Decimal(75),
    min_persons=8,
    effective_day=0,
    last_day_counts=True,
    after_claim=AfterClaim.NEVER.value,
    exclusions=FOUR,
    diseases_complete=True,
    diseases=_listed("ovary", "endometrium", "cervix", "fallopian_tube", "vagina", "breast"),
    lines=(
        waiting(FIRST, INVASIVE, 90, "S3m"),
        pays(FIRST, INVASIVE, Result.FULL, (91, None), 10000, "S3m"),
        *(
            Line(FIRST, INVASIVE, result, begin, end, yuan, ends, disease="breast", source="S3m")
            for result, begin, end, yuan, ends in (
                (Result.NOTHING.value, 0, 90, None, False),
                (Result.FULL.value, 91, None, Decimal(20000), True),
            )
        ),
        pays(RENEWAL, INVASIVE, Result.FULL, (0, None), 10000, "S3m"),
    ),
    source="S3m",
)
VARIANTS = (
    *(BEIJING, NINGBO, NINGBO_4Y, GUANGDONG, HAINAN, SHANGHAI, BINZHOU, OLDER, EDITION_2011, YINJIAN),
    *(WITH_HOSPITAL, ANHUI, GUANGZHOU, NANPING, SICHUAN, CHINA_LIFE),
)
__all__ = ["INVASIVE", "IN_SITU", "SURGERY", "VARIANTS"]
