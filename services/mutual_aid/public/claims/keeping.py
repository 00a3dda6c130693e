"""What is typed and not saved yet: kept by page, also when her session ended meanwhile (D20)."""

from django.forms import Form
from django.http import HttpRequest

from services.casework.models import Case
from services.foundation import clock
from services.mutual_aid import queries
from services.mutual_aid.actions import keeping
from services.mutual_aid.models import Claim
from services.mutual_aid.queries.claiming import claim_of

# Sent by ``static/js/keep.js``: keep what stands in the fields, judge nothing.
HEADER = "X-Keep"
_SESSION = "mutual_aid.kept"


def is_keeping(request: HttpRequest) -> bool:
    return request.method == "POST" and HEADER in request.headers


def raw(form: Form) -> dict:
    """The fields as they were typed."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def keep_signed_out(request: HttpRequest, token: str, *, page: str, values: dict, base: str) -> bool:
    """Keep a posted page for whoever signs in in this browser next; only for a claim that lies with her."""
    case = Case.objects.unscoped().filter(token=token, service=queries.SERVICE).first()
    if case is None or not any(values.values()):
        return False
    key = keeping.keep_for_later(claim_of(case), page=page, values=values, base=base, now=clock.now())
    if key:
        request.session[_SESSION] = {**request.session.get(_SESSION, {}), f"{token} {page}": key}
    return bool(key)


def take_in(request: HttpRequest, claim: Claim) -> None:
    """She is back: what she posted while she was signed out is filled in again."""
    waiting = request.session.get(_SESSION, {})
    mine = {name: key for name, key in waiting.items() if name.startswith(f"{claim.case.token} ")}
    if not mine:
        return
    for key in mine.values():
        keeping.take_in(claim, key=key, by=request.user, now=clock.now())
    request.session[_SESSION] = {name: key for name, key in waiting.items() if name not in mine}
