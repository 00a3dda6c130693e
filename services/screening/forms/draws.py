"""What an officer announces and enters for a draw."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from services.bookings.enums import AfterDraw, SignUpMode
from services.bookings.rules.draw import FEWEST_DIGITS, MOST_DIGITS

_DRAWN = [choice for choice in SignUpMode.choices if choice[0] != SignUpMode.FIRST_COME]


class SourceForm(forms.Form):
    """The public number that nobody knows yet, and the moment until which women may enter."""

    freezes_at = forms.DateTimeField(
        label=_("the list closes"),
        widget=AdminDateTimeInput,
        help_text=_("Women may enter until then; the list is frozen by itself and its fingerprint published."),
    )
    source = forms.CharField(
        label=_("public number"),
        max_length=120,
        help_text=_("Which number decides, so that nobody can doubt it: “closing value of the SSE Composite index”."),
    )
    number_on = forms.DateField(
        label=_("day of the number"),
        widget=AdminDateInput,
        help_text=_("A later day than the list closes. Take a day on which the number surely comes out."),
    )
    digits = forms.IntegerField(
        label=_("how many digits"),
        min_value=FEWEST_DIGITS,
        max_value=MOST_DIGITS,
        help_text=_("Its digits alone, without point or comma: 3,876.37 has six."),
    )
    where = forms.CharField(
        label=_("where to read it"), max_length=200, help_text=_("An address or a place that everybody can look at.")
    )


class AnnounceDrawForm(SourceForm):
    """How places are given, and the number that decides."""

    mode = forms.ChoiceField(
        label=_("how places are given"),
        choices=_DRAWN,
        widget=forms.RadioSelect,
        initial=SignUpMode.DRAW,
    )
    after_draw = forms.ChoiceField(
        label=_("places left over"),
        choices=AfterDraw.choices,
        widget=forms.RadioSelect,
        initial=AfterDraw.FIRST_COME,
        help_text=_("Only for a draw; with first come among the first hours they are always first come, first served."),
    )
    field_order = ("mode", "freezes_at", "source", "number_on", "digits", "where", "after_draw")


class ReasonField(forms.CharField):
    def __init__(self):
        super().__init__(label=_("reason"), max_length=200, help_text=_("Everybody reads it on the page of the draw."))


class DrawAgainForm(SourceForm):
    """The next draw, with why the announced one can't be kept."""

    reason = ReasonField()
    field_order = ("reason", "freezes_at", "source", "number_on", "digits", "where")


class PublicNumberForm(forms.Form):
    """The number as it came out, typed twice: it can't be changed afterwards."""

    typed = forms.CharField(
        label=_("the number"),
        max_length=80,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    again = forms.CharField(
        label=_("the number once more"),
        max_length=80,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def clean(self):
        data = super().clean()
        if data.get("typed") and data.get("again") and data["typed"] != data["again"]:
            self.add_error("again", _("The two are not the same. Please read the number again."))
        return data


class CorrectNumberForm(PublicNumberForm):
    """The true number, and how the mistake came about."""

    reason = ReasonField()
