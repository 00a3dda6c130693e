"""What officers are told of their reports. Places are named, people aren't."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.messaging.actions import notify
from services.messaging.registry import declare

RETURNED = declare(
    "indicators-report-returned",
    _("To who signed: the monitoring report was sent back"),
    slots=("place", "year"),
    channels=(),
    zh=("统计监测报表被退回", "{place}{year}年统计监测报表被退回，退回意见写在报表页面上。请修改后重新上报。"),
    en=("A monitoring report was sent back", "The report of {place} for {year} was sent back; its page says why."),
).key


def page_of(report) -> str:
    return reverse("indicators_desk:one", args=[report.place.round.year, report.place.organization.code])


def tell_returned(report) -> None:
    """Whoever signed it."""
    if report.signed_by is None:
        return
    notify(
        RETURNED,
        to=report.signed_by,
        context={"place": report.place.organization.name, "year": report.place.round.year},
        dedupe_key=f"{report.pk}-{report.changes}",
        link=page_of(report),
    )
