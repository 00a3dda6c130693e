"""How the words of the plan are read when a programme is set up: numbers that the city may set anew, with the original
phrase and the doubt beside each (DOMAIN-children-privacy 0.3)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from services.childrens_homes.enums import Education, Level, MilestoneCode, RequirementCode

DEFINITION = "父母双方外出务工,或一方外出务工另一方无监护能力,不满十六周岁的未成年人"
DEFINITION_SOURCE = "国发〔2016〕13号"

REQUIREMENTS = {
    RequirementCode.ROOM: {
        "least": Decimal(40),
        "absurd": Decimal(500),
        "phrase": "不低于40平方米的教室一间",
    },
    RequirementCode.OUTDOOR: {
        "least": Decimal(100),
        "absurd": Decimal(20_000),
        "phrase": "100平方米以上的室外活动场地",
        "note": "“以上”包括本数(民法典第一千二百五十九条)",
    },
    RequirementCode.TEACHERS: {
        "least": Decimal(1),
        "most": Decimal(2),
        "phrase": "分别确定12名教师",
        "note": "原文“12名”疑为“1-2名”脱漏连字符(T2)",
    },
    RequirementCode.EDUCATION_SCHOOL: {"education": Education.COLLEGE, "phrase": "大专以上文化程度"},
    RequirementCode.EDUCATION_PRESCHOOL: {"education": Education.SECONDARY_VOC, "phrase": "中专以上文化程度"},
    RequirementCode.VIDEO: {
        "least": Decimal(1),
        "phrase": "每县(区)至少有一所留守儿童之家能够实现视频亲子交流",
    },
    RequirementCode.VETTING: {
        "most": Decimal(12),
        "phrase": "",
        "note": "每年定期对工作人员是否具有违法犯罪记录进行查询(未成年人保护法第六十二条)",
    },
}


class Window(NamedTuple):
    """Months of the year, who answers, the words, and the day that the plan names elsewhere as (month, day)."""

    first: int
    last: int
    owner: str
    phrase: str
    county_by: tuple[int, int] | None = None
    city_by: tuple[int, int] | None = None


MILESTONES = {
    MilestoneCode.M1: Window(5, 5, Level.CITY, "5月,召开联席会议暨启动仪式"),
    MilestoneCode.M2: Window(5, 5, Level.BOTH, "分别签订项目建设责任书"),
    MilestoneCode.M3: Window(6, 6, Level.CITY, "制定下发建设管理办法、管理运行办法"),
    MilestoneCode.M4: Window(6, 6, Level.COUNTY, "各县区上报申请建议书"),
    MilestoneCode.M5: Window(6, 6, Level.CITY, "编制全市建设计划"),
    MilestoneCode.M6: Window(6, 6, Level.COUNTY, "县、乡逐级签订项目建设责任书"),
    MilestoneCode.M7: Window(7, 9, Level.BOTH, "79月,协调落实硬件设施,做好配送,按时到位(原文“79月”读作7-9月,T3)"),
    MilestoneCode.M8: Window(
        10,
        11,
        Level.BOTH,
        "1011月,完成检查验收(原文“1011月”读作10-11月,T3);检查验收10月上旬前完成(T7)",
        county_by=(10, 10),
        city_by=(10, 31),
    ),
    MilestoneCode.M9: Window(12, 12, Level.CITY, "12月,召开竣工大会"),
}


def days_of(window: Window, year: int) -> dict[str, date | None]:
    """The window in days of a year."""
    after = date(year + window.last // 12, window.last % 12 + 1, 1)
    return {
        "from_on": date(year, window.first, 1),
        "until_on": date.fromordinal(after.toordinal() - 1),
        "county_by": window.county_by and date(year, *window.county_by),
        "city_by": window.city_by and date(year, *window.city_by),
    }
