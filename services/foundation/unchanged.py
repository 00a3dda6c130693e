"""Two people edit the same thing: who saves last reads what the other saved before anything is written over."""

import json

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

FIELD = "as_opened"


class AsOpened(forms.CharField):
    """Carries what the page was filled with, as a digest. Shown again it carries what stands now."""

    widget = forms.HiddenInput

    def bound_data(self, data, initial):
        return initial


class TellsOfOthers:
    """Mixed into a model form, in front of it: of an instance that somebody else has saved meanwhile the first sending
    is answered with what it says now, the second one takes its place.

    Without the hidden field (a script, an old page) nothing is compared.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields[FIELD] = AsOpened(required=False, initial=self._digest)

    def clean(self):
        data = super().clean()
        opened = data.pop(FIELD, "")
        if opened and not constant_time_compare(opened, self._digest()):
            theirs = [name for name in self._compared() if self[name]._has_changed()]
            if theirs:
                said = _("; ").join(f"{self[name].label}: {self._said(name)}" for name in theirs)
                self.add_error(
                    None,
                    _(
                        "Somebody else saved this after you had opened it. It says now: %(said)s. "
                        "What you entered is still here: save again to put it in its place."
                    )
                    % {"said": said},
                )
        return data

    def _compared(self) -> list[str]:
        return [name for name in self.fields if name != FIELD]

    def _stands(self, name: str):
        field = self.fields[name]
        return field.prepare_value(self.get_initial_for_field(field, name))

    def _digest(self) -> str:
        stands = {name: self._stands(name) for name in self._compared()}
        return salted_hmac("unchanged", json.dumps(stands, sort_keys=True, default=str)).hexdigest()

    def _said(self, name: str) -> str:
        """What stands in the field now, as a reader knows it."""
        field, value = self.fields[name], self._stands(name)
        if isinstance(field, forms.ModelMultipleChoiceField):
            return _(", ").join(map(field.label_from_instance, field.queryset.filter(pk__in=value or []))) or "—"
        if isinstance(field, forms.ModelChoiceField):
            found = field.queryset.filter(pk=value).first() if value else None
            return field.label_from_instance(found) if found else "—"
        if isinstance(field, forms.BooleanField):
            return _("yes") if value else _("no")
        words = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}
        values = value if isinstance(value, list | tuple) else [value]
        return _(", ").join(str(words.get(one, one)) for one in values if one not in (None, "")) or "—"
