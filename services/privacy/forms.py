"""Notices as administrators write them."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateTimeInput

from services.privacy.models import AccessRecord, Notice


class NoticeForm(forms.ModelForm):
    """The words of a notice; the version follows by itself."""

    class Meta:
        model = Notice
        fields = ("title", "body", "title_en", "body_en", "in_force_from")
        widgets = {
            "in_force_from": AdminDateTimeInput,
            "body": forms.Textarea(attrs={"rows": 24}),
            "body_en": forms.Textarea(attrs={"rows": 12}),
        }
        help_texts = {
            "body": _(
                "Say who processes, why, which data and how, who else receives them, for how long, her rights, what "
                "follows if she refuses, and whom to ask. An empty line begins a new paragraph."
            ),
            "body_en": _("Shown to readers of the English pages; the Chinese text counts."),
            "in_force_from": _("From this moment on, everybody is asked to agree again."),
        }


class NewNoticeForm(NoticeForm):
    """The next version for a purpose, never in force before now."""

    class Meta(NoticeForm.Meta):
        fields = ("purpose", *NoticeForm.Meta.fields)

    def clean_in_force_from(self):
        wanted = self.cleaned_data["in_force_from"]
        if wanted < timezone.now() - timedelta(hours=1):
            raise forms.ValidationError(_("A new version can't begin in the past."))
        return wanted


class LookFilters(WagtailFilterSet):
    """What narrows the register of looks."""

    class Meta:
        model = AccessRecord
        fields = {"viewer_role": ["exact"], "at": ["gte", "lte"]}
