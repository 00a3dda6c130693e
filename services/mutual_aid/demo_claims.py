"""Claims of the demo: some twenty-five on covers that stand already, at every stage, each as it happened.

Everything is done through the actions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile
from django.utils.timezone import make_aware
from PIL import Image, ImageDraw

from services.accounts.models import User
from services.casework import actions as casework
from services.casework.actions import documents
from services.casework.models import Case
from services.foundation.demo import DemoContext
from services.foundation.references import luhn_digit
from services.mutual_aid.actions import adjudicating, claiming
from services.mutual_aid.models import Claim, Cover
from services.mutual_aid.queries.claiming import claim_of, covers_on, required_of
from services.payments.actions import set_account
from services.payments.queries import current_account
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.workers.demo import sign_up

# Days before today on which a claim was begun, and where it has come to by now.
STORIES = (
    *((days, "granted") for days in (150, 138, 121, 110, 96, 84, 73, 61, 50, 38, 33, 27)),
    *((days, "refused") for days in (29, 22)),
    (64, "appealed"),
    (71, "won"),
    *((days, "decide") for days in (14, 11, 9)),
    *((days, "unit") for days in (3, 2)),
    *((days, "returned") for days in (8, 6)),
    *((days, "draft") for days in (40, 1)),
    (20, "withdrawn"),
)
_PRINTED = {"granted": "互助金已核定", "returned": "互助金申领待补材料", "refused": "互助金申领未获批准"}
_GRADES = ("invasive_primary", "invasive_primary", "in_situ")
_cards = count(8000)


@dataclass
class Scene:
    """``officers``: by code of the organisation, two where a second person is needed; whoever decides stands last."""

    context: DemoContext
    officers: dict[str, list[User]] = field(default_factory=dict)

    def day(self, days_ago: int, hour: int = 10) -> datetime:
        moment = make_aware(datetime.combine(self.context.today - timedelta(days=max(days_ago, 0)), time(hour)))
        return min(moment, self.context.now)

    def officer(self, case: Case, place: int = 0) -> User:
        return self.officers[case.desk.code][place]


@dataclass
class Story:
    scene: Scene
    cover: Cover
    place: int
    claim: Claim | None = None

    def fresh(self) -> Claim:
        rows = Case.objects.unscoped().select_related("worker__user", "desk", "route", "authorisation", "organization")
        claim = claim_of(self.claim.case_id)
        claim.case = rows.get(pk=claim.case_id)
        return claim

    def at(self, days_ago: int, happens: Callable) -> None:
        moment = self.scene.day(days_ago)
        self.scene.context.at(moment, lambda: happens(self, moment))


def plan(scene: Scene, covers: Callable[[], list[Cover]]) -> None:
    """One story a cover, as long as there are covers that ran on the day of the story.

    ``covers`` is asked on the first day of each story: covers come into being while the demo's days go by.
    """
    printed, taken = dict(_PRINTED), set()

    def begin(place: int, days: int, end: str) -> None:
        on = scene.context.today - timedelta(days=days + 5)
        cover = next((one for one in covers() if one.pk not in taken and _ran(one, on)), None)
        if cover is None:
            return
        taken.add(cover.pk)
        _plan(Story(scene, cover, place), days, end)
        if words := printed.pop(end, ""):
            scene.context.worker_can_sign_in(cover.worker.phone, f"女职工，{words}")

    for place, (days, end) in enumerate(STORIES):
        scene.context.at(scene.day(days, 9), partial(begin, place, days, end))


def _ran(cover: Cover, on) -> bool:
    return any(one.cover_id == cover.pk for one in covers_on(cover.worker, on))


def _plan(story: Story, days: int, end: str) -> None:
    story.at(days, _begin)
    if end == "draft":
        return
    story.at(days - 1, _send)
    if end == "withdrawn":
        story.at(days - 2, lambda one, now: casework.withdraw(one.fresh().case, by=one.cover.worker.user, now=now))
    if end == "returned":
        story.at(days - 2, _return)
    if end in ("unit", "returned", "withdrawn"):
        return
    story.at(days - 3, _state)
    if end == "decide":
        return
    if end == "granted":
        story.at(days - 6, _approve)
        return
    story.at(days - 6, _refuse)
    if end in ("appealed", "won"):
        story.at(days - 12, _appeal)
    if end == "won":
        story.at(days - 15, _reopen)
        story.at(days - 16, lambda one, now: _approve(one, now, place=-1))


def _begin(story: Story, now: datetime) -> None:
    """She signs in, agrees to the notice, gives an account, and says what the report says."""
    her = sign_up(story.cover.worker, story.scene.context)
    story.cover.worker = her
    notice = current_notice(Purpose.MUTUAL_AID, now=now)
    give_consent(her.user, purpose=Purpose.MUTUAL_AID, notice=notice, language="zh-hans", now=now)
    if current_account(her) is None:
        body = f"620099{next(_cards):012d}"
        number = body + luhn_digit(body)
        set_account(her, holder=her.name, bank="示例银行", bank_branch="", number=number, by=her.user, now=now)
    day = now.date() - timedelta(days=5)
    story.claim = claiming.begin_claim(her, cover=story.cover.token, diagnosed=day, by=her.user, now=now)


def _send(story: Story, now: datetime) -> None:
    claim, her = story.fresh(), story.cover.worker
    listed = list(claim.terms.diseases.values_list("code", flat=True))
    claim = claiming.save_particulars(
        claim,
        by=her.user,
        now=now,
        seen=claim.version,
        disease=listed[story.place % len(listed)],
        grade=_GRADES[story.place % len(_GRADES)],
        hospital="示例市人民医院",
        hospital_level="level_3",
        hospitalised=True,
        hospital_days=6 + story.place,
        surgery=story.place % 2 == 0,
    )
    sent = story.fresh()
    for number, kind in enumerate(required_of(sent)):
        upload = ContentFile(_paper(story.place, number), name=f"{kind}.jpg")
        documents.attach(sent.case, kind=kind, upload=upload, by=her.user, now=now)
    claiming.hand_in(claim, declares=True, seen=claiming.version_seen(claim), by=her.user, now=now)


def _paper(place: int, number: int) -> bytes:
    """A photo of a sheet of paper, as a telephone would send it; no two are alike."""
    image = Image.new("RGB", (360, 480), "white")
    pen = ImageDraw.Draw(image)
    for bit in range(14):
        length = 250 if place * 16 + number >> bit & 1 else 140
        pen.rectangle((40, 60 + 26 * bit, 40 + length, 70 + 26 * bit), fill="black")
    target = BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


def _return(story: Story, now: datetime) -> None:
    claim = story.fresh()
    case, again = claim.case, "照片看不清" if "discharge" in required_of(claim) else ""
    asked = [casework.AskedItem("discharge", "请补充出院小结，拍照即可。", again_because=again)]
    casework.return_case(case, items=asked, by=story.scene.officer(case), now=now)


def _state(story: Story, now: datetime) -> None:
    claim = story.fresh()
    officer = story.scene.officer(claim.case)
    adjudicating.state_for_unit(claim, statement="该职工在岗参保，已按规定请病假。", by=officer, now=now)
    casework.pass_step(story.fresh().case, by=officer, now=now)


def _looked(story: Story, place: int) -> User:
    claim = story.fresh()
    officer = story.scene.officer(claim.case, place)
    adjudicating.look(claim, by=officer, reason="依条款审核申领")
    return officer


def _approve(story: Story, now: datetime, place: int = 0) -> None:
    officer = _looked(story, place)
    casework.approve(story.fresh().case, by=officer, now=now)


def _refuse(story: Story, now: datetime) -> None:
    officer = _looked(story, 0)
    adjudicating.refuse_with(story.fresh(), verb="refuse", reason="pre_existing", by=officer, now=now)


def _appeal(story: Story, now: datetime) -> None:
    words = "参保前一年的体检报告没有异常，请再核对。"
    adjudicating.appeal_with(story.fresh(), words=words, by=story.cover.worker.user, now=now)


def _reopen(story: Story, now: datetime) -> None:
    officer = _looked(story, -1)
    casework.reopen(story.fresh().case, by=officer, now=now, reason="材料已核对，同意重新审定。")
