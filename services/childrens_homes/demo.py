"""A hundred homes of an invented city: the programme through its actions, applications in every state, the plan with an
amendment in the making, letters, milestones, censuses. What goes on inside the homes: ``demo_life``."""

from datetime import date, timedelta
from decimal import Decimal

from services.childrens_homes import demo_life
from services.childrens_homes.actions import plans, programmes, summaries
from services.childrens_homes.enums import (
    ApplicationState,
    Chain,
    HomeState,
    LetterState,
    Profile,
    SiteType,
)
from services.childrens_homes.models import (
    Census,
    CensusLine,
    Home,
    Letter,
    Milestone,
    MilestoneDone,
    Programme,
    SiteApplication,
)
from services.childrens_homes.queries.siting import definitions_of
from services.childrens_homes.wording import summary
from services.foundation.demo import DemoContext
from services.foundation.locks import hold
from services.organizations.actions.bulk import add_organizations
from services.organizations.actions.tree import TREE_LOCK
from services.organizations.enums import Kind
from services.organizations.models import Organization

PHRASE = "在乡镇农村建100所留守儿童之家,其中在留守儿童比较集中的乡镇中学或小学建97所,村小学或幼儿园建3所"
# Of the sections that figures can't write.
WRITTEN = (
    "县乡联动、部门配合较好;个别场地面积不足,正在调换。",
    "抓好管护教师培训和志愿者年度查询,每月开展关爱活动。",
)
# Sites beside the hundred, whose applications stand elsewhere.
ELSEWHERE = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.COUNTY_CHECKED,
    ApplicationState.CITY_REVIEW,
    ApplicationState.RETURNED,
    ApplicationState.REJECTED,
)
REASONS = {
    ApplicationState.RETURNED: "室外场地面积与照片不符,请核实后重新报送。",
    ApplicationState.REJECTED: "与中心小学相距不足一公里,需求已由中心小学覆盖。",
}


def load(context: DemoContext) -> None:
    """Leaves ``childrens_homes.programme`` and ``childrens_homes.homes``."""
    city = Organization.objects.get(code="FL")
    staff = context.made["organizations.staff"]
    officer = staff["wf-city"]
    programme = _programme(city, officer, context)
    counties = {one.path: one for one in Organization.objects.filter(kind=Kind.COUNTY_WF)}
    hosts = list(Organization.objects.below(city.path).filter(kind__in=[Kind.SCHOOL, Kind.KINDERGARTEN]))
    homes = _plan(programme, hosts, counties, (officer, staff["wf-chair"]), context)
    _elsewhere(programme, counties, context)
    _letters(programme, counties, context)
    _milestones(programme, list(counties.values()), context)
    _censuses(programme, list(counties.values()), context)
    demo_life.load(homes, list(counties.values()), context)
    # They tell of equipment, inspections and children too, which come later.
    context.at(context.now - timedelta(minutes=1), lambda: _summaries(programme, list(counties.values()), context))
    context.made["childrens_homes.programme"] = programme
    context.made["childrens_homes.homes"] = homes


def _programme(city: Organization, officer, context: DemoContext) -> Programme:
    programme = programmes.set_up(
        city,
        by=officer,
        year=context.today.year,
        target=100,
        target_school=97,
        target_preschool=3,
        pass_mark=Decimal(80),
        lead_department="示例市妇女联合会",
        phrase=PHRASE,
    )
    return programmes.activate(programme, by=officer)


def _application(programme, host, counties, context: DemoContext, **more) -> SiteApplication:
    small = host.kind == Kind.KINDERGARTEN
    site_type = SiteType.MIDDLE_SCHOOL if "中学" in host.name else SiteType.PRIMARY_SCHOOL
    children = context.random.randint(30, 180)
    return SiteApplication(
        programme=programme,
        host=host,
        county=counties[host.path[: 2 * Organization.steplen]],
        site_type=SiteType.KINDERGARTEN if small else site_type,
        profile=Profile.PRESCHOOL if small else Profile.SCHOOL,
        lbc_count=children,
        lbc_preschool_count=children if small else children // 12,
        demand_note="留守儿童相对集中,放学后和周末无人照看,家长和学校均有建设意愿。",
        capacity_note="学校可安排一至两名教师兼任管护教师,每周开放不少于三次。",
        room_m2=Decimal(context.random.randint(38, 90)),
        outdoor_m2=Decimal(context.random.randint(95, 600)),
        moved_at=context.now - timedelta(days=context.random.randint(2, 60)),
        **more,
    )


