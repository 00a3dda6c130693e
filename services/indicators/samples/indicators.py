"""The thirty indicators of DOMAIN-children-privacy C2 as samples, with the elements they are made of, national numbers
and where each was read. A sample is marked as one: a city looks at it before it reports by it.

Numbers with letters are the parts of one line of the list (18: three stages of schooling). ``Given`` rates aren't made
of parts, so they are never added up. National numbers have a table of their own."""

from dataclasses import dataclass

from services.indicators.samples.elements import BY_CODE

NBS_WOMEN_2024 = "国家统计局:2024年《中国妇女发展纲要(2021—2030年)》统计监测报告(2025年12月)[W7]"
NBS_CHILDREN_2021 = "国家统计局:2021年《中国儿童发展纲要(2021—2030年)》统计监测报告[W8]"
NBS_CHILDREN_2022 = "国家统计局:2022年《中国儿童发展纲要(2021—2030年)》统计监测报告[W12]"
NBS_CHILDREN_2018 = "国家统计局:2018年《中国儿童发展纲要(2011—2020年)》统计监测报告[W17]"
NEWS_2024 = "中国新闻网 2024-05-31:2023年数据[W13]"
LEFT_BEHIND = "义务教育阶段农村留守儿童数据文章[W16]"
SCHOOLING = "教育统计汇编文章[W15]"

HEALTH_SOURCES = ("妇幼卫生年报", "妇幼卫生监测", "卫生健康统计年鉴")
SCHOOL_SOURCES = ("教育事业统计", "教育部门年报")
LABOUR_SOURCES = ("工会统计年报", "劳动统计年报")
HOME_SOURCES = ("留守儿童之家管理台账", "民政部门统计")


@dataclass(frozen=True, slots=True)
class SampleIndicator:
    """``refs``: year, cut, value, source. ``denominator`` empty: a number, or given by its source."""

    number: str
    code: str
    title: str
    title_en: str
    audience: str
    domain: str
    numerator: str
    denominator: str
    factor: int
    unit: str
    decimals: int
    direction: str
    definition: str
    definition_en: str
    sources: tuple[str, ...]
    refs: tuple[tuple[int, str, str, str], ...] = ()
    kind: str = "ratio"


def _percent(number, code, title, title_en, audience, domain, numerator, denominator, direction, sources, *refs):
    top, bottom = BY_CODE[numerator], BY_CODE[denominator]
    return SampleIndicator(
        *(number, code, title, title_en, audience, domain, numerator, denominator, 100, "%", 1, direction),
        f"{top.title}÷{bottom.title}×100%。",
        f"{top.title_en} ÷ {bottom.title_en.lower()} × 100.",
        sources,
        refs,
    )


def _rate(number, code, title, title_en, numerator, factor, unit, *refs, audience="children"):
    top = BY_CODE[numerator]
    return SampleIndicator(
        *(number, code, title, title_en, audience, "health", numerator, "live_births", factor, unit, 1, "down"),
        f"年内{top.title}÷同期活产数×{factor:,}。三种数据来源并存,按来源优先级取数。",
        f"{top.title_en} of the year ÷ live births × {factor:,}. Where sources differ, the first named counts.",
        HEALTH_SOURCES,
        refs,
    )


