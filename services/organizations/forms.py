"""Forms of the tree: an organisation's description, where it moves, why it closes, who is posted there."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.accounts.enums import UserKind
from services.foundation.unchanged import TellsOfOthers
from services.organizations import policies, queries
from services.organizations.enums import ALLOWED_BELOW, Kind, Role
from services.organizations.models import Organization, StaffAssignment
from services.organizations.registry import dividers

MOST_PEOPLE = 2_000_000_000
_PARTS = "parts_"


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


class _Children(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name} ({obj.code})"


class _Posts(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.user.full_name or obj.user.username} · {obj.get_role_display()}"


class SplitForm(ReasonForm):
    """What the new organisation is called, and what goes over to it; ``parts_<code>`` is that of a divider."""

    code = forms.CharField(label=_("code of the new organisation"), max_length=40)
    name = forms.CharField(label=_("name of the new organisation"), max_length=120)
    children = _Children(
        Organization.objects.none(),
        label=_("organisations below that go over, with everything in them"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    posts = _Posts(
        StaffAssignment.objects.none(),
        label=_("posts that go over"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    staff_count = forms.IntegerField(label=_("staff"), required=False, min_value=0, max_value=MOST_PEOPLE)
    women_count = forms.IntegerField(label=_("women on the staff"), required=False, min_value=0, max_value=MOST_PEOPLE)
    member_count = forms.IntegerField(label=_("members"), required=False, min_value=0, max_value=MOST_PEOPLE)
    women_member_count = forms.IntegerField(
        label=_("women members"),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("Of the new organisation. What is stated here is taken off the numbers of this one."),
    )

    def __init__(self, *args, organization: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = organization.get_children().filter(closed_on__isnull=True)
        self.fields["posts"].queryset = queries.posts_running_at(organization)
        for key in dividers.codes():
            if found := dividers[key].parts(organization):
                self.fields[f"{_PARTS}{key}"] = forms.MultipleChoiceField(
                    label=dividers[key].label,
                    help_text=dividers[key].help_text,
                    choices=found,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
        self.order_fields(["code", "name", "children", *(n for n in self.fields if n.startswith(_PARTS)), "posts"])

    def clean(self):
        data = super().clean()
        for everybody, women in (("staff_count", "women_count"), ("member_count", "women_member_count")):
            if data.get(women) is not None and data.get(everybody) is not None and data[women] > data[everybody]:
                self.add_error(women, _("There can't be more women than people."))
        return data

    def said(self) -> dict:
        """What ``split_organization`` is told."""
        told = {name: value for name, value in self.cleaned_data.items() if not name.startswith(_PARTS)}
        parts = {n.removeprefix(_PARTS): v for n, v in self.cleaned_data.items() if n.startswith(_PARTS)}
        return {name: value for name, value in told.items() if value is not None} | {"parts": parts}


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


class OrganizationFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind)
    industry = django_filters.CharFilter(label=_("Industry"), lookup_expr="icontains", max_length=40)
    open = django_filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=[("open", pgettext_lazy("organisation", "Open")), ("closed", pgettext_lazy("organisation", "Closed"))],
    )

    class Meta:
        model = Organization
        fields = ["kind", "industry", "open"]

    def by_state(self, queryset, name, value):
        return queryset.filter(closed_on__isnull=value == "open")
