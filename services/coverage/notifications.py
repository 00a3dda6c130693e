"""What officers are told of their union's term of office. No name of a person stands in it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.messaging.actions import Letter, notify, notify_many
from services.messaging.enums import Channel
from services.messaging.registry import MessageSpec, declare, messages


def _declare(key: str, description, *, slots: tuple[str, ...] = ("union",), **said) -> str:
    return declare(key, description, slots=slots, channels=(), **said).key


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
REMINDER = "coverage-reminder"

messages.register(
    REMINDER,
    MessageSpec(
        key=REMINDER,
        description=_("To a union's officers: something about its women workers' organisation is open"),
        channels=(Channel.SMS,),
        slots=("union", "about", "sender"),
        texts={
            "zh-hans": (
                "女职工组织建设提醒",
                "{sender}提醒您：{union}“{about}”。请登录木棉后台办理或更正；如情况不符，请联系{sender}。",
            ),
            "en": (
                "A reminder about your women workers' organisation",
                "{sender} reminds you: {union}, “{about}”. Sign in to put it right; if it isn't so, ask {sender}.",
            ),
        },
    ),
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
