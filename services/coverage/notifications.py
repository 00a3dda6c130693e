"""What officers are told of their union's term of office. No name of a person stands in it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.messaging.actions import Letter, notify, notify_many
from services.messaging.enums import Channel
from services.messaging.registry import declare


def _declare(key: str, description, *, slots: tuple[str, ...] = ("union",), channels=(), **said) -> str:
    return declare(key, description, slots=slots, channels=channels, **said).key


APPROVED = _declare(
    "coverage-approved",
    _("To the unit: its women workers' committee was approved"),
    zh=("女职工委员会已批复", "{union} 女职工委员会的选举结果已经上级工会批复。"),
    en=("A women workers' committee was approved", "The women workers' committee of {union} was approved."),
)
RETURNED = _declare(
    "coverage-returned",
    _("To the unit: the election of its women workers' committee was returned"),
    zh=("女职工委员会报批被退回", "{union} 女职工委员会的报批被退回，退回意见写在该工会的页面上。请修改后重新报送。"),
    en=("An election was returned", "The election of {union} was returned; the reasons stand on its page."),
)
TERM_ENDS = _declare(
    "coverage-term-ends",
    _("To the unit: the term of its women workers' organisation ends soon"),
    zh=("女职工组织即将届满", "{union} 女职工组织本届任期将于 {day} 届满，请及时筹备换届。"),
    en=("A term of office ends soon", "The term of {union} ends on {day}. Please prepare the next one in time."),
    slots=("union", "day"),
)
TERM_OVERDUE = _declare(
    "coverage-term-overdue",
    _("To the unit: the term of its women workers' organisation is over"),
    zh=("女职工组织已超期未换届", "{union} 女职工组织本届任期已于 {day} 届满，尚未换届。请尽快筹备换届。"),
    en=("A term of office is over", "The term of {union} ended on {day} and no next one is there. Please prepare it."),
    slots=("union", "day"),
)
REMINDER = _declare(
    "coverage-reminder",
    _("To a union's officers: something about its women workers' organisation is open"),
    zh=(
        "女职工组织建设提醒",
        "{sender}提醒您：{union}“{about}”。请登录木棉后台办理或更正；如情况不符，请联系{sender}。",
    ),
    en=(
        "A reminder about your women workers' organisation",
        "{sender} reminds you: {union}, “{about}”. Sign in to put it right; if it isn't so, ask {sender}.",
    ),
    slots=("union", "about", "sender"),
    channels=(Channel.SMS,),
)
ASSESSMENT_UP = _declare(
    "coverage-assessment-up",
    _("To the federation above: a union handed up its self-assessment"),
    zh=("有规范化自评待审核", "{union} 已上报{year}年规范化建设自评，请登录审核。"),
    en=("A self-assessment waits for review", "{union} handed up its self-assessment of {year}. Please review it."),
    slots=("union", "year"),
)
ASSESSMENT_BACK = _declare(
    "coverage-assessment-back",
    _("To the unit: its self-assessment was returned"),
    zh=("规范化自评被退回", "{union} {year}年规范化建设自评被退回，退回意见写在自评页面上。请修改后重新上报。"),
    en=(
        "A self-assessment was returned",
        "The self-assessment of {union} for {year} was returned; the reasons stand on its page.",
    ),
    slots=("union", "year"),
)
ASSESSMENT_REVIEWED = _declare(
    "coverage-assessment-reviewed",
    _("To the unit: its self-assessment was reviewed"),
    zh=("规范化自评已审核", "{union} {year}年规范化建设自评已审核，得分写在自评页面上。"),
    en=("A self-assessment was reviewed", "The self-assessment of {union} for {year} was reviewed; see its page."),
    slots=("union", "year"),
)


def record_url(union) -> str:
    return reverse("coverage_records:one", args=[union.code])


def tell_filer(key: str, term) -> None:
    """Whoever filed the election learns what was decided."""
    if term.filed_by is None:
        return
    union = term.committee.organization
    about = f"{term.pk}-{term.filed_at:%Y%m%d%H%M%S}"
    notify(key, to=term.filed_by, context={"union": union.name}, dedupe_key=about, link=record_url(union))


def _of_assessment(assessment, user, *, page: str) -> Letter:
    """Each time it changes hands is told once."""
    union = assessment.organization
    return Letter(
        to=user,
        context={"union": union.name, "year": assessment.year},
        dedupe_key=f"{assessment.pk}-{assessment.edition}",
        link=reverse(f"coverage_standard:{page}", args=[union.code, assessment.year]),
    )


def tell_reviewers(assessment, users: Sequence) -> None:
    """Those who may review it; whoever handed it up herself isn't among them."""
    others = [user for user in users if user.pk != assessment.submitted_by_id]
    if others:
        notify_many(ASSESSMENT_UP, [_of_assessment(assessment, user, page="review") for user in others])


def tell_of_assessment(key: str, assessment) -> None:
    """Whoever handed it up learns what became of it."""
    if assessment.submitted_by is not None:
        notify_many(key, [_of_assessment(assessment, assessment.submitted_by, page="assessment")])


def tell_officers(key: str, letters: Sequence[tuple[object, object]], *, stage: int) -> int:
    """One letter to each of these officers about the end of a term; the same stage is told once."""
    written = [
        Letter(
            to=user,
            context={"union": term.committee.organization.name, "day": term.ends_on},
            dedupe_key=f"{term.pk}-{term.ends_on:%Y%m%d}-{stage}",
            link=record_url(term.committee.organization),
        )
        for user, term in letters
    ]
    if written:
        notify_many(key, written)
    return len(written)
