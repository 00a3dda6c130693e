"""What a diagnosis gives, from the command line: the very rule that decides claims, for drafts and samples as well."""

import json
import re
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from services.foundation.said import yuan
from services.mutual_aid import queries, wording
from services.mutual_aid.enums import Grade, HospitalLevel
from services.mutual_aid.models import Scheme
from services.mutual_aid.rules.benefit import Benefit, benefit
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Terms
from services.mutual_aid.samples import SAMPLES

# Above them an answer would be about a slip of the pen.
MOST_SHARES = 100
MOST_DAYS = 3660
_SAMPLES = {sample.code: sample.terms for sample in SAMPLES}
_SHORT = {"invasive": Grade.INVASIVE_PRIMARY.value, "cis": Grade.IN_SITU.value}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


class Command(BaseCommand):
    help = (
        "Says what a diagnosis gives under a scheme's terms, and why: the version in force, else the newest draft; "
        "samples too, loaded or not. What isn't said of the claim counts as met and is listed as unknown; a figure "
        "that the terms don't know is never guessed: the amount is null then."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--scheme", required=True, metavar="CODE")
        parser.add_argument("--effective", required=True, metavar="DATE", help="first day of the cover: 2024-03-01")
        parser.add_argument("--diagnosed", required=True, metavar="DATE", help="day of the pathology report")
        parser.add_argument("--grade", required=True, metavar="GRADE", help=", ".join(Grade.values))
        parser.add_argument("--shares", required=True, metavar="N")
        parser.add_argument(
            "--effective-day", metavar="0|1", help="which day the first one is; default: as the terms say"
        )
        parser.add_argument("--continuous", action="store_true", help="renewed without a break: no waiting period")
        parser.add_argument("--disease", default="", metavar="CODE", help="one of the scheme's list")
        parser.add_argument("--hospital-level", default="", metavar="LEVEL", help=", ".join(HospitalLevel.values))
        parser.add_argument("--hospital-days", metavar="N", help="days in hospital; 0: none")
        parser.add_argument("--surgery", choices=("yes", "no"), help="whether there was an operation")
        parser.add_argument("--filed", metavar="DATE", help="day on which the claim was filed")
        parser.add_argument("--noticed", metavar="DATE", help="day on which the illness was reported")
        parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")

    def handle(self, *args, **options):
        terms = _terms(options["scheme"], options["effective_day"])
        judged = benefit(terms, _facts(options, terms))
        self.stdout.write(_as_json(judged) if options["json"] else _in_words(judged))


def _terms(code: str, effective_day: str | None) -> Terms:
    version = queries.version_for(code)
    terms = queries.terms_of(version) if version else _SAMPLES.get(code)
    if terms is None:
        codes = {*_SAMPLES, *Scheme.objects.order_by("code").values_list("code", flat=True)[:40]}
        raise CommandError(f"--scheme: there is no scheme {code[:40]!r}. Known: {', '.join(sorted(codes))}.")
    if effective_day is None:
        return terms
    if effective_day not in ("0", "1"):
        raise CommandError(f"--effective-day must be 0 or 1: {effective_day[:10]!r}")
    return terms.with_(effective_day=int(effective_day))


def _facts(options: dict, terms: Terms) -> Facts:
    days = _whole("hospital-days", options["hospital_days"], least=0, most=MOST_DAYS)
    disease = options["disease"]
    if disease and terms.diseases_complete and disease not in terms.by_code:
        raise CommandError(f"--disease: {disease[:40]!r} isn't on the list. Listed: {', '.join(terms.by_code)}.")
    return Facts(
        effective=_day("effective", options["effective"]),
        diagnosed=_day("diagnosed", options["diagnosed"]),
        grade=_code("grade", _SHORT.get(options["grade"], options["grade"]), Grade.values),
        shares=_whole("shares", options["shares"], least=1, most=MOST_SHARES),
        renewal=options["continuous"],
        disease=disease,
        hospitalised=None if days is None else days > 0,
        hospital_days=days,
        surgery=None if options["surgery"] is None else options["surgery"] == "yes",
        hospital_level=options["hospital_level"]
        and _code("hospital-level", options["hospital_level"], HospitalLevel.values),
        filed=_day("filed", options["filed"]),
        noticed=_day("noticed", options["noticed"]),
    )


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    if _DAY.fullmatch(text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            raise CommandError(f"--{name}: there is no such day: {text[:20]}") from None
    raise CommandError(f"--{name} must be a day like 2024-03-01: {text[:20]!r}")


def _whole(name: str, text: str | None, *, least: int, most: int) -> int | None:
    if text is None:
        return None
    if not _WHOLE.fullmatch(text.strip()):
        raise CommandError(f"--{name} must be a whole number in plain digits: {text[:20]!r}")
    if not least <= int(text) <= most:
        raise CommandError(f"--{name} must lie between {least} and {most}: {int(text)}")
    return int(text)


def _code(name: str, text: str, known: list[str]) -> str:
    code = text.strip().lower().replace("-", "_")
    if code not in known:
        raise CommandError(f"--{name}: {text[:40]!r} isn't one of {', '.join(known)}.")
    return code


def _as_json(judged: Benefit) -> str:
    answer = {
        "amount": None if judged.amount is None else f"{judged.amount:.2f}",
        "ends_cover": judged.ends_cover,
        "reason": judged.reason,
        "certain": judged.certain,
        "findings": [finding.as_json() for finding in judged.findings],
    }
    return json.dumps(answer, ensure_ascii=False)


def _in_words(judged: Benefit) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        lines = [] if judged.amount is None else [yuan(f"{judged.amount:.2f}")]
        if judged.reason:
            lines.append(wording.refusals.to_her(judged.reason))
        for finding in judged.findings:
            said = wording.explain(finding)
            source = f"; {finding.source}" if finding.source else ""
            lines.append(f"- {said.rule}: {said.value} ({wording.outcome(finding)}{source})")
    return "\n".join(lines)
