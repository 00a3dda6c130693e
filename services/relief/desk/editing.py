"""Writing in a file: members, money, causes, particulars; and what an application's programme asks.

Whoever saves upon an older version sees what is stored now beside what she typed, and loses neither.
"""

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.casework.policies import speaks_for
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused
from services.relief import errors, policies, queries
from services.relief.actions import applying, files, revealing
from services.relief.desk.one import OneApplication, OneFile
from services.relief.forms import household as forms
from services.relief.forms.answers import AnswersForm
from services.relief.models import Household


class EditPart(OneFile, DeskView, WagtailAdminTemplateMixin, TemplateView):
    """One part of a file. Opening it to staff is a look, and is written down."""

    part = ""
    template_name = "relief/desk/edit.html"

    def allowed(self):
        return policies.may_write_file(self.request.user, self.household, now=clock.now())

    def get_page_subtitle(self):
        return self.household.number

    def get_success_url(self):
        """Back to her application while it is filled in in her name, else to the file."""
        return self.page_for_her or super().get_success_url()

    @cached_property
    def page_for_her(self) -> str:
        mine = queries.represented_by(self.request.user, on=clock.today())
        application = mine.filter(household=self.household).first()
        return queries.page_for_her(application.case) if application else ""

    def get(self, request, *args, **kwargs):
        return self._answer(self.forms())

    def post(self, request, *args, **kwargs):
        typed = self.forms(request.POST)
        if self.is_valid(typed):
            try:
                self.save(typed, seen=self._seen())
            except errors.FileInvalid as refused:
                self.put(typed, refused.faults)
            except errors.FileChanged as refused:
                return self._answer(self.forms(self.without_lost_keys()), stored=self.forms(), said=refused)
            except errors.AnotherFile as refused:
                self.put_another(typed, refused)
            except Refused as refused:
                messages.error(request, refused.message(staff=True))
            else:
                messages.success(request, _("Saved."))
                return redirect(self.get_success_url())
        return self._answer(typed)

    def _seen(self) -> int:
        text = self.request.POST.get("seen", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def _answer(self, shown: dict, *, stored: dict | None = None, said: Refused | None = None):
        try:
            revealing.open_to_write(self.household, part=self.part, by=self.request.user, now=clock.now())
        except Refused as refused:
            messages.error(self.request, refused.message(staff=True))
            return redirect(self.get_success_url())
        fresh = Household.objects.unscoped().values_list("version", flat=True).get(pk=self.household.pk)
        conflict = said is not None
        # After a page with faults the version she began with counts; after a conflict she has seen the newest.
        seen = fresh if conflict or self.request.method == "GET" else self._seen()
        return self.render_to_response(
            self.get_context_data(
                **shown,
                shown=shown,
                stored=stored,
                seen=seen,
                conflict=said.message(staff=True) if said else "",
                back_url=self.get_success_url(),
            )
        )

    def is_valid(self, typed: dict) -> bool:
        checked = [form.is_valid() for form in typed.values()]
        return all(checked)

    def forms(self, data=None) -> dict:
        raise NotImplementedError

    def save(self, typed: dict, *, seen: int) -> None:
        raise NotImplementedError

    def put(self, typed: dict, faults) -> None:
        (form,) = typed.values()
        forms.put(faults, form)

    def put_another(self, typed: dict, refused: errors.AnotherFile) -> None:
        messages.error(self.request, refused.message(staff=True))

    def without_lost_keys(self):
        return self.request.POST

    @cached_property
    def stamp(self) -> dict:
        return {"by": self.request.user, "now": clock.now()}


class EditMembers(EditPart):
    part = revealing.MEMBERS
    page_title = gettext_lazy("Members of the household")
    template_name = "relief/desk/edit_rows.html"

    def forms(self, data=None):
        stored = {"alone": bool(self.household.particulars.get("alone"))}
        return {
            "members": forms.member_rows(self.household, data),
            "nobody": forms.AloneForm(data, initial=stored),
        }

    def is_valid(self, typed):
        if not super().is_valid(typed):
            return False
        typed["nobody"].check_against(typed["members"])
        return not typed["nobody"].errors

    def save(self, typed, *, seen):
        rows = [form.person() for form in typed["members"].kept()]
        alone = typed["nobody"].cleaned_data["alone"]
        files.save_members(self.household, rows, alone=alone, seen=seen, **self.stamp)

    def put(self, typed, faults):
        faults = list(faults)
        forms.put([fault for fault in faults if fault.field == "alone"], typed["nobody"])
        typed["members"].put(fault for fault in faults if fault.field != "alone")

    def put_another(self, typed, refused):
        if refused.row is None:
            messages.error(self.request, refused.message(staff=True))
        else:
            typed["members"].kept()[refused.row].add_error("id_number", refused.message(staff=True))

    def without_lost_keys(self):
        """Rows of members who are gone meanwhile stand for new ones."""
        data = self.request.POST.copy()
        known = {str(key) for key in self.household.members.values_list("pk", flat=True)}
        for name in [name for name in data if name.endswith("-key") and data[name] not in known]:
            data[name] = ""
        return data


class EditMoney(EditPart):
    part = revealing.MONEY
    page_title = gettext_lazy("Income and spending")
    template_name = "relief/desk/edit_rows.html"

    def forms(self, data=None):
        stored = {"no_income": self.household.particulars.get("no_income", False)}
        return {
            "income": forms.money_rows(self.household, incoming=True, data=data),
            "nothing": forms.NoIncomeForm(data, initial=stored),
            "spending": forms.money_rows(self.household, incoming=False, data=data),
        }

    def save(self, typed, *, seen):
        rows = [form.line() for part in ("income", "spending") for form in typed[part].kept()]
        no_income = typed["nothing"].cleaned_data["no_income"]
        files.save_money(self.household, rows, no_income=no_income, seen=seen, **self.stamp)

    def put(self, typed, faults):
        faults = list(faults)
        forms.put([fault for fault in faults if fault.field == "no_income"], typed["nothing"])
        for part, where in (("incoming", "income"), ("outgoing", "spending")):
            typed[where].put(f for f in faults if f.part == part and f.field != "no_income")


class EditCauses(EditPart):
    part = revealing.PARTICULARS
    page_title = gettext_lazy("Causes")

    def forms(self, data=None):
        return {"form": forms.CausesForm.of(self.household, data)}

    def save(self, typed, *, seen):
        data = typed["form"].cleaned_data
        files.save_causes(
            self.household,
            cause=data["cause"],
            more=data["more_causes"],
            single_parent=data["single_parent"],
            seen=seen,
            **self.stamp,
        )


class EditParticulars(EditPart):
    part = revealing.PARTICULARS
    page_title = gettext_lazy("Address, housing, insurance")

    def forms(self, data=None):
        return {"form": forms.ParticularsForm.of(self.household, data)}

    def save(self, typed, *, seen):
        values, herself = typed["form"].values()
        files.save_particulars(self.household, values, herself=herself, seen=seen, **self.stamp)


class EditAnswers(OneApplication, DeskView, WagtailAdminTemplateMixin, TemplateView):
    """What the programme asks beyond the file, typed by her representative."""

    template_name = "relief/desk/edit.html"
    page_title = pgettext_lazy("to her", "What happened")

    def allowed(self):
        return speaks_for(self.request.user, self.application.case, now=clock.now())

    def get_success_url(self):
        return queries.page_for_her(self.application.case)

    def get(self, request, *args, **kwargs):
        return self._answer(AnswersForm.of(self.application), self.application.version)

    def post(self, request, *args, **kwargs):
        form, seen = AnswersForm.of(self.application, request.POST), request.POST.get("seen", "")
        seen = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        if form.is_valid():
            try:
                applying.save_answers(self.application, form.typed(), by=request.user, now=clock.now(), seen=seen)
            except errors.FileInvalid as refused:
                forms.put(refused.faults, form)
            except errors.FileChanged as refused:
                self.application.refresh_from_db()
                return self._answer(form, self.application.version, said=refused)
            except Refused as refused:
                form.add_error(None, refused.message(staff=True))
            else:
                messages.success(request, _("Saved."))
                return redirect(self.get_success_url())
        return self._answer(form, seen)

    def _answer(self, form, seen: int, *, said: Refused | None = None):
        """``said``: somebody saved in between. What is stored now stands beside what she typed."""
        context = {"form": form, "shown": {"form": form}, "seen": seen}
        if said:
            stored = {"form": AnswersForm.of(self.application)}
            context |= {"stored": stored, "conflict": said.message(staff=True)}
        return self.render_to_response(self.get_context_data(**context, back_url=self.get_success_url()))
