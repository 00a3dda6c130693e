"""The words of a message as staff edit them: unknown slots and telling words are refused."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.messaging import rules
from services.messaging.models import MessageTemplate
from services.messaging.registry import messages


class TemplateForm(forms.ModelForm):
    class Meta:
        model = MessageTemplate
        fields = ("subject", "body", "active")
        widgets = {"body": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "body": gettext_lazy("Leave it empty to bring the product's own words back."),
            "active": gettext_lazy(
                "Switched off, nothing is sent on this channel; the inbox in the portal always gets it."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].required = False
        spec = messages[self.instance.key]
        slots = " ".join(f"{{{name}}}" for name in spec.slots) or "-"
        self.fields["subject"].help_text = _("You can use: %(slots)s") % {"slots": slots}

    def clean_subject(self):
        return self._checked(self.cleaned_data["subject"])

    def clean_body(self):
        return self._checked(self.cleaned_data["body"])

    def _checked(self, text: str) -> str:
        unknown = rules.unknown_slots(text, messages[self.instance.key].slots)
        if unknown:
            raise forms.ValidationError(
                _("This message has no %(slots)s.") % {"slots": " ".join(f"{{{name}}}" for name in unknown)}
            )
        if rules.stray_braces(text):
            raise forms.ValidationError(_("A brace is left over. Write a slot as {name}."))
        told = rules.forbidden_words(text)
        if told:
            raise forms.ValidationError(
                _("Others may read this over her shoulder. Leave out: %(words)s") % {"words": " ".join(told)}
            )
        if rules.holds_address(text):
            raise forms.ValidationError(_("Leave out web and mail addresses; the message carries its own link."))
        return text
