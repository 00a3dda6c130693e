"""Who may see what is held back, who may sign for it, who may keep sections and read the report of links."""

from django.utils.translation import gettext_lazy as _
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.permissions import page_permission_policy

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Branch, Role
from services.organizations.models import Organization
from services.publishing.enums import Subject
from services.publishing.models import Hold
from services.publishing.queries.review import is_refusing

NO_PAGES = Verdict(False, _("No post of yours has to do with public pages."))
WROTE_IT = Verdict(False, _("You wrote this, or a part of it: a second person has to look and sign."))
NOT_PUBLISHER = Verdict(False, _("Only somebody who may publish here can sign."))
UNREADABLE = Verdict(False, _("A file here can't be read at all. Nobody can answer for it; replace it."))
KEEPERS = frozenset({Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR})


def may_work_on_pages(user) -> Verdict:
    """Anybody with a right on some page; what she finds, her rights decide."""
    works = page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"})
    return ALLOWED if works and not getattr(user, "is_worker", False) else NO_PAGES


def may_sign(user, hold: Hold, subject) -> Verdict:
    """``subject`` is the page or document; the second person publishes here and wrote nothing of it."""
    if any(map(is_refusing, hold.unread)):
        return UNREADABLE
    if user.pk in hold.authors:
        return WROTE_IT
    if hold.subject_type == Subject.PAGE:
        publishes = subject.permissions_for_user(user).can_publish()
    else:
        publishes = page_permission_policy.user_has_permission(
            user, "publish"
        ) and document_policy.user_has_permission_for_instance(user, "change", subject)
    return ALLOWED if publishes else NOT_PUBLISHER


def may_keep_sections(user) -> Verdict:
    """Officers and administrators at the top of the union's branch."""
    tops = Organization.objects.filter(depth=1, branch=Branch.TRADE_UNION).values_list("path", flat=True)
    holds = any(scope_of(user).covers(path, roles=KEEPERS) for path in tops)
    return ALLOWED if holds or user.is_superuser else Verdict(False, _("Sections are kept at the top of the union."))
