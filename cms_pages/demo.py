"""The demo's pages: home, a service guide, two campaigns, two articles, with pictures drawn on the spot."""

from datetime import timedelta
from io import BytesIO

from django.core.files.images import ImageFile
from django.utils.timezone import localtime
from PIL import Image as Canvas
from PIL import ImageDraw
from wagtail.images import get_image_model
from wagtail.models import Site

from cms_pages.models import (
    ArticleIndexPage,
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    HomePage,
    ServiceGuidePage,
    ServiceIndexPage,
    SiteDetails,
)
from services.foundation.demo import DemoContext

IVORY, RED, DEEP, TINT, GREEN = "#FBF7F0", "#B4232A", "#8C1A20", "#F3D9D6", "#2C6A3C"


def load(context: DemoContext) -> None:
    """Leaves ``cms_pages.guide``."""
    home = HomePage.objects.get()
    home.title = "女职工服务"
    home.intro = "为全市女职工办实事：体检、互助保障、帮扶、培训。"
    home.sections = [
        ("services", {"title": "现在可以办", "count": 2}),
        ("campaigns", {"title": "正在开展", "count": 3}),
        ("articles", {"title": "最新资讯", "count": 3}),
    ]
    _publish(home)
    guide = _guide(context)
    _campaigns(context, guide)
    articles = _articles(context)
    SiteDetails.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "contact_phone": "0900-0000000",
            "contact_hours": "工作日 8:30–17:30",
            "address": "示例市示例路 1 号",
            "privacy_page": articles["privacy"],
            "accessibility_page": articles["accessibility"],
        },
    )
    context.made["cms_pages.guide"] = guide


def _publish(page) -> None:
    page.save_revision().publish()


def _add(parent, page):
    parent.add_child(instance=page)
    _publish(page)
    return page


