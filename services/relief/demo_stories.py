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
from services.relief import demo_plan as planned
from services.relief.actions import applying, reviewing
from services.relief.enums import CheckResult
from services.relief.models import Application
from services.relief.queries import live_file, test_for
from services.relief.queries.overlaps import overlaps_of, undecided
from services.workers.demo import sign_up

_cards = count(500)
_sheets = count(1)
_SIDE = 320


@dataclass
class Story:
    """One application of one woman."""

    scene: object
    her: object
    kind: str
    application: Application | None = None

    def case(self) -> Case:
        """As it stands now."""
        found = Case.objects.unscoped().select_related("worker__user", "desk", "route", "authorisation", "organization")
        return found.get(pk=self.application.case_id)

    def at(self, days_ago: int, happens: Callable, hour: int = 10) -> None:
        moment = self.scene.day(days_ago, hour)
        self.scene.context.at(moment, lambda: happens(moment))


def plan(scene) -> dict[tuple[str, str], Story]:
    """Leaves the first story of each programme and end, for what comes after the decision."""
    women, printed, filed, told = iter(scene.women), dict(planned.PRINTED), [], {}
    for place, (days, end) in enumerate(planned.FILINGS):
        story = Story(scene, next(women), planned.FILING)
        _plan_filing(story, place, days, end)
        told.setdefault((story.kind, end), story)
        _print(story, printed.pop((planned.FILING, end), ""))
        if end == "done":
            filed.append(story.her)
    for her, days in zip(filed, planned.FESTIVAL, strict=False):
        _plan_short(Story(scene, her, planned.FESTIVAL_CARE), days, "decided")
    for kind, stories in ((planned.SINGLE, planned.OF_SINGLE_MOTHERS), (planned.STUDY, planned.OF_STUDENTS_ON_FILE)):
        for place, days, end in stories:
            _plan_short(Story(scene, filed[place], kind), days, end)
    for place, (days, end, kind) in enumerate(planned.OTHERS):
        story = Story(scene, next(women), kind)
        _plan_short(story, days, end, place=place)
        told.setdefault((kind, end), story)
        _print(story, printed.pop((kind, end), ""))
    return told


def _print(story: Story, words: str) -> None:
    if words:
        story.scene.context.worker_can_sign_in(story.her.phone, f"女职工，{words}")


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
        story.at(days - 9, lambda now: _refuse(story, now))
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
    if end == "draft":
        return
    story.at(days, lambda now: _hand_in(story, now), hour=9)
    if end == "verify":
        return
    if end == "returned":
        story.at(days - 1, lambda now: _return(story, now))
        return
    story.at(days - 2, lambda now: _check(story, now))
    if end == "refused":
        story.at(days - 4, lambda now: _refuse(story, now))
    else:
        story.at(days - 3 - days % 3, lambda now: _approve(story, now))


def _begin(story: Story, now, place: int) -> None:
    """She signs in, agrees to the notice, gives an account, and says what the programme asks."""
    story.her = her = sign_up(story.her, story.scene.context)
    notice = current_notice(Purpose.RELIEF, now=now)
    give_consent(her.user, purpose=Purpose.RELIEF, notice=notice, language="zh-hans", now=now)
    _account(her, now)
    code = story.scene.programmes[story.kind.value].code
    story.application = applying.begin_application(her, code=code, by=her.user, now=now)
    if story.kind in planned.WITH_A_FILE:
        demo_households.fill(live_file(her), place, by=her.user, now=now)
    if story.kind in planned.AFTER_AN_EVENT:
        demo_households.answer(story.application, place, by=her.user, now=now)
    if story.kind == planned.STUDY:
        demo_households.name_student(story.application, place, by=her.user, now=now)
    case, alone = story.case(), live_file(her).single_parent
    for one in story.application.programme.documents:
        if one["required"] and (not one["when"] or (one["when"] == "single_parent" and alone)):
            documents.attach(case, kind=one["kind"], upload=_paper(one["kind"]), by=her.user, now=now)


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


def _paper(kind: str) -> ContentFile:
    """A photo of a sheet of paper, as a telephone would send it: small, and no two alike, for the very same file in
    two cases is pointed out to whoever decides."""
    sheet = next(_sheets)
    image = Image.new("L", (_SIDE, _SIDE), "white")
    pen = ImageDraw.Draw(image)
    for row in range(13):
        pen.rectangle((20, 30 + 20 * row, 280 if sheet >> row & 1 else 160, 36 + 20 * row), fill="black")
    target = BytesIO()
    image.save(target, "JPEG", quality=60)
    return ContentFile(target.getvalue(), name=f"{kind}.jpg")


def _hand_in(story: Story, now) -> None:
    casework.submit(story.case(), by=story.her.user, now=now)


def _return(story: Story, now) -> None:
    asked, case = [casework.AskedItem(*planned.MISSING[story.kind])], story.case()
    casework.return_case(case, items=asked, by=story.scene.officer(case), now=now)


def _give_again(story: Story, now) -> None:
    case = story.case()
    asked = case.requested.get(item="bills")
    documents.attach(case, kind="bills", upload=_paper("bills"), by=story.her.user, now=now, request=asked)
    casework.resubmit(case, by=story.her.user, now=now)


def _check(story: Story, now) -> None:
    case = story.case()
    casework.pass_step(case, by=story.scene.officer(case), now=now)


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
    _exclusions(story, case, now)
    casework.pass_step(case, by=officer, now=now)


def _exclusions(story: Story, case: Case, now) -> None:
    """Looked into by the colleague who doesn't decide."""
    found = dict.fromkeys(test_for(case.organization).exclusions, CheckResult.ABSENT)
    by = story.scene.officer(case, second=True)
    reviewing.check_exclusions(story.application, results=found, by=by, now=now)


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


def _refuse(story: Story, now) -> None:
    case = story.case()
    casework.refuse(case, by=story.scene.officer(case), now=now, reason=planned.REFUSED[story.kind])


def _appeal(story: Story, now) -> None:
    casework.appeal(story.case(), by=story.her.user, now=now, reason="当月收入含一次性补发工资，请重新核算。")


def _approve(story: Story, now) -> None:
    """What still stands in the way is looked into first: exclusions of a household that isn't on file, overlaps."""
    case, application = story.case(), story.application
    officer = story.scene.officer(case)
    application.refresh_from_db()
    if story.kind != planned.FILING and application.household.state == "draft":
        _exclusions(story, case, now)
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
