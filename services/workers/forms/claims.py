"""What she types to be tied to her record."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from services.foundation import clock
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number
from services.privacy.errors import NoticeSuperseded
from services.privacy.models import Notice
from services.workers.queries import SHORTEST_SEARCH
from services.workers.rules.claim import plain_tail

_AGREE = _("I have read the notice and agree that my union's record about me is used for these services.")
_AGREE_MISSING = _("We may only look for your record when you agree.")


class _IdentityForm(forms.Form):
    """Her name and her agreement; subclasses add the number between the two."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        error_messages={"required": _("Enter your name as it stands on your identity card.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agree = forms.BooleanField(label=_AGREE, error_messages={"required": _AGREE_MISSING})

    def __init__(self, *args, notice: Notice, **kwargs):
        super().__init__(*args, **kwargs)
        self.notice_shown = notice

    def clean(self) -> dict:
        """She agrees to the words she read: a notice that changed meanwhile is shown again."""
        if self.data.get("notice") != self.notice_shown.digest:
            self.add_error(None, NoticeSuperseded().message())
        return super().clean()


class ClaimForm(_IdentityForm):
    """Name and the last four characters of her identity number."""

    last4 = forms.CharField(
        label=_("Last 4 characters of your identity number"),
        help_text=_("Digits, or three digits and X."),
        max_length=12,
        error_messages={"required": _("Enter the last 4 characters of your identity number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "is-short"}),
    )
    field_order = ["name", "last4", "agree"]

    def clean_last4(self) -> str:
        tail = plain_tail(self.cleaned_data["last4"])
        if not tail:
            raise forms.ValidationError(_("These must be exactly 4 characters: digits, the last may be X."))
        return tail


class RequestForm(_IdentityForm):
    """Name and identity number for the officer who looks for her record."""

    id_number = forms.CharField(
        label=_("Your identity number"),
        help_text=_("18 characters. Only your union's officer can see it, and it is deleted once she has answered."),
        max_length=40,
        error_messages={"required": _("Enter your identity number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    field_order = ["name", "id_number", "agree"]

    def clean_id_number(self) -> str:
        try:
            return parse_identity_number(
                self.cleaned_data["id_number"],
                today=clock.today(),
                allow_invented=settings.ALLOW_INVENTED_IDENTITIES,
            ).number
        except InvalidIdentityNumber as error:
            if error.code in ("shape", "fifteen"):
                raise forms.ValidationError(_("An identity number has 18 characters: digits, the last may be X."))
            raise forms.ValidationError(_("This is not a valid identity number. Compare it with your card."))


class UnionSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Name of your union or your workplace"),
        max_length=60,
        min_length=SHORTEST_SEARCH,
        error_messages={
            "required": _("Enter at least 2 characters of the name."),
            "min_length": _("Enter at least 2 characters of the name."),
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "organization"}),
    )
