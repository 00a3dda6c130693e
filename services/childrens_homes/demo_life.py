"""What goes on in the demo's homes: committees, teachers, rules, volunteers in every standing, activities."""

from datetime import date, timedelta
from decimal import Decimal

from services.childrens_homes.enums import (
    ActivityKind,
    CommitteeKind,
    CommitteePosition,
    Education,
    PaidBy,
    Post,
    Profile,
    RegulationKind,
    StaffRole,
    VettingResult,
    VolunteerKind,
)
from services.childrens_homes.models import (
    CareActivity,
    Committee,
    CommitteeMember,
    Home,
    HomeStaff,
    RegulationDoc,
    ServiceLog,
    VettingRecord,
    Volunteer,
)
from services.childrens_homes.rules.people import last_day_of_check
from services.foundation.demo import DemoContext
from services.organizations.models import Organization

CHAIR, VICE, MEMBER = CommitteePosition.CHAIR, CommitteePosition.VICE, CommitteePosition.MEMBER
SEATS = {
    Profile.SCHOOL: (
        (CHAIR, Post.TOWNSHIP_DEPUTY, "示例组长"),
        (VICE, Post.TOWNSHIP_WF_CHAIR, "示例副组长甲"),
        (VICE, Post.SCHOOL_HEAD, "示例校长"),
        (MEMBER, Post.CHILDREN_SUPERVISOR, "示例督导员"),
    ),
    Profile.PRESCHOOL: (
        (CHAIR, Post.VILLAGE_PARTY_SEC, "示例书记"),
        (VICE, Post.VILLAGE_WOMEN_HEAD, "示例副组长乙"),
        (VICE, Post.KINDERGARTEN_HEAD, "示例园长"),
        (MEMBER, Post.CHILDREN_DIRECTOR, "示例儿童主任"),
    ),
}
TITLES = {
    RegulationKind.STUDY: "学习制度",
    RegulationKind.ACTIVITY: "活动制度",
    RegulationKind.MANAGEMENT: "管理制度",
    RegulationKind.LONG_TERM_PLAN: "三年发展规划",
    RegulationKind.ANNUAL_PLAN: "年度工作计划",
}
THEMES = (
    (ActivityKind.STUDY, "作业辅导"),
    (ActivityKind.SPORT, "趣味运动会"),
    (ActivityKind.ARTS, "读书分享会"),
    (ActivityKind.SAFETY, "防溺水安全课"),
    (ActivityKind.HEART, "心理健康小课堂"),
    (ActivityKind.FAMILY, "亲情视频通话日"),
)
# Days since the latest check of a county's volunteers; None: never checked.
CHECKED = (30, 100, 345, 400, None)
_NAMES = "甲乙丙丁戊"


def load(homes: list[Home], counties: list[Organization], context: DemoContext) -> None:
    _committees(homes, counties, context)
    _staff(homes, context)
    _rules(homes, context)
    volunteers = _volunteers(counties, context)
    _services(homes, volunteers, context)
    _activities(homes, context)


def _committees(homes, counties, context: DemoContext) -> None:
    """Every home but each thirteenth; the county's groups, one of which is missing in the last county."""
    formed = date(context.today.year, 6, 1)
    own = [
        Committee(
            kind=CommitteeKind.HOME_COMMITTEE,
            organization=home.host,
            home=home,
            formed_on=formed,
            doc_no=f"示妇〔{formed.year}〕{place + 1}号",
        )
        for place, home in enumerate(homes)
        if place % 13
    ]
    Committee.objects.bulk_create(own)
    members = [
        CommitteeMember(committee=one, position=position, post=post, person_name=name)
        for one in own
        for position, post, name in SEATS[one.home.profile]
    ]
    groups = [
        Committee(kind=kind, organization=county, formed_on=formed)
        for county in counties
        for kind in (CommitteeKind.COUNTY_CONSTRUCTION_LG, CommitteeKind.COUNTY_OPERATION_LG)
        if kind != CommitteeKind.COUNTY_OPERATION_LG or county != counties[-1]
    ]
    Committee.objects.bulk_create(groups)
    members += [
        CommitteeMember(committee=one, position=CHAIR, post=Post.PARTY_GOVERNMENT_DEPUTY, person_name="示例分管领导")
        for one in groups
    ]
    CommitteeMember.objects.bulk_create(members)


