"""What comes after a decision in the demo: complaints about how applications were handled, and second looks."""

from datetime import datetime, timedelta

from services.accounts.models import User
from services.casework import actions as casework
from services.casework.actions import rechecks
from services.casework.enums import ComplaintAbout, ComplaintOutcome, RecheckOutcome
from services.casework.models import Complaint, Recheck
from services.casework.queries.rechecks import items_of
from services.relief.demo_plan import FILING, STUDY
from services.relief.queries import SERVICE

# Programme and end of the story, about what, days before today: when she complained, when she was answered.
COMPLAINTS = (
    (FILING, "refused", ComplaintAbout.PAPERS, "同样的票据交了三次，每次都说看不清。", 85, 78),
    (STUDY, "refused", ComplaintAbout.MANNER, "去窗口问结果，被说“自己上网查”，没有人解释原因。", 27, 19),
    (FILING, "overdue", ComplaintAbout.SLOW, "申请交上去一个多月了，一直显示待入户，打电话也没有人答复。", 4, None),
)
ANSWERS = {
    ComplaintAbout.PAPERS: (
        ComplaintOutcome.PARTLY,
        "经核查，第二次补件时照片已能看清，不应再要求补交，我们已提醒经办人；审核结论不受影响。",
    ),
    ComplaintAbout.MANNER: (
        ComplaintOutcome.RIGHT,
        "您反映的情况属实，窗口未按规定一次性说明原因，我们向您道歉，已安排专人给您打电话说明。",
    ),
}
# Days before today: the list frozen, its number known; between which days the cases were decided; size of the sample.
DRAWN = (24, 23, (110, 31), 8)
WAITING = (1, 0, (30, 2), 6)
FOUND = (
    (RecheckOutcome.RIGHT, ""),
    (RecheckOutcome.RIGHT, ""),
    (RecheckOutcome.FORMAL, "入户记录缺少同行人签字，结论无误，已退回补签。"),
    (RecheckOutcome.RIGHT, ""),
)


def plan(scene, *, told: dict, city: User, second: User) -> None:
    """``told``: a story for each programme and end. ``second`` is the city's other officer."""
    for kind, end, about, words, days, answered in COMPLAINTS:
        story = told[kind, end]
        story.at(days, lambda now, one=story, about=about, words=words: _complain(one, about, words, now), hour=12)
        if answered is not None:
            story.at(answered, lambda now, one=story, about=about: _answer(one, about, city, now), hour=15)
    freezer, drawer = city, second
    for frozen, known, between, wanted in (DRAWN, WAITING):
        moment = scene.day(frozen, 16)
        scene.context.at(moment, lambda at=moment, by=freezer, i=between, n=wanted: _freeze(scene, at, by, i, n))
        if known:
            drawing = scene.day(known, 16)
            scene.context.at(drawing, lambda at=drawing, by=drawer: _draw(scene, at, by))
        freezer, drawer = drawer, freezer


def _complain(story, about: str, words: str, now: datetime) -> None:
    casework.complain(story.case(), about=about, words=words, by=story.her.user, now=now)


def _answer(story, about: str, by: User, now: datetime) -> None:
    outcome, words = ANSWERS[about]
    complaint = Complaint.objects.own(case=story.case()).get()
    casework.answer_complaint(complaint, outcome=outcome, answer=words, by=by, now=now)


def _freeze(scene, now: datetime, by: User, between: tuple[int, int], wanted: int) -> None:
    first, last = (scene.context.today - timedelta(days=days) for days in between)
    rechecks.freeze_list(
        organization=scene.context.made["organizations.city"],
        service=SERVICE,
        first_day=first,
        last_day=last,
        wanted=wanted,
        source="上证综合指数收盘点位的全部数字（不含小数点）",
        number_on=now.date() + timedelta(days=1),
        by=by,
        now=now,
    )


def _draw(scene, now: datetime, by: User) -> None:
    """The number draws the sample; half of it has been looked at."""
    recheck = rechecks.draw_sample(Recheck.objects.unscoped().latest("pk"), number="346827", by=by, now=now)
    for item, (outcome, words) in zip(items_of(recheck), FOUND, strict=False):
        rechecks.record_second_look(item, outcome=outcome, words=words, by=by, now=now)
