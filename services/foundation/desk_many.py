"""Several rows of a list at once: what will happen to each is shown first, what happened to each afterwards."""

from dataclasses import dataclass

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused

MOST_AT_ONCE = 200
_SEALED_FOR = 3600
_LONGEST_STATE = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One row: whether something will happen (or happened) to it, and what in words."""

    row: object | None
    good: bool
    words: str


class ManyAtOnce(DeskView, WagtailAdminTemplateMixin, TemplateView):
    """First POST: a preview of the ticked rows, or of all that match. Second POST: do it, row by row.

    The second one carries the rows under a seal, each with the ``stamp`` that the preview saw: what was changed since
    is reported and left alone. Sending it twice changes nothing more. Subclasses give the words and the hooks below.
    """

    http_method_names = ["post"]
    template_name = "desk/many.html"
    form_class = forms.Form
    serious = False
    parameter = "row"
    cells_template = ""
    headings: tuple[str, ...] = ()
    will = happened = before = button = ""
    nothing_ticked = too_old = out_of_reach = ""

    def reach(self):
        """Every row within her reach, newest first."""
        raise NotImplementedError

    def matching(self, parameters: QueryDict):
        """Those of them that the filters of an address leave; none when it makes no sense."""
        raise NotImplementedError

    def list_url(self) -> str:
        raise NotImplementedError

    def stamp(self, row) -> str:
        """What changes whenever the row does."""
        raise NotImplementedError

    def verdict(self, row) -> str:
        """Why nothing will happen to it; empty when something will."""
        raise NotImplementedError

    def act(self, row, stamp: str, form) -> bool:
        """Call the action; False when it was done before. ``Refused`` is handled."""
        raise NotImplementedError

    def sentence(self, count: int, done: bool) -> str:
        """How many rows something will happen to, or happened to."""
        raise NotImplementedError

    def prepare(self, rows: list) -> None:
        """Read what the verdicts need, for all rows at once."""

    def make_form(self, rows: list, data=None):
        """The form below the preview, about these rows."""
        return self.form_class(data)

    @cached_property
    def within(self) -> QueryDict:
        return QueryDict(self.request.POST.get("within", "")[:_LONGEST_STATE])

    @property
    def back_url(self) -> str:
        query = self.within.urlencode()
        return f"{self.list_url()}?{query}" if query else self.list_url()

    @property
    def salt(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}:{self.request.user.pk}"

    def chosen(self) -> tuple[list, bool]:
        """The rows asked for, within her reach, and whether there were more than can be dealt with."""
        if self.request.POST.get("which") == "all":
            found = self.matching(self.within)
        else:
            found = self.reach().filter(token__in=self.request.POST.getlist(self.parameter)[: MOST_AT_ONCE + 1])
        rows = list(found[: MOST_AT_ONCE + 1])
        return rows[:MOST_AT_ONCE], len(rows) > MOST_AT_ONCE

    def post(self, request, *args, **kwargs):
        self.now = clock.now()
        if "sealed" in request.POST:
            return self.confirm()
        rows, more = self.chosen()
        if not rows:
            messages.error(request, self.nothing_ticked)
            return redirect(self.back_url)
        return self.preview(rows, form=self.make_form(rows), more=more)

    def preview(self, rows: list, *, form, more: bool = False):
        self.prepare(rows)
        lines = [Line(row, not why, str(why or self.will)) for row in rows for why in [self.verdict(row)]]
        sealed = [[line.row.pk, self.stamp(line.row)] for line in lines if line.good]
        return self.shown(lines, form=form, sealed=signing.dumps(sealed, salt=self.salt, compress=True), more=more)

    def confirm(self):
        try:
            sealed = signing.loads(self.request.POST["sealed"], salt=self.salt, max_age=_SEALED_FOR)
        except signing.BadSignature:
            messages.error(self.request, self.too_old)
            return redirect(self.back_url)
        rows = {row.pk: row for row in self.reach().filter(pk__in=[key for key, _stamp in sealed])}
        form = self.make_form(list(rows.values()), self.request.POST)
        if not form.is_valid():
            return self.preview(list(rows.values()), form=form)
        self.prepare(list(rows.values()))
        return self.shown([self.outcome(rows.get(key), stamp, form) for key, stamp in sealed], done=True)

    def outcome(self, row, stamp: str, form) -> Line:
        if row is None:
            return Line(None, False, str(self.out_of_reach))
        try:
            if self.act(row, stamp, form):
                return Line(row, True, str(self.happened))
            return Line(row, False, str(self.before))
        except Refused as refusal:
            return Line(row, False, refusal.message(staff=True))
        except PermissionDenied as denied:
            return Line(row, False, _("Nothing: %(why)s") % {"why": denied})

    def shown(self, lines: list[Line], **context):
        count = sum(line.good for line in lines)
        context = {"form": None, "sealed": "", "done": False, "more": False} | context
        return self.render_to_response(
            self.get_context_data(
                lines=lines,
                count=count,
                left=len(lines) - count,
                sentence=self.sentence(count, context["done"]),
                most=MOST_AT_ONCE,
                within=self.within.urlencode(),
                back_url=self.back_url,
                **context,
            )
        )
