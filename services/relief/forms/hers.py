"""Her application as she fills it in: one group of questions a page, in words that speak to her."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.forms.why import SaysWhy
from services.foundation.identifiers import fold
from services.organizations.forms import DayInput
from services.relief.enums import (
    EVENTS,
    NO_GROUP,
    CareGroup,
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
from services.relief.forms.household import GRANTS_ARE_KNOWN, YuanField, unlike
from services.relief.models import Application, Household, Member
from services.relief.queries import at_school, students_of
from services.relief.rules import asking
from services.relief.rules.income import MONTHS
from services.relief.rules.typed import TypedMember, TypedMoney
from services.relief.wording import why
from services.relief.wording.household import whose

UNSEEN = {"autocomplete": "off", "spellcheck": "false"}
_NOTHING = ("", "—")
_YES_NO = [("yes", _("Yes")), ("no", _("No"))]
_CHOOSE = {"required": _("Choose one of the answers.")}
MONTH, YEAR = "month", "year"


class AboutForm(SaysWhy, forms.Form):
    """What the roster doesn't know about herself; only what the programme asks."""

    why = why.ABOUT
    work = forms.ChoiceField(label=_("Your work"), choices=[_NOTHING, *WorkState.choices], error_messages=_CHOOSE)
    health = forms.ChoiceField(
        label=_("Your health"),
        choices=[_NOTHING, *Health.choices],
        help_text=_("A class is enough; you needn't name an illness."),
        error_messages=_CHOOSE,
    )
    migrant = forms.ChoiceField(
        label=_("Do you come from the countryside to work here?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    resident = forms.ChoiceField(
        label=_("Have you lived in this city for long?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = application.programme
        needed = asking.facts_of_herself(self.programme, {})
        for name in set(self.fields) - set(needed):
            del self.fields[name]
        for name, must in needed.items():
            self.fields[name].required = must

    def clean(self):
        data = super().clean()
        for name, must in asking.facts_of_herself(self.programme, data).items():
            if must and name in data and not data[name]:
                self.add_error(name, _CHOOSE["required"])
        return data

    def values(self) -> tuple[dict, dict]:
        """What belongs to the file, and what to herself."""
        data = self.cleaned_data
        return (
            {name: data[name] for name in ("migrant", "resident") if name in data},
            {name: data[name] for name in ("work", "health") if name in data},
        )


class HomeForm(SaysWhy, forms.Form):
    why = why.HOME
    address = forms.CharField(
        label=_("Where do you live?"),
        max_length=120,
        help_text=_("Street, house and room: somebody of the union may visit you, after a call."),
        widget=forms.TextInput(UNSEEN),
        error_messages={"required": _("Write where you live.")},
    )
    marital = forms.ChoiceField(
        label=_("Marital status"), choices=Marital.choices, widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    housing = forms.ChoiceField(label=_("Your home"), choices=[_NOTHING, *Housing.choices], error_messages=_CHOOSE)
    housing_area = YuanField(label=_("Floor area in square metres"), required=False)
    medical_insurance = forms.ChoiceField(
        label=_("Medical insurance"),
        choices=MedicalInsurance.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    living_allowance = YuanField(
        label=_("Minimum living allowance, yuan a month"),
        required=False,
        help_text=_("Leave it empty if you get none."),
    )

    def values(self) -> dict:
        return dict(self.cleaned_data)


class CausesForm(SaysWhy, forms.Form):
    why = why.CAUSES
    cause = forms.ChoiceField(
        label=_("What is the main reason for the hardship?"),
        choices=Cause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one main reason.")},
    )
    more_causes = forms.MultipleChoiceField(
        label=_("Further reasons"),
        choices=Cause.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most three."),
    )
    single_parent = forms.BooleanField(label=_("I bring up a child on my own"), required=False)


class MemberForm(SaysWhy, forms.Form):
    """One person of the household besides herself. A stored number is never filled in; empty keeps it."""

    why = why.MEMBER
    relation = forms.ChoiceField(
        label=_("Who is it?"),
        choices=[_NOTHING, *((r.value, r.label) for r in Relation if r != Relation.SELF)],
        error_messages=_CHOOSE,
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=60,
        widget=forms.TextInput(UNSEEN),
        error_messages={"required": _("Write the name.")},
    )
    birth_date = forms.DateField(
        label=_("Date of birth"), widget=DayInput, error_messages={"required": _("Enter the date of birth.")}
    )
    id_number = forms.CharField(
        label=_("Identity number"),
        max_length=40,
        required=False,
        help_text=_("18 characters. Leave it empty if there is none yet."),
        widget=forms.TextInput(UNSEEN),
    )
    work = forms.ChoiceField(label=_("Work or school"), choices=[_NOTHING, *WorkState.choices], error_messages=_CHOOSE)
    health = forms.ChoiceField(label=_("Health"), choices=[_NOTHING, *Health.choices], error_messages=_CHOOSE)
    school_stage = forms.ChoiceField(
        label=_("Stage of school"),
        choices=[_NOTHING, *SchoolStage.choices],
        required=False,
        help_text=_("Only for somebody at school."),
    )
    school_type = forms.ChoiceField(label=_("Kind of school"), choices=[_NOTHING, *SchoolType.choices], required=False)
    lives_with = forms.BooleanField(label=_("Lives with me"), required=False, initial=True)

    def __init__(self, *args, application: Application, member: Member | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        if not asking.rests_on_file(application.programme):
            del self.fields["health"]
        if member is not None and member.id_number:
            self.fields["id_number"].help_text = _("Stored: %(number)s. Leave it empty to keep it.") % {
                "number": member.masked_id_number
            }
            self.say_why()

    def clean_id_number(self) -> str:
        return fold(self.cleaned_data["id_number"]).upper()

    def person(self) -> TypedMember:
        data = self.cleaned_data
        before = self.member.particulars if self.member else {}
        codes = {name: data.get(name, before.get(name, "")) for name in _CODES}
        return TypedMember(
            relation=data["relation"],
            name=data["name"],
            birth_date=data["birth_date"],
            id_number=data["id_number"],
            particulars=codes,
            lives_with=data["lives_with"],
            key=self.member.pk if self.member else None,
        )


# What staff found to be proven (``excused``) has no field here, and stays.
_CODES = ("work", "health", "excused", "school_stage", "school_type")


def stored_person(member: Member) -> TypedMember:
    """A stored member as it would be typed again: its number is kept by its key."""
    return TypedMember(
        relation=member.relation,
        name=member.name,
        birth_date=member.birth_date,
        particulars=dict(member.particulars),
        lives_with=member.lives_with,
        key=member.pk,
    )


class MoneyForm(SaysWhy, forms.Form):
    """One line of what comes in, or of what must go out: by the month or by the year, kept by the year."""

    why = why.MONEY
    kind = forms.ChoiceField(label=_("What is it?"), error_messages=_CHOOSE)
    member = forms.TypedChoiceField(label=_("Whose is it?"), coerce=int, empty_value=None, required=False)
    amount = YuanField(label=_("How much, in yuan?"))
    per = forms.ChoiceField(
        label=_("For how long?"),
        choices=[(MONTH, _("a month")), (YEAR, _("a year"))],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )

    def __init__(self, *args, incoming: bool, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        self.incoming = incoming
        kinds = IncomeKind.choices if incoming else SpendingKind.choices
        self.fields["kind"].choices = [_NOTHING, *kinds]
        self.fields["kind"].help_text = GRANTS_ARE_KNOWN if incoming else ""
        people = [(one.pk, whose(one)) for one in household.members.all()]
        self.fields["member"].choices = [("", _("The whole household")), *people]
        self.fields["amount"].help_text = (
            _("After tax and insurance, as it is paid out.") if incoming else _("What insurance or others didn't pay.")
        )
        self.say_why()

    def clean(self):
        data = super().clean()
        amount = data.get("amount")
        if amount is None and "amount" not in self.errors:
            self.add_error("amount", unlike("amount_unreadable"))
        return data

    def line(self) -> TypedMoney:
        data = self.cleaned_data
        times = MONTHS if data["per"] == MONTH else 1
        return TypedMoney(self.incoming, data["kind"], data["amount"] * times, data["member"])


class EventForm(SaysWhy, forms.Form):
    why = why.EVENT
    event = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect, required=False)
    event_on = forms.DateField(label=_("On which day?"), widget=DayInput, required=False)
    cost = YuanField(
        label=_("What did you pay yourselves, in yuan?"),
        required=False,
        help_text=_("After insurance and other help."),
    )
    told = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Whatever whoever decides should know. You needn't name an illness."),
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        programme = application.programme
        events = [(one.value, one.label) for one in EVENTS]
        self.needed = asking.needs_event(programme)
        self.fields["event"].choices = events if self.needed else [("", _("Nothing of this kind")), *events]
        if self.needed:
            self.fields["event"].required = self.fields["event_on"].required = True
            self.fields["event"].error_messages["required"] = _("Choose what happened.")
            self.fields["event_on"].error_messages["required"] = _("Write the day on which it happened.")
        self.cost_needed = asking.needs_cost(programme)
        self.fields["cost"].required = self.cost_needed
        self.fields["cost"].error_messages["required"] = _("Write what you paid yourselves; nothing: 0.")


class StudentForm(SaysWhy, forms.Form):
    why = why.STUDENT
    student = forms.TypedChoiceField(
        label=_("For which child?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the child.")},
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        pupils = [one for one in students_of(application.household) if at_school(one)]
        self.fields["student"].choices = [(one.pk, _pupil(one)) for one in pupils]


class GroupForm(SaysWhy, forms.Form):
    why = why.GROUP
    group = forms.ChoiceField(
        label=_("Which of these groups do you belong to?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = group_choices(application)


def group_choices(application: Application) -> list[tuple]:
    """The groups that the programme is for, and none of them."""
    named = [(code, CareGroup(code).label) for code in asking.groups(application.programme)]
    return [*named, (NO_GROUP, _("None of these"))]


def _pupil(member: Member) -> str:
    stage = dict(SchoolStage.choices).get(member.particulars.get("school_stage"), "")
    return f"{whose(member)} · {stage}" if stage else whose(member)


class AgreeForm(forms.Form):
    """Her agreement to the notice she was shown."""

    agree = forms.BooleanField(
        label=_("I have read the notice and agree."),
        error_messages={"required": _("Tick the box if you agree. Without it we may not take an application.")},
    )


class SendForm(forms.Form):
    declares = forms.BooleanField(
        label=_("What I stated is true and complete as far as I know."),
        error_messages={"required": _("Tick that what you stated is true. Without it we can't take the application.")},
    )
    lets_check = forms.BooleanField(
        label=_("The union may check the income and property of my household for this application."),
        error_messages={"required": _("Tick that the union may check it. Without it nothing can be decided.")},
    )


def money_initial(line) -> dict:
    """A stored line as the form shows it: by the year, as it is kept."""
    return {"kind": line.kind, "member": line.member_id, "amount": Decimal(line.yearly), "per": YEAR}
