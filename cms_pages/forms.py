"""The forms in which editors fill in pages: what they refuse, and with which words."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import StreamValue

from services.organizations.forms import OrganizationField
from services.organizations.models import Organization
from services.organizations.queries import top_of_scope
from services.publishing.forms.pages import HeldPageForm


class PublisherField(OrganizationField):
    """An organisation by code or full name; a page keeps its key."""

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Organization.objects.filter(pk=value).first()
        return super().prepare_value(value)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class PublicPageForm(HeldPageForm):
    """Every public page. ``organization`` begins with the editor's own post."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._read_streams()
        if "organization" in self.fields:
            self._offer_organizations()

    def _read_streams(self) -> None:
        """What isn't read yet is compared as it lies in the database, where a moment is a text that equals no moment: a
        page with a programme would always count as changed."""
        for value in self.initial.values():
            if isinstance(value, StreamValue):
                list(value)

    def _offer_organizations(self) -> None:
        user = self.for_user
        field = PublisherField(
            label=pgettext_lazy("of a page", "published by"),
            required=False,
            help_text=self.fields["organization"].help_text,
        )
        everywhere = user is None or user.is_superuser
        reach = Organization.objects.all() if everywhere else Organization.objects.visible_to(user)
        # What stands there may stay, even where it lies beyond the editor's own reach.
        field.choices = reach.open() | Organization.objects.filter(pk=self.instance.organization_id)
        self.fields["organization"] = field
        if not (self.instance.pk or self.instance.organization_id or everywhere):
            first = top_of_scope(user).first()
            self.initial["organization"] = first.pk if first else None

    def clean(self):
        cleaned = super().clean()
        self._refuse_a_time_that_is_over(cleaned)
        if cleaned.get("intro_en") and not cleaned.get("title_en"):
            self.add_error(
                "title_en", _("Give the page a title in English too, or leave the English introduction empty.")
            )
        cover = cleaned.get("cover")
        if cover and not cover.description.strip():
            self.add_error(
                "cover",
                _(
                    "This picture has no description yet. Open it under Images, say what is to be seen, "
                    "and choose it again."
                ),
            )
        return cleaned

    def _refuse_a_time_that_is_over(self, cleaned: dict) -> None:
        goes_live, was = cleaned.get("go_live_at"), self.initial.get("go_live_at")
        # The field shows no seconds: what comes back unchanged lacks them.
        same = was is not None and goes_live == was.replace(second=0, microsecond=0)
        if goes_live and not same and "go_live_at" in self.changed_data and goes_live < timezone.now():
            self.add_error(
                "go_live_at", _("This time has passed. Leave it empty to publish at once, or choose a later one.")
            )


def _rows(form, name: str) -> list:
    """The filled-in rows of a form's inline part that aren't to be deleted."""
    formset = form.formsets.get(name)
    if formset is None or not formset.is_valid():
        return []
    return [row for row in formset.forms if row.has_changed() | bool(row.instance.pk) and not _dropped(row)]


def _dropped(row) -> bool:
    return bool(row.cleaned_data.get("DELETE"))


def clause_number(text: str | None) -> str:
    """第 三十一 条 → 第三十一条."""
    return "".join((text or "").split())


class PolicyForm(PublicPageForm):
    """A law keeps each number once, and every clause that a guide rests on."""

    def clean(self):
        cleaned = super().clean()
        rows = _rows(self, "clauses")
        seen = set()
        for row in rows:
            number = clause_number(row.cleaned_data.get("number"))
            if number and number in seen:
                row.add_error("number", _("Another clause has this number already."))
            seen.add(number)
        formset = self.formsets.get("clauses")
        if formset is not None and formset.is_valid():
            self._keep_what_is_relied_on(seen)
        return cleaned

    def _keep_what_is_relied_on(self, numbers: set[str]) -> None:
        missing = {
            number: pages for number, pages in self.instance.clauses_relied_on().items() if number not in numbers
        }
        if missing:
            guides = "; ".join(f"{number}: {', '.join(pages)}" for number, pages in missing.items())
            self.add_error(
                None,
                forms.ValidationError(
                    _("Service guides rest on clauses that would be gone. Change these guides first. %(guides)s"),
                    params={"guides": guides},
                ),
            )


class GuideForm(PublicPageForm):
    """A guide rests on clauses that exist, each named once."""

    def clean(self):
        cleaned = super().clean()
        seen = set()
        for row in _rows(self, "bases"):
            policy, number = row.cleaned_data.get("policy"), clause_number(row.cleaned_data.get("clause"))
            if policy is None or not number:
                continue
            there = [clause.number for clause in policy.specific.clauses.all()]
            if number not in map(clause_number, there):
                row.add_error("clause", self._no_such_clause(number, there))
            elif (policy.pk, number) in seen:
                row.add_error("clause", _("This clause is named above already."))
            seen.add((policy.pk, number))
        return cleaned

    @staticmethod
    def _no_such_clause(number: str, there: list[str]) -> forms.ValidationError:
        if not there:
            return forms.ValidationError(_("This document has no clauses yet. Enter them on its page first."))
        shown = ", ".join(there[:20])
        return forms.ValidationError(
            _("The document has no clause %(number)s. It has: %(there)s"), params={"number": number, "there": shown}
        )
