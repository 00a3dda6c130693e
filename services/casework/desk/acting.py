"""One verb on one case: its words, what happens next, and every refusal beside what caused it."""

from django.core.exceptions import PermissionDenied
from django.forms import formset_factory
from django.http import Http404
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin import messages

from services.casework import errors, policies, queries, wording
from services.casework.actions import AskedItem, handling, verbs
from services.casework.actions.signed import keep_signed_paper
from services.casework.desk.pages import OneCase
from services.casework.desk.typed import HEADER, KeepsTyping
from services.casework.enums import Verb
from services.casework.forms.desk import HandOverForm, ItemForm, ReasonForm, SignedPaperForm
from services.casework.policies.documents import hers
from services.casework.queries import documents as document_queries
from services.casework.queries.people import kept_from
from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.foundation.errors import AlreadyDone, Refused
from services.foundation.verdict import ALLOWED, Verdict

# Of a line of what is asked for.
_TYPED = ("wanted", "words", "again_because")
_ACTIONS = {
    Verb.PASS_STEP: verbs.pass_step,
    Verb.APPROVE: verbs.approve,
    Verb.REFUSE: verbs.refuse,
    Verb.UPHOLD: verbs.uphold,
    Verb.REOPEN: verbs.reopen,
    Verb.APPEAL: verbs.appeal,
}


class Seen(KeepsTyping, OneCase, DeskFormView):
    """``seen`` travels in the form, so that a decision about an older state of the case is refused."""

    template_name = "casework/desk/act.html"

    def get_initial(self):
        return super().get_initial() | {"seen": self.case.version}

    def get_page_subtitle(self):
        return self.case.number

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    def stamp(self, form) -> dict:
        return {"by": self.request.user, "now": clock.now(), "note": form.cleaned_data["note"]}

    def message_of(self, refusal: Refused) -> str:
        """What stands in the way, all of it at once."""
        said = [refusal.message(staff=True)]
        if isinstance(refusal, errors.Obstructed):
            said += [self.service.explain(finding) for finding in refusal.findings]
        return "\n".join(said)

    def may_move(self, verb: str) -> Verdict:
        """May she carry out the verb? A form that was overtaken by somebody else is answered beside her words, by the
        action, instead of being thrown away."""
        allowed = policies.may_move(self.request.user, self.case, verb)
        if allowed or self.request.method != "POST":
            return allowed if queries.offers(self.case, verb) else ALLOWED
        overtaken = self.request.POST.get("seen", "") not in ("", str(self.case.version))
        return ALLOWED if overtaken or policies.may_handle(self.request.user, self.case) else allowed

    def past(self, verb: str):
        """The way back to the case, with what became of it, when the verb isn't possible any more: a page that was
        left open, or that the browser's back button fetched anew. None while it is possible."""
        if queries.offers(self.case, verb):
            return None
        done = [event for event in self.case.events.all() if event.target and event.verb == verb]
        stage = self.case.get_stage_display()
        refusal = (
            errors.DoneBefore(**wording.done(done[-1], self.case))
            if done
            else errors.NotPossibleNow(verb=wording.ASKS[verb], stage=stage)
        )
        messages.info(self.request, refusal.message(staff=True))
        return redirect(self.get_success_url())

    def say(self, moved, said: str) -> str:
        """What happened; or that it had happened before."""
        return wording.repeated(moved) if moved.repeats else said

    def form_valid(self, form):
        try:
            said = self.act(form)
        except AlreadyDone as done:
            if not self.has_words(form):
                messages.info(self.request, done.message(staff=True))
                return redirect(self.get_success_url())
            form.add_error(None, done.message(staff=True))
            return self.form_invalid(form)
        except Refused as refusal:
            form.add_error(self.field_for(refusal), self.message_of(refusal).splitlines())
            return self.form_invalid(form)
        except PermissionDenied as denied:
            form.add_error(None, str(denied))
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect(self.get_success_url())

    def has_words(self, form) -> bool:
        """Words that would be lost if the form were left."""
        return any(form.cleaned_data.get(name, "").strip() for name in ("reason", "note"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(case=self.case, title=self.service.title(self.case), **kwargs)


class Act(Seen):
    """Pass, approve, refuse, uphold, reopen."""

    form_class = ReasonForm

    def dispatch(self, request, *args, **kwargs):
        if kwargs["verb"] not in _ACTIONS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def verb(self) -> str:
        return self.kwargs["verb"]

    def allowed(self):
        return self.may_move(self.verb)

    def get(self, request, *args, **kwargs):
        return self.past(self.verb) or super().get(request, *args, **kwargs)

    def get_page_title(self):
        return wording.ASKS[self.verb]

    @property
    def submit_label(self):
        return wording.ASKS[self.verb]

    @property
    def danger(self):
        return self.verb in (Verb.REFUSE, Verb.UPHOLD)

    @property
    def intro(self):
        return wording.FOLLOWS[self.verb]

    def get_form_kwargs(self):
        required = self.verb in (Verb.REFUSE, Verb.UPHOLD, Verb.REOPEN, Verb.APPEAL)
        return super().get_form_kwargs() | {"case": self.case, "verb": self.verb, "required": required}

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.ReasonMissing) else None

    def act(self, form):
        data = form.cleaned_data
        moved = _ACTIONS[self.verb](self.case, reason=data["reason"], seen=data["seen"], **self.stamp(form))
        said = _("%(number)s: %(stage)s.") % {"number": moved.number, "stage": moved.get_stage_display()}
        return self.say(moved, said)


class AskForMore(Seen):
    """Everything that is missing, ticked at once: it goes out in one message (D16)."""

    form_class = ReasonForm
    template_name = "casework/desk/ask.html"
    page_title = gettext_lazy("Ask for more material")
    submit_label = pgettext_lazy("for more material", "Send the request")
    intro = wording.FOLLOWS[Verb.RETURN]

    def allowed(self):
        return self.may_move(Verb.RETURN)

    def get(self, request, *args, **kwargs):
        return self.past(Verb.RETURN) or super().get(request, *args, **kwargs)

    def has_words(self, form):
        """What she ticked and wrote differs from what a colleague asked for."""
        return True

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"case": self.case, "verb": Verb.RETURN, "required": False}

    @cached_property
    def items(self):
        there = document_queries.kinds_on_file(self.case)
        initial = [
            {"item": kind.item, "text": kind.text, "words": str(kind.help or kind.text), "there": kind.item in there}
            for kind in hers(self.service.document_kinds(self.case))
        ]
        if self.request.method != "POST" and self.kept:
            typed = MultiValueDict(self.kept.values)
            for place, row in enumerate(initial):
                row |= {name: typed[key] for name in _TYPED if (key := f"items-{place}-{name}") in typed}
        forms = formset_factory(ItemForm, extra=0)
        return forms(self.request.POST if self.request.method == "POST" else None, initial=initial, prefix="items")

    def post(self, request, *args, **kwargs):
        if HEADER in request.headers:
            return self.keep_only()
        form, items = self.get_form(), self.items
        if form.is_valid() & items.is_valid():
            return self.carried(self.form_valid(form))
        return self.form_invalid(form)

    def act(self, form):
        wanted = [row.cleaned_data for row in self.items if row.cleaned_data.get("wanted")]
        known = {row.initial["item"] for row in self.items}
        asked = [
            AskedItem(row["item"], row["words"], row.get("again_because", "")) for row in wanted if row["item"] in known
        ]
        data = form.cleaned_data
        moved = verbs.return_case(self.case, items=asked, reason=data["reason"], seen=data["seen"], **self.stamp(form))
        said = ngettext("%(count)s thing was asked for.", "%(count)s things were asked for.", len(asked))
        return self.say(moved, said % {"count": len(asked)})

    def get_context_data(self, **kwargs):
        return super().get_context_data(items=self.items, **kwargs)


