"""The demo's pages: home, service guides and articles; more in the modules beside it. All is invented."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import localtime
from wagtail.models import Site

from cms_pages import demo_campaigns, demo_library, demo_records
from cms_pages.demo_pictures import flower, scene
from cms_pages.demo_section import load_section
from cms_pages.demo_writing import ADDRESS, HOURS, OFFICE, PHONE, add, facts, publish, text
from cms_pages.finding import indexing
from cms_pages.models import (
    ArticleIndexPage,
    ArticlePage,
    GuideBasis,
    GuideService,
    HomePage,
    ServiceGuidePage,
    ServiceIndexPage,
    SiteDetails,
)
from services.foundation.demo import DemoContext


def load(context: DemoContext) -> None:
    """Leaves ``cms_pages.guide``."""
    laws = demo_library.laws(context)
    guides = _guides(context, laws)
    demo_library.questions(context, guides)
    demo_library.notices(context)
    campaigns = demo_campaigns.load(context, guides["screening"])
    demo_records.load(context, campaigns)
    articles = _articles(context)
    _home()
    SiteDetails.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "contact_phone": PHONE,
            "contact_hours": HOURS,
            "address": ADDRESS,
            "privacy_page": articles["privacy"],
            "accessibility_page": articles["accessibility"],
        },
    )
    context.made["cms_pages.guide"] = guides["screening"]
    load_section(context)
    # What was put there without publishing is found from the first minute on, not from the clock's next hour.
    indexing.follow()


def _home() -> None:
    home = HomePage.objects.get()
    home.title = "女职工服务"
    home.title_en = "Services for women workers"
    home.intro = "为全市女职工办实事：体检、互助保障、帮扶、培训。"
    home.intro_en = "Health checks, mutual aid, help in hardship and training, from your trade union."
    home.sections = [
        ("services", {"title": "现在可以办", "count": 2}),
        ("notices", {"title": "通知公告", "count": 3}),
        ("campaigns", {"title": "正在开展", "count": 3}),
        ("trainings", {"title": "近期培训", "count": 2}),
        ("figures", {"title": "今年做了这些事", "count": 4}),
        ("articles", {"title": "最新资讯", "count": 3}),
        ("activities", {"title": "活动掠影", "count": 3}),
        ("stories", {"title": "身边的榜样", "count": 3}),
    ]
    publish(home)


def _guides(context: DemoContext, laws: dict) -> dict[str, ServiceGuidePage]:
    parent = ServiceIndexPage.objects.get()
    return {
        "screening": add(parent, _screening(context, laws), context=context, topics=("health",)),
        "cover": add(parent, _cover(laws), context=context, topics=("mutual-aid", "health")),
        "relief": add(parent, _relief(laws), context=context, topics=("relief", "family")),
    }


def _steps(*pairs: tuple[str, str]) -> list:
    return [("steps", {"steps": [{"title": title, "text": f"<p>{words}</p>"} for title, words in pairs]})]


def _screening(context: DemoContext, laws: dict) -> ServiceGuidePage:
    return ServiceGuidePage(
        title="女职工免费“两癌”筛查",
        slug="free-screening",
        title_en="Free cancer screening for women workers",
        intro="工会出资，每两年一次，符合条件的女职工可在线预约，不用垫钱。",
        intro_en="Paid for by the union every two years. Book on your phone, nothing to pay.",
        programme=context.made["screening.programme"],
        plain_words=(
            "工会请您免费体检，查乳腺和宫颈。\n在职的女会员，够年龄，就能约。\n先在手机上约好时间。\n"
            "那天带身份证去。\n不用交钱。结果只有您自己知道。"
        ),
        eligibility="<p>在职的工会会员，年龄和间隔符合本年度方案。不确定？不用登录，回答几个问题就知道。</p>",
        documents="<ul><li>身份证</li><li>预约成功后的二维码（手机上出示即可，也可打印）</li></ul>",
        steps=_steps(
            ("看看是否符合条件", "逐条说明理由；不符合会告诉您何时可以。"),
            ("选时间和体检点", "名额为您保留几分钟，核对后确认。"),
            ("按时体检", "到现场出示二维码签到。临时有事可在截止前改期或取消。"),
            ("听结果通知", "结果只告诉您本人，单位和工会看不到。"),
        ),
        contact_office=OFFICE,
        contact_phone=PHONE,
        contact_hours=HOURS,
        bases=[
            GuideBasis(policy=laws["women"], clause="第三十一条", means="单位应当定期安排您做妇科和乳腺检查。"),
            GuideBasis(policy=laws["screening"], clause="第三条", means="符合条件的女会员每两年免费筛查一次。"),
            GuideBasis(policy=laws["screening"], clause="第七条", means="检查结果只告诉您本人。"),
        ],
    )


def _cover(laws: dict) -> ServiceGuidePage:
    return ServiceGuidePage(
        title="女职工特殊疾病互助保障",
        slug="mutual-aid",
        intro="参加互助保障，确诊保障范围内的疾病后可以领取互助金。由所在工会统一办理。",
        service=GuideService.MUTUAL_AID,
        eligibility="<p>身体健康、在岗的女职工会员，由所在基层工会统一参加。</p>",
        documents="<ul><li>本人身份证</li><li>申领时：诊断证明、病理报告、出院小结</li><li>本人名下的银行卡</li></ul>",
        steps=_steps(
            ("所在工会统一参加", "基层工会报名单，本人确认健康告知。"),
            ("查看保障", "登录后在“我的保障”查看起止日期和电子凭证。"),
            ("确诊后申领", "手机上传材料，工会受理后会告诉您走到哪一步。"),
        ),
        contact_office=OFFICE,
        contact_phone=PHONE,
        contact_hours=HOURS,
        bases=[GuideBasis(policy=laws["cover"], clause="第五条", means="等待期满后确诊的，可以申领互助金。")],
    )


def _relief(laws: dict) -> ServiceGuidePage:
    return ServiceGuidePage(
        title="困难女职工帮扶",
        slug="help-in-hardship",
        intro="因病、因灾、单亲抚养子女等造成生活困难的，可以申请建档和救助。",
        service=GuideService.RELIEF,
        plain_words="家里有困难，可以找工会。\n先答几个问题，不用登录。\n材料不会写，工会帮您填。\n谁看过您的材料，您都查得到。",
        eligibility="<p>家庭收入和支出符合当年标准。先回答几个问题，系统会逐条说明是否符合、差在哪里。</p>",
        documents="<ul><li>身份证、户口簿</li><li>收入证明</li><li>因病的：诊断证明和费用票据</li></ul>",
        steps=_steps(
            ("先问一问", "不用登录，几分钟就知道哪一项适合您。"),
            ("提交申请", "随时可以保存，换一部手机接着填。"),
            ("走访与公示", "工会上门了解情况；公示只写打码的姓名。"),
            ("发放", "款项直接打到您的银行卡。"),
        ),
        contact_office="示例市困难职工帮扶中心",
        contact_phone=PHONE,
        contact_hours=HOURS,
        bases=[
            GuideBasis(policy=laws["union"], clause="第三十一条", means="工会应当协助办好职工集体福利，关心困难职工。")
        ],
    )


def _articles(context: DemoContext) -> dict[str, ArticlePage]:
    today = localtime(context.now).date()
    parent = ArticleIndexPage.objects.get()

    def written(days: int, topics: tuple[str, ...] = (), **fields) -> ArticlePage:
        page = ArticlePage(date=today - timedelta(days=days), source=OFFICE, **fields)
        return add(parent, page, context=context, topics=topics)

    _news(written)
    return _about_this_site(written)


def _news(written: Callable[..., ArticlePage]) -> None:
    written(
        2,
        ("health",),
        title="免费体检项目通知：六件事请提前知道",
        slug="before-your-check",
        intro="带什么、什么时候去合适、哪些情况要改期，一次说清。",
        cover=flower("体检提醒", "绿色底色上的木棉花", 5, "#E9F3EA"),
        body=[
            facts(
                "体检当天",
                ("时间", "避开经期，月经干净后 3 至 7 天最合适"),
                ("检查前 48 小时", "不同房、不冲洗、不用药"),
                ("要带的", "身份证、预约二维码"),
            ),
            text("怀孕或可能怀孕的，请先与体检点电话联系，改到合适的时间。"),
        ],
    )
    written(
        9,
        ("family",),
        title="寒假托管班怎么报：时间、地点、费用",
        slug="winter-day-care",
        intro="全市 12 个爱心托管点，工会补贴后每天只收餐费。",
        cover=scene("托管班", "一座红顶小房子和一棵树", "house"),
        body=[
            (
                "paragraph",
                "<h2>谁可以报</h2><p>父母一方是工会会员，孩子上小学。</p><h2>怎么报</h2>"
                "<p>由单位工会汇总，每个托管点 30 人，先报先得。</p>",
            ),
            facts("开班安排", ("时间", "寒假期间工作日 8:00–18:00"), ("费用", "餐费每天 15 元，其余由工会承担")),
        ],
    )
    written(
        16,
        ("committees",),
        title="“爱心妈妈小屋”今年新增 18 家",
        slug="mothers-rooms",
        intro="哺乳期女职工在单位也有一个安静、干净的地方。",
        body=[text("小屋配有冰箱、沙发和可以锁的门。单位有 20 名以上女职工的，可以向所在区总工会申请补助。")],
    )


def _about_this_site(written: Callable[..., ArticlePage]) -> dict[str, ArticlePage]:
    privacy = written(
        30,
        title="我们怎样保护您的信息",
        slug="privacy",
        intro="收集什么、给谁看、保存多久、您可以怎样撤回。",
        body=[
            text(
                "身份证号和手机号加密保存，页面上默认只显示几位。工作人员每查看一次完整号码，都要写明原因，"
                "系统留下记录，您在“我的信息”里可以看到。",
                "体检结果只给您本人和体检机构，单位和工会看不到。",
            )
        ],
    )
    accessibility = written(
        30,
        title="大字版与无障碍说明",
        slug="accessibility",
        intro="页面右上角可以切换大字版；不用鼠标、用读屏软件也能办完全部手续。",
        body=[text("如果哪个页面您用不了，请拨打页面下方的电话，我们当面帮您办，并把页面改好。")],
    )
    return {"privacy": privacy, "accessibility": accessibility}
