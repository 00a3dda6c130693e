"""A household's file as forms: members, money, causes, particulars. What is wrong stands beside its field.

Identity numbers are never filled in: an empty box keeps the stored number of a stored member.
"""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.identifiers import fold
from services.foundation.verdict import Finding, Outcome
from services.organizations.forms import DayInput
from services.relief import wording
from services.relief.enums import (
    Cause,
    Health,
    Housing,
    IncomeKind,
    Marital,
    MedicalInsurance,
    Relation,
    SchoolStage,
    SchoolType,
    SpendingKind,
    WorkState,
)
from services.relief.models import Household, Member
from services.relief.rules.plausibility import BOUNDS, Fault, amount_fault
from services.relief.rules.typed import TypedMember, TypedMoney

FAULTS = {
    "no_name": _("Write the name."),
    "no_school_stage": _("Choose the stage of school."),
    "second_spouse": _("There can be only one spouse."),
    "number_shape": _("An identity number has 18 characters: 17 digits and a digit or X."),
    "number_fifteen": _("This is an old 15-digit number. Enter the 18 characters of the present card."),
    "number_area": _("The number begins with an area that doesn't exist."),
    "number_date": _("The date of birth inside the number isn't a real day."),
    "number_checksum": _("The last character doesn't fit the others: a digit is mistyped."),
    "too_many_lines": _("A file holds at most %(most)s lines of each kind of money."),
    "unknown_kind": _("Choose one of the kinds in the list."),
    "income_and_none": _("You ticked that nothing comes in, but a line says that something does."),
    "unknown_event": _("Choose what happened from the list."),
    "event_missing": _("Choose what happened."),
    "event_day_missing": _("Write the day on which it happened."),
    "event_in_future": _("It can't have happened after today."),
    "unknown_group": _("Choose one of the groups in the list."),
    "student_foreign": _("Choose a child of this household who is at school."),
}
GRANTS_ARE_KNOWN = _("Leave out what was granted here this year: it is known, and counted where it has to be.")
_UNSEEN = {"autocomplete": "off", "spellcheck": "false"}
_NOTHING = ("", "—")
_YES_NO = [_NOTHING, ("yes", _("Yes")), ("no", _("No"))]
_EXCUSED = _("Without a job, and it is proven why this person can't earn (care of somebody ill, for example)")


def words(fault: Fault) -> str:
    """A fault as the sentence beside its field."""
    if fault.code in FAULTS:
        return str(FAULTS[fault.code]) % fault.values() if fault.figures else str(FAULTS[fault.code])
    if fault.part == "causes":
        return wording.cause_fault(Finding(fault.code, Outcome.FAILED, fault.values()))
    return wording.fault(fault)


def unlike(code: str) -> str:
    """What is wrong with a sum, in words."""
    return words(Fault(code, "money", None, "", (("most", str(BOUNDS.line)),)))


