"""Forms of what staff keep beside the cases: routes and their steps, deputies, words, exceptions to working days."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from services.casework.enums import REASON_KEEPERS, WORDED, StepKind
from services.casework.models import CannedReason, ReviewRoute
from services.casework.queries import kept
from services.casework.registry import services
from services.organizations.enums import Kind, Role
from services.organizations.forms import DayInput, OrganizationField
from services.organizations.models import Organization

MOST_STEPS, LONGEST_DAYS = 12, 250


def service_choices() -> list[tuple[str, str]]:
    return [(service.code, service.label) for service in services]


def _days(label, *, least: int = 1, help_text="") -> forms.IntegerField:
    widget = forms.NumberInput({"class": "desk-number", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=LONGEST_DAYS, widget=widget, help_text=help_text)


class RouteDaysForm(forms.Form):
    """What may be changed of a draft."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=80)
    contact_days = _days(_("Working days to the first answer"), help_text=_("What is promised to her and measured."))
    decision_days = _days(_("Working days to the decision"), help_text=_("What is promised to her and measured."))
    appeal_days = _days(_("Days within which she may appeal"))
    objection_days = _days(
        _("Working days to settle an objection"),
        help_text=_("Counted from the day on which the objection was received."),
    )

    def clean(self):
        data = super().clean()
        if data.get("contact_days", 0) > data.get("decision_days", LONGEST_DAYS):
            self.add_error("contact_days", _("The first answer can't come later than the decision."))
        return data


class RouteForm(RouteDaysForm):
    """A route that didn't exist so far."""

    code = forms.SlugField(
        label=pgettext_lazy("of a thing", "Code"), max_length=40, help_text=_("Letters, digits and hyphens.")
    )
    service = forms.ChoiceField(label=_("Service"), choices=service_choices)
    organization = OrganizationField(label=_("Kept by"))
    field_order = ["code", "name", "service", "organization"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        keepers = frozenset({Role.FEDERATION_OFFICER})
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=keepers).open()

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if ReviewRoute.objects.filter(code=code).exists():
            raise ValidationError(_("There is a route with this code: open it and make a new version."))
        return code


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is done"), choices=[("", "—"), *StepKind.choices], required=False)
    level = forms.ChoiceField(label=_("Handled by"), choices=[("", "—"), *Kind.choices], required=False)
    working_days = _days(_("Working days allowed"))
    second_person = forms.BooleanField(label=_("Nobody who took an earlier step"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["working_days"].initial = 3

    def clean(self):
        data = super().clean()
        for name in ("kind", "level"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed."))
        return data


StepFormSet = formset_factory(
    StepForm, extra=3, can_order=True, can_delete=True, max_num=MOST_STEPS, validate_max=True, absolute_max=40
)


class DeputyForm(forms.Form):
    absent = forms.ModelChoiceField(label=_("Who is away"), queryset=None)
    deputy = forms.ModelChoiceField(label=_("Her deputy"), queryset=None)
    valid_from = forms.DateField(label=_("From"), widget=DayInput)
    valid_until = forms.DateField(label=_("Until and including"), widget=DayInput)

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["absent"].queryset = kept.whose_deputy_she_names(user, on=on)
        self.fields["deputy"].queryset = kept.handlers_near(user, on=on)
        for name in ("absent", "deputy"):
            self.fields[name].label_from_instance = lambda person: person.full_name


class CannedReasonForm(forms.Form):
    verb = forms.ChoiceField(label=_("For"), choices=lambda: [(verb, verb.label) for verb in WORDED])
    service = forms.ChoiceField(
        label=_("Service"), choices=lambda: [("", _("Every service")), *service_choices()], required=False
    )
    title = forms.CharField(label=_("Title"), max_length=60, help_text=_("What colleagues see in the list."))
    text = forms.CharField(
        label=_("Words that the applicant reads"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    organization = OrganizationField(label=_("Kept by"))

    def __init__(self, *args, user, reason: CannedReason | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=REASON_KEEPERS).open()


class DayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DayInput)
    working = forms.TypedChoiceField(
        label=_("Is it worked?"),
        choices=[("no", _("No: it is free")), ("yes", _("Yes: it is worked"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Occasion"), max_length=60, required=False)


class ExampleForm(forms.Form):
    """``chosen()`` are the codes of the paper."""

    organization = OrganizationField(label=_("Kept by"))
    paper = forms.ChoiceField(label=pgettext_lazy("of an application", "Paper"))
    words = forms.CharField(
        label=_("What a good photo shows"),
        max_length=160,
        help_text=_("One sentence that she reads beside it: all four corners, no shadow, every word readable."),
    )
    picture = forms.FileField(label=_("Picture"), widget=forms.ClearableFileInput({"accept": "image/*"}))
    invented = forms.BooleanField(label=_("Everything in the picture is invented; it shows nobody's real paper."))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=REASON_KEEPERS).open()
        self.fields["paper"].choices = paper_choices()

    def chosen(self) -> dict[str, str]:
        return dict(zip(("service", "subject_code", "item"), self.cleaned_data["paper"].split("|"), strict=True))


def paper_choices() -> list:
    """Papers that programmes in force ask for, by programme; those of a service first for all its programmes."""
    groups = []
    for service in services:
        asked = service.papers_asked()
        of_all = {one.item: one.text for one in asked}
        every = pgettext("examples", "%(service)s: every programme") % {"service": service.label}
        groups.append((every, [(f"{service.code}||{item}", text) for item, text in of_all.items()]))
        titles: dict[str, list] = {}
        for one in asked:
            titles.setdefault(one.title, []).append((f"{service.code}|{one.subject_code}|{one.item}", one.text))
        groups += list(titles.items())
    return [group for group in groups if group[1]]
