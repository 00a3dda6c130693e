"""The demo's laws and rules, questions and notices. National laws are told in their gist; the city's are invented."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.timezone import localtime

from cms_pages.demo_writing import OFFICE, add, contact, facts, text
from cms_pages.models import (
    Clause,
    FaqEntry,
    FaqIndexPage,
    FaqPage,
    NoticeIndexPage,
    NoticeKind,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    Rank,
    ServiceGuidePage,
)
from services.foundation.demo import DemoContext

GIST = "以下为条文要点，便于查阅；引用时以公布的正式文本为准。"


def _clauses(*pairs: tuple[str, str]) -> list[Clause]:
    return [
        Clause(sort_order=order, number=number, text=f"<p>{words}</p>") for order, (number, words) in enumerate(pairs)
    ]


def laws(context: DemoContext) -> dict[str, PolicyPage]:
    parent = PolicyIndexPage.objects.get()
    made = {
        name: add(parent, page, topics=topics) for name, page, topics in (*_national(), *_of_unions(), *_of_the_city())
    }
    old = made.pop("screening_2024")
    old.replaced_by = made["screening"]
    old.save_revision().publish()
    return made


def _national():
    yield (
        "women",
        PolicyPage(
            title="中华人民共和国妇女权益保障法",
            slug="women-rights-law",
            title_en="Law on the Protection of Women's Rights and Interests",
            intro="保障妇女在政治、文化教育、劳动和社会保障、财产、人身和婚姻家庭等方面的权益。",
            rank=Rank.LAW,
            issuing_body="全国人民代表大会常务委员会",
            number="主席令第一二二号",
            issued_on=date(2022, 10, 30),
            in_force_from=date(2023, 1, 1),
            body=[text(GIST)],
            clauses=_clauses(
                ("第三十一条", "用人单位定期为女职工安排妇科、乳腺疾病检查和其他妇女特殊需要的健康检查。"),
                ("第四十三条", "招录时不得询问婚育情况，不得把妊娠检测作为入职体检项目。"),
                ("第四十八条", "不得因结婚、怀孕、产假、哺乳等降低女职工的工资和福利待遇。"),
            ),
        ),
        ("rights", "health"),
    )
    yield (
        "protection",
        PolicyPage(
            title="女职工劳动保护特别规定",
            slug="labour-protection",
            title_en="Special Rules on the Labour Protection of Female Employees",
            intro="孕期、产期、哺乳期怎样保护，哪些工作女职工可以不做。",
            rank=Rank.REGULATION,
            issuing_body="国务院",
            number="国务院令第 619 号",
            issued_on=date(2012, 4, 28),
            in_force_from=date(2012, 4, 28),
            body=[text(GIST)],
            clauses=_clauses(
                ("第七条", "女职工生育享受不少于 98 天产假，其中产前可以休假 15 天。"),
                ("第九条", "每天安排 1 小时哺乳时间；多胞胎的，每多一个婴儿增加 1 小时。"),
                ("第十一条", "用人单位应当预防和制止对女职工的性骚扰。"),
            ),
        ),
        ("rights", "family"),
    )


def _of_unions():
    yield (
        "union",
        PolicyPage(
            title="中华人民共和国工会法",
            slug="trade-union-law",
            title_en="Trade Union Law",
            intro="工会怎样组织、代表谁、有哪些权利和义务。",
            rank=Rank.LAW,
            issuing_body="全国人民代表大会常务委员会",
            number="主席令第一〇七号",
            issued_on=date(2021, 12, 24),
            in_force_from=date(2022, 1, 1),
            body=[text(GIST)],
            clauses=_clauses(
                ("第十一条", "女会员人数较多的，建立女职工委员会；人数较少的，在工会委员会中设女职工委员。"),
                ("第三十一条", "工会协助用人单位办好职工集体福利事业。"),
            ),
        ),
        ("committees", "rights"),
    )


def _of_the_city():
    office = "示例市总工会"
    yield (
        "screening_2024",
        PolicyPage(
            title="示例市女职工免费筛查试行办法",
            slug="screening-rules-2024",
            intro="试行期间的做法，已由新办法代替。",
            rank=Rank.UNION,
            issuing_body=office,
            number="示工发〔2024〕6 号",
            issued_on=date(2024, 3, 1),
            in_force_from=date(2024, 3, 8),
            repealed_on=date(2026, 3, 1),
            clauses=_clauses(("第三条", "女会员每三年免费筛查一次。")),
        ),
        ("health",),
    )
    yield (
        "screening",
        PolicyPage(
            title="示例市女职工免费筛查办法",
            slug="screening-rules",
            intro="谁可以参加、多久一次、费用谁出、结果给谁看。",
            rank=Rank.UNION,
            issuing_body=office,
            number="示工发〔2026〕2 号",
            issued_on=date(2026, 2, 6),
            in_force_from=date(2026, 3, 1),
            clauses=_clauses(
                ("第三条", "在职女会员每两年免费筛查一次，年龄和名额由当年方案规定。"),
                ("第五条", "费用由市、县（区）总工会按比例承担，个人不垫付。"),
                ("第七条", "检查结果由体检机构只告知本人，工会和单位不得索取。"),
            ),
        ),
        ("health",),
    )
    yield (
        "cover",
        PolicyPage(
            title="示例市女职工特殊疾病互助保障实施细则",
            slug="mutual-aid-rules",
            intro="怎样参加、等待期多长、怎样申领互助金。",
            rank=Rank.UNION,
            issuing_body=office,
            number="示工发〔2025〕11 号",
            issued_on=date(2025, 5, 20),
            in_force_from=date(2025, 7, 1),
            clauses=_clauses(
                ("第二条", "由基层工会组织女会员自愿参加，统一办理。"),
                ("第五条", "等待期满后首次确诊保障范围内疾病的，可以申领互助金。"),
            ),
        ),
        ("mutual-aid",),
    )


def _group(title: str, slug: str, intro: str, *pairs: tuple[str, str], guide: ServiceGuidePage) -> FaqPage:
    rows = [
        FaqEntry(sort_order=order, question=question, answer=f"<p>{answer}</p>", guide=guide if order == 0 else None)
        for order, (question, answer) in enumerate(pairs)
    ]
    return FaqPage(title=title, slug=slug, intro=intro, questions=rows)


def questions(context: DemoContext, guides: dict[str, ServiceGuidePage]) -> None:
    parent = FaqIndexPage.objects.get()
    groups = (
        (
            _group(
                "体检和筛查",
                "screening",
                "预约、改期、费用和结果。",
                ("单位会知道我的检查结果吗？", "不会。工会工作人员只看到是否到检和人数。"),
                ("名额满了怎么办？", "可以排候补。有人取消，名额按顺序给候补的姐妹，并通知您确认。"),
                ("月经期可以检查吗？", "请改期到月经干净后 3 至 7 天，在“我的服务”里可以自己改。"),
                ("我已经退休，还能参加吗？", "本项目面向在职女会员；退休人员请向社区询问妇联的筛查项目。"),
                guide=guides["screening"],
            ),
            ("health",),
        ),
        (
            _group(
                "互助保障",
                "mutual-aid",
                "参加、等待期和申领。",
                ("可以自己单独参加吗？", "由所在基层工会统一办理，请联系单位工会的女职工委员。"),
                ("确诊以后多久要申领？", "请在细则规定的期限内提交；快到期时系统会提醒您。"),
                ("材料在手机上拍照行吗？", "行。拍清楚、四角完整即可，系统会提示哪一张看不清。"),
                guide=guides["cover"],
            ),
            ("mutual-aid",),
        ),
        (
            _group(
                "登录和个人信息",
                "account",
                "手机号换了、信息不对、谁看过我的资料。",
                ("手机号换了，登录不了怎么办？", "用新手机号登录后，向您单位的工会申请核对身份即可。"),
                ("谁看过我的身份证号？", "每查看一次都有记录，登录后在“我的信息”里可以看到时间和原因。"),
                ("可以请女儿帮我办吗？", "可以。在“我的服务”里写一份委托，随时可以收回。"),
                guide=guides["relief"],
            ),
            (),
        ),
    )
    for page, topics in groups:
        add(parent, page, context=context, topics=topics)


def notices(context: DemoContext) -> None:
    parent = NoticeIndexPage.objects.get()
    today = localtime(context.now).date()

    def told(days: int, valid: int | None, topics: tuple[str, ...], **fields) -> None:
        until = None if valid is None else today + timedelta(days=valid)
        page = NoticePage(date=today - timedelta(days=days), valid_until=until, **fields)
        add(parent, page, context=context, topics=topics)

    _in_force(told)
    _gone_by(told)


def _in_force(told: Callable[..., None]) -> None:
    told(
        1,
        20,
        ("health",),
        title="乙县体检点临时搬迁，已预约的请看新地址",
        slug="site-moved",
        intro="原址装修，预约时间不变，地点改到县妇幼保健院三楼。",
        kind=NoticeKind.CHANGE,
        pinned=True,
        body=[
            facts(
                "新地址", ("地点", "乙县妇幼保健院三楼"), ("公交", "2 路、7 路“妇幼保健院”站"), ("电话", "0900-0000000")
            ),
            text("已预约的姐妹不用重新预约，系统已发消息提醒。"),
        ],
    )
    told(
        6,
        24,
        ("culture",),
        title="征集“我和我的岗位”女职工微故事",
        slug="call-for-stories",
        intro="三百字以内，配一张工作照，择优在本站刊登。",
        kind=NoticeKind.CALL,
        number="示工女〔2026〕17 号",
        body=[
            (
                "paragraph",
                "<h2>谁可以投稿</h2><p>全市女职工会员，单位和个人均可。</p><h2>怎样投稿</h2>"
                "<p>发送到所在县（区）总工会女职工部，由其统一报送。刊登前会请本人签字同意。</p>",
            ),
            contact(),
        ],
    )
    told(
        14,
        None,
        ("learning",),
        title="女职工素质提升课堂学员名额分配结果",
        slug="class-places",
        intro="各县（区）名额已按女会员人数分配。",
        kind=NoticeKind.RESULT,
        body=[facts("名额", ("甲县", "24 人"), ("乙县", "18 人"), ("市直单位", "38 人"))],
    )


def _gone_by(told: Callable[..., None]) -> None:
    told(
        70,
        -40,
        ("family",),
        title="暑期托管班报名通知",
        slug="summer-day-care",
        intro="报名已经结束，留存备查。",
        kind=NoticeKind.ANNOUNCEMENT,
        body=[text(f"由单位工会汇总报名，{OFFICE}统一安排托管点。")],
    )
