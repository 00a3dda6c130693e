"""Forms of the library: titles, descriptions and names of files are public as soon as they are used."""

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from services.foundation.errors import NotKept
from services.foundation.stored import insist_it_answers
from services.publishing.forms.words import refuse_numbers


class PublicFileForm:
    """Title, description and file name of what goes into the library."""

    public_fields = ("title", "description")

    def clean(self):
        cleaned = super().clean()
        for name in self.public_fields:
            if cleaned.get(name):
                self._judge(name, cleaned[name])
        if "file" in self.changed_data and cleaned.get("file"):
            self._insist_on_store()
        return cleaned

    def _insist_on_store(self) -> None:
        try:
            insist_it_answers(self._meta.model._meta.get_field("file").storage)
        except NotKept as refusal:
            self.add_error("file", refusal.message(staff=True))

    def _judge(self, name: str, text: str) -> None:
        try:
            refuse_numbers(text)
        except ValidationError as error:
            self.add_error(name, error)


class PictureForm(PublicFileForm, BaseImageForm):
    pass


class DocumentForm(PublicFileForm, BaseDocumentForm):
    """Remembers who handed the file in: she isn't the second person."""

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.handed_in_by = user

    def clean(self):
        cleaned = super().clean()
        if "file" in self.changed_data and cleaned.get("file"):
            self._judge("file", cleaned["file"].name)
        return cleaned

    def save(self, commit=True):
        if "file" in self.changed_data:
            self.instance.handed_in_by = self.handed_in_by
        return super().save(commit=commit)
