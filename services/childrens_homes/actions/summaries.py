"""A county's summary report: begun with what the figures say, edited, sent, answered (A1.44)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.childrens_homes import errors, notifications, policies
from services.childrens_homes.actions.holding import checked, hold, hold_programme
from services.childrens_homes.enums import SummaryState
from services.childrens_homes.models import Programme, SummaryReport
from services.organizations.models import Organization


@transaction.atomic
def begin_summary(
    programme: Programme, county: Organization, *, figures: dict, title: str, sections: list, by
) -> SummaryReport:
    """The next version; ``sections`` are drafted from ``figures``. Raises ``PermissionDenied``, ``SummaryOpen``.
    Lock: the programme."""
    policies.may_act_for(by, county).insist()
    hold_programme(programme)
    rows = SummaryReport.objects.unscoped().filter(programme=programme, county=county)
    latest = rows.order_by("-version").first()
    if latest and latest.state == SummaryState.DRAFT:
        raise errors.SummaryOpen()
    summary = checked(
        SummaryReport(
            programme=programme,
            county=county,
            version=latest.version + 1 if latest else 1,
            figures=figures,
            title=title,
            sections=sections,
            written_by=by,
        )
    )
    log(instance=summary, action="childrens_homes.begin_summary", user=by)
    return summary


@transaction.atomic
def write_summary(summary: SummaryReport, *, title: str, texts: Sequence[str], by) -> SummaryReport:
    """``texts``: one for each section, in their order. Raises ``PermissionDenied``, ``SummaryClosed``, ``Invalid``."""
    summary = hold(summary, "county")
    policies.may_act_for(by, summary.county).insist()
    if summary.state != SummaryState.DRAFT:
        raise errors.SummaryClosed()
    summary.sections = [
        {"title": one["title"], "text": text.strip()} for one, text in zip(summary.sections, texts, strict=True)
    ]
    summary.title, summary.written_by = title.strip(), by
    summary = checked(summary)
    log(instance=summary, action="childrens_homes.write_summary", user=by)
    return summary


@transaction.atomic
def send_summary(summary: SummaryReport, *, by, now: datetime) -> SummaryReport:
    """To the city; from now on it stands as it is. Again: no change. Raises ``PermissionDenied``, ``SectionsOpen``."""
    summary = hold(summary, "county")
    policies.may_act_for(by, summary.county).insist()
    if summary.state == SummaryState.DRAFT:
        if empty := summary.open_sections:
            raise errors.SectionsOpen(open=_(", ").join(empty))
        summary.state, summary.sent_at = SummaryState.SENT, now
        summary.save(update_fields=["state", "sent_at"])
        log(instance=summary, action="childrens_homes.send_summary", user=by, timestamp=now)
    return summary


@transaction.atomic
def answer_summary(summary: SummaryReport, *, feedback: str, by, now: datetime) -> SummaryReport:
    """The city's words; whoever wrote it is told. Raises ``PermissionDenied``, ``NotSent``, ``ReasonMissing``."""
    summary = hold(summary, "county", "programme", "written_by")
    policies.may_lead(by, summary.county).insist()
    if summary.state == SummaryState.DRAFT:
        raise errors.NotSent()
    if not feedback.strip():
        raise errors.ReasonMissing(field="feedback")
    summary.state, summary.feedback = SummaryState.ANSWERED, feedback.strip()
    summary.answered_by, summary.answered_at = by, now
    summary.save(update_fields=["state", "feedback", "answered_by", "answered_at"])
    log(instance=summary, action="childrens_homes.answer_summary", user=by, timestamp=now)
    notifications.tell_county(summary)
    return summary
