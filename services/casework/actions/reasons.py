"""Words to choose from, kept by an organisation for itself and everything below it."""

from django.db import transaction
from wagtail.log_actions import log

from services.casework import policies
from services.casework.models import CannedReason


@transaction.atomic
def save_reason(reason: CannedReason | None, *, verb: str, service: str, title: str, text: str, organization, by):
    """Write new words, or change those that stand; what women have read already stays as it was.

    Raises ``PermissionDenied``, also when the words are kept where ``by`` holds no such post.
    """
    if reason is None:
        reason = CannedReason()
    else:
        reason = CannedReason.objects.select_for_update(of=("self",)).select_related("organization").get(pk=reason.pk)
        policies.may_keep_reasons_of(by, reason.organization).insist()
    policies.may_keep_reasons_of(by, organization).insist()
    reason.verb, reason.service, reason.organization = verb, service, organization
    reason.title, reason.text = title.strip(), text.strip()
    reason.save()
    log(instance=reason, action="casework.save_reason", user=by, data={"verb": verb, "title": reason.title})
    return reason


@transaction.atomic
def drop_reason(reason: CannedReason, *, by) -> None:
    """Take words off the list. Twice is once. Raises ``PermissionDenied``."""
    policies.may_keep_reasons_of(by, reason.organization).insist()
    log(instance=reason, action="casework.drop_reason", user=by, data={"verb": reason.verb, "title": reason.title})
    CannedReason.objects.filter(pk=reason.pk).delete()
