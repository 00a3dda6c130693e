"""The eleven blocks that editors build a page from. Each has its template in cms_pages/blocks/.

The twelfth is the list on the home page (``models.home``). Headings stand in the text, where editors and pasted
papers have them; one picture is a gallery of one.
"""

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms_pages.media import is_video

RICH_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
TEXT_FEATURES = ["h2", "h3", *RICH_FEATURES]


class RowBlock(blocks.StructBlock):
    """A part of a list. A comparison of versions names its parts by their labels, not by their keys."""

    def render_basic(self, value, context=None):
        parts = [(self.child_blocks[name].label, value.bound_blocks[name].render(context)) for name in value]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", parts))


class MomentBlock(blocks.DateTimeBlock):
    """Understands at once what the form sends. Wagtail keeps it as text until it is cleaned, and text is never equal to
    a moment: a page with a programme would count as changed by whoever approves it from the editor, and she as one of
    its authors, who may not sign."""

    def value_from_form(self, value):
        try:
            return self.field.to_python(value)
        except ValidationError:
            return value  # said beside the field when it is cleaned


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**({"features": TEXT_FEATURES} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms_pages/blocks/paragraph.html"


class PictureBlock(RowBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(
        label=_("Caption"), required=False, max_length=120, help_text=_("Who took it, where and when.")
    )

    class Meta:
        icon = "image"
        label = _("Image")


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(
        PictureBlock(),
        label=_("Images"),
        min_num=1,
        max_num=24,
        help_text=_("One is shown large, several side by side. What each shows is read aloud to those who can't see."),
    )

    class Meta:
        icon = "image"
        label = _("Pictures")
        template = "cms_pages/blocks/gallery.html"


class VideoBlock(blocks.StructBlock):
    video = DocumentChooserBlock(
        label=_("Video file"),
        help_text=_("MP4 or WebM from the documents of this site. Others' players aren't embedded."),
    )
    poster = ImageBlock(label=_("Picture before it plays"), required=False)
    caption = blocks.CharBlock(
        label=_("Caption"), max_length=120, help_text=_("What the film shows, and how long it is.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions for the deaf"), required=False, help_text=_("A file of captions (VTT), if there is one.")
    )
    transcript = blocks.TextBlock(
        label=_("What is said"),
        required=False,
        max_length=6000,
        help_text=_(
            "The spoken words, for those who can't hear them or have no data left. Needed where captions are missing."
        ),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if not is_video(cleaned["video"].filename):
            errors["video"] = ValidationError(_("This document is no video: choose an MP4 or WebM file."))
        if cleaned["captions"] and not cleaned["captions"].filename.lower().endswith(".vtt"):
            errors["captions"] = ValidationError(_("Captions come as a VTT file."))
        if not cleaned["captions"] and not cleaned["transcript"].strip():
            errors["transcript"] = ValidationError(_("Write down what is said, or choose a file of captions."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms_pages/blocks/video.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("info", _("Note")),
            ("needs", _("Needs attention")),
            ("good", _("Good news")),
            ("quote", _("Quotation")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=60)
    text = blocks.TextBlock(label=_("Text"), max_length=400)
    source = blocks.CharBlock(label=_("Said by"), required=False, max_length=60, help_text=_("For a quotation."))

    class Meta:
        icon = "openquote"
        label = _("Highlighted box or quotation")
        template = "cms_pages/blocks/callout.html"


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(
        RowBlock(
            [
                ("title", blocks.CharBlock(label=_("Step"), max_length=60)),
                ("text", blocks.RichTextBlock(label=_("Explanation"), required=False, features=["bold", "link", "ul"])),
            ]
        ),
        label=_("Steps"),
        min_num=2,
        max_num=9,
    )

    class Meta:
        icon = "list-ol"
        label = _("Numbered steps")
        template = "cms_pages/blocks/steps.html"


class FactsBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Heading of the table"), max_length=60)
    facts = blocks.ListBlock(
        RowBlock(
            [
                ("name", blocks.CharBlock(label=_("What"), max_length=40)),
                ("value", blocks.CharBlock(label=_("Fact"), max_length=200)),
            ]
        ),
        label=_("Facts"),
        min_num=1,
        max_num=20,
    )

    class Meta:
        icon = "table"
        label = _("Table of facts")
        template = "cms_pages/blocks/facts.html"


class FilesBlock(blocks.StructBlock):
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1, max_num=10)

    class Meta:
        icon = "doc-full"
        label = _("Documents to download")
        template = "cms_pages/blocks/files.html"


class ScheduleBlock(blocks.StructBlock):
    entries = blocks.ListBlock(
        RowBlock(
            [
                ("starts", MomentBlock(label=_("Starts"))),
                ("title", blocks.CharBlock(label=_("What happens"), max_length=80)),
                (
                    "place",
                    blocks.CharBlock(
                        label=pgettext_lazy("where something happens", "Place"), required=False, max_length=80
                    ),
                ),
                ("note", blocks.CharBlock(label=_("Note"), required=False, max_length=160)),
            ]
        ),
        label=_("Programme"),
        min_num=1,
        max_num=40,
    )

    class Meta:
        icon = "calendar"
        label = _("Programme of events")
        template = "cms_pages/blocks/schedule.html"


class ContactBlock(blocks.StructBlock):
    office = blocks.CharBlock(label=_("Office"), max_length=80, help_text=_("An office, not a private person."))
    phone = blocks.RegexBlock(
        label=_("Telephone"),
        regex=r"^[0-9+\- ]{5,20}$",
        error_messages={"invalid": _("Digits, spaces and hyphens only.")},
        required=False,
    )
    hours = blocks.CharBlock(label=_("Hours"), required=False, max_length=80)
    address = blocks.CharBlock(label=_("Address"), required=False, max_length=120)

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "cms_pages/blocks/contact.html"


class FaqBlock(blocks.StructBlock):
    questions = blocks.ListBlock(
        RowBlock(
            [
                ("question", blocks.CharBlock(label=_("Question"), max_length=100)),
                ("answer", blocks.RichTextBlock(label=_("Answer"), features=RICH_FEATURES)),
            ]
        ),
        label=_("Questions"),
        min_num=1,
        max_num=20,
    )

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "cms_pages/blocks/faq.html"


class ActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Words on the button"), max_length=24)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    link = blocks.URLBlock(label=_("or another address"), required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["link"]):
            message = _("Choose a page or give an address, one of the two.")
            raise blocks.StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "link"
        label = _("Button")
        template = "cms_pages/blocks/action.html"


class BodyBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    facts = FactsBlock()
    files = FilesBlock()
    schedule = ScheduleBlock()
    contact = ContactBlock()
    faq = FaqBlock()
    action = ActionBlock()

    class Meta:
        block_counts = {"schedule": {"max_num": 3}, "gallery": {"max_num": 6}, "video": {"max_num": 3}}


# What the migrations know it as: the same value under the same key.
DECONSTRUCT_ALIASES = {MomentBlock: "wagtail.blocks.DateTimeBlock"}
