"""The forms for pictures and documents of the library: what they refuse, and with which words."""

import re

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from cms_pages.media import is_video
from services.publishing.forms import files


class PictureForm(files.PictureForm):
    """Pictures of the library: whoever can't see one has it read aloud, so each is described."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["description"].required = True
        self.fields["description"].help_text = _("What is to be seen, in one sentence, for those who can't see it.")


class DocumentForm(files.DocumentForm):
    """Documents of the library. A video may be larger than a text; captions must be captions."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if not is_video(file.name) and file.size > settings.DOCUMENT_MAX_BYTES:
            raise forms.ValidationError(
                _("This file is too large (%(size)s). A document may have %(most)s, a video %(video)s."),
                code="too_large",
                params={
                    "size": filesizeformat(file.size),
                    "most": filesizeformat(settings.DOCUMENT_MAX_BYTES),
                    "video": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
                },
            )
        if file.name.lower().endswith(".vtt"):
            beginning = file.read(32)
            file.seek(0)
            if not re.match(rb"(\xef\xbb\xbf)?WEBVTT", beginning):
                raise forms.ValidationError(_("This is no file of captions: it doesn't begin with WEBVTT."))
        return file
