"""The form of a page taught to show what is held back beside the field it stands in."""

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField

from services.publishing.enums import Subject
from services.publishing.queries.review import parts_of, review_page, standing_hold
from services.publishing.wording import found_words, place_words, unread_words


class ShowsWhatIsHeld:
    """Mixed into the form of a page: opened while it is held back, it shows each place beside its field and block."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.instance.pk:
            self._errors = self._held() or self._errors

    def _held(self) -> ErrorDict | None:
        hold = standing_hold(Subject.PAGE, self.instance.pk)
        if hold is None or (hold.found, hold.unread) != _seen(self.instance):
            return None
        tree: dict = {}
        found, unread = parts_of(hold)
        for raw, words in (
            *zip(hold.found, ((part, found_words(part)) for part in found), strict=True),
            *zip(hold.unread, ((part, unread_words(part)) for part in unread), strict=True),
        ):
            part, said = words
            place = raw.get("at") or (part.place.figures if part.place.code == "field" else None)
            if place:
                said = f"{place_words(part.place)}: {said}" if part.place.inside else said
                _plant(tree, place["path"], said)
        errors = ErrorDict()
        for name, node in tree.items():
            if name in self.fields:
                errors[name] = ErrorList([_grown(node, _block_of(self.instance, name))])
        return errors


class HeldPageForm(ShowsWhatIsHeld, WagtailAdminPageForm):
    pass


def _seen(page) -> tuple[list, list]:
    seen = review_page(page)
    return seen.found, seen.unread


def _plant(tree: dict, path: list, said: str) -> None:
    """Hang a sentence into a tree of fields and blocks: ``{step: {"said": […], "below": {…}, "kind": …}}``."""
    below, node = tree, {}
    for step in path:
        key, kind = step if isinstance(step, list) else (step, None)
        node = below.setdefault(key, {"said": [], "below": {}, "kind": kind})
        below = node["below"]
    node["said"].append(said)


def _block_of(instance, name: str):
    field = instance._meta.get_field(name)
    return field.stream_block if isinstance(field, StreamField) else None


def _grown(node: dict, block) -> ValidationError:
    """The error of a block, with those of the blocks inside it."""
    said = [ValidationError(words) for words in node["said"]]
    if not node["below"] or block is None:
        return said[0] if len(said) == 1 else ValidationError(said)
    children = {key: _grown(child, _child(block, key, child["kind"])) for key, child in node["below"].items()}
    if isinstance(block, StreamBlock):
        return StreamBlockValidationError(block_errors=children, non_block_errors=ErrorList(said))
    if isinstance(block, StructBlock):
        return StructBlockValidationError(block_errors=children, non_block_errors=ErrorList(said))
    return ListBlockValidationError(block_errors=children, non_block_errors=ErrorList(said))


def _child(block, key, kind: str | None):
    if isinstance(block, StreamBlock):
        return block.child_blocks.get(kind)
    if isinstance(block, StructBlock):
        return block.child_blocks.get(key)
    return block.child_block if isinstance(block, ListBlock) else None
