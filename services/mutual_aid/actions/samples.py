"""Loads the samples. What is there already is left as it is: somebody may have gone on writing it."""

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.mutual_aid.actions.rows import write_rows
from services.mutual_aid.models import Scheme, SchemeTerms
from services.mutual_aid.samples import SAMPLES, Sample
from services.organizations.models import Organization

_ROWS = frozenset({"code", "version", "diseases", "lines", "documents", "exclusions", "employment_types"})


@transaction.atomic
def load_samples(*, keeper: Organization | None, by=None) -> dict[str, bool]:
    """Each sample as a scheme with a draft of its terms; ``True`` beside the code of those that are new.

    ``keeper`` keeps the new ones, and those that nobody keeps yet. Nothing else of a sample that is there is changed.
    Repeating it changes nothing. Lock: the name space of schemes.
    """
    hold("mutual_aid.schemes")
    there = set(Scheme.objects.filter(code__in=[one.code for one in SAMPLES]).values_list("code", flat=True))
    for sample in SAMPLES:
        if sample.code not in there:
            _load(sample, keeper, by)
    if keeper is not None:
        Scheme.objects.filter(sample=True, organization=None).update(organization=keeper)
    return {sample.code: sample.code not in there for sample in SAMPLES}


def _load(sample: Sample, keeper: Organization | None, by) -> None:
    scheme = Scheme.objects.create(
        code=sample.code,
        name=sample.name,
        name_en=sample.name_en,
        operator=sample.operator,
        region=sample.region,
        sample=True,
        organization=keeper,
    )
    terms = sample.terms
    plain = {name: getattr(terms, name) for name in terms.__dataclass_fields__ if name not in _ROWS}
    version = SchemeTerms.objects.create(
        scheme=scheme,
        version=1,
        documents=[{"kind": kind, "required": required} for kind, required in sample.documents],
        exclusions=None if terms.exclusions is None else list(terms.exclusions),
        employment_types=list(terms.employment_types),
        nominates=sample.nominates,
        source_url=sample.source_url,
        remarks=sample.remarks,
        **plain,
    )
    write_rows(version, diseases=terms.diseases, lines=terms.lines)
    log(scheme, "wagtail.create", user=by)