def _staff(homes, context: DemoContext) -> None:
    """One or two teachers, here and there three; a manager in most."""
    rows = []
    for place, home in enumerate(homes):
        small = home.profile == Profile.PRESCHOOL
        paid = PaidBy.FEES if small else PaidBy.NONE
        since = date(context.today.year, 7, 1)
        number = 3 if place == 40 else 0 if place == 60 else 1 + place % 2
        named = [(StaffRole.TEACHER, f"示例管护教师{_NAMES[n]}") for n in range(number)]
        if place % 7:
            named.append((StaffRole.MANAGER, "示例管理员"))
        low = Education.SECONDARY_VOC if small or place % 17 == 0 else Education.COLLEGE
        rows += [
            HomeStaff(home=home, person_name=name, role=role, education=low, paid_by=paid, from_on=since)
            for role, name in named
        ]
    HomeStaff.objects.bulk_create(rows)


def _rules(homes, context: DemoContext) -> None:
    rows = []
    for place, home in enumerate(homes):
        for kind, title in TITLES.items():
            if place % 11 == 0 and kind == RegulationKind.ANNUAL_PLAN:
                continue
            wall = kind not in (RegulationKind.LONG_TERM_PLAN, RegulationKind.ANNUAL_PLAN) and place % 9 != 0
            rows.append(RegulationDoc(home=home, kind=kind, year=context.today.year, title=title, on_wall=wall))
    RegulationDoc.objects.bulk_create(rows)


def _volunteers(counties, context: DemoContext) -> list[Volunteer]:
    """Five a county: cleared, cleared long ago, about to run out, run out, never checked; one was refused."""
    kinds = list(VolunteerKind)
    rows = [
        Volunteer(
            organization=county,
            person_name=f"示例志愿者{_NAMES[n]}",
            kind=kinds[n % len(kinds)],
            trained_on=context.today - timedelta(days=90) if n < 3 else None,
        )
        for county in counties
        for n in range(len(CHECKED))
    ]
    rows = Volunteer.objects.bulk_create(rows)
    checks = []
    for place, one in enumerate(rows):
        ago = CHECKED[place % len(CHECKED)]
        if ago is not None:
            day = context.today - timedelta(days=ago)
            result = VettingResult.NOT_CLEARED if place == 1 else VettingResult.CLEARED
            number = f"示例查询{day.year}-{place:03d}"
            until = last_day_of_check(day, 12)
            checks.append(
                VettingRecord(volunteer=one, result=result, document_number=number, checked_on=day, valid_until=until)
            )
    VettingRecord.objects.bulk_create(checks)
    return rows


def _services(homes, volunteers, context: DemoContext) -> None:
    """Of the volunteers who were cleared."""
    cleared = {one.organization_id: one for one in volunteers[:: len(CHECKED)]}
    rows = [
        ServiceLog(
            volunteer=cleared[home.county_id],
            home=home,
            on=context.today - timedelta(days=1 + place % 25),
            hours=Decimal(2 + place % 3),
            what="课业辅导与陪伴",
        )
        for place, home in enumerate(homes)
        if place % 3 == 0
    ]
    ServiceLog.objects.bulk_create(rows)


def _activities(homes, context: DemoContext) -> None:
    """Some each month; in a few homes nothing since the last month."""
    rows = []
    for place, home in enumerate(homes):
        for back in range(5):
            if back == 0 and place % 15 == 0:
                continue
            kind, theme = THEMES[(place + back) % len(THEMES)]
            day = context.today - timedelta(days=back * 30 + (place % 9 if back else 0))
            children = context.random.randint(12, 48)
            rows.append(
                CareActivity(
                    home=home, on=day, kind=kind, theme=theme, hours=Decimal(2), children=children, carers=place % 6
                )
            )
    CareActivity.objects.bulk_create(rows)
