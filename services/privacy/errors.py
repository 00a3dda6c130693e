"""Refusals of the privacy app."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class NoticeMissing(Refused):
    code = "notice_missing"
    for_her = _("The privacy notice for this service isn't published yet. Please ask your union.")
    for_staff = _("No privacy notice is in force for this purpose. A platform administrator can publish one.")


class NoticeSuperseded(Refused):
    code = "notice_superseded"
    for_her = _("The privacy notice has changed since you opened this page. Please read the new one.")
    for_staff = _("The privacy notice has changed. Show her the one in force.")


class ConsentNotHers(Refused):
    code = "consent_not_hers"
    for_her = _("Only you yourself, or union staff at your request, can do this.")
    for_staff = _("You can't give or withdraw this consent.")


class SignedInFuture(Refused):
    code = "signed_in_future"
    for_her = for_staff = _("The form can't have been signed after today.")


class SignedBeforeNotice(Refused):
    """Context: ``day`` on which the notice came into force."""

    code = "signed_before_notice"
    for_her = for_staff = _("The notice in force is of %(day)s: a form signed earlier agrees to older words.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_her = _("Please say why.")
    for_staff = _("Say why you need to see it, in at least %(least)s characters. The person concerned can read it.")


class TooManyLooks(Refused):
    code = "too_many_looks"
    for_her = _("Please try again later.")
    for_staff = _(
        "You have opened %(limit)s protected fields within an hour, which is the limit. Please go on later, "
        "or ask for an export."
    )


class NoticeInUse(Refused):
    code = "notice_in_use"
    for_her = _("This notice can't be changed any more.")
    for_staff = _("Somebody has agreed to this notice, so its words are fixed. Publish a new version instead.")
