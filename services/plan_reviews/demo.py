"""Both plans with goals and targets from the samples; what the locked years left in the ledger, some of it worked on;
trainings, publicity by channel, the four inclusions."""

from datetime import timedelta

from services.foundation.demo import DemoContext
from services.indicators.enums import RoundState
from services.indicators.models import Round
from services.organizations.models import Organization
from services.plan_reviews.actions import issues, logs, plans
from services.plan_reviews.enums import Channel, Inclusion, IssueKind, Judgement, TrainingForm
from services.plan_reviews.models import Goal, Issue, PolicyInclusion, Publicity, Training

THEMES = (
    "宪法和妇女权益保障法宣讲",
    "两癌防治知识",
    "儿童防溺水与近视防控",
    "反家庭暴力法解读",
    "家庭教育促进法进社区",
)


def load(context: DemoContext) -> None:
    staff = context.made["organizations.staff"]
    city, officer = context.made["indicators.city"], staff["wf-city"]
    plans.load_samples(city, by=officer, now=context.now)
    for goal in Goal.objects.unscoped().filter(qualitative=True).select_related("plan__owner")[:1]:
        words = "宣传教育覆盖全部乡镇街道,群众知晓率抽样调查达到九成。"
        plans.judge_goal(
            goal, year=context.today.year - 2, judgement=Judgement.MET, words=words, by=officer, now=context.now
        )
    last = Round.objects.unscoped().filter(owner=city, state=RoundState.LOCKED).select_related("owner").first()
    issues.open_issues(last, by=None, now=context.now - timedelta(days=60))
    _work(context)
    _logs(city, context)


def _work(context: DemoContext) -> None:
    """One closed by a second person, one handed in, one with a measure and a visit; the others wait."""
    staff = context.made["organizations.staff"]
    officer, reviewer = staff["wf-city"], staff["wf-reviewer"]
    found = list(Issue.objects.unscoped().filter(kind=IssueKind.NO_DATA).select_related("lead", "organization")[:1])
    found += list(Issue.objects.unscoped().filter(kind=IssueKind.NOT_MET).select_related("lead", "organization")[:2])
    for number, issue in enumerate(found):
        earlier = context.now - timedelta(days=40 - number * 5)
        issues.assign(
            issue,
            cause="基层数据采集口径不一,部分单位未报送。",
            measure="由牵头部门统一口径,月底前补齐数据并开展专项督导。",
            owner_name="示例科长",
            due_on=context.today + timedelta(days=45),
            lead=issue.lead,
            by=officer,
            now=earlier,
        )
        issues.visit(
            issue,
            visited_on=(earlier + timedelta(days=3)).date(),
            unit=issue.lead,
            finding="已查看台账,尚缺两个乡镇的数据。",
            due_on=context.today + timedelta(days=20),
            by=officer,
            now=earlier + timedelta(days=3),
        )
        if number < 2:
            issues.hand_in(issue, done="两个乡镇已补报,口径说明已印发。", by=officer, now=earlier + timedelta(days=15))
        if number == 0:
            issues.close(issue, because="已核对台账,数据齐全。", by=reviewer, now=earlier + timedelta(days=20))


def _logs(city: Organization, context: DemoContext) -> None:
    officer = context.made["organizations.staff"]["wf-city"]
    add = {"by": officer, "now": context.now}
    forms, channels = list(TrainingForm), list(Channel)
    for number in range(4):
        day = context.today - timedelta(days=40 + number * 70)
        logs.add_line(
            Training,
            city,
            day=day,
            title="妇女儿童发展规划统计监测业务培训",
            form=forms[number],
            attendees=36 + number * 11,
            units=14 + number,
            hours=6 - number,
            result="参训人员全部掌握监测系统填报。",
            **add,
        )
    for number in range(14):
        logs.add_line(
            Publicity,
            city,
            day=context.today - timedelta(days=6 + number * 21),
            theme=THEMES[number % len(THEMES)],
            channel=channels[number % len(channels)],
            reach=None if number % 5 == 4 else 300 + number * 417,
            link="",
            **add,
        )
    for kind, evidence in (
        (Inclusion.MASTER_PLAN, "示例市国民经济和社会发展第十四个五年规划纲要(示例文号)"),
        (Inclusion.AGENDA, "市政府常务会议纪要(示例文号)"),
        (Inclusion.DUTY_AND_BUDGET, "市级部门预算批复(示例文号)"),
    ):
        logs.add_line(
            PolicyInclusion, city, day=context.today - timedelta(days=200), kind=kind, evidence=evidence, **add
        )
