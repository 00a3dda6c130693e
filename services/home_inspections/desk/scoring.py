"""The sheet in the field: a plain form that works as it is, and what a phone sends when it has a network again."""

import json
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused, TooManyUploads
from services.childrens_homes.registry import facts_of
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file
from services.foundation.stored import opened_or_404
from services.home_inspections import policies
from services.home_inspections.actions import blind, photos
from services.home_inspections.actions import inspections as actions
from services.home_inspections.actions.answers import Result, save_answers
from services.home_inspections.desk.pages import InspectionsPage, OfInspector, desk_url
from services.home_inspections.enums import InspectionState
from services.home_inspections.forms.sheets import SentAnswer, SheetForm, plain
from services.home_inspections.models import Photo
from services.home_inspections.queries import inspections as queries
from services.home_inspections.queries.rubrics import asked_of_home

MOST_AT_ONCE = 80
MOST_BYTES = 200_000


class Score(OfInspector, TemplateView):
    template_name = "home_inspections/desk/score.html"

    def get_page_title(self):
        return _("Score sheet")

    @property
    def asked(self):
        return asked_of_home(self.inspection.rubric, self.inspection.home.profile)

    def _form(self, data=None):
        answers = queries.answers_of(self.inspection, queries.own_sheet(self.inspection, self.request.user))
        return SheetForm(data, asked=self.asked, answers=answers)

    @property
    def closed(self) -> bool:
        """For her: the sheet is, or she has handed in her own."""
        mine = next(one for one in self.inspection.inspectors.all() if one.user_id == self.request.user.pk)
        return self.inspection.state != InspectionState.IN_FIELD or mine.handed_in_at is not None

    def get(self, request, *args, **kwargs):
        if self.closed:
            return redirect(self.get_success_url())
        return self._show(self._form())

    def post(self, request, *args, **kwargs):
        form = self._form(request.POST)
        fit = form.is_valid()
        taken = request.POST.get("take", "")
        if taken in form.asked:
            form.take(taken, form.answers.get(taken))
            return self._show(SheetForm(form.data, asked=form.asked, answers=form.answers))
        try:
            results = save_answers(self.inspection, form.changes(), by=request.user, now=clock.now())
        except Refused as refused:
            messages.error(request, refused.message(staff=True))
            return redirect(self.get_success_url())
        clashing = self._put(form, results)
        if not fit or clashing or any(one.outcome == "refused" for one in results):
            return self._show(form, clashing)
        if "finish" in request.POST:
            return self._finish(form)
        messages.success(request, _("Saved."))
        return redirect(request.path)

    def _put(self, form, results: list[Result]) -> dict:
        clashing = {}
        for one in results:
            if one.outcome == "refused":
                form.add_error(f"points-{one.code}", one.words)
            elif one.outcome == "conflict":
                form.add_error(f"points-{one.code}", one.words)
                clashing[one.code] = one.answer
                form.see(one.code, one.answer)
            elif one.answer is not None:
                form.see(one.code, one.answer)
        return clashing

    def _finish(self, form):
        try:
            act = blind.hand_in if self.inspection.blind else actions.finish
            done = act(self.inspection, by=self.request.user, now=clock.now())
        except Refused as refused:
            form.add_error(None, refused.message(staff=True))
            return self._show(form)
        if done.score is None:
            messages.success(self.request, _("Your sheet is handed in. Nobody sees it before the other one is in."))
        else:
            messages.success(self.request, _("%(score)s points. Now both sides sign.") % {"score": done.score})
        return redirect(self.get_success_url())

    def _show(self, form, clashing=None):
        one = self.inspection
        pictures: dict[str, list] = {}
        for photo in queries.photos_of(one):
            if one.blind and photo.added_by_id != self.request.user.pk:
                continue
            pictures.setdefault(photo.criterion.code if photo.criterion else "", []).append(photo)
        facts = facts_of([one.home], clock.today())[one.home.pk]
        groups: list = []
        for item in one.rubric.items.all():
            lines = [
                {
                    "criterion": criterion,
                    "fields": {part: form.bound(part, criterion.code) for part in _PARTS},
                    "answer": form.answers.get(criterion.code),
                    "clash": (clashing or {}).get(criterion.code),
                    "photos": pictures.get(criterion.code, []),
                    "fact": known(one.home, facts, criterion.fact),
                }
                for criterion in item.criteria.all()
                if criterion.code in form.asked
            ]
            if lines:
                groups.append((item, lines))
        return self.render_to_response(
            self.get_context_data(
                form=form,
                groups=groups,
                findings=queries.open_findings(one.home),
                ready=_for_the_phone(one, form, self.request.user),
            )
        )


_PARTS = ("points", "na", "reason", "counted", "note", "version", "base")


def _for_the_phone(inspection, form, user) -> dict:
    """What the page keeps beside its fields, for the script. Scored blind, two who share a phone share nothing."""
    return {
        "token": f"{inspection.token}-{user.pk}" if inspection.blind else inspection.token,
        "answers": {code: plain(form.answers.get(code)) for code in form.asked},
        "versions": {code: getattr(form.answers.get(code), "version", 0) for code in form.asked},
    }


def known(home, facts: dict, code: str) -> dict | None:
    """What is on record beside a criterion; what nobody knows isn't shown."""
    if not code:
        return None
    fact = facts.get(code)
    if fact is not None and fact.value is not None:
        return {"value": _said(fact.value), "source": fact.source}
    value = getattr(home, code, None) if code in ("room_m2", "outdoor_m2", "internet", "video_call") else None
    return None if value is None else {"value": _said(value), "source": _("register of homes")}


