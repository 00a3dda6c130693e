"""Topics of hers; whom an announcement reaches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.organizations.forms import OrganizationField
from services.organizations.models import Organization
from services.outreach.enums import ANNOUNCERS
from services.outreach.registry import shelf


class TopicsForm(forms.Form):
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to be told of all of them."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = list(shelf.library.topics().items())


class AudienceForm(forms.Form):
    organization = OrganizationField(label=_("Women of"))
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, help_text=_("Reaches women who chose this topic, and those who chose none.")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=ANNOUNCERS).open()
        self.fields["topic"].choices = [("", _("All topics")), *shelf.library.topics().items()]
