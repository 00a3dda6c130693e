"""A site and the clinic staff who check women in there."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from services.accounts.models import User
from services.screening.queries import clinic_staff


class StaffChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        return f"{user.first_name} ({user.username})" if user.first_name else user.username


class VenueForm(WagtailAdminModelForm):
    """``operators`` may hold only users who hold the post of clinic staff today."""

    operators = StaffChoice(
        label=_("clinic staff"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They may check women in at this site and print its rolls."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["operators"].queryset = clinic_staff()
        if self.instance.pk:
            self.initial["operators"] = list(self.instance.operators.values_list("user_id", flat=True))
