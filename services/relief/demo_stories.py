"""What happened to each household of the demo: one story a woman, from her application to wherever it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from services.casework import actions as casework
from services.casework.actions import documents, objections
from services.casework.models import Case
from services.foundation.references import luhn_digit
from services.payments.actions import set_account
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.relief import demo_households
from services.relief.actions import applying, reviewing
from services.relief.enums import CheckResult, ProgrammeKind
from services.relief.models import Application
from services.relief.queries import live_file, test_for
from services.relief.queries.overlaps import overlaps_of, undecided
from services.workers.demo import sign_up

# Days before today on which a story begins, and where it ends. Filings take the full route, the others the short one.
FILINGS = (
    *((days, "done") for days in (170, 165, 160, 152, 148, 141, 136, 130, 128, 121, 115, 110, 104, 99, 96, 92)),
    *((days, "done") for days in (85, 80, 77, 73, 70, 66, 62, 58, 55, 51)),
    *((days, "refused") for days in (150, 90)),
    (47, "appealed"),
    *((days, "returned") for days in (20, 6)),
    *((days, "notice") for days in (13, 12, 12)),
    (16, "objection"),
    *((days, "decide") for days in (24, 22)),
    *((days, "verify") for days in (2, 1)),
    (40, "overdue"),
    (9, "visit"),
    (3, "draft"),
    (30, "withdrawn"),
)
# Of women whose household is on file by then.
FESTIVAL = (*range(88, 64, -2), *range(60, 46, -3), 43, 41, 30, 26, 12, 10)
OTHERS = (
    *((days, "paid", ProgrammeKind.TEMPORARY) for days in (95, 88, 60, 57, 44, 41)),
    *((days, "paid", ProgrammeKind.EMERGENCY) for days in (90, 83, 61, 55, 43)),
    *((days, "decided", ProgrammeKind.EMERGENCY) for days in (18, 16)),
    *((days, "verify", ProgrammeKind.TEMPORARY) for days in (5, 2)),
    (14, "refused", ProgrammeKind.TEMPORARY),
    (8, "returned", ProgrammeKind.EMERGENCY),
)
# The first woman whose story ends so can be signed in as.
_PRINTED = {
    "done": "已建档",
    "returned": "困难申请待补材料",
    "notice": "困难申请公示中",
    "appealed": "困难申请申诉中",
    "paid": "帮扶款已支付",
}
_AFTER_AN_EVENT = (ProgrammeKind.TEMPORARY, ProgrammeKind.EMERGENCY)
_WITH_A_FILE = (ProgrammeKind.FILING, *_AFTER_AN_EVENT)
_MISSING = {
    ProgrammeKind.FILING: ("bills", "请补充近三个月的医疗费票据，拍照即可。"),
    ProgrammeKind.EMERGENCY: ("identity", "请补充本人身份证正反面照片。"),
}
_cards = count(500)


@dataclass
class Story:
    """One application of one woman."""

    scene: object
    her: object
    code: str
    application: Application | None = None

    def case(self) -> Case:
        """As it stands now."""
        found = Case.objects.unscoped().select_related("worker__user", "desk", "route", "authorisation", "organization")
        return found.get(pk=self.application.case_id)

    def at(self, days_ago: int, happens: Callable, hour: int = 10) -> None:
        moment = self.scene.day(days_ago, hour)
        self.scene.context.at(moment, lambda: happens(moment))


def plan(scene) -> None:
    women = iter(scene.women)
    filed, printed = [], dict(_PRINTED)
    for place, (days, end) in enumerate(FILINGS):
        story = Story(scene, next(women), scene.programmes[ProgrammeKind.FILING.value].code)
        _plan_filing(story, place, days, end)
        _print(scene, story, printed.pop(end, ""))
        if end == "done":
            filed.append(story.her)
    for her, days in zip(filed, FESTIVAL, strict=False):
        story = Story(scene, her, scene.programmes[ProgrammeKind.FESTIVAL_CARE.value].code)
        _plan_short(story, days, "decided")
    for place, (days, end, kind) in enumerate(OTHERS):
        story = Story(scene, next(women), scene.programmes[kind.value].code)
        _plan_short(story, days, end, place=place)
        _print(scene, story, printed.pop(end, ""))


def _print(scene, story: Story, words: str) -> None:
    if words:
        scene.context.worker_can_sign_in(story.her.phone, f"女职工，{words}")


def _plan_filing(story: Story, place: int, days: int, end: str) -> None:
    """Draft and hand in; check, visit, notice, decide; each a few days after the other."""
    story.at(days, lambda now: _begin(story, now, place), hour=9)
    if end == "draft":
        return
    story.at(days, lambda now: _hand_in(story, now), hour=9)
    if end == "withdrawn":
        story.at(days - 4, lambda now: casework.withdraw(story.case(), by=story.her.user, now=now))
    if end in ("verify", "withdrawn"):
        return
    if end == "returned":
        story.at(days - 1, lambda now: _return(story, now))
        return
    if place % 6 == 4:
        story.at(days - 1, lambda now: _return(story, now))
        story.at(days - 3, lambda now: _give_again(story, now))
    story.at(days - 4, lambda now: _check(story, now))
    if end in ("overdue", "visit"):
        return
    story.at(days - 6, lambda now: _visit(story, now))
    if end in ("refused", "appealed"):
        story.at(days - 9, lambda now: _refuse(story, now, "入户了解到的家庭人均收入高于当地困难标准，本次不予建档。"))
        if end == "appealed":
            story.at(days - 15, lambda now: _appeal(story, now))
        return
    story.at(days - 8, lambda now: _publish(story, now))
    if end == "objection":
        story.at(days - 9, lambda now: _object(story, now))
    if end in ("notice", "objection"):
        return
    # Three working days are over by then, even across the long holidays.
    story.at(days - 22, lambda now: casework.end_due_notices(now=now), hour=1)
    if end == "done":
        story.at(days - 23 - 2 * (place % 5), lambda now: _approve(story, now))


def _plan_short(story: Story, days: int, end: str, *, place: int = 0) -> None:
    story.at(days, lambda now: _begin(story, now, place), hour=9)
    story.at(days, lambda now: _hand_in(story, now), hour=9)
    if end == "verify":
        return
    if end == "returned":
        story.at(days - 1, lambda now: _return(story, now))
        return
    story.at(days - 2, lambda now: _check(story, now))
    if end == "refused":
        story.at(days - 4, lambda now: _refuse(story, now, "费用发生在受理期限以前，不符合本方案的规定。"))
    else:
        story.at(days - 3 - days % 3, lambda now: _approve(story, now))


def _begin(story: Story, now, place: int) -> None:
    """She signs in, agrees to the notice, gives an account, and says what the programme asks."""
    story.her = her = sign_up(story.her, story.scene.context)
    notice = current_notice(Purpose.RELIEF, now=now)
    give_consent(her.user, purpose=Purpose.RELIEF, notice=notice, language="zh-hans", now=now)
    _account(her, now)
    story.application = applying.begin_application(her, code=story.code, by=her.user, now=now)
    kind = story.application.programme.kind
    if kind in _WITH_A_FILE:
        demo_households.fill(live_file(her), place, by=her.user, now=now)
    if kind in _AFTER_AN_EVENT:
        demo_households.answer(story.application, place, by=her.user, now=now)
    for one in story.application.programme.documents:
        if one["required"]:
            paper = ContentFile(_paper(), name=f"{one['kind']}.jpg")
            documents.attach(story.case(), kind=one["kind"], upload=paper, by=her.user, now=now)


def _account(her, now) -> None:
    if her.accounts.filter(current=True).exists():
        return
    body = f"620099{next(_cards):012d}"
    set_account(
        her,
        holder=her.name,
        bank="示例银行",
        bank_branch="城关支行",
        number=body + luhn_digit(body),
        by=her.user,
        now=now,
    )


def _paper() -> bytes:
    """A photo of a sheet of paper, as a telephone would send it."""
    image = Image.new("RGB", (360, 480), "white")
    pen = ImageDraw.Draw(image)
    for line in range(60, 420, 24):
        pen.rectangle((40, line, 320 - line % 70, line + 8), fill="black")
    target = BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


def _hand_in(story: Story, now) -> None:
    casework.submit(story.case(), by=story.her.user, now=now)


def _return(story: Story, now) -> None:
    asked = [casework.AskedItem(*_MISSING[story.application.programme.kind])]
    casework.return_case(story.case(), items=asked, by=story.scene.officer(story.case()), now=now)


def _give_again(story: Story, now) -> None:
    case = story.case()
    paper = ContentFile(_paper(), name="bills.jpg")
    documents.attach(
        case, kind="bills", upload=paper, by=story.her.user, now=now, request=case.requested.get(item="bills")
    )
    casework.resubmit(story.case(), by=story.her.user, now=now)


def _check(story: Story, now) -> None:
    casework.pass_step(story.case(), by=story.scene.officer(story.case()), now=now)


def _visit(story: Story, now) -> None:
    case = story.case()
    officer = story.scene.officer(case)
    reviewing.record_visit(
        story.application,
        visited_on=now.date(),
        companion="示例社工",
        met="本人",
        finding="居住情况、家庭成员与申报情况一致。",
        agrees=True,
        by=officer,
        now=now,
    )
    _exclusions(story, now)
    casework.pass_step(story.case(), by=officer, now=now)


def _exclusions(story: Story, now) -> None:
    """Looked into by the colleague who doesn't decide."""
    case = story.case()
    for code in test_for(case.organization).exclusions:
        reviewing.check_exclusion(
            story.application,
            code=code,
            result=CheckResult.ABSENT,
            by=story.scene.officer(case, second=True),
            now=now,
        )