class SignedPaper(OneCase, DeskFormView):
    """The paper by which she let somebody apply in her name, as a photo or scan."""

    page_title = gettext_lazy("The paper that she signed")
    submit_label = gettext_lazy("Keep it")
    intro = gettext_lazy("A photo or scan of the authorisation. Whoever opens it later is written down.")
    form_class = SignedPaperForm

    def allowed(self):
        if self.case.authorisation is None:
            raise Http404
        return policies.may_authorise(self.request.user, self.case.worker)

    def field_for(self, refusal):
        return "file"

    def act(self, form):
        authorisation, file = self.case.authorisation, form.cleaned_data["file"]
        keep_signed_paper(authorisation, upload=file, by=self.request.user, now=clock.now())
        return _("The paper is kept with her authorisation.")


class HandOver(Seen):
    form_class = HandOverForm
    page_title = gettext_lazy("Hand over")
    intro = gettext_lazy("Your colleague is told and finds the case in her own list.")

    def allowed(self):
        return policies.may_take_over(self.request.user, self.case)

    def get_form_kwargs(self):
        but = {self.request.user.pk} | kept_from(self.case)
        people = queries.colleagues([self.case.desk_path], but=but, on=clock.today())
        return super().get_form_kwargs() | {"colleagues": people}

    def field_for(self, refusal):
        return "to" if isinstance(refusal, errors.CantReceive) else None

    def act(self, form):
        to = form.cleaned_data["to"]
        handling.hand_over(self.case, to=to, **self.stamp(form))
        return _("Handed over to %(who)s.") % {"who": to.full_name}