def _said(value) -> str:
    if value is True:
        return _("Yes")
    return _("No") if value is False else str(value)


class Sync(OfInspector, View):
    """Answers as a phone kept them: each gets its own outcome, so that one that isn't fit holds up no other."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if len(request.body) > MOST_BYTES:
            return JsonResponse({"error": _("Too much at once.")}, status=413)
        try:
            sent = json.loads(request.body)["answers"]
            if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"error": _("This can't be read.")}, status=400)
        changes, results = [], []
        for one in sent[:MOST_AT_ONCE]:
            form = SentAnswer({key: value for key, value in one.items() if key != "base"})
            if form.is_valid():
                changes.append(form.change(one.get("base")))
            else:
                words = " ".join(next(iter(form.errors.values())))
                results.append(Result(str(one.get("code", ""))[:6], "refused", None, words))
        try:
            results += save_answers(self.inspection, changes, by=request.user, now=clock.now())
        except Refused as refused:
            return JsonResponse({"error": refused.message(staff=True), "closed": True}, status=409)
        return JsonResponse({"results": [told(one) for one in results]})


def told(result: Result) -> dict:
    answer = result.answer
    found = {
        "code": result.code,
        "outcome": result.outcome,
        "words": result.words,
        "clashes": list(result.clashes),
        "version": answer.version if answer else 0,
        "stored": plain(answer),
    }
    if answer is not None and answer.saved_by_id:
        by = answer.saved_by
        found["by"] = by.first_name or by.get_username()
        found["at"] = date_format(timezone.localtime(answer.saved_at), "SHORT_DATETIME_FORMAT")
    return found


class AddPhoto(OfInspector, View):
    """One photo, from the queue of a phone (answers with JSON) or from the plain form."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        quiet = request.headers.get("X-Keep") == "1"
        code = request.POST.get("criterion", "")[:6]
        criterion = asked_of_home(self.inspection.rubric, self.inspection.home.profile).get(code)
        upload = request.FILES.get("photo")
        if criterion is None or upload is None:
            return self._refused(_("Choose a photo first."), quiet, status=400)
        try:
            photo = photos.add_photo(
                self.inspection,
                criterion=criterion,
                upload=upload.file,
                name=upload.name,
                sha256=request.POST.get("sha256", "")[:64],
                device_at=_moment(request.POST.get("device_at", "")),
                place=_place(request.POST),
                by=request.user,
                now=clock.now(),
            )
        except TooManyUploads as refused:
            return self._refused(refused.message(staff=True), quiet, status=429)
        except (DocumentRefused, Refused) as refused:
            return self._refused(refused.message(staff=True), quiet, status=422)
        if quiet:
            return JsonResponse(
                {
                    "token": photo.token,
                    "name": photo.name,
                    "twice": twice(photo),
                    "url": desk_url("photo", photo.token),
                }
            )
        messages.success(request, twice(photo) or _("The photo is on record."))
        return redirect(f"{desk_url('score', self.inspection.token)}#c-{criterion.code}")

    def _refused(self, words: str, quiet: bool, *, status: int):
        if quiet:
            return JsonResponse({"error": words}, status=status)
        messages.error(self.request, words)
        return redirect(desk_url("score", self.inspection.token))


def twice(photo: Photo) -> str:
    """In words, where this photo was used before; nothing where it is new."""
    if photo.twin_id is None:
        return ""
    return _("This photo was used before (%(home)s). It proves nothing here.") % {
        "home": photo.twin.inspection.home.code
    }


def _place(sent) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude where the phone sent both and they can be; else none."""
    try:
        found = Decimal(sent.get("latitude", "")[:20]), Decimal(sent.get("longitude", "")[:20])
    except InvalidOperation:
        return None
    fits = all(one.is_finite() for one in found) and abs(found[0]) <= 90 and abs(found[1]) <= 180
    return found if fits else None


def _moment(text: str):
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


class _OnePhoto(InspectionsPage):
    def allowed(self):
        self.photo()  # what is out of reach is not there
        return super().allowed()

    def photo(self) -> Photo:
        mine = queries.photos_for(self.request.user).filter(removed_at__isnull=True)
        return get_object_or_404(
            mine.select_related("inspection__home__host", "rectification__home__host"), token=self.kwargs["token"]
        )


class PhotoOpen(_OnePhoto, View):
    """A file that isn't known to be clean is shown to nobody."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs) -> HttpResponse:
        found = self.photo()
        if found.scan != ScanState.CLEAN or not found.file:
            raise Http404
        stream = opened_or_404(found.file)
        name = f"evidence-{found.token[:6]}.{found.extension}"
        return sealed_file(stream, name=name, content_type=found.content_type)


class PhotoRemove(_OnePhoto, View):
    http_method_names = ["post"]

    def allowed(self):
        found = self.photo()
        if found.rectification_id:
            return policies.may_run(self.request.user, found.rectification.home)
        return policies.may_inspect(self.request.user, found.inspection)

    def post(self, request, *args, **kwargs):
        found = self.photo()
        try:
            photos.remove_photo(found, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("The photo was taken back."))
        if found.rectification_id:
            return redirect(desk_url("finding", found.rectification.token))
        return redirect(desk_url("score", found.inspection.token))
