"""Holds, as the desk and the editor ask for them."""

from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from services.publishing.enums import Subject
from services.publishing.models import Hold, LinkFault

_WRITES = ("add", "change", "publish")


def pages_of(user) -> QuerySet[Page]:
    """The pages she may work on."""
    return page_permission_policy.instances_user_has_any_permission_for(user, set(_WRITES))


def visible_to(user) -> QuerySet[Hold]:
    """Holds of pages and documents she may work on."""
    documents = document_policy.instances_user_has_any_permission_for(user, ["change"])
    return Hold.objects.filter(
        Q(subject_type=Subject.PAGE, subject_id__in=pages_of(user).order_by().values("pk"))
        | Q(subject_type=Subject.DOCUMENT, subject_id__in=documents.order_by().values("pk"))
    )


def listed_for(user) -> QuerySet[Hold]:
    """As ``visible_to``, with what a row shows."""
    return visible_to(user).select_related("signature")


def faults_for(user) -> QuerySet[LinkFault]:
    """Broken links on pages she may work on, with the page."""
    return LinkFault.objects.filter(page__in=pages_of(user).order_by().values("pk")).select_related("page")


def subject_of(hold: Hold):
    """The page as its own kind, or the document; None once it was deleted."""
    if hold.subject_type == Subject.PAGE:
        page = Page.objects.filter(pk=hold.subject_id).first()
        return page.specific if page else None
    return get_document_model().objects.filter(pk=hold.subject_id).first()
