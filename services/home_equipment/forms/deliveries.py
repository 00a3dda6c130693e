"""Deliveries as an officer orders them and a teacher confirms them, line by line."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.models import Home
from services.home_equipment.enums import Category, Source, Unit
from services.home_equipment.models import DeliveryLine
from services.home_equipment.rules import deliveries as rules
from services.organizations.forms import DayInput
from services.organizations.models import Organization

MOST_LINES, MOST_PIECES = 30, 10_000


class _BatchForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("procurement", "what was bought"), max_length=80)
    supplier = forms.CharField(label=_("supplier or donor"), max_length=80, required=False)
    document = forms.CharField(label=_("contract or letter"), max_length=80, required=False)
    ordered_on = forms.DateField(label=_("ordered on"), widget=DayInput)
    due_on = forms.DateField(label=_("to be there by"), widget=DayInput, required=False)

    def clean(self):
        cleaned = super().clean()
        ordered, due = cleaned.get("ordered_on"), cleaned.get("due_on")
        if ordered and due and due < ordered:
            self.add_error("due_on", _("This lies before the day of the order."))
        return cleaned


class OrderMissingForm(_BatchForm):
    """For all homes of her counties, or of one: whatever the supplier still owes by the standard."""

    source = forms.ChoiceField(label=_("who brings it"), choices=[])
    county = forms.ModelChoiceField(
        Organization.objects.none(), label=_("county"), required=False, empty_label=_("all counties")
    )

    field_order = ["source", "county"]

    def __init__(self, *args, counties, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = counties
        self.fields["source"].choices = [(one, Source(one).label) for one in sources]
        if len(counties) == 1:
            self.fields["county"].empty_label = None


class OrderOneForm(_BatchForm):
    """One home's delivery of what is listed below: a gift, or what a county matches beyond the standard."""

    source = forms.ChoiceField(
        label=_("source"), choices=[(one.value, one.label) for one in (Source.DONATION, Source.COUNTY_MATCH)]
    )
    field_order = ["source"]


class ItemForm(forms.Form):
    code = forms.RegexField(
        r"^[A-Z][0-9]{1,4}$",
        label=pgettext_lazy("equipment", "code"),
        max_length=5,
        help_text=_("Of the line of the standard it counts for; X1 for something else."),
        error_messages={"invalid": _("A capital letter and digits, such as E15.")},
    )
    name = forms.CharField(label=pgettext_lazy("equipment", "item"), max_length=60)
    kind = forms.CharField(label=_("kind"), max_length=30, required=False)
    category = forms.ChoiceField(label=pgettext_lazy("equipment", "category"), choices=Category.choices)
    unit = forms.ChoiceField(label=_("unit"), choices=Unit.choices)
    quantity = forms.IntegerField(label=pgettext_lazy("equipment", "quantity"), min_value=1, max_value=MOST_PIECES)
    by_lot = forms.BooleanField(label=_("one number for the whole lot"), required=False)
    price = forms.DecimalField(
        label=_("price of one, yuan"), min_value=0, max_digits=10, decimal_places=2, required=False
    )


class _Items(forms.BaseFormSet):
    def clean(self):
        if any(form.errors for form in self.forms):
            return
        seen = set()
        for form in self.kept():
            key = (form.cleaned_data["code"], form.cleaned_data["kind"])
            if key in seen:
                form.add_error("code", _("Another line has this code and kind."))
            seen.add(key)
        if not seen:
            raise forms.ValidationError(_("List at least one item."))

    def kept(self) -> list[ItemForm]:
        return [form for form in self.forms if form.is_valid() and form.cleaned_data.get("code")]


ItemFormSet = forms.formset_factory(
    ItemForm, formset=_Items, extra=3, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 10
)


class PhotoInput(forms.FileInput):
    def __init__(self):
        super().__init__(attrs={"accept": "image/*"})


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("photo"),
        widget=PhotoInput,
        help_text=_("Where it was taken and by which phone isn't kept."),
        error_messages={"required": _("Choose the photo first.")},
    )


class _Lines(forms.Form):
    """Two fields a line: pieces and, where they are fewer than were sent, the reason."""

    def __init__(self, *args, lines: list[DeliveryLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"received_{line.pk}"] = forms.IntegerField(
                label=pgettext_lazy("delivery", "received"),
                min_value=0,
                initial=line.received,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={"required": _("Count it, and enter 0 if nothing came.")},
            )
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=pgettext_lazy("equipment", "why it differs"), max_length=200, required=False, initial=line.reason
            )

    def clean(self):
        cleaned = super().clean()
        plain = [
            rules.Line(line.pk, line.sent, received, cleaned.get(f"reason_{line.pk}", ""))
            for line in self.lines
            if (received := cleaned.get(f"received_{line.pk}")) is not None
        ]
        for fault in rules.faults(plain):
            self.show(fault)
        return cleaned

    def show(self, fault: rules.Fault) -> None:
        """Beside the field it is about."""
        if fault.code == rules.REASON_MISSING:
            words = _("%(received)s of %(sent)s came: say why, for instance what was broken or is still to come.")
            self.add_error(f"reason_{fault.key}", words % {"received": fault.received, "sent": fault.sent})
        else:
            words = _("%(received)s received of %(sent)s sent: more can't have arrived than was sent.")
            self.add_error(f"received_{fault.key}", words % {"received": fault.received, "sent": fault.sent})

    def said(self) -> dict[int, tuple[int, str]]:
        data = self.cleaned_data
        return {line.pk: (data[f"received_{line.pk}"], data[f"reason_{line.pk}"]) for line in self.lines}

    def rows(self):
        return [(line, self[f"received_{line.pk}"], self[f"reason_{line.pk}"]) for line in self.lines]


class ReceiveForm(_Lines):
    on = forms.DateField(label=_("received on"), widget=DayInput)
    photo = forms.FileField(
        label=_("photo of what came"),
        required=False,
        widget=PhotoInput,
        help_text=_("Above all of what is broken or missing. More can be added afterwards."),
    )

    def others(self):
        return [self["on"], self["photo"]]


class ResolveForm(_Lines):
    how = forms.CharField(
        label=_("how it was resolved"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say how.")},
    )

    def others(self):
        return [self["how"]]


class OnForm(forms.Form):
    on = forms.DateField(label=_("sent on"), widget=DayInput)


class WhyForm(forms.Form):
    because = forms.CharField(
        label=_("why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the reason goes into the history.")},
    )


def homes_of(queryset, county: Organization | None) -> list[Home]:
    return list(queryset.filter(county=county) if county else queryset)
