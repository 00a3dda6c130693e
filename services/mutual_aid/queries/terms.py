"""A version of the terms as the plain values that the rules judge by, and the mark by which a change is noticed."""

import hashlib
import json
from dataclasses import asdict
from decimal import Decimal

from services.mutual_aid.models import Disease, LadderLine, SchemeTerms
from services.mutual_aid.rules.terms import Disease as ListedDisease
from services.mutual_aid.rules.terms import Line, Terms

# What the rules know beside the columns of the same name.
_APART = frozenset({"code", "version", "diseases", "lines", "documents", "exclusions", "employment_types", "sources"})
_PLAIN = tuple(name for name in Terms.__dataclass_fields__ if name not in _APART)
_OF_LINE = tuple(Line.__dataclass_fields__)
_OF_DISEASE = tuple(ListedDisease.__dataclass_fields__)


def terms_of(version: SchemeTerms) -> Terms:
    """Two queries unless ladder and diseases are fetched ahead (``with_rows``), and one for the scheme's code."""
    return Terms(
        code=version.scheme.code,
        version=version.version,
        diseases=tuple(_disease(one) for one in version.diseases.all()),
        lines=tuple(_line(one) for one in version.lines.all()),
        documents=tuple(one["kind"] for one in version.documents if one.get("required")),
        exclusions=None if version.exclusions is None else tuple(version.exclusions),
        employment_types=tuple(version.employment_types),
        sources=version.sources,
        **{name: getattr(version, name) for name in _PLAIN},
    )


def fingerprint(version: SchemeTerms) -> str:
    """SHA-256 of everything that a version says: it changes with any figure, row or word of it, however a figure is
    spelt."""
    said = asdict(terms_of(version))
    said["words"] = [version.source_url, version.remarks, version.change_note, version.nominates]
    said["documents"] = version.documents
    said["way"] = [version.fund_id, version.route_code]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_spelt)
    return hashlib.sha256(text.encode()).hexdigest()


def _spelt(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


def with_rows(versions):
    """The same versions with everything that ``terms_of`` asks for, in three queries however many there are."""
    return versions.select_related("scheme").prefetch_related("lines", "diseases")


def _line(line: LadderLine) -> Line:
    return Line(**{name: getattr(line, name) for name in _OF_LINE})


def _disease(disease: Disease) -> ListedDisease:
    return ListedDisease(**{name: getattr(disease, name) for name in _OF_DISEASE})
