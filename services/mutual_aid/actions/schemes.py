"""Schemes and their terms in versions. A version in force never changes; decided claims and batches keep theirs."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.mutual_aid import errors, queries
from services.mutual_aid.actions.rows import write_rows
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import Scheme, SchemeTerms, Simulation
from services.mutual_aid.policies import may_keep_scheme, may_keep_schemes
from services.mutual_aid.rules.fitness import Lack, lacking
from services.mutual_aid.rules.terms import Disease, Line
from services.organizations.models import Organization

# What staff write into a version; ladder and diseases come as rows.
TERM_FIELDS = (
    *("fee_per_share", "fee_split", "fee_upper", "fee_unit", "fee_herself", "more_shares_by_herself", "max_shares"),
    *("period_months", "age_min", "age_limit", "age_max", "employment_types", "temporary_months"),
    *("threshold_base", "threshold_percent", "min_persons", "full_join_below", "mid_term", "addition_ends"),
    *("duplicates", "prior_disease", "after_claim", "effective_rule", "effective_day", "last_day_counts"),
    *("renewal_grace_days", "renewal_keeps_day", "notice_days", "notice_bars", "claim_days", "hospital_level"),
    *("sister_per_share", "exclusions", "diseases_complete", "documents", "nominates", "fund", "route_code"),
    *("source", "source_url", "remarks", "change_note"),
)
_COPIED = (*TERM_FIELDS, "sources")
NAME_SPACE = "mutual_aid.schemes"


@transaction.atomic
def create_scheme(
    organization: Organization,
    *,
    code: str,
    name: str,
    name_en: str = "",
    operator: str,
    region: str = "",
    by,
    like: SchemeTerms | None = None,
) -> SchemeTerms:
    """A scheme with the draft of its first version: empty, or what another scheme's version says (a sample's).

    Raises ``CodeTaken``. Lock: the name space of schemes.
    """
    may_keep_schemes(by, organization).insist()
    hold(NAME_SPACE)
    if Scheme.objects.filter(code=code).exists():
        raise errors.CodeTaken()
    scheme = Scheme.objects.create(
        code=code, name=name, name_en=name_en, operator=operator, region=region, organization=organization
    )
    log(scheme, "wagtail.create", user=by)
    draft = SchemeTerms(scheme=scheme, version=1, made_by=by)
    return _copied(draft, like) if like is not None else _saved(draft)


@transaction.atomic
def begin_version(scheme: Scheme, *, like: SchemeTerms, by) -> SchemeTerms:
    """The draft of the next version, saying what ``like`` says; the draft there is, when there is one.

    Lock: the name space of schemes.
    """
    may_keep_scheme(by, scheme).insist()
    hold(NAME_SPACE)
    latest = scheme.terms.order_by("-version").first()
    if latest is not None and latest.state == VersionState.DRAFT:
        return latest
    number = latest.version + 1 if latest is not None else 1
    draft = _copied(SchemeTerms(scheme=scheme, version=number, made_by=by, change_note=""), like)
    log(draft, "wagtail.create", user=by)
    return draft


@transaction.atomic
def write_terms(
    draft: SchemeTerms, *, fields: dict, diseases: Sequence[Disease], lines: Sequence[Line], seen: str, by
) -> SchemeTerms:
    """Write a draft whole: its fields, diseases and ladder. ``seen`` is the fingerprint of what was on the screen.

    Raises ``NothingToActivate`` where it is no draft any more, ``DraftChanged``. Lock: the name space of schemes.
    """
    may_keep_scheme(by, draft.scheme).insist()
    hold(NAME_SPACE)
    draft = SchemeTerms.objects.select_for_update().get(pk=draft.pk)
    if draft.state != VersionState.DRAFT:
        raise errors.NothingToActivate()
    if seen and seen != queries.fingerprint(draft):
        raise errors.DraftChanged()
    changed = {name for name in TERM_FIELDS if name in fields and fields[name] != getattr(draft, name)}
    for name in changed:
        setattr(draft, name, fields[name])
    # A figure that somebody changed no longer comes from where it was copied from.
    draft.sources = {name: text for name, text in draft.sources.items() if name not in changed}
    draft.made_by = by
    draft.save()
    write_rows(draft, diseases=diseases, lines=lines)
    log(draft, "wagtail.edit", user=by)
    return draft


@transaction.atomic
def activate_terms(draft: SchemeTerms, *, by, now: datetime) -> SchemeTerms:
    """Put a draft in force in place of the version before it: batches and claims that began keep theirs. The newest
    simulation of just this draft is attached to it (D27). Repeating it changes nothing.

    Raises ``TermsUnfit``, ``NothingToActivate``. Lock: the name space of schemes.
    """
    may_keep_scheme(by, draft.scheme).insist()
    hold(NAME_SPACE)
    draft = SchemeTerms.objects.select_for_update().get(pk=draft.pk)
    if draft.state == VersionState.ACTIVE:
        return draft
    if draft.state != VersionState.DRAFT:
        raise errors.NothingToActivate()
    if lacks := unfit(draft):
        raise errors.TermsUnfit(lacks)
    SchemeTerms.objects.filter(scheme=draft.scheme_id, state=VersionState.ACTIVE).update(state=VersionState.RETIRED)
    draft.state, draft.in_force_from = VersionState.ACTIVE, now
    draft.simulation = Simulation.objects.filter(proposed=draft, fingerprint=queries.fingerprint(draft)).first()
    draft.save(update_fields=["state", "in_force_from", "simulation"])
    log(draft, "mutual_aid.activate", user=by, data={"version": draft.version})
    return draft


@transaction.atomic
def retire_terms(version: SchemeTerms, *, by) -> SchemeTerms:
    """Take a scheme out of force without another version in its place: nobody joins any more, covers run on.
    Repeating it changes nothing. Lock: the name space of schemes."""
    may_keep_scheme(by, version.scheme).insist()
    hold(NAME_SPACE)
    version = SchemeTerms.objects.select_for_update().get(pk=version.pk)
    if version.state == VersionState.ACTIVE:
        version.state = VersionState.RETIRED
        version.save(update_fields=["state"])
        log(version, "mutual_aid.retire", user=by, data={"version": version.version})
    return version


def unfit(version: SchemeTerms) -> list[Lack]:
    """What keeps a version from being put in force: what its terms don't say, and what stands beside them."""
    found = lacking(queries.terms_of(version))
    if version.fund_id is None:
        found.append(Lack("fund", "no_fund"))
    if not queries.routes_in_force().filter(code=version.route_code).exists():
        found.append(Lack("route_code", "no_route"))
    if version.scheme.organization_id is None:
        found.append(Lack("source", "no_keeper"))
    return found


def _copied(draft: SchemeTerms, like: SchemeTerms) -> SchemeTerms:
    """Another version's figures and rows; of another keeper's scheme without its fund and route."""
    for name in _COPIED:
        setattr(draft, name, getattr(like, name))
    if like.scheme_id != draft.scheme_id:
        draft.fund, draft.route_code = None, ""
    draft.change_note = ""
    terms = queries.terms_of(like)
    draft = _saved(draft)
    write_rows(draft, diseases=terms.diseases, lines=terms.lines)
    return draft


def _saved(draft: SchemeTerms) -> SchemeTerms:
    draft.save()
    return draft
