"""The demo's records: activities of five kinds, stories of invented women, trainings of three forms."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.utils.timezone import get_current_timezone, localtime
from wagtail.documents import get_document_model

from cms_pages.demo_pictures import scene
from cms_pages.demo_writing import add, facts, text
from cms_pages.models import (
    ActivityIndexPage,
    ActivityKind,
    ActivityPage,
    CampaignPage,
    StoryIndexPage,
    StoryPage,
    TrainingForm,
    TrainingIndexPage,
    TrainingPage,
    TrainingSession,
)
from services.foundation.demo import DemoContext


def load(context: DemoContext, campaigns: dict[str, CampaignPage]) -> None:
    today = localtime(context.now).date()
    _activities(context, today, campaigns)
    _stories(context, today)
    _trainings(context, today)


def _activities(context: DemoContext, today: date, campaigns: dict[str, CampaignPage]) -> None:
    parent = ActivityIndexPage.objects.get()
    march = campaigns["march"]

    def done(day: date, kind: str, title: str, slug: str, intro: str, place: str, people: int, words: str, **fields):
        topics = fields.pop("topics", ("culture",))
        page = ActivityPage(
            title=title,
            slug=slug,
            intro=intro,
            kind=kind,
            date=day,
            place=place,
            people=people,
            body=[text(words)],
            **fields,
        )
        add(parent, page, context=context, topics=topics)

    _among_women(done, today)
    _in_town(done, today, march)


def _among_women(done: Callable[..., None], today: date) -> None:
    done(
        today - timedelta(days=12),
        ActivityKind.VISIT,
        "走访慰问山区住宿的夫妻教职工",
        "visit-hill-teachers",
        "把棉被和电热水壶送到山区学校的周转房里。",
        "丙县山区三所学校",
        26,
        "夫妻两人都在山区任教，一周才下山一次。工会记下了她们提出的洗澡难、看病远两件事，已转县总工会办理。",
        cover=scene("山区学校", "一座红顶小房子和一棵树", "house"),
        topics=("relief",),
    )
    done(
        today - timedelta(days=33),
        ActivityKind.FILM,
        "电影送基层：慰问山区女教职工",
        "film-for-teachers",
        "操场上支起银幕，放一场电影。",
        "丁县中心小学操场",
        180,
        "放映前女职工部讲了十分钟维权小知识，散场时发了互助保障的明白纸。",
        cover=scene("露天电影", "银幕前坐着两排观众", "screen"),
    )


def _in_town(done: Callable[..., None], today: date, march: CampaignPage) -> None:
    done(
        today - timedelta(days=61),
        ActivityKind.BOOKS,
        "“提升修养，做美丽女人”赠书活动",
        "books-given",
        "四百册书送进十个女职工书屋。",
        "市职工书屋",
        400,
        "书目由姐妹们投票选出，育儿、心理、历史类最多。",
        theme="提升修养，做美丽女人",
        cover=scene("赠书", "书架上的彩色书本和一盆花", "books"),
        topics=("learning", "culture"),
    )
    done(
        today - timedelta(days=90),
        ActivityKind.LECTURE,
        "积极心理健康讲座",
        "lecture-mind",
        "学会在忙碌里给自己留十分钟。",
        "市工人文化宫报告厅",
        150,
        "讲座分三段：认识情绪、呼吸练习、向同事求助。现场设了单独咨询室。",
        theme="放松心情，快乐工作",
        cover=scene("讲座", "讲台和投影屏幕", "lectern"),
        topics=("health",),
    )
    done(
        march.starts_on + timedelta(days=5),
        ActivityKind.OUTING,
        "走近大自然：女干部女先进踏青",
        "outing-hills",
        "沿绿道走六公里，认识十二种植物。",
        "城郊绿道",
        64,
        "路线按体力分两组，全程有志愿者和急救包。",
        theme="走近大自然，赏美丽家乡",
        cover=march.cover,
        campaign=march,
    )


def _stories(context: DemoContext, today: date) -> None:
    parent = StoryIndexPage.objects.get()

    def told(days: int, title: str, slug: str, intro: str, words: str, **fields) -> None:
        when = today - timedelta(days=days)
        page = StoryPage(
            title=title,
            slug=slug,
            intro=intro,
            date=when,
            agreed_on=when - timedelta(days=7),
            body=[text(words)],
            **fields,
        )
        add(parent, page, context=context, topics=("learning",))

    told(
        20,
        "把一根针用到极致",
        "story-needle",
        "缝纫车间干了二十二年，她带出三十一名徒弟。",
        "她把常见的十七种跳线原因写成小卡片贴在机台上，新人照着查，返工率降了一半。",
        person="示例甲",
        workplace="示例市第一服装厂",
        honour="市五一巾帼标兵",
        honoured_in=today.year,
        quote="手慢一点，心细一点，活就不会骗人。",
        cover=scene("缝纫", "彩色线轴和一根针", "needle"),
    )
    told(
        45,
        "山里的音乐课",
        "story-music",
        "一架旧风琴，教出一支会唱民歌的合唱队。",
        "她每周走两所教学点，把录音带拷到旧手机里，让孩子们回家也能听。",
        person="示例乙",
        workplace="丙县山区中心小学",
        honour="市五一巾帼奖",
        honoured_in=today.year - 1,
        quote="孩子们唱起来的时候，山就不高了。",
    )


def _handout():
    return get_document_model().objects.create(
        title="女职工劳动保护实务讲义提纲",
        file=ContentFile("一、孕期\n二、产期\n三、哺乳期\n四、常见争议\n".encode(), name="handout.txt"),
    )


def _trainings(context: DemoContext, today: date) -> None:
    parent = TrainingIndexPage.objects.get()
    forms = {form.slug: form for form in TrainingForm.objects.all()}
    paper = _handout()

    def held(ahead: int, days: int, form: str, sessions: tuple, **fields) -> None:
        first = today + timedelta(days=ahead)
        rows = [_session(first, order, *session) for order, session in enumerate(sessions)]
        page = TrainingPage(
            form=forms[form], starts_on=first, ends_on=first + timedelta(days=days - 1), sessions=rows, **fields
        )
        add(parent, page, context=context, topics=("learning", "committees"))

    held(
        15,
        2,
        "class",
        (
            (0, 9, 3, "开班与形势报告", "示例丙", "市总工会"),
            (0, 14, 3, "女职工劳动保护实务", "示例丁", "示例市律师协会"),
            (1, 9, 3, "心理关怀与沟通", "示例戊", "示例师范学院"),
            (1, 14, 2, "分组交流与结业", "", ""),
        ),
        title="女职工委员会主任培训班（第二期）",
        slug="chairs-2",
        title_en="Class for chairs of women workers' committees",
        intro="两天，80 人，学完发结业证书。",
        place="市工人文化宫三楼",
        audience="各县（区）和基层工会女职工委员会主任",
        cover=scene("培训班", "讲台和投影屏幕", "lectern"),
        materials=[("files", {"documents": [paper]})],
        body=[text("名额按县（区）分配，由各县（区）总工会统一报名。食宿自理，不收培训费。")],
        activity=context.made["signups.class"],
    )
    held(
        -40,
        1,
        "meeting",
        ((0, 9, 2, "女职工委员会全体会议", "", ""), (0, 14, 2, "以会代培：新规定怎么落实", "示例丙", "市总工会")),
        title="女职工委员会全体会议暨业务培训",
        slug="full-session",
        intro="上午开会，下午培训：总结前三季度，布置年终工作。",
        place="市职工之家礼堂",
        audience="市女职工委员会委员",
        body=[facts("参加情况", ("应到", "61 人"), ("实到", "58 人"))],
    )
    held(
        -85,
        1,
        "symposium",
        ((0, 14, 2, "怎样让单位愿意设“妈妈小屋”", "", ""),),
        title="女职工工作座谈会",
        slug="symposium-rooms",
        intro="十二家单位说说自己的做法和难处。",
        place="甲县职工服务中心",
        audience="有 20 名以上女职工的单位",
        body=[text("会后形成五条建议，已报市总工会研究。")],
    )


def _session(
    first: date, order: int, day: int, hour: int, hours: int, title: str, speaker: str, post: str
) -> TrainingSession:
    on = first + timedelta(days=day)
    starts = datetime(on.year, on.month, on.day, hour, tzinfo=get_current_timezone())
    return TrainingSession(
        sort_order=order,
        title=title,
        speaker=speaker,
        speaker_post=post,
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        hours=hours,
    )
