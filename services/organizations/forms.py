"""Forms of the tree: an organisation's description, where it moves, why it closes, who is posted there."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from services.accounts.enums import UserKind
from services.foundation.unchanged import TellsOfOthers
from services.organizations import policies, queries
from services.organizations.enums import ALLOWED_BELOW, Kind, Role
from services.organizations.models import Organization


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class OrganizationInput(forms.TextInput):
    """A text box that suggests codes; typing a full name does as well."""

    template_name = "desk/widgets/organization.html"
    suggestions = ()

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"suggested-{name}"
        context["widget"]["suggestions"] = self.suggestions
        return context


class OrganizationField(forms.CharField):
    """Reads a code or a full name and gives the one organisation among ``choices`` (a queryset set by the form)."""

    SUGGESTED = 300
    default_error_messages = {
        "unknown": _("No organisation you can choose here has this code or name."),
        "several": _("Several organisations have this name. Write the code instead."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("Write its code, or its full name."))
        super().__init__(max_length=120, widget=OrganizationInput, **kwargs)
        self._choices = Organization.objects.none()

    @property
    def choices(self):
        return self._choices

    @choices.setter
    def choices(self, queryset):
        self._choices = queryset
        self.widget.suggestions = list(queryset.values_list("code", "name")[: self.SUGGESTED])

    def prepare_value(self, value):
        return value.code if isinstance(value, Organization) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = self.choices.filter(code=text).first()
        if found:
            return found
        same_name = list(self.choices.filter(name=text)[:2])
        if len(same_name) != 1:
            raise forms.ValidationError(self.error_messages["several" if same_name else "unknown"])
        return same_name[0]


class OrganizationForm(TellsOfOthers, forms.ModelForm):
    """Description of an organisation; the kinds offered are those that may stand below ``parent``."""

    class Meta:
        model = Organization
        fields = [
            "code",
            "name",
            "kind",
            "industry",
            "credit_code",
            "staff_count",
            "women_count",
            "member_count",
            "women_member_count",
            "established_on",
            "officer_contact",
        ]
        widgets = {"established_on": DayInput}

    def __init__(self, *args, parent: Organization | None, **kwargs):
        super().__init__(*args, **kwargs)
        below = ALLOWED_BELOW[parent.kind if parent else None]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Kind if kind in below]
        if self.instance.pk:
            del self.fields["code"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Goes into the history."))


class MoveForm(ReasonForm):
    to = OrganizationField(label=_("Put it under"))
    field_order = ["to", "reason"]

    def __init__(self, *args, user, organization: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = queries.places_for_move(user, organization)


class MergeForm(ReasonForm):
    into = OrganizationField(label=_("Merge it into"))
    field_order = ["into", "reason"]

    def __init__(self, *args, user, organization: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = queries.places_for_merge(user, organization)


class PostForm(forms.Form):
    """Who is given which post here, from when until when. Only posts that the user may give are offered."""

    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("The user name the staff member signs in with.")
    )
    role = forms.ChoiceField(label=_("Post"))
    valid_from = forms.DateField(label=_("From"), widget=DayInput)
    valid_until = forms.DateField(
        label=_("Until"), widget=DayInput, required=False, help_text=_("The last day. Leave empty for no end.")
    )

    def __init__(self, *args, user, organization: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        offered = policies.assignable_roles(user, organization)
        self.fields["role"].choices = [(role, Role(role).label) for role in offered]

    def clean_username(self):
        people = get_user_model().objects.filter(kind=UserKind.STAFF, is_active=True)
        person = people.filter(username=self.cleaned_data["username"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("No staff account has this user name."))
        self.cleaned_data["person"] = person
        return person.get_username()
