"""What a teacher writes into a file. Each form of ``ADDED`` is one thing to add, by the code in its address."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.forms.fields import DayField, MobileField, MomentField, PersonField, YesNo, why_field
from services.child_files.rules.guardianship import EXCLUSIONS, Stated
from services.foundation import clock


class GuardianForm(forms.Form):
    """Somebody who can consent; a grandparent who only looks after the child belongs under entrusted care."""

    name = PersonField(label=_("Guardian's name"))
    phone = MobileField(label=_("Guardian's phone"), help_text=_("The link and the code are sent to it."))
    relation = forms.ChoiceField(label=_("Relation"), choices=enums.Relation)
    basis = forms.ChoiceField(
        label=_("Why the guardian"),
        choices=enums.LegalBasis,
        help_text=_("Parents stay guardians while they are away. Looking after a child doesn't make one a guardian."),
    )
    evidence = forms.CharField(
        label=_("Proved by"),
        max_length=200,
        required=False,
        help_text=_("For everybody but a parent: which document, of whom, of when."),
    )
    address = forms.CharField(label=_("Guardian's address"), max_length=120, required=False)
    lives_with_child = forms.BooleanField(label=_("Lives with the child"), required=False)

    @property
    def stated(self) -> Stated:
        names = ("name", "phone", "relation", "basis", "evidence", "address", "lives_with_child")
        return Stated(**{name: self.cleaned_data[name] for name in names})


class ReachForm(forms.Form):
    """How a guardian who stands in the file is reached. Nothing of it is shown here: that takes a reason."""

    name = PersonField(label=_("Guardian's name"), required=False, help_text=_("Leave empty to keep what is there."))
    phone = MobileField(label=_("Guardian's phone"), required=False, help_text=_("Leave empty to keep what is there."))
    address = forms.CharField(
        label=_("Guardian's address"), max_length=120, required=False, help_text=_("Leave empty to keep what is there.")
    )
    no_address = forms.BooleanField(label=_("Take the address out"), required=False)
    lives_with_child = forms.BooleanField(label=_("Lives with the child"), required=False)

    def particulars(self, guardian) -> dict:
        """As they are to stand."""
        data = self.cleaned_data
        return {
            "name": data.get("name") or guardian.name,
            "phone": data["phone"] or guardian.phone,
            "address": "" if data["no_address"] else data["address"] or guardian.address,
            "lives_with_child": data["lives_with_child"],
        }


class EndForm(forms.Form):
    on = DayField(label=_("Last day"))


class RegisterForm(GuardianForm):
    home = forms.ModelChoiceField(label=pgettext_lazy("organisation", "Home"), queryset=None, empty_label=None)
    field_order = ["home"]

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = homes
        self.fields["home"].label_from_instance = lambda home: f"{home.host.name} · {home.code}"
        self.fields["home"].to_field_name = "code"


class BasicsForm(forms.Form):
    name = PersonField(label=_("Child's name"))
    sex = forms.ChoiceField(label=_("Sex"), choices=enums.Sex, widget=forms.RadioSelect)
    birth_date = DayField(label=_("Day of birth"))
    school_class = forms.CharField(label=_("Class"), max_length=30, required=False)
    health_note = forms.CharField(
        label=_("Health, as far as the home must know"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("An allergy, a medicine. Only with the guardian's consent to health information."),
    )
    id_number = forms.CharField(
        label=_("Identity number"), max_length=18, required=False, help_text=_("Leave empty to keep what is there.")
    )

    def __init__(self, *args, with_health: bool, with_number: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not with_health:
            del self.fields["health_note"]
        if not with_number:
            del self.fields["id_number"]


class TraitsForm(forms.Form):
    codes = forms.MultipleChoiceField(
        label=_("Character"), choices=enums.Trait, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("In a few words"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What helps to care for the child. Nothing about illness, marks or the family."),
    )

    def clean(self):
        data = super().clean()
        if not data.get("codes") and not data.get("note"):
            raise forms.ValidationError(_("Choose at least one, or write a few words."))
        return data


class AbsenceForm(forms.Form):
    parent = forms.ChoiceField(label=pgettext_lazy("which", "Parent"), choices=enums.Parent)
    works_at = forms.CharField(label=_("Place of work"), max_length=120, help_text=_("Province, city, and where."))
    phone = MobileField(label=_("Parent's phone"), required=False)
    left_on = DayField(label=_("Away since"), required=False)
    returns_on = DayField(label=_("Expected back on"), required=False)
    contact = forms.ChoiceField(label=_("In touch with the child"), choices=enums.Often, initial=enums.Often.UNKNOWN)


def _ground(label) -> YesNo:
    return YesNo(label=label, yes=_("This applies"), no=_("Looked into: it doesn't"))


class CareForm(forms.Form):
    """The four grounds for exclusion have no answer chosen beforehand."""

    carer_name = PersonField(label=_("Carer's name"))
    relation = forms.ChoiceField(label=_("Relation"), choices=enums.Relation, initial=enums.Relation.GRANDPARENT)
    carer_phone = MobileField(label=_("Carer's phone"), required=False)
    carer_address = forms.CharField(label=_("Carer's address"), max_length=120, required=False)
    starts_on = DayField(label=pgettext_lazy("care", "Since"))
    violence = _ground(_("Has hurt, abused or abandoned a child"))
    addiction = _ground(_("Drugs, drink or gambling"))
    neglected_duty = _ground(_("Has neglected such a duty before"))
    otherwise_unfit = _ground(_("Unfit for another reason"))
    told_school_on = DayField(label=_("Written notice to the school on"), required=False)
    told_village_on = DayField(label=_("Written notice to the village committee on"), required=False)
    opinion_heard_on = DayField(label=_("Child's own opinion heard on"), required=False)

    def details(self) -> dict:
        data = dict(self.cleaned_data)
        return {"checks": {ground: data.pop(ground) for ground in EXCLUSIONS}, **data}


class OpinionForm(forms.Form):
    about = forms.ChoiceField(label=_("About"), choices=[("care", _("Entrusted care")), *enums.Purpose.choices])
    agrees = YesNo(label=_("The child"), yes=_("agrees"), no=_("doesn't agree"), required=False)
    said = forms.CharField(
        label=_("In the child's words"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = DayField(label=_("Heard on"))


class ContactForm(forms.Form):
    """There is no field for what was said, on purpose."""

    channel = forms.ChoiceField(label=_("By"), choices=enums.Channel)
    at = MomentField(label=_("When"))
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=0, max_value=600, required=False)


class GrowthForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("growth record", "Kind"), choices=enums.GrowthKind)
    note = forms.CharField(
        label=pgettext_lazy("growth record", "Note"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
    on = DayField(label=_("Noted on"))


class ResultForm(forms.Form):
    year = forms.IntegerField(label=_("Year in which the term began"), min_value=2000, max_value=2100)
    term = forms.ChoiceField(label=pgettext_lazy("school", "Term"), choices=enums.Term)
    subject = forms.ChoiceField(label=_("Subject"), choices=enums.Subject)
    band = forms.ChoiceField(label=pgettext_lazy("grade", "Band"), choices=enums.GradeBand, widget=forms.RadioSelect)


class PlannedForm(forms.Form):
    planned_on = DayField(label=_("Planned for"))
    done_on = DayField(label=_("Took place on"), required=False, help_text=_("Empty while it is only planned."))
    findings = forms.CharField(
        label=pgettext_lazy("child", "What was found"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExitForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[one for one in enums.ExitReason.choices if one[0] != enums.ExitReason.CONSENT_WITHDRAWN],
    )
    on = DayField(label=pgettext_lazy("home", "Left on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class ReadmitForm(forms.Form):
    reason = why_field()


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=enums.PaperKind)
    file = forms.FileField(
        label=_("Photo or PDF"),
        error_messages={"required": _("Choose the file first.")},
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("Place, time and camera are taken out of a photo, and its name isn't kept."),
    )


class ConsentForm(forms.Form):
    """What a guardian said on paper or before a witness: one question a purpose, none answered beforehand."""

    giver = forms.ModelChoiceField(label=_("Guardian"), queryset=None, empty_label=None)
    method = forms.ChoiceField(
        label=_("How it was given"),
        choices=[one for one in enums.Method.choices if one[0] != enums.Method.SMS_CODE],
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("Proved by"),
        max_length=200,
        help_text=_("The scanned paper and its date, or the witness's name and post."),
    )

    def __init__(self, *args, guardians, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset = guardians
        self.fields["giver"].label_from_instance = lambda link: (
            f"{link.get_relation_display()} · {link.get_basis_display()}"
        )
        for purpose, notice in questions:
            self.fields[f"say_{purpose.value}"] = YesNo(
                label=purpose.label, yes=_("Agrees"), no=_("Doesn't agree"), required=False, help_text=notice.title
            )

    def answers(self) -> dict[str, bool]:
        said = {
            name.removeprefix("say_"): value for name, value in self.cleaned_data.items() if name.startswith("say_")
        }
        return {purpose: value for purpose, value in said.items() if value is not None}

    def clean(self):
        data = super().clean()
        if not any(name.startswith("say_") and value is not None for name, value in data.items()):
            raise forms.ValidationError(_("Note at least one answer."))
        return data
