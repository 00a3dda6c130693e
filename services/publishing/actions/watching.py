"""The one gate that nothing public comes around: whatever is saved as live, or set to go live, is looked at first.

Wagtail has many ways to publish (button, clock, approval, many at once, API, copies, aliases, a page saved by code);
all of them save a page that is live, or a revision with the time at which it goes live.
"""

from django.core.files.base import ContentFile
from django.utils.crypto import get_random_string
from wagtail.models import DraftStateMixin, Page, Revision

from services.foundation import clock
from services.publishing.actions import files, guard
from services.publishing.errors import PublicationHeld
from services.publishing.rules.numbers import find_numbers
from services.publishing.rules.photos import without_remarks

# Saved without a word changing: locks, counters, places in the tree, what the latest draft is called.
# fmt: off
_KEEPING = frozenset(
    {
        "locked", "locked_at", "locked_by", "numchild",
        "path", "depth", "url_path", "latest_revision",
        "latest_revision_created_at", "draft_title", "has_unpublished_changes", "live_revision",
        "first_published_at", "last_published_at", "expired", "expire_at",
        "owner", "alias_of", "alias_of_id", "translation_key",
        "content_type", "show_in_menus", "go_live_at",
    }
)
# fmt: on


def before_saving(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """``pre_save`` of every model: a page that would be public must be cleared.

    A new one that isn't becomes a draft, so that nothing typed is lost; saving an old one is refused.
    """
    if raw or not isinstance(instance, Page) or not instance.live:
        return
    if update_fields is not None and not set(update_fields) - _KEEPING:
        return
    # Read anew: a page keeps what was once read of its own kind, with the address it had before it was moved.
    told_apart = type(instance) is not Page or instance._state.adding
    content = instance if told_apart else Page.objects.get(pk=instance.pk).specific
    if guard.review(content).cleared:
        return
    if not instance._state.adding:
        raise PublicationHeld(content, revision_id=instance.live_revision_id)
    instance.live, instance.has_unpublished_changes = False, True
    instance.live_revision = instance.first_published_at = instance.last_published_at = None


def before_scheduling(sender, instance: Revision, raw=False, update_fields=None, **kwargs) -> None:
    """``pre_save`` of a revision: what is set to go live by itself must be cleared already."""
    if raw or instance.approved_go_live_at is None:
        return
    if update_fields is not None and "approved_go_live_at" not in update_fields:
        return
    content = instance.as_object()
    if isinstance(content, Page) and isinstance(content, DraftStateMixin):
        guard.insist_cleared(content, revision_id=instance.pk)


def after_publishing(sender, instance, **kwargs) -> None:
    """Published or taken down: holds of it stand no longer. (``page_published`` of an alias comes here as well.)"""
    guard.overtake(instance, now=clock.now())


def after_saving_document(sender, instance, created=False, raw=False, **kwargs) -> None:
    """``post_save`` of a document: new bytes are held back until they were looked into."""
    if raw:
        return
    known = getattr(instance, "scan", None) if not created else None
    if known is None or known.file_name != instance.file.name:
        files.take_in(instance, by=getattr(instance, "handed_in_by", None))


def before_saving_picture(sender, instance, raw=False, **kwargs) -> None:
    """``pre_save`` of a picture: where and with what it was taken is no reader's business, nor a number in its name."""
    file = instance.file
    if raw or not file or file._committed:
        return
    file.seek(0)
    data = file.read()
    clean = without_remarks(data)
    file.seek(0)
    name = file.name
    if find_numbers(name, today=clock.today()):
        ending = name.rpartition(".")[2]
        name = f"{get_random_string(8).lower()}.{ending}"
    if clean is data and name == file.name:
        return
    instance.file = ContentFile(clean, name=name)
    if clean is not data:
        instance.file_hash = ""
        instance._set_image_file_metadata()
