"""The demo's campaigns: one over with its results, one running, one to come; and the templates editors begin from."""

from datetime import date, datetime, timedelta

from django.utils.timezone import get_current_timezone, localtime

from cms_pages.demo_pictures import IVORY, TINT, flower, scene
from cms_pages.demo_writing import add, contact, facts, pictures, text
from cms_pages.models import (
    ActivityPage,
    CampaignIndexPage,
    CampaignPage,
    NoticePage,
    ServiceGuidePage,
    TemplateFolder,
    TrainingForm,
    TrainingPage,
    TrainingSession,
)
from services.foundation.demo import DemoContext


def load(context: DemoContext, guide: ServiceGuidePage) -> dict[str, CampaignPage]:
    parent = CampaignIndexPage.objects.get()
    made = {
        "march": add(parent, _march(context), context=context, topics=("culture", "rights")),
        "health": add(parent, _health_month(context, guide), context=context, topics=("health",)),
        "quiz": add(parent, _rights_quiz(context), context=context, topics=("rights", "learning")),
    }
    _templates()
    return made


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=get_current_timezone())


def _event(starts: datetime, title: str, place: str = "", note: str = "") -> dict:
    return {"starts": starts, "title": title, "place": place, "note": note}


def _march(context: DemoContext) -> CampaignPage:
    today = localtime(context.now).date()
    day = date(today.year, 3, 8)
    if day > today - timedelta(days=14):
        day = date(today.year - 1, 3, 8)
    hills = scene("踏青", "远山、太阳和一排开花的木棉树", "hills")
    return CampaignPage(
        title="“三八”国际妇女节系列活动",
        slug=f"march-8-{day.year}",
        title_en="International Women's Day",
        intro="表彰、讲座、读书、踏青：一周八场活动，送给三尺讲台和车间里的姐妹。",
        intro_en="A week of talks, reading and walks for women at work.",
        theme="享受三尺讲台，感受快乐工作，展示女性风采",
        starts_on=day - timedelta(days=3),
        ends_on=day + timedelta(days=4),
        place="市职工之家及各县（区）",
        cover=hills,
        body=[
            text("节日期间，市总工会女职工部会同各县（区）总工会为女职工安排下列活动。"),
            (
                "schedule",
                {
                    "entries": [
                        _event(
                            _at(day - timedelta(days=2), 14), "女职工先进集体表彰暨委员会全体会议", "市职工之家礼堂"
                        ),
                        _event(
                            _at(day - timedelta(days=1), 15), "讲座：职场里的心理减压", "市职工之家二楼", "坐满为止"
                        ),
                        _event(_at(day, 9), "“玫瑰书香”读书分享会", "市图书馆"),
                        _event(_at(day + timedelta(days=2), 8, 30), "走近大自然：女干部女先进踏青", "城郊绿道"),
                    ]
                },
            ),
            contact(),
        ],
        results=[
            facts("办了多少事", ("活动", "8 场"), ("参加", "1126 人次"), ("赠书", "400 册"), ("表彰", "集体 10 个")),
            text("姐妹们最喜欢的是踏青和读书会；会后收到 63 条建议，已列入下半年计划。"),
            pictures(
                (hills, "城郊绿道，插图"),
                (scene("读书分享会", "书架上的彩色书本和一盆花", "books"), "读书分享会，插图"),
            ),
        ],
    )


def _health_month(context: DemoContext, guide: ServiceGuidePage) -> CampaignPage:
    today = localtime(context.now).date()
    start = localtime(context.now).replace(hour=14, minute=0, second=0, microsecond=0)
    return CampaignPage(
        title="“关爱女职工 健康同行”主题月",
        slug="health-month",
        intro="免费筛查、健康讲座、心理咨询，走进 40 家基层工会。",
        theme="关爱女职工，健康同行",
        starts_on=today - timedelta(days=5),
        ends_on=today + timedelta(days=25),
        place="全市各县（区）职工服务中心",
        cover=flower("主题月", "盛开的红色木棉花", 5, IVORY),
        related_guide=guide,
        body=[
            text("主题月期间，市总工会联合妇幼保健机构，为女职工送上一份看得见的关爱。"),
            (
                "schedule",
                {
                    "entries": [
                        _event(
                            start + timedelta(days=3),
                            "健康讲座：学会给自己做检查",
                            "市职工之家二楼",
                            "不用报名，坐满为止",
                        ),
                        _event(start + timedelta(days=10), "心理健康沙龙：放松心情，快乐工作", "甲县职工服务中心"),
                    ]
                },
            ),
            contact(),
        ],
    )


