"""What officers and teachers are told of their sites and reports. No name of a person or a child stands in it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.messaging.actions import notify
from services.messaging.registry import declare


def _declare(key: str, description, *, slots: tuple[str, ...] = ("host",), **said) -> str:
    return declare(key, description, slots=slots, channels=(), **said).key


APPLICATION_RETURNED = _declare(
    "homes-application-returned",
    _("To who applied: the site application was returned"),
    zh=("留守儿童之家申请建议书被退回", "{host} 的申请建议书被退回，退回意见写在申请页面上。请修改后重新报送。"),
    en=("A site application was returned", "The application of {host} was returned; the reasons stand on its page."),
)
APPLICATION_REJECTED = _declare(
    "homes-application-rejected",
    _("To who applied: the site application was rejected"),
    zh=("留守儿童之家申请建议书未被采纳", "{host} 的申请建议书未被采纳，理由写在申请页面上。"),
    en=("A site application was rejected", "The application of {host} was rejected; the reasons stand on its page."),
)
APPLICATION_INCLUDED = _declare(
    "homes-application-included",
    _("To who applied: the site is in the construction plan"),
    zh=("留守儿童之家已列入建设计划", "{host} 已列入全市留守儿童之家建设计划。"),
    en=("A site is in the plan", "{host} is in the city's construction plan."),
)
SUMMARY_ANSWERED = _declare(
    "homes-summary-answered",
    _("To the county: the city answered its summary report"),
    zh=("总结报告已有反馈", "市妇联已对 {county} 的总结报告给出反馈意见，请在报告页面查看。"),
    en=("A summary report was answered", "The city answered the summary report of {county}; read it on its page."),
    slots=("county",),
)


def tell_applicant(key: str, application) -> None:
    """Whoever handed it in."""
    if application.submitted_by is None:
        return
    url = reverse("childrens_homes_desk:application", args=[application.token])
    about = f"{application.pk}-{application.moved_at:%Y%m%d%H%M%S}"
    notify(key, to=application.submitted_by, context={"host": application.host.name}, dedupe_key=about, link=url)


def tell_county(summary) -> None:
    if summary.written_by is None:
        return
    url = reverse("childrens_homes_desk:summary", args=[summary.programme.year, summary.county.code, summary.version])
    notify(
        SUMMARY_ANSWERED,
        to=summary.written_by,
        context={"county": summary.county.name},
        dedupe_key=f"{summary.pk}",
        link=url,
    )