def _picture(title: str, description: str, petals: int, ground: str):
    """A kapok flower, drawn four times as large and scaled down so that its edges are smooth."""
    width, height, scale = 1200, 675, 2
    canvas = Canvas.new("RGB", (width * scale, height * scale), ground)
    draw = ImageDraw.Draw(canvas)
    centre = (width * scale // 2, height * scale // 2)
    for ring, (radius, colour) in enumerate(((230, RED), (150, DEEP))):
        reach, half = radius * scale, radius * scale // 3
        for petal in range(petals):
            leaf = Canvas.new("L", (2 * reach, 2 * reach), 0)
            ImageDraw.Draw(leaf).ellipse((reach - half, 0, reach + half, reach), fill=255)
            turned = leaf.rotate(360 / petals * petal + ring * 180 / petals)
            canvas.paste(colour, (centre[0] - reach, centre[1] - reach), turned)
    heart = 46 * scale
    draw.ellipse((centre[0] - heart, centre[1] - heart, centre[0] + heart, centre[1] + heart), fill="#E9A23B")
    stream = BytesIO()
    canvas.resize((width, height)).save(stream, "JPEG", quality=88)
    stream.seek(0)
    file = ImageFile(stream, name=f"{petals}-{ground.lstrip('#')}.jpg")
    return get_image_model().objects.create(title=title, description=description, file=file)


def _guide(context: DemoContext) -> ServiceGuidePage:
    return _add(
        ServiceIndexPage.objects.get(),
        ServiceGuidePage(
            title="女职工免费“两癌”筛查",
            slug="free-screening",
            intro="工会出资，每两年一次，符合条件的女职工可在线预约，不用垫钱。",
            programme=context.made["screening.programme"],
            plain_words=(
                "工会请您免费体检，查乳腺和宫颈。\n在职的女会员，够年龄，就能约。\n先在手机上约好时间。\n"
                "那天带身份证去。\n不用交钱。结果只有您自己知道。"
            ),
            eligibility="<p>在职的工会会员，年龄和间隔符合本年度方案。不确定？不用登录，回答几个问题就知道。</p>",
            documents="<ul><li>身份证</li><li>预约成功后的二维码（手机上出示即可，也可打印）</li></ul>",
            steps=[
                (
                    "steps",
                    {
                        "steps": [
                            {
                                "title": "看看是否符合条件",
                                "text": "<p>逐条说明理由；不符合会告诉您何时可以。</p>",
                            },
                            {"title": "选时间和体检点", "text": "<p>名额为您保留几分钟，核对后确认。</p>"},
                            {
                                "title": "按时体检",
                                "text": "<p>到现场出示二维码签到。临时有事可在截止前改期或取消。</p>",
                            },
                            {"title": "听结果通知", "text": "<p>结果只告诉您本人，单位和工会看不到。</p>"},
                        ]
                    },
                )
            ],
            body=[
                (
                    "faq",
                    {
                        "questions": [
                            {
                                "question": "单位会知道我的检查结果吗？",
                                "answer": "<p>不会。工会工作人员只看到是否到检和人数。</p>",
                            },
                            {
                                "question": "名额满了怎么办？",
                                "answer": "<p>可以排候补。有人取消，名额按顺序给候补的姐妹，并通知您确认。</p>",
                            },
                            {
                                "question": "手机号换了，登录不了怎么办？",
                                "answer": "<p>用新手机号登录后，向您单位的工会申请核对身份即可。</p>",
                            },
                        ]
                    },
                )
            ],
            contact_office="示例市总工会女职工部",
            contact_phone="0900-0000000",
            contact_hours="工作日 8:30–17:30",
        ),
    )


def _campaigns(context: DemoContext, guide: ServiceGuidePage) -> None:
    parent = CampaignIndexPage.objects.get()
    _add(parent, _health_month(context, guide))
    _add(parent, _rights_quiz(context))


def _health_month(context: DemoContext, guide: ServiceGuidePage) -> CampaignPage:
    today = localtime(context.now).date()
    start = localtime(context.now).replace(hour=14, minute=0, second=0, microsecond=0)
    return CampaignPage(
        title="“关爱女职工 健康同行”主题月",
        slug="health-month",
        intro="免费筛查、健康讲座、心理咨询，走进 40 家基层工会。",
        starts_on=today - timedelta(days=5),
        ends_on=today + timedelta(days=25),
        place="全市各县（区）职工服务中心",
        cover=_picture("主题月", "盛开的红色木棉花", 5, IVORY),
        related_guide=guide,
        body=[
            ("paragraph", "<p>主题月期间，市总工会联合妇幼保健机构，为女职工送上一份看得见的关爱。</p>"),
            (
                "schedule",
                {
                    "entries": [
                        {
                            "starts": start + timedelta(days=3),
                            "title": "健康讲座：学会给自己做检查",
                            "place": "市职工之家二楼",
                            "note": "不用报名，坐满为止",
                        },
                        {
                            "starts": start + timedelta(days=10),
                            "title": "心理健康沙龙：放松心情，快乐工作",
                            "place": "甲县职工服务中心",
                            "note": "",
                        },
                    ]
                },
            ),
            (
                "contact",
                {
                    "office": "示例市总工会女职工部",
                    "phone": "0900-0000000",
                    "hours": "工作日 8:30–17:30",
                    "address": "示例市示例路 1 号",
                },
            ),
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
        cover=_picture("知识竞答", "淡红底色上的一朵木棉花", 6, TINT),
        body=[
            ("paragraph", "<p>题目出自《女职工劳动保护特别规定》和《妇女权益保障法》。</p>"),
            (
                "callout",
                {"kind": "info", "title": "怎样参加", "text": "活动开始后，本页会出现答题入口。", "source": ""},
            ),
        ],
    )


def _articles(context: DemoContext) -> dict[str, ArticlePage]:
    today = localtime(context.now).date()
    parent = ArticleIndexPage.objects.get()
    office = "示例市总工会女职工部"
    _add(
        parent,
        ArticlePage(
            title="免费体检项目通知：六件事请提前知道",
            slug="before-your-check",
            intro="带什么、什么时候去合适、哪些情况要改期，一次说清。",
            date=today - timedelta(days=2),
            source=office,
            cover=_picture("体检提醒", "绿色底色上的木棉花", 5, "#E9F3EA"),
            body=[
                (
                    "facts",
                    {
                        "caption": "体检当天",
                        "facts": [
                            {"name": "时间", "value": "避开经期，月经干净后 3 至 7 天最合适"},
                            {"name": "检查前 48 小时", "value": "不同房、不冲洗、不用药"},
                            {"name": "要带的", "value": "身份证、预约二维码"},
                        ],
                    },
                ),
                ("paragraph", "<p>怀孕或可能怀孕的，请先与体检点电话联系，改到合适的时间。</p>"),
            ],
        ),
    )
    privacy = ArticlePage(
        title="我们怎样保护您的信息",
        slug="privacy",
        intro="收集什么、给谁看、保存多久、您可以怎样撤回。",
        date=today - timedelta(days=30),
        source=office,
        body=[
            (
                "paragraph",
                "<p>身份证号和手机号加密保存，页面上默认只显示几位。工作人员每查看一次完整号码，都要写明原因，"
                "系统留下记录，您在“我的信息”里可以看到。</p><p>体检结果只给您本人和体检机构，单位和工会看不到。</p>",
            )
        ],
    )
    accessibility = ArticlePage(
        title="大字版与无障碍说明",
        slug="accessibility",
        intro="页面右上角可以切换大字版；不用鼠标、用读屏软件也能办完全部手续。",
        date=today - timedelta(days=30),
        source=office,
        body=[("paragraph", "<p>如果哪个页面您用不了，请拨打页面下方的电话，我们当面帮您办，并把页面改好。</p>")],
    )
    return {"privacy": _add(parent, privacy), "accessibility": _add(parent, accessibility)}