def _rights_quiz(context: DemoContext) -> CampaignPage:
    today = localtime(context.now).date()
    return CampaignPage(
        title="女职工维权知识竞答",
        slug="rights-quiz",
        intro="产假、哺乳时间、同工同酬：十道题，看看您答对几道。",
        starts_on=today + timedelta(days=12),
        ends_on=today + timedelta(days=20),
        place="线上",
        cover=flower("知识竞答", "淡红底色上的一朵木棉花", 6, TINT),
        body=[
            text("题目出自《女职工劳动保护特别规定》和《妇女权益保障法》。"),
            (
                "callout",
                {"kind": "info", "title": "怎样参加", "text": "活动开始后，本页会出现答题入口。", "source": ""},
            ),
        ],
    )


def _templates() -> None:
    """Four templates with what is the same every year; what differs is marked in the text."""
    folder = TemplateFolder.objects.get()
    day = date(2026, 3, 2)
    for page in (_march_template(day), _training_template(day), _notice_template(day), _visit_template(day)):
        page.live = False
        folder.add_child(instance=page)
        page.save_revision()


def _march_template(day: date) -> CampaignPage:
    programme = [
        _event(_at(date(2026, 3, 6), 14), "表彰大会", "（地点）"),
        _event(_at(date(2026, 3, 7), 15), "专题讲座", "（地点）", "（怎样报名）"),
        _event(_at(date(2026, 3, 8), 9), "读书分享会", "（地点）"),
    ]
    return CampaignPage(
        title="“三八”系列活动（模板）",
        slug="march-8",
        intro="（一句话：今年办什么、给谁办）",
        theme="（今年的主题）",
        starts_on=day,
        ends_on=date(2026, 3, 12),
        place="市职工之家及各县（区）",
        body=[
            text("节日期间，市总工会女职工部会同各县（区）总工会为女职工安排下列活动。"),
            ("schedule", {"entries": programme}),
            contact(),
        ],
        results=[facts("办了多少事", ("活动", "（场）"), ("参加", "（人次）"))],
    )


def _training_template(day: date) -> TrainingPage:
    return TrainingPage(
        title="女职工干部培训班（模板）",
        slug="cadre-class",
        intro="（几天、给谁、学什么）",
        form=TrainingForm.objects.get(slug="class"),
        starts_on=day,
        ends_on=date(2026, 3, 3),
        place="市工人文化宫",
        audience="各县（区）、基层工会女职工委员会主任",
        body=[text("请各单位按分配名额组织参加，食宿自理，不收培训费。"), contact()],
        sessions=[
            TrainingSession(
                sort_order=order,
                title=title,
                starts_at=_at(date(2026, 3, 2 + order // 2), (9, 14)[order % 2]),
                ends_at=_at(date(2026, 3, 2 + order // 2), (11, 16)[order % 2], 30),
                hours=3,
            )
            for order, title in enumerate(("开班与形势报告", "女职工劳动保护实务", "心理关怀与沟通", "交流与结业"))
        ],
    )


def _notice_template(day: date) -> NoticePage:
    return NoticePage(
        title="关于组织参加……的通知（模板）",
        slug="call",
        intro="（谁、在什么时候以前、做什么）",
        kind="call",
        date=day,
        body=[
            (
                "paragraph",
                "<p>各县（区）总工会、市直基层工会：</p><h2>一、参加对象</h2><p>（对象）</p>"
                "<h2>二、时间地点</h2><p>（时间、地点）</p><h2>三、有关要求</h2><p>（名额、报送时间、联系人）</p>",
            ),
            contact(),
        ],
    )


def _visit_template(day: date) -> ActivityPage:
    return ActivityPage(
        title="走访慰问（模板）",
        slug="visit",
        intro="（去了哪里、看望了多少人）",
        kind="visit",
        date=day,
        body=[text("（走访的起因、带去了什么、她们提出了什么）"), facts("走访情况", ("走访户数", "（户）"))],
    )