class YuanField(forms.CharField):
    """A sum as people type it: 12,000, ¥1200.5 or full-width digits; None when empty. Limits are the rules'."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 20)
        looks = {"inputmode": "decimal", "autocomplete": "off", "class": "is-short"}
        super().__init__(widget=forms.TextInput(looks), **kwargs)

    def prepare_value(self, value):
        return format(value, "f") if isinstance(value, Decimal) else value

    def clean(self, value):
        text = fold(super().clean(value) or "").strip("¥￥元").replace(",", "")
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            raise forms.ValidationError(unlike("amount_unreadable")) from None
        if code := amount_fault(amount, BOUNDS.line):
            raise forms.ValidationError(unlike(code))
        return amount


class MemberForm(forms.Form):
    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    relation = forms.ChoiceField(
        label=_("Relation to her"), choices=[_NOTHING, *((r.value, r.label) for r in Relation if r != Relation.SELF)]
    )
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60, widget=forms.TextInput(_UNSEEN))
    birth_date = forms.DateField(label=_("Date of birth"), widget=DayInput)
    id_number = forms.CharField(
        label=_("Identity number"),
        max_length=40,
        required=False,
        help_text=_("18 characters. Leave empty to keep a number that is stored, or when there is none yet."),
        widget=forms.TextInput(_UNSEEN),
    )
    work = forms.ChoiceField(label=_("Work"), choices=[_NOTHING, *WorkState.choices])
    health = forms.ChoiceField(label=_("Health"), choices=[_NOTHING, *Health.choices])
    excused = forms.BooleanField(label=_EXCUSED, required=False)
    school_stage = forms.ChoiceField(label=_("School"), choices=[_NOTHING, *SchoolStage.choices], required=False)
    school_type = forms.ChoiceField(label=_("Kind of school"), choices=[_NOTHING, *SchoolType.choices], required=False)
    lives_with = forms.BooleanField(label=_("Lives with her"), required=False, initial=True)

    def clean_id_number(self) -> str:
        return fold(self.cleaned_data["id_number"]).upper()

    def person(self) -> TypedMember:
        data = self.cleaned_data
        return TypedMember(
            relation=data["relation"],
            name=data["name"],
            birth_date=data["birth_date"],
            id_number=data["id_number"],
            particulars={name: data[name] for name in ("work", "health", "school_stage", "school_type")}
            | {"excused": "yes" if data["excused"] else ""},
            lives_with=data["lives_with"],
            key=data["key"],
        )


class MoneyForm(forms.Form):
    """One line; ``incoming`` and the members are set by the set of forms."""

    kind = forms.ChoiceField(label=_("What"))
    member = forms.TypedChoiceField(label=_("Whose"), coerce=int, empty_value=None, required=False)
    yearly = YuanField(label=_("Yuan a year"))

    def __init__(self, *args, incoming: bool, members: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        kinds = IncomeKind.choices if incoming else SpendingKind.choices
        self.fields["kind"].choices = [_NOTHING, *kinds]
        self.fields["kind"].help_text = GRANTS_ARE_KNOWN if incoming else ""
        self.fields["member"].choices = [("", _("The whole household")), *members]
        self.incoming = incoming

    def clean(self):
        data = super().clean()
        if data.get("yearly") is None and "yearly" not in self.errors:
            self.add_error("yearly", unlike("amount_unreadable"))
        return data

    def line(self) -> TypedMoney:
        data = self.cleaned_data
        return TypedMoney(self.incoming, data["kind"], data["yearly"], data["member"])


class _Rows(forms.BaseFormSet):
    """Rows in the order of the screen; new ones left empty and those ticked for removal say nothing."""

    def kept(self) -> list[forms.Form]:
        removed, stored = self.deleted_forms, self.initial_form_count()
        return [
            form
            for place, form in enumerate(self.forms)
            if form not in removed and (place < stored or form.has_changed())
        ]

    def put(self, faults: Iterable[Fault]) -> None:
        """Say each fault beside its field."""
        kept = self.kept()
        for fault in faults:
            if fault.index is None:
                self.non_form_errors().append(words(fault))
            else:
                kept[fault.index].add_error(fault.field or None, words(fault))


def _rows_of(form, most: int):
    return forms.formset_factory(
        form, formset=_Rows, extra=1, can_delete=True, max_num=most, validate_max=True, absolute_max=most + 10
    )


MemberRows = _rows_of(MemberForm, BOUNDS.persons - 1)
MoneyRows = _rows_of(MoneyForm, 40)


def member_rows(household: Household, data=None) -> MemberRows:
    """Everybody but herself; identity numbers are left out of the page."""
    stored = household.members.exclude(relation=Relation.SELF)
    return MemberRows(data, prefix="members", initial=[_of_member(member) for member in stored])


def _of_member(member: Member) -> dict:
    return {
        "key": member.pk,
        "relation": member.relation,
        "name": member.name,
        "birth_date": member.birth_date,
        "lives_with": member.lives_with,
        **member.particulars,
    }


def money_rows(household: Household, *, incoming: bool, data=None) -> MoneyRows:
    lines = [
        {"kind": line.kind, "member": line.member_id, "yearly": Decimal(line.yearly)}
        for line in household.money.filter(incoming=incoming)
    ]
    members = [(one.pk, f"{one.get_relation_display()} {one.masked_name}") for one in household.members.all()]
    return MoneyRows(
        data,
        prefix="income" if incoming else "spending",
        initial=lines,
        form_kwargs={"incoming": incoming, "members": members},
    )


class AloneForm(forms.Form):
    """An empty list is an answer only when it is said."""

    alone = forms.BooleanField(label=_("She lives alone: nobody else belongs to the household"), required=False)

    def check_against(self, rows: MemberRows) -> None:
        if not rows.kept() and not self.cleaned_data["alone"]:
            self.add_error("alone", _("List who belongs to the household, or tick that she lives alone."))


class NoIncomeForm(forms.Form):
    no_income = forms.BooleanField(label=_("Nothing comes in"), required=False)


class CausesForm(forms.Form):
    cause = forms.ChoiceField(label=_("Main cause"), choices=[_NOTHING, *Cause.choices])
    more_causes = forms.MultipleChoiceField(
        label=_("Further causes"),
        choices=Cause.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most three."),
    )
    single_parent = forms.BooleanField(label=_("She brings up a child alone"), required=False)

    @classmethod
    def of(cls, household: Household, data=None) -> "CausesForm":
        stored = {name: getattr(household, name) for name in cls.base_fields}
        return cls(data, initial=stored)


class ParticularsForm(forms.Form):
    address = forms.CharField(label=_("Address"), max_length=120, widget=forms.TextInput(_UNSEEN))
    marital = forms.ChoiceField(label=_("Marital status"), choices=[_NOTHING, *Marital.choices])
    housing = forms.ChoiceField(label=_("Housing"), choices=[_NOTHING, *Housing.choices])
    housing_area = YuanField(label=_("Floor area in square metres"), required=False)
    medical_insurance = forms.ChoiceField(label=_("Medical insurance"), choices=[_NOTHING, *MedicalInsurance.choices])
    living_allowance = YuanField(
        label=_("Minimum living allowance, yuan a month"), required=False, help_text=_("Leave empty when she has none.")
    )
    migrant = forms.ChoiceField(label=_("Is she a migrant worker?"), choices=_YES_NO, required=False)
    resident = forms.ChoiceField(label=_("Has she lived in this city for long?"), choices=_YES_NO, required=False)
    work = forms.ChoiceField(label=_("Her work"), choices=[_NOTHING, *WorkState.choices])
    health = forms.ChoiceField(label=_("Her health"), choices=[_NOTHING, *Health.choices])
    excused = forms.BooleanField(label=_EXCUSED, required=False)

    @classmethod
    def of(cls, household: Household, data=None) -> "ParticularsForm":
        her = household.members.filter(relation=Relation.SELF).first()
        return cls(data, initial={**household.particulars, **(her.particulars if her else {})})

    def values(self) -> tuple[dict, dict]:
        """What belongs to the file, and what to herself."""
        data = dict(self.cleaned_data)
        herself = {name: data.pop(name) for name in ("work", "health")}
        return data, herself | {"excused": "yes" if data.pop("excused") else ""}


def put(faults: Iterable[Fault], form: forms.Form) -> None:
    """Say each fault beside its field of one form."""
    for fault in faults:
        form.add_error(fault.field if fault.field in form.fields else None, words(fault))
