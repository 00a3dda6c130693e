"""The rubric of the plan as it is written: nine items, their sub-criteria, no points below an item (A1, table R1-R9).

Weights aren't here: the plan gives none, the city sets them (A1.38 c). Phrases are the plan's own.
"""

from dataclasses import dataclass
from decimal import Decimal

SCHOOL, PRESCHOOL = "school", "preschool"
BOTH = (SCHOOL, PRESCHOOL)


@dataclass(frozen=True, slots=True)
class PlannedCriterion:
    """``fact``: the code under which the homes' registry knows of it, shown beside the points."""

    code: str
    words: str
    words_en: str
    county: bool = False
    profiles: tuple[str, ...] = BOTH
    fact: str = ""


@dataclass(frozen=True, slots=True)
class PlannedItem:
    code: str
    title: str
    title_en: str
    points: Decimal
    criteria: tuple[PlannedCriterion, ...]


def _c(code, words, words_en, **more) -> PlannedCriterion:
    return PlannedCriterion(code, words, words_en, **more)


ITEMS = (
    PlannedItem(
        "R1",
        "组织领导",
        "Leadership",
        Decimal(10),
        (
            _c("1.1", "县(区)成立领导机构", "The county has set up its leading body", county=True),
            _c("1.2", "建立考评、督查、激励机制", "Assessment, supervision and incentives are set up", county=True),
            _c("1.3", "制定本地实施方案", "A local plan of implementation is made", county=True),
        ),
    ),
    PlannedItem(
        "R2",
        "签订责任书",
        "Letters of responsibility",
        Decimal(10),
        (
            _c(
                "2.1",
                "县(区)政府与乡(镇)政府签订责任书",
                "County and township governments have signed letters of responsibility",
                county=True,
                fact="letters_signed",
            ),
        ),
    ),
    PlannedItem(
        "R3",
        "摸底调查与选址",
        "Census and siting",
        Decimal(10),
        (
            _c("3.1", "进行详细的摸底调查", "A detailed census was taken", county=True),
            _c("3.2", "县、乡留守儿童底数清楚", "Numbers of county and townships are known", county=True),
            _c("3.3", "选址合理,受益儿童多", "Sited well, many children benefit", fact="children_enrolled"),
        ),
    ),
    PlannedItem(
        "R4",
        "场地",
        "Rooms and ground",
        Decimal(15),
        (
            _c("4.1", "活动教室不低于40平方米", "Classroom of at least 40 m²", fact="room_m2"),
            _c("4.2", "室外活动场地100平方米以上", "Outdoor ground of 100 m² or more", fact="outdoor_m2"),
            _c("4.3", "环境优美、舒适", "Pleasant and comfortable"),
            _c("4.4", "符合安全标准", "Meets the safety standard"),
        ),
    ),
    PlannedItem(
        "R5",
        "设施配套",
        "Furniture and lines",
        Decimal(15),
        (
            _c("5.1", "书架2个", "2 bookshelves", profiles=(SCHOOL,), fact="equipment_E08"),
            _c("5.2", "课桌10张", "10 desks", profiles=(SCHOOL,), fact="equipment_E09"),
            _c("5.3", "凳子20把", "20 stools", profiles=(SCHOOL,), fact="equipment_E10"),
            _c("5.4", "中小学之家能上网", "The school home is online", profiles=(SCHOOL,), fact="internet"),
            _c(
                "5.5",
                "全县(区)至少有一所能视频亲子交流",
                "At least one home of the county has video calls",
                county=True,
                fact="video_call",
            ),
        ),
    ),
    PlannedItem(
        "R6",
        "管理机构",
        "Management",
        Decimal(10),
        (
            _c("6.1", "成立管理运行领导小组", "The home's committee is set up", fact="committee"),
            _c("6.2", "建立管理运行电子档案", "An electronic archive is kept", fact="electronic_archive"),
            _c(
                "6.3",
                "管理人员学历达标(中小学大专以上,幼儿园中专以上)",
                "Managers have the education required (school: college; kindergarten: vocational)",
                fact="manager_education",
            ),
        ),
    ),
    PlannedItem(
        "R7",
        "队伍与活动",
        "People and activities",
        Decimal(10),
        (
            _c("7.1", "有相对稳定的志愿者队伍", "A stable team of volunteers", fact="volunteers"),
            _c("7.2", "定期开展活动", "Regular activities", fact="activities"),
            _c(
                "7.3",
                "有爱心人士、爱心妈妈、青年志愿者担任兼职教师",
                "Caring people, loving mothers or young volunteers teach part-time",
                fact="part_time_teachers",
            ),
        ),
    ),
    PlannedItem(
        "R8",
        "档案与制度",
        "Files and rules",
        Decimal(10),
        (
            _c(
                "8.1",
                "留守儿童及家长、监护人档案齐全",
                "Files of children, parents and guardians",
                fact="files_complete",
            ),
            _c(
                "8.2",
                "学习成绩、健康成长及活动档案",
                "Records of results, health and activities",
                fact="growth_records",
            ),
            _c("8.3", "规章制度健全并上墙", "Rules are made and hang on the wall", fact="rules_on_wall"),
        ),
    ),
    PlannedItem(
        "R9",
        "布置与设备",
        "Décor and equipment",
        Decimal(10),
        (
            _c("9.1", "布置温馨、明快", "Warm and bright décor"),
            _c(
                "9.2",
                "配送的电脑、电视、电话等设备齐全",
                "All delivered items are present (computers, TV, telephone)",
                profiles=(SCHOOL,),
                fact="equipment_complete",
            ),
            _c("9.3", "物品摆放整齐", "Neatly arranged"),
            _c("9.4", "悬挂省上统一标识牌", "The provincial plaque hangs", fact="equipment_E14"),
        ),
    ),
)