def _plan(programme, hosts, counties, officers, context: DemoContext) -> list[Home]:
    """A hundred applications become the plan, the plan makes the homes; an amendment is out for opinions, one of which
    has come. ``officers``: who prepares it, who approves it."""
    officer, chair = officers
    state = ApplicationState.CITY_REVIEW
    rows = [_application(programme, host, counties, context, state=state) for host in hosts]
    found = SiteApplication.objects.bulk_create(rows)
    plan = plans.draft_plan(programme, by=officer)
    plans.add_lines(plan, found, by=officer)
    plan = plans.move_plan(plan, "consult", by=officer, now=context.now)
    for department, words in (("education", "同意,请优先安排寄宿制学校。"), ("finance", "同意,县级配套按期到位。")):
        said = {"department": department, "agrees": True, "words": words, "given_on": context.today}
        plans.record_opinion(plan, by=officer, **said)
    plan = plans.move_plan(plan, "approve", by=chair, now=context.now)
    plans.move_plan(plan, "publish", by=officer, now=context.now)
    amended = plans.draft_plan(programme, by=officer, reason="一所学校撤并,拟调整建设地点。")
    amended = plans.move_plan(amended, "consult", by=officer, now=context.now)
    said = {"department": "education", "agrees": True, "words": "同意调整。", "given_on": context.today}
    plans.record_opinion(amended, by=officer, **said)
    homes = list(Home.objects.unscoped().filter(programme=programme).select_related("host", "county").order_by("code"))
    for home in homes:
        small = home.profile == Profile.PRESCHOOL
        home.state = HomeState.OPERATING
        home.internet = None if small else context.random.random() > 0.05
        home.video_call = None if small else home.county.code != "FL-08" and context.random.random() > 0.6
        home.safe = context.random.random() > 0.04
        home.safety_checked_on = context.today - timedelta(days=context.random.randint(20, 120))
        home.opened_on = context.today - timedelta(days=context.random.randint(5, 50))
    fields = ["state", "internet", "video_call", "safe", "safety_checked_on", "opened_on"]
    Home.objects.unscoped().bulk_update(homes, fields)
    return homes


def _elsewhere(programme, counties, context: DemoContext) -> None:
    """Village schools whose applications are drafts, wait, were returned or rejected."""
    towns = list(Organization.objects.filter(kind=Kind.TOWNSHIP_WF).order_by("path")[: len(ELSEWHERE)])
    kind = Kind.SCHOOL
    sites = [
        (Organization(code=f"FL-V{n:02d}", name=f"示例第{n}村小学", kind=kind, branch=kind.branch), town)
        for n, town in enumerate(towns, start=1)
    ]
    hold(TREE_LOCK)
    add_organizations(sites)
    by = context.made["organizations.staff"]["wf-county"]
    hosts = Organization.objects.filter(code__startswith="FL-V").order_by("code")
    more = {"submitted_by": by, "created_by": by}
    SiteApplication.objects.bulk_create(
        _application(programme, host, counties, context, state=state, reason=REASONS.get(state, ""), **more)
        for host, state in zip(hosts, ELSEWHERE, strict=True)
    )


def _letters(programme, counties, context: DemoContext) -> None:
    """All counties signed in both chains but one; of the townships most did."""
    towns = list(Organization.objects.filter(kind=Kind.TOWNSHIP_WF).order_by("path"))
    for chain in Chain.values:
        above = {}
        for place, county in enumerate(counties.values()):
            state = LetterState.SIGNED_A if place == 7 else LetterState.SIGNED_BOTH
            above[county.path] = _letter(programme, chain, programme.city, county, state, None, context)
        Letter.objects.bulk_create(above.values())
        states = (LetterState.SIGNED_BOTH,) * 6
        states += (LetterState.BREACHED, LetterState.FULFILLED, LetterState.DRAFT, None)
        below = []
        for place, town in enumerate(towns):
            parent = above[town.path[: -Organization.steplen]]
            state = states[place % len(states)] if parent.state == LetterState.SIGNED_BOTH else LetterState.DRAFT
            if state is not None:
                below.append(_letter(programme, chain, parent.party_b, town, state, parent, context))
        Letter.objects.bulk_create(below)


