"""What inspectors and homes are told. Homes are named, people aren't."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.messaging.actions import Letter, notify_many
from services.messaging.registry import declare
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment


def _declare(key: str, description, *, slots: tuple[str, ...], **said) -> str:
    return declare(key, description, slots=slots, channels=(), **said).key


TO_INSPECT = _declare(
    "home-inspection-planned",
    _("To an inspector: she is sent to a home for left-behind children"),
    zh=("有新的检查验收任务", "请于 {day} 到 {home} 实地检查验收。出发前请在有网络时打开评分表，现场断网也能填写。"),
    en=(
        "A home to inspect",
        "Please inspect {home} on {day}. Open the sheet while you have a network; it can be filled in without one.",
    ),
    slots=("home", "day"),
)
PASSED = _declare(
    "home-inspection-passed",
    _("To a home: its inspection was passed"),
    zh=("检查验收合格", "{home} 的检查验收结果已确认：合格。得分和评价见检查页面。"),
    en=("The inspection was passed", "The inspection of {home} is confirmed: passed. Its page has score and remarks."),
    slots=("home",),
)
FAILED = _declare(
    "home-inspection-failed",
    _("To a home: what it has to put right, and until when"),
    zh=("检查验收不合格，请限期整改", "{home} 的检查验收结果已确认：不合格。请于 {day} 前完成整改并上传整改材料。"),
    en=("The inspection was failed", "{home} has to put its findings right by {day} and to hand in evidence."),
    slots=("home", "day"),
)
RETURNED = _declare(
    "home-finding-returned",
    _("To a home: evidence for a finding was returned"),
    zh=("整改材料被退回", "{home} 的整改材料被退回，原因见整改页面。请于 {day} 前补充后重新提交。"),
    en=("Evidence was returned", "Evidence of {home} was returned; the reason stands on its page. Due on {day}."),
    slots=("home", "day"),
)

TO_SETTLE = _declare(
    "home-inspection-differs",
    _("To the third person: two who scored blind differ"),
    zh=("两名验收员评分不一致，请复核", "{home} 的背对背评分差距超过规定，请逐项复核裁定。"),
    en=("Two inspectors differ: please settle it", "The two sheets of {home} differ beyond the limit. Please settle."),
    slots=("home",),
)


def page_of(inspection) -> str:
    return reverse("home_inspections_desk:one", args=[inspection.token])


def tell_third(inspection) -> None:
    key = f"{inspection.pk}-{inspection.third_id}"
    letter = Letter(
        to=inspection.third, context={"home": inspection.home.host.name}, dedupe_key=key, link=page_of(inspection)
    )
    notify_many(TO_SETTLE, [letter])


def tell_inspectors(inspection, users: Iterable) -> None:
    notify_many(TO_INSPECT, [_to_inspect(inspection, user) for user in users])


def tell_sent(sent: Iterable) -> None:
    """Everybody whom a draw sends somewhere. ``sent``: rows of inspectors, their visits and homes at hand."""
    rows = list(sent)
    people = get_user_model().objects.in_bulk({one.user_id for one in rows})
    letters = [_to_inspect(one.inspection, people[one.user_id]) for one in rows]
    if letters:
        notify_many(TO_INSPECT, letters)


def _to_inspect(inspection, user) -> Letter:
    context = {"home": inspection.home.host.name, "day": inspection.scheduled_on}
    key = f"{inspection.pk}-{inspection.scheduled_on:%Y%m%d}"
    return Letter(to=user, context=context, dedupe_key=key, link=page_of(inspection))


def _teachers(home) -> list:
    held = StaffAssignment.objects.filter(
        organization_id=home.host_id, role=Role.HOME_TEACHER, valid_until__isnull=True, user__is_active=True
    )
    return [one.user for one in held.select_related("user")]


def tell_home(inspection) -> None:
    home = inspection.home
    context = {"home": home.host.name}
    if not inspection.passed:
        context["day"] = inspection.due_on
    letters = [
        Letter(to=user, context=context, dedupe_key=str(inspection.pk), link=page_of(inspection))
        for user in _teachers(home)
    ]
    if letters:
        notify_many(PASSED if inspection.passed else FAILED, letters)


def tell_returned(finding) -> None:
    context = {"home": finding.home.host.name, "day": finding.due_on}
    url = reverse("home_inspections_desk:finding", args=[finding.token])
    letters = [
        Letter(to=user, context=context, dedupe_key=f"{finding.pk}-{finding.sent_at:%Y%m%d%H%M%S}", link=url)
        for user in _teachers(finding.home)
    ]
    if letters:
        notify_many(RETURNED, letters)
