"""Invented terms that say everything: what tests, factories and properties begin with."""

from decimal import Decimal

from services.mutual_aid import enums
from services.mutual_aid.rules.terms import Disease, Terms
from services.mutual_aid.samples.shape import FIRST, IN_SITU, INVASIVE, RENEWAL, pays, waiting

TEXT = "示例互助保障办法"

WHOLE = Terms(
    code="whole",
    version=1,
    fee_per_share=Decimal(36),
    fee_split=enums.FeeSplit.FIXED.value,
    fee_upper=Decimal(15),
    fee_unit=Decimal(10),
    fee_herself=Decimal(11),
    max_shares=3,
    period_months=12,
    age_min=16,
    age_limit=enums.AgeLimit.FIXED.value,
    age_max=60,
    threshold_base=enums.ThresholdBase.WOMEN.value,
    threshold_percent=Decimal(80),
    effective_rule=enums.EffectiveRule.NEXT_DAY.value,
    effective_day=0,
    last_day_counts=True,
    renewal_grace_days=30,
    renewal_keeps_day=True,
    prior_disease=enums.PriorDisease.BARS.value,
    after_claim=enums.AfterClaim.NOT_THE_SAME.value,
    mid_term=enums.MidTerm.NEW_HIRES.value,
    addition_ends=enums.AdditionEnds.WITH_UNIT.value,
    duplicates=enums.Duplicates.FIRST_COUNTS.value,
    notice_days=30,
    claim_days=365,
    hospital_level=enums.HospitalLevel.LEVEL_2.value,
    exclusions=(enums.Exclusion.PRE_EXISTING.value, enums.Exclusion.METASTASIS.value),
    diseases_complete=True,
    diseases=tuple(
        Disease(code, name, primary_only=True, in_situ=enums.InSitu.REDUCED.value)
        for code, name in (("breast", "乳腺癌"), ("cervix", "子宫颈癌"), ("ovary", "卵巢癌"))
    ),
    lines=(
        waiting(FIRST, INVASIVE, 30, TEXT),
        pays(FIRST, INVASIVE, enums.Result.FULL, (31, None), 10000, TEXT),
        waiting(FIRST, IN_SITU, 30, TEXT),
        pays(FIRST, IN_SITU, enums.Result.REDUCED, (31, None), 2000, TEXT),
        pays(RENEWAL, INVASIVE, enums.Result.FULL, (0, None), 10000, TEXT),
        pays(RENEWAL, IN_SITU, enums.Result.REDUCED, (0, None), 2000, TEXT),
    ),
    documents=(enums.DocumentKind.PATHOLOGY.value,),
    source=TEXT,
)