def _letter(programme, chain, above, below, state, parent, context: DemoContext) -> Letter:
    signed = date(programme.year, 5, 20) if parent is None else date(programme.year, 6, 18)
    return Letter(
        programme=programme,
        chain=chain,
        party_a=above,
        party_b=below,
        parent=parent,
        state=state,
        reason="室外场地逾期未落实,已约谈。" if state == LetterState.BREACHED else "",
        targets="按计划建成辖区内留守儿童之家,10月10日前完成自查,合格率百分之百。",
        homes=12 if parent is None else 2,
        signed_a_on=None if state == LetterState.DRAFT else signed,
        signed_b_on=None if state in (LetterState.DRAFT, LetterState.SIGNED_A) else signed,
    )


def _milestones(programme, counties, context: DemoContext) -> None:
    """What is due is done, except by one county now and then."""
    done = []
    for milestone in Milestone.objects.unscoped().filter(programme=programme):
        who = [] if milestone.owner == "county" else [programme.city]
        who += [] if milestone.owner == "city" else counties
        for place, one in enumerate(who):
            late = (place + int(milestone.code[1])) % 9 == 0 and one != programme.city
            if milestone.due(county=one != programme.city) <= context.today and not late:
                number = f"示妇发〔{programme.year}〕{milestone.code[1]}号"
                done.append(
                    MilestoneDone(milestone=milestone, organization=one, done_on=milestone.until_on, evidence=number)
                )
    for one in done:
        one.done_on = min(one.done_on, one.milestone.due(county=one.organization != programme.city))
    MilestoneDone.objects.bulk_create(done)


def _censuses(programme, counties, context: DemoContext) -> None:
    """Every county but the last; one of them by a second definition."""
    officer = context.made["organizations.staff"]["wf-city"]
    words = "父母一方或双方外出务工三个月以上,不满十六周岁的未成年人"
    programmes.set_definition(programme.city, by=officer, words=words, source="示例县摸底口径")
    newest, first = definitions_of(programme.city)
    for place, county in enumerate(counties[:-1]):
        definition = newest if place == 5 else first
        census = Census.objects.create(
            programme=programme, county=county, definition=definition, as_of=date(programme.year, 3, 31)
        )
        CensusLine.objects.bulk_create(
            _census_line(census, town, context) for town in county.get_children().filter(kind=Kind.TOWNSHIP_WF)
        )


def _census_line(census: Census, town: Organization, context: DemoContext) -> CensusLine:
    boys, girls = context.random.randint(40, 90), context.random.randint(40, 90)
    both = (boys + girls) * 2 // 3
    small, middle = (boys + girls) // 5, (boys + girls) // 2
    return CensusLine(
        census=census,
        township=town,
        boys=boys,
        girls=girls,
        under_6=small,
        from_6=middle,
        from_12=boys + girls - small - middle,
        both_away=both,
        one_away=boys + girls - both,
    )


def _summaries(programme, counties, context: DemoContext) -> None:
    """One being written, one sent, one answered."""
    officer = context.made["organizations.staff"]["wf-city"]
    for place, county in enumerate(counties[:3]):
        found = summary.figures_of(programme, county, context.today)
        title, sections = summary.title(found), summary.draft(found)
        report = summaries.begin_summary(programme, county, figures=found, title=title, sections=sections, by=officer)
        texts = [one["text"] for one in sections[: -len(WRITTEN)]]
        report = summaries.write_summary(report, title=title, texts=[*texts, *WRITTEN], by=officer)
        if place:
            report = summaries.send_summary(report, by=officer, now=context.now)
        if place == 2:
            words = "情况属实,数据清楚。请补充视频亲子交流的使用情况。"
            summaries.answer_summary(report, feedback=words, by=officer, now=context.now)
