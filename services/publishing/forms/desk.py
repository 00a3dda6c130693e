"""Forms of the desk of publishing."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from services.organizations.models import Organization


class SignForm(forms.Form):
    reason = forms.CharField(
        label=_("Why this may be public"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text=_("Your name and this reason stay on record. Write no personal data here."),
    )


class SectionForm(forms.Form):
    page = forms.ModelChoiceField(
        label=_("Page at which it begins"),
        queryset=Page.objects.filter(depth__gte=3),
        widget=AdminPageChooser,
        help_text=_("This page and everything below it."),
    )
    organization = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organization.objects.none(),
        help_text=_("Editors and officers who hold a post there, or above it, work on these pages; nobody else does."),
    )

    def __init__(self, *args, organizations=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
