"""Beijing, one-year plan from 2018: in situ, the step of 500 yuan, and a list whose twelve names nobody printed."""

from decimal import Decimal

from services.mutual_aid.enums import (
    AfterClaim,
    AgeLimit,
    DocumentKind,
    Exclusion,
    HospitalLevel,
    InSitu,
    Operator,
    PriorDisease,
    Result,
)
from services.mutual_aid.rules.terms import Disease, Terms
from services.mutual_aid.samples.shape import FIRST, IN_SITU, INVASIVE, RENEWAL, Sample, pays, waiting
from services.workers.enums import EmploymentType

S5 = "北京市总工会消息，2021 年 3 月 10 日（S5m）"
S7 = "中国职工保险互助会北京办事处待遇说明（S7m）"
S12 = "北京办事处较早的同类计划文本（S12m）"
S9 = "中国职工保险互助会八类计划文本（S9m）"

_EIGHT = (
    ("cervix", "子宫颈癌", None),
    ("fallopian_tube", "输卵管恶性肿瘤", None),
    ("endometrium", "子宫内膜癌", None),
    ("choriocarcinoma", "绒毛膜癌", None),
    ("breast", "乳腺癌", None),
    ("vulva_vagina", "原发性外阴癌、阴道癌", True),
    ("uterine_sarcoma", "原发性子宫肉瘤", True),
    ("ovary", "原发性卵巢癌", True),
)

BEIJING_2018 = Sample(
    code="beijing-2018",
    name="北京女职工特殊疾病互助保障（一年期，2018 年起）",
    name_en="Beijing: women's special diseases, one year, from 2018",
    operator=Operator.BRANCH_OFFICE.value,
    region="北京",
    source_url="yujianshui.com/jibing/fuke/57865.html; lnhjjl.com/xinwen/yaowen/11107.html",
    remarks=(
        "十二类病种的名称未见公布，所列八类取自互助会较早文本。最高份数、费用由谁承担、参保比例、生效方式、"
        "生效当日是第 0 天还是第 1 天、申领期限均未见。续保免观察期和 10 日内通知取自同一办事处的较早文本。"
    ),
    nominates=True,
    documents=(
        (DocumentKind.APPLICATION.value, True),
        (DocumentKind.UNIT_STATEMENT.value, True),
        (DocumentKind.IDENTITY.value, True),
        (DocumentKind.REQUEST.value, True),
        (DocumentKind.DIAGNOSIS.value, True),
        (DocumentKind.CASE_FRONT_PAGE.value, True),
        (DocumentKind.ADMISSION.value, True),
        (DocumentKind.DISCHARGE.value, True),
        (DocumentKind.PATHOLOGY.value, True),
        (DocumentKind.BLOOD_TEST.value, False),
        (DocumentKind.OPERATION.value, False),
        (DocumentKind.BANK_CARD.value, True),
        (DocumentKind.OTHER.value, False),
    ),
    terms=Terms(
        code="beijing-2018",
        version=1,
        fee_per_share=Decimal(25),
        period_months=12,
        age_min=16,
        age_limit=AgeLimit.FIXED.value,
        age_max=60,
        employment_types=tuple(
            one.value for one in (EmploymentType.ESTABLISHED, EmploymentType.CONTRACT, EmploymentType.TEMPORARY)
        ),
        temporary_months=12,
        last_day_counts=True,
        renewal_grace_days=15,
        prior_disease=PriorDisease.NOT_COVERED.value,
        after_claim=AfterClaim.NOT_THE_SAME.value,
        notice_days=10,
        hospital_level=HospitalLevel.LEVEL_2.value,
        exclusions=(
            Exclusion.PRE_EXISTING.value,
            Exclusion.FRAUD.value,
            Exclusion.MISDIAGNOSIS.value,
            Exclusion.METASTASIS.value,
        ),
        diseases_complete=False,
        diseases=tuple(
            Disease(code, name, primary_only=primary, in_situ=InSitu.REDUCED.value) for code, name, primary in _EIGHT
        ),
        lines=(
            waiting(FIRST, INVASIVE, 30, S7),
            pays(FIRST, INVASIVE, Result.CONDOLENCE, (31, 60), 500, S7),
            pays(FIRST, INVASIVE, Result.FULL, (61, None), 15000, S7),
            waiting(FIRST, IN_SITU, 30, S7),
            pays(FIRST, IN_SITU, Result.CONDOLENCE, (31, 60), 500, S7),
            pays(FIRST, IN_SITU, Result.CONDOLENCE, (61, None), 2000, S7),
            pays(RENEWAL, INVASIVE, Result.FULL, (0, None), 15000, S12),
            pays(RENEWAL, IN_SITU, Result.CONDOLENCE, (0, None), 2000, S12),
        ),
        source=S7,
        sources={
            "fee_per_share": S5,
            "period_months": S5,
            "renewal_grace_days": S12,
            "notice_days": S12,
            "exclusions": S12,
            "diseases": S9,
        },
    ),
)
