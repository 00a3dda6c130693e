"""Where Wagtail asks before it publishes, hands out a document, or shows the checker of accessibility."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.models import Page

from services.foundation import clock
from services.publishing.actions.files import AT_ONCE_BYTES, look_into
from services.publishing.actions.guard import hold_back, review
from services.publishing.enums import FileState, Through
from services.publishing.models import FileScan, Hold


def before_publishing(request, page: Page):
    """The draft is saved already. Held back, she comes back to the editor, with every place beside its field."""
    seen = review(page)
    if seen.cleared:
        return None
    later = page.go_live_at and page.go_live_at > clock.now()
    hold = hold_back(
        page,
        seen,
        through=Through.SCHEDULE if later else Through.PUBLISH,
        by=request.user,
        revision_id=page.latest_revision_id,
    )
    _say(request, [hold])
    return redirect("wagtailadmin_pages:edit", page.pk)


def _say(request, holds: list[Hold]) -> None:
    for hold in holds:
        count = hold.places
        words = ngettext(
            "“%(title)s” isn't published: %(count)s place needs a second look. Your draft is saved.",
            "“%(title)s” isn't published: %(count)s places need a second look. Your draft is saved.",
            count,
        ) % {"title": hold.title, "count": count}
        button = messages.button(reverse("publishing_desk:one", args=[hold.pk]), _("See what was found"))
        messages.error(request, words, buttons=[button])


def before_bulk_action(request, action_type: str, objects, action):
    """Of many pages none is published while one of them is held back: she is told which."""
    if action_type != "publish" or not objects or not isinstance(objects[0], Page):
        return None
    pages = list(objects)
    if action.cleaned_form and action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in objects for below in page.get_descendants().not_live()]
    holds = [hold for page in pages if (hold := _held(request, page))]
    if not holds:
        return None
    _say(request, holds)
    return redirect(action.next_url)


def _held(request, page: Page) -> Hold | None:
    if not page.permissions_for_user(request.user).can_publish():
        return None
    content = page.get_latest_revision_as_object()
    seen = review(content)
    if seen.cleared:
        return None
    return hold_back(content, seen, through=Through.BULK, by=request.user, revision_id=page.latest_revision_id)


def before_moving(request, page: Page, destination: Page) -> None:
    """Wagtail shows the page it asks about, draft or not, to whoever has the desk; it checks only what is sent."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


def before_serving(document, request):
    """A file goes out once it was looked into and nothing was found, or it was signed. Those who keep it may open it
    before: else nobody could look at what is held back."""
    row = FileScan.objects.filter(document=document.pk).first()
    waits = row is None or row.state == FileState.WAITING or row.file_name != document.file.name
    if waits and (document.get_file_size() or 0) <= AT_ONCE_BYTES:
        row = look_into(document.pk, now=clock.now())
    if row and row.state == FileState.CLEAN and row.file_name == document.file.name:
        return
    user = request.user
    if (
        user.is_authenticated
        and not user.is_worker
        and document_policy.user_has_permission_for_instance(user, "change", document)
    ):
        return
    raise Http404


class Checker(ContentCheckerItem):
    """Wagtail's checker with what a page of ours must have besides: a description for each picture that is more than
    the name of a file, headings in their order, a language, enough contrast."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "image-redundant-alt",
        "page-has-heading-one",
        "html-has-lang",
        "color-contrast",
        "list",
        "td-headers-attr",
        "duplicate-id-aria",
    ]
    axe_custom_checks = [
        {
            "id": "check-image-alt-text",
            "options": {
                "pattern": r"\.(avif|gif|heic|jpg|jpeg|png|svg|webp)$|_"
                r"|^(图片|照片|图像|图|截图|微信图片|未命名|image|photo|img|dsc)\s*\d*$"
            },
        },
        {"id": "check-empty-meta-description"},
    ]
    axe_messages = ContentCheckerItem.axe_messages | {
        "image-alt": {
            "error_name": gettext_lazy("A picture has no description"),
            "help_text": gettext_lazy("Say what it shows, for those who can't see it; or mark it as decoration"),
        },
        "image-redundant-alt": {
            "error_name": gettext_lazy("A description repeats the words beside it"),
            "help_text": gettext_lazy("Say what the picture adds, or mark it as decoration"),
        },
        "page-has-heading-one": {
            "error_name": gettext_lazy("The page has no main heading"),
            "help_text": gettext_lazy("Give the page a title"),
        },
        "html-has-lang": {
            "error_name": gettext_lazy("The page doesn't say in what language it is"),
            "help_text": gettext_lazy("Tell whoever runs the portal"),
        },
        "color-contrast": {
            "error_name": gettext_lazy("Words stand out too little from their ground"),
            "help_text": gettext_lazy("Use the colours of the site"),
        },
        "list": {
            "error_name": gettext_lazy("A list holds something that is no item of it"),
            "help_text": gettext_lazy("Make the list again with the button for lists"),
        },
        "td-headers-attr": {
            "error_name": gettext_lazy("A table names headings that it doesn't have"),
            "help_text": gettext_lazy("Make the table again with a row of headings"),
        },
        "duplicate-id-aria": {
            "error_name": gettext_lazy("Two parts of the page bear the same name"),
            "help_text": gettext_lazy("Tell whoever runs the portal"),
        },
    }


def check_accessibility(request, items, page=None) -> None:
    """Our checker in place of Wagtail's."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = Checker(in_editor=item.in_editor)
