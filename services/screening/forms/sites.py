"""A provider; a site and the clinic staff who check women in there."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from services.accounts.models import User
from services.bookings.models import Provider
from services.foundation.unchanged import TellsOfOthers
from services.organizations.models import Organization
from services.screening import queries
from services.screening.policies import RUNNERS


class StaffChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        return f"{user.first_name} ({user.username})" if user.first_name else user.username


class KeptForm(TellsOfOthers, WagtailAdminModelForm):
    """Kept by an organisation of her own posts; what another keeps already stays with it until she changes that."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field, homes = self.fields["organization"], queries.homes_of_posts(self.for_user, roles=RUNNERS)
        field.queryset = homes | Organization.objects.filter(pk=self.instance.organization_id)
        field.empty_label = None
        if self.instance.pk is None:
            field.initial = homes.first()


class VenueForm(KeptForm):
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
        hers = queries.in_use_by(self.for_user, roles=RUNNERS)
        providers = queries.of_clinics(Provider.objects.filter(hers | Q(pk=self.instance.provider_id)))
        self.fields["provider"].queryset = providers.order_by("name", "pk")
        staff = queries.clinic_staff(self.for_user, roles=RUNNERS)
        if self.instance.pk:
            staff = staff | queries.clinic_staff_at(self.instance)
            self.initial["operators"] = list(self.instance.operators.values_list("user_id", flat=True))
        self.fields["operators"].queryset = staff