_W, _C = "women", "children"
_H, _S, _L, _M = HEALTH_SOURCES, SCHOOL_SOURCES, LABOUR_SOURCES, HOME_SOURCES
INDICATORS = (
    _rate(
        *("1", "maternal-mortality", "孕产妇死亡率", "Maternal mortality", "maternal_deaths", 100_000, "/10万"),
        (2024, "", "14.3", NBS_WOMEN_2024),
        (2024, "area:urban", "12.5", NBS_WOMEN_2024),
        (2024, "area:rural", "15.9", NBS_WOMEN_2024),
        audience=_W,
    ),
    _rate(
        *("2", "neonatal-mortality", "新生儿死亡率", "Mortality of newborns", "neonatal_deaths", 1_000, "‰"),
        (2022, "", "3.1", NBS_CHILDREN_2022),
    ),
    _rate(
        *("3", "infant-mortality", "婴儿死亡率", "Mortality of infants", "infant_deaths", 1_000, "‰"),
        (2022, "", "4.9", NBS_CHILDREN_2022),
        (2023, "", "4.5", NEWS_2024),
    ),
    _rate(
        *("4", "under5-mortality", "5岁以下儿童死亡率", "Mortality below five", "under5_deaths", 1_000, "‰"),
        (2022, "", "6.8", NBS_CHILDREN_2022),
        (2023, "", "6.2", NEWS_2024),
    ),
    _percent(
        *("5", "maternal-care", "孕产妇系统管理率", "Systematic maternal care", _W, "health"),
        *("maternal_managed", "live_births", "keep", _H),
        (2024, "", "94.9", NBS_WOMEN_2024),
    ),
    _percent(
        *("6", "prenatal-screening", "产前筛查率", "Prenatal screening", _W, "health"),
        *("prenatal_screened", "pregnant_due", "up", _H),
        (2024, "", "93.5", NBS_WOMEN_2024),
    ),
    _percent(
        *("7", "postnatal-visits", "产后访视率", "Visits after birth", _W, "health"),
        *("postnatal_visited", "live_births", "up", _H),
        (2024, "", "97.3", NBS_WOMEN_2024),
    ),
    _percent(
        *("8", "cervical-screening", "适龄妇女宫颈癌人群筛查率", "Cervical screening", _W, "health"),
        *("cervical_screened", "cervical_due", "up", _H),
    ),
    _percent(
        *("9", "hiv-transmission", "艾滋病母婴传播率", "HIV from mother to child", _W, "health"),
        *("hiv_infected", "hiv_exposed", "down", _H),
        (2024, "", "1.2", NBS_WOMEN_2024),
    ),
    _percent(
        *("10", "premarital-examination", "婚前医学检查率", "Examination before marriage", _W, "health"),
        *("premarital_examined", "marrying", "up", _H),
        (2022, "", "74.8", NBS_CHILDREN_2022),
    ),
    _percent(
        *("11", "preconception-check", "孕前优生健康检查目标人群覆盖率", "Checks before conception", _W, "health"),
        *("preconception_examined", "preconception_due", "keep", _H),
    ),
    _percent(
        *("12", "under3-care", "3岁以下儿童系统管理率", "Systematic care below three", _C, "health"),
        *("under3_managed", "under3_children", "keep", _H),
        (2021, "", "92.8", NBS_CHILDREN_2021),
    ),
    _percent(
        *("13", "under7-care", "7岁以下儿童健康管理率", "Health care below seven", _C, "health"),
        *("under7_managed", "under7_children", "keep", _H),
        (2021, "", "94.6", NBS_CHILDREN_2021),
    ),
    _percent(
        *("14", "newborn-visits", "新生儿访视率", "Visits to newborns", _C, "health"),
        *("newborns_visited", "live_births", "up", _H),
        (2022, "", "96.7", NBS_CHILDREN_2022),
    ),
    SampleIndicator(
        *("15", "paediatricians", "每千名儿童拥有儿科执业(助理)医师数", "Paediatricians for a thousand children"),
        *(_C, "health", "paediatricians", "children_0_14", 1_000, "名/千人", 2, "up"),
        "儿科执业(助理)医师数÷0—14岁儿童数×1000。",
        "Paediatricians ÷ children up to 14 × 1,000.",
        HEALTH_SOURCES,
        ((2021, "", "0.78", NBS_CHILDREN_2021),),
    ),
    SampleIndicator(
        *("16", "paediatric-beds", "每千名儿童拥有床位数", "Beds for a thousand children"),
        *(_C, "health", "paediatric_beds", "children_0_14", 1_000, "张/千人", 2, "up"),
        "儿科床位数÷0—14岁儿童数×1000。",
        "Paediatric beds ÷ children up to 14 × 1,000.",
        HEALTH_SOURCES,
        ((2021, "", "2.2", NBS_CHILDREN_2021),),
    ),
    _percent(
        *("17", "eye-examination", "0—6岁儿童眼保健和视力检查覆盖率", "Eye examination up to six", _C, "health"),
        *("eyes_examined", "children_0_6", "up", _H),
        (2021, "", "93", NBS_CHILDREN_2021),
    ),
    _percent(
        *("18a", "myopia-primary", "小学生近视率", "Short sight, primary", _C, "health"),
        *("primary_myopic", "primary_tested", "down", _S),
        (2021, "", "35.5", NBS_CHILDREN_2021),
    ),
    _percent(
        *("18b", "myopia-junior", "初中生近视率", "Short sight, junior secondary", _C, "health"),
        *("junior_myopic", "junior_tested", "down", _S),
        (2021, "", "71.1", NBS_CHILDREN_2021),
    ),
    _percent(
        *("18c", "myopia-senior", "高中阶段学生近视率", "Short sight, senior secondary", _C, "health"),
        *("senior_myopic", "senior_tested", "down", _S),
    ),
    _percent(
        *("19", "girls-enrolment", "小学学龄女童净入学率", "Net enrolment of girls", _W, "education"),
        *("girls_enrolled", "girls_school_age", "up", _S),
        (2024, "", "99.9", NBS_WOMEN_2024),
    ),
    _percent(
        *("20", "nine-years", "九年义务教育巩固率", "Nine years of schooling kept", _C, "education"),
        *("grade9_graduates", "grade1_entrants", "up", _S),
        (2020, "", "95.2", SCHOOLING),
    ),
    _percent(
        *("21", "preschool", "学前教育毛入园率", "Gross enrolment in kindergartens", _C, "education"),
        *("kindergarten_children", "children_3_5", "up", _S),
        (2020, "", "85.2", SCHOOLING),
    ),
    _percent(
        *("22", "women-employed", "女性就业人员占全部就业人员比重", "Women among the employed", _W, "economy"),
        *("women_employed", "employed", "keep", _L),
        (2024, "", "43.4", NBS_WOMEN_2024),
    ),
    _percent(
        *("23", "special-rules", "执行《女职工劳动保护特别规定》的企业比重", "Employers that apply the special rules"),
        *(_W, "economy", "special_rules_employers", "employers", "up", _L),
        (2024, "", "75.3", NBS_WOMEN_2024),
    ),
    _percent(
        *("24a", "women-directors", "企业职工董事中女性比重", "Women among employee directors", _W, "decisions"),
        *("women_directors", "employee_directors", "up", _L),
        (2024, "", "38.1", NBS_WOMEN_2024),
    ),
    _percent(
        *("24b", "women-supervisors", "企业职工监事中女性比重", "Women among employee supervisors", _W, "decisions"),
        *("women_supervisors", "employee_supervisors", "up", _L),
    ),
    SampleIndicator(
        *("25", "science-gap", "公民科学素质水平性别差距", "Gap in science literacy between the sexes"),
        *(_W, "education", "science_gap", "", 1, "百分点", 2, "narrow"),
        "男性公民具备科学素质的比例减去女性公民具备科学素质的比例,由调查直接给出,不逐级汇总。",
        "The share of men minus that of women, as the survey gives it; never added up.",
        ("公民科学素质抽样调查",),
        ((2024, "", "2.76", NBS_WOMEN_2024),),
        "given",
    ),
    _percent(
        *("26", "women-students", "高等教育在校生中女生占比", "Women among students", _W, "education"),
        *("women_students", "students_higher", "none", _S),
        (2024, "", "50.8", NBS_WOMEN_2024),
    ),
    _percent(
        *("27a", "teams-province", "省级政府工作部门配有女干部的班子比例", "Leading teams with women, province"),
        *(_W, "decisions", "teams_province_women", "teams_province", "up", ("组织部门统计",)),
    ),
    _percent(
        *("27b", "teams-city", "市级政府工作部门配有女干部的班子比例", "Leading teams with women, city"),
        *(_W, "decisions", "teams_city_women", "teams_city", "up", ("组织部门统计",)),
    ),
    _percent(
        *("27c", "teams-county", "县级政府工作部门配有女干部的班子比例", "Leading teams with women, county"),
        *(_W, "decisions", "teams_county_women", "teams_county", "up", ("组织部门统计",)),
    ),
    SampleIndicator(
        *("28", "left-behind", "义务教育阶段农村留守儿童数", "Left-behind children of school age"),
        *(_C, "welfare", "left_behind", "", 1, "人", 0, "none"),
        "年末在册的农村留守儿童人数。背景指标,不设目标。",
        "Left-behind children on record at the end of the year. Context; no target.",
        ("教育事业统计", "民政部门统计"),
        ((2021, "", "11992000", LEFT_BEHIND),),
        "number",
    ),
    _percent(
        *("29a", "low-birth-weight", "低出生体重发生率", "Low weight at birth", _C, "health"),
        *("low_weight_births", "births_weighed", "down", _H),
        (2018, "", "3.13", NBS_CHILDREN_2018),
    ),
    _percent(
        *("29b", "under5-anaemia", "5岁以下儿童贫血患病率", "Anaemia below five", _C, "health"),
        *("under5_anaemic", "under5_examined", "down", _H),
        (2018, "", "5.44", NBS_CHILDREN_2018),
    ),
    _percent(
        *("29c", "under5-stunting", "5岁以下儿童生长迟缓率", "Stunting below five", _C, "health"),
        *("under5_stunted", "under5_examined", "down", _H),
        (2018, "", "1.11", NBS_CHILDREN_2018),
    ),
    _percent(
        *("29d", "under5-underweight", "5岁以下儿童低体重率", "Underweight below five", _C, "health"),
        *("under5_underweight", "under5_examined", "down", _H),
        (2018, "", "1.43", NBS_CHILDREN_2018),
    ),
    SampleIndicator(
        *("30a", "homes-built", "留守儿童之家建成数", "Homes for left-behind children built"),
        *(_C, "welfare", "homes_built", "", 1, "个", 0, "up"),
        "年末已验收或运行的留守儿童之家数,取自本平台台账。",
        "Homes accepted or in operation, from this platform's own register.",
        HOME_SOURCES,
        (),
        "number",
    ),
    _percent(
        *("30b", "homes-reach", "受益留守儿童占比", "Left-behind children reached by homes", _C, "welfare"),
        *("children_in_homes", "left_behind", "up", _M),
    ),
    _percent(
        *("30c", "homes-files", "留守儿童之家建档率", "Children of homes with a file", _C, "welfare"),
        *("children_with_file", "children_in_homes", "up", _M),
    ),
)
