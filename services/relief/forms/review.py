"""What officers type while they review an application or keep a file."""

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from services.casework.enums import ConsentWay, ScanState
from services.casework.forms.hers import ACCEPTED, FilesField
from services.organizations.forms import DayInput
from services.relief.enums import CheckResult, DocumentKind, ExitReason, OverlapChoice, ReturnFinding
from services.relief.forms.household import YuanField
from services.relief.models import Application, Programme

_WORDS = forms.Textarea({"rows": 3})

LOOK_REASONS = [
    ("review", _("To review the application")),
    ("papers", _("To compare with her papers")),
    ("visit", _("To prepare a home visit")),
    ("correct", _("To correct the file")),
]
PARTS = [
    ("members", _("Members in clear")),
    ("money", _("Income and spending")),
    ("particulars", _("Address and housing")),
]


class LookForm(forms.Form):
    """Why a part is opened: a ready-made reason, or one's own words."""

    part = forms.ChoiceField(choices=PARTS)
    canned = forms.ChoiceField(
        label=_("Why do you need it?"), choices=[("", _("Other: write it below")), *LOOK_REASONS], required=False
    )
    words = forms.CharField(label=_("In your words"), max_length=150, required=False)

    def reason(self) -> str:
        """In the site's first language, whoever reads it later."""
        with translation.override(settings.LANGUAGE_CODE):
            ready = str(dict(LOOK_REASONS).get(self.cleaned_data["canned"], ""))
        return " · ".join(filter(None, [ready, self.cleaned_data["words"].strip()]))


class VisitForm(forms.Form):
    visited_on = forms.DateField(label=_("Visited on"), widget=DayInput)
    companion = forms.CharField(label=_("Second visitor"), max_length=60, help_text=_("Two people visit a household."))
    met = forms.CharField(label=_("Whom you met"), max_length=60)
    finding = forms.CharField(
        label=_("What you found"), max_length=1000, widget=_WORDS, help_text=_("Don't name an illness.")
    )
    agrees = forms.TypedChoiceField(
        label=_("Does it agree with what she stated?"),
        choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda text: text == "yes",
    )
    signature = forms.TypedChoiceField(
        label=_("Her signature"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only when it is already among the papers of this case."),
    )
    signature_photo = FilesField(label=_("Photo of her signature"), required=False)
    photos = FilesField(label=_("Photos of the home visit"), required=False)

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        photos = application.case.documents.filter(kind=DocumentKind.VISIT_SIGNATURE, removed_at__isnull=True)
        self.photos = {photo.pk: photo for photo in photos.exclude(scan=ScanState.INFECTED)}
        names = [(key, _("Photo %(number)s") % {"number": place}) for place, key in enumerate(self.photos, 1)]
        self.fields["signature"].choices = [("", "—"), *names]
        if not names:
            del self.fields["signature"]
        for name in ("signature_photo", "photos"):
            self.fields[name].widget.attrs |= {"accept": ACCEPTED, "multiple": name == "photos"}

    def uploads(self) -> list[tuple[str, str]]:
        """Fields with files, and the kind of paper each is kept as."""
        kinds = {"photos": DocumentKind.VISIT_PHOTO, "signature_photo": DocumentKind.VISIT_SIGNATURE}
        return [(name, str(kind)) for name, kind in kinds.items() if self.cleaned_data.get(name)]

    def visit(self) -> dict:
        """What the form says of the visit itself; files are kept as papers of the case first."""
        stated = {name: self.cleaned_data[name] for name in ("visited_on", "companion", "met", "finding", "agrees")}
        return stated | {"signature": self.photos.get(self.cleaned_data.get("signature"))}


class ExclusionForm(forms.Form):
    result = forms.ChoiceField(label=_("What you found"), choices=CheckResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        required=False,
        widget=_WORDS,
        help_text=_("Needed when it applies or isn't clear."),
    )


class OverlapForm(forms.Form):
    choice = forms.ChoiceField(label=_("Decision"), choices=OverlapChoice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=_WORDS, help_text=_("For colleagues. Don't write names or numbers.")
    )


class SumForm(forms.Form):
    amount = YuanField(label=_("Sum in yuan"))
    because = forms.CharField(
        label=_("Why it differs"), max_length=300, widget=_WORDS, help_text=_("A second person reads it and agrees.")
    )


class AgreeForm(forms.Form):
    """The sum that was on the screen goes along, so that nobody agrees to another one."""

    amount = forms.DecimalField(widget=forms.HiddenInput)


class SeenForm(forms.Form):
    """The version of the file that was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Goes into the history."))


class MonthForm(forms.Form):
    month = forms.DateField(
        label=_("Month"), widget=DayInput, help_text=_("Any day of it."), input_formats=["%Y-%m-%d", "%Y-%m"]
    )
    per_person = YuanField(label=_("Yuan a person in this month"))


class LeaveForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why the household leaves"), choices=[("", "—"), *ExitReason.choices])
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ReturnVisitForm(forms.Form):
    finding = forms.ChoiceField(label=_("What you found"), choices=[("", "—"), *ReturnFinding.choices])
    note = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=_WORDS)


class BeginForm(forms.Form):
    """Applying in a woman's name: what for, how she agreed, until when."""

    programme = forms.ChoiceField(label=_("What she applies for"))
    way = forms.ChoiceField(label=_("How she agreed"), choices=ConsentWay.choices, widget=forms.RadioSelect)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    valid_until = forms.DateField(
        label=_("Valid until"), widget=DayInput, help_text=_("The last day on which you may act for her.")
    )
    notice = forms.BooleanField(
        label=_("She has read the privacy notice on hardship relief, or it was read to her, and signed it."),
    )

    def __init__(self, *args, programmes: list[Programme], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [("", "—"), *((one.code, one.name) for one in programmes)]
