"""Both plans 2021-2030 as samples: some goals with their units, and the targets of DOMAIN-children-privacy C2.

“(GK)” there means general knowledge that wasn't verified; such targets say so in their source."""

from dataclasses import dataclass

WOMEN = "妇女发展规划(2021—2030年)(示例)"
CHILDREN = "儿童发展规划(2021—2030年)(示例)"
HEALTH_PLAN = "国家卫生健康委贯彻2021—2030年中国妇女儿童发展纲要实施方案[W11]"
FUZHOU = "福州市儿童发展纲要(地方目标)[W14]"
UNVERIFIED = "一般资料,未核实(GK)"
OWN = "示例:由本地规划确定"
ADOPTED = "示例:采用 {source}"


@dataclass(frozen=True, slots=True)
class SampleGoal:
    audience: str
    domain: str
    code: str
    title: str
    title_en: str
    lead: str
    responsible: tuple[str, ...] = ()
    qualitative: bool = False


@dataclass(frozen=True, slots=True)
class SampleTarget:
    goal: str
    indicator: str
    comparator: str
    value: str | None
    due_year: int
    source: str
    national: bool = True


_G, _T = SampleGoal, SampleTarget
GOALS = (
    _G(
        "women",
        "health",
        "妇1",
        "保障妇女享有良好的孕产期保健",
        "Good care around birth",
        "卫生健康委",
        ("妇联", "医保局"),
    ),
    _G(
        "women",
        "health",
        "妇2",
        "提高妇女常见疾病防治水平",
        "Common illnesses of women",
        "卫生健康委",
        ("总工会", "妇联", "财政局"),
    ),
    _G(
        "women",
        "economy",
        "妇3",
        "促进妇女平等就业与劳动保护",
        "Equal work and its protection",
        "人力资源和社会保障局",
        ("总工会", "应急管理局"),
    ),
    _G(
        "women",
        "decisions",
        "妇4",
        "提高妇女参与决策和管理水平",
        "Women in decisions",
        "组织部",
        ("总工会", "国资委", "妇联"),
    ),
    _G("women", "education", "妇5", "保障妇女平等接受教育", "Equal education", "教育局", ("科协", "妇联")),
    _G(
        "women",
        "environment",
        "妇6",
        "全社会树立男女平等的良好风尚",
        "Equality as a habit of society",
        "宣传部",
        ("妇联", "网信办"),
        True,
    ),
    _G(
        "children",
        "health",
        "儿1",
        "降低新生儿、婴儿和5岁以下儿童死亡率",
        "Fewer children die",
        "卫生健康委",
        ("妇联",),
    ),
    _G("children", "health", "儿2", "加强儿童系统管理与保健", "Systematic care of children", "卫生健康委", ("教育局",)),
    _G(
        "children",
        "health",
        "儿3",
        "控制儿童青少年近视和营养性疾病",
        "Sight and nutrition",
        "教育局",
        ("卫生健康委", "体育局"),
    ),
    _G(
        "children",
        "education",
        "儿4",
        "普及学前教育和义务教育",
        "Schooling for all",
        "教育局",
        ("发展改革委", "财政局"),
    ),
    _G(
        "children",
        "welfare",
        "儿5",
        "健全农村留守儿童关爱服务体系",
        "Care for left-behind children",
        "民政局",
        ("妇联", "教育局", "团委"),
    ),
    _G("children", "family", "儿6", "完善家庭教育指导服务体系", "Guidance for families", "妇联", ("教育局",), True),
)
TARGETS = (
    _T("妇1", "maternal-mortality", "le", "12", 2030, HEALTH_PLAN),
    _T("儿1", "neonatal-mortality", "le", "3.0", 2030, HEALTH_PLAN),
    _T("儿1", "infant-mortality", "le", "5.0", 2030, HEALTH_PLAN),
    _T("儿1", "under5-mortality", "le", "6.0", 2030, HEALTH_PLAN),
    _T("妇1", "maternal-care", "maintain_ge", "90", 2030, HEALTH_PLAN),
    _T("妇1", "prenatal-screening", "trend_up", None, 2030, OWN, national=False),
    _T("妇1", "postnatal-visits", "ge", "95", 2030, OWN, national=False),
    _T("妇2", "cervical-screening", "ge", "70", 2030, HEALTH_PLAN),
    _T("妇2", "hiv-transmission", "lt", "2", 2030, HEALTH_PLAN),
    _T("妇1", "premarital-examination", "ge", "70", 2030, HEALTH_PLAN),
    _T("妇1", "preconception-check", "maintain_ge", "80", 2030, HEALTH_PLAN),
    _T("儿2", "under3-care", "maintain_ge", "90", 2030, HEALTH_PLAN),
    _T("儿2", "under7-care", "maintain_ge", "90", 2030, HEALTH_PLAN),
    _T("儿2", "newborn-visits", "ge", "90", 2030, OWN, national=False),
    _T("儿2", "paediatricians", "ge", "1.12", 2030, HEALTH_PLAN),
    _T("儿2", "paediatric-beds", "ge", "3.17", 2030, HEALTH_PLAN),
    _T("儿2", "eye-examination", "ge", "90", 2030, FUZHOU, national=False),
    _T("儿3", "myopia-primary", "lt", "38", 2030, FUZHOU, national=False),
    _T("儿3", "myopia-junior", "lt", "60", 2030, FUZHOU, national=False),
    _T("儿3", "myopia-senior", "lt", "70", 2030, FUZHOU, national=False),
    _T("妇5", "girls-enrolment", "trend_up", None, 2030, OWN, national=False),
    _T("儿4", "nine-years", "ge", "96", 2030, UNVERIFIED),
    _T("儿4", "preschool", "ge", "90", 2025, UNVERIFIED),
    _T("妇3", "women-employed", "maintain_ge", "45", 2030, UNVERIFIED),
    _T("妇3", "special-rules", "trend_up", None, 2030, OWN, national=False),
    _T("妇4", "women-directors", "trend_up", None, 2030, OWN, national=False),
    _T("妇4", "women-supervisors", "trend_up", None, 2030, OWN, national=False),
    _T("妇5", "science-gap", "gap_narrow", None, 2030, OWN, national=False),
    _T("妇4", "teams-city", "trend_up", None, 2030, OWN, national=False),
    _T("妇4", "teams-county", "trend_up", None, 2030, OWN, national=False),
    _T("儿3", "low-birth-weight", "le", "4", 2030, "2011—2020年目标[W17]", national=False),
    _T("儿3", "under5-anaemia", "le", "12", 2030, "2011—2020年目标[W17]", national=False),
    _T("儿3", "under5-stunting", "le", "7", 2030, "2011—2020年目标[W17]", national=False),
    _T("儿3", "under5-underweight", "le", "5", 2030, "2011—2020年目标[W17]", national=False),
    _T("儿5", "homes-built", "ge", "100", 2030, OWN, national=False),
    _T("儿5", "homes-reach", "ge", "50", 2030, OWN, national=False),
    _T("儿5", "homes-files", "ge", "100", 2030, OWN, national=False),
)
