"""Guangdong, Hainan, Shanghai: what a notice or a newspaper says of them, and no more."""

from decimal import Decimal

from services.mutual_aid.enums import Duplicates, EffectiveRule, FeeSplit, Operator, PriorDisease, Result
from services.mutual_aid.rules.terms import Disease, Terms
from services.mutual_aid.samples.shape import BOTH, FIRST, IN_SITU, INVASIVE, RENEWAL, Sample, pays, waiting

S14 = "惠州学院工会通知，2025 年 2 月 25 日：广东省女职工安康互助保险计划甲种（S14）"
S6 = "中工网，2024 年 9 月 9 日：海南省女职工安康互助保障（S6）"
S20 = "上海发布、申工社，2016 年 6 月：女职工团体互助医疗特种保障计划调整（S20）"

_FIVE = (
    ("breast", "原发性乳腺癌"),
    ("ovary", "原发性卵巢癌"),
    ("uterine_body", "原发性宫体癌"),
    ("cervix", "原发性宫颈癌"),
    ("fallopian_tube", "原发性输卵管癌"),
)

GUANGDONG_ANKANG = Sample(
    code="guangdong-ankang",
    name="广东女职工安康互助保险（甲种）",
    name_en="Guangdong: women's health, kind A",
    operator=Operator.SOCIETY.value,
    region="广东",
    source_url="gh.hzu.edu.cn/2025/0225/c1292a264673/page.htm",
    remarks=(
        "通知中每人参保 2 份，两份保险费由工会和个人各承担 55 元。年龄、参保比例、第 180 天当天是否在免责期内、原位癌、"
        "续保宽限、给付后保障是否终止、治疗要求、医院等级、除外责任、期限和申领材料均未见。"
    ),
    terms=Terms(
        code="guangdong-ankang",
        version=1,
        fee_per_share=Decimal(55),
        fee_split=FeeSplit.BY_UNIT.value,
        max_shares=2,
        period_months=36,
        effective_rule=EffectiveRule.NEXT_DAY.value,
        prior_disease=PriorDisease.BARS.value,
        duplicates=Duplicates.FIRST_COUNTS.value,
        diseases_complete=True,
        diseases=tuple(Disease(code, name, primary_only=True) for code, name in _FIVE),
        lines=(
            waiting(FIRST, INVASIVE, 180, S14),
            pays(FIRST, INVASIVE, Result.FULL, (181, None), 15000, S14, ends=None, treatment=""),
            pays(RENEWAL, INVASIVE, Result.FULL, (0, None), 15000, S14, ends=None, treatment=""),
        ),
        source=S14,
    ),
)

HAINAN_ANKANG = Sample(
    code="hainan-ankang",
    name="海南女职工安康互助保障",
    name_en="Hainan: women's health",
    operator=Operator.SOCIETY.value,
    region="海南",
    source_url="workercn.cn/c/2024-09-09/8348067.shtml",
    remarks="团体会员制，七种原发性妇科癌症，一次性 15,000 元。病种名称、观察期、份数、年龄和其余条款均未见。",
    terms=Terms(
        code="hainan-ankang",
        version=1,
        fee_per_share=Decimal(50),
        period_months=36,
        diseases_complete=False,
        lines=(pays(BOTH, INVASIVE, Result.FULL, (None, None), 15000, S6, ends=None, treatment=""),),
        source=S6,
    ),
)

SHANGHAI_2016 = Sample(
    code="shanghai-2016",
    name="上海女职工团体互助医疗特种保障计划（2016 年 7 月起）",
    name_en="Shanghai: women's special plan, from July 2016",
    operator=Operator.SOCIETY.value,
    region="上海",
    source_url="myoldtime.com/a/zixun/caijing/2016/0621/4670.html",
    remarks="乳腺和生殖系统原位癌每份由 5,000 元提高到 10,000 元。观察期、浸润癌每份金额、份数和其余条款均未见。",
    terms=Terms(
        code="shanghai-2016",
        version=1,
        fee_per_share=Decimal(18),
        period_months=12,
        diseases_complete=False,
        lines=(
            pays(BOTH, INVASIVE, Result.FULL, (None, None), None, S20, ends=None, treatment=""),
            pays(BOTH, IN_SITU, Result.REDUCED, (None, None), 10000, S20, ends=None, treatment=""),
        ),
        source=S20,
    ),
)