def _publish(story: Story, now) -> None:
    case = story.case()
    casework.publish_notice(
        organization=case.desk, service=case.service, cases=[case], by=story.scene.officer(case), now=now
    )


def _object(story: Story, now) -> None:
    objections.receive(
        story.case().notice_lines.get(),
        about="income",
        text="听说她家还有一处门面在出租，请核实。",
        contact="",
        form=f"demo-{story.application.pk}",
        now=now,
    )


def _refuse(story: Story, now, reason: str) -> None:
    case = story.case()
    casework.refuse(case, by=story.scene.officer(case), now=now, reason=reason)


def _appeal(story: Story, now) -> None:
    casework.appeal(story.case(), by=story.her.user, now=now, reason="当月收入含一次性补发工资，请重新核算。")


def _approve(story: Story, now) -> None:
    """What still stands in the way is looked into first: exclusions of a household that isn't on file, overlaps."""
    case, officer = story.case(), story.scene.officer(story.case())
    application = story.application
    application.refresh_from_db()
    if application.programme.kind != ProgrammeKind.FILING and application.household.state == "draft":
        _exclusions(story, now)
    for overlap in undecided(overlaps_of(application, now=now)):
        reviewing.decide_overlap(
            application,
            other=overlap.key,
            choice="allow",
            reason="两项帮扶用途不同，可以同时享受。",
            by=officer,
            now=now,
        )
    casework.approve(case, by=officer, now=now)
