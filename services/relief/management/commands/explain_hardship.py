"""The income test from the command line: the very rule that decides cases, without a database."""

import json
import re
from decimal import Decimal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from services.relief import wording
from services.relief.rules.income import IncomeInputs, IncomeTerms, Judged, judge

# Declared by us: above them an answer would be about a slip of the pen.
MOST_YUAN = Decimal(100_000_000)
MOST_PERSONS = 99
MOST_TIMES = Decimal(100)
LONGEST = 24
_DIGITS = re.compile(r"\d+(\.\d+)?", re.ASCII)


def _number(name: str, text: str, *, most: Decimal, above_zero: bool = False) -> Decimal:
    """``text`` as an amount. Raises ``CommandError`` for anything but plain digits within the bounds."""
    text = str(text).strip()
    if re.fullmatch(r"-\d+(\.\d+)?", text, re.ASCII):
        raise CommandError(f"--{name} must not be negative: {text[:LONGEST]}")
    if not _DIGITS.fullmatch(text):
        raise CommandError(
            f"--{name} must be a number in plain digits, for example 60000 or 820.50: {text[:LONGEST]!r}"
        )
    if len(text) > LONGEST or Decimal(text) > most:
        raise CommandError(f"--{name} is larger than this rule accepts (at most {most:,}).")
    value = Decimal(text)
    if above_zero and not value:
        raise CommandError(f"--{name} must be above zero.")
    return value


def _persons(text: str) -> int:
    value = _number("persons", text, most=Decimal(MOST_PERSONS), above_zero=True)
    if value != int(value):
        raise CommandError(f"--persons must be a whole number: {text}")
    return int(value)


class Command(BaseCommand):
    help = (
        "Says which category of hardship a household is in and why. "
        "Net income a person a month = (income - rigid spending) / 12 / persons, compared with the minimum living "
        "line: deep below it, relative below 2 times it. With --sudden-cost: sudden hardship if what is left after "
        "that cost too lies below 3 times the line. Strictly below; nothing is rounded before comparing."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--income", required=True, metavar="YUAN_A_YEAR", help="what the household has a year")
        parser.add_argument("--rigid", required=True, metavar="YUAN_A_YEAR", help="what it can't avoid spending a year")
        parser.add_argument("--persons", required=True, metavar="N", help="how many live together")
        parser.add_argument("--line", required=True, metavar="YUAN_A_MONTH", help="minimum living line, a person")
        parser.add_argument(
            "--sudden-cost",
            metavar="YUAN",
            help="what an event of the year cost after compensation, insurance and other aid",
        )
        parser.add_argument("--relative-multiple", default="2", metavar="TIMES", help="default: %(default)s")
        parser.add_argument("--sudden-multiple", default="3", metavar="TIMES", help="default: %(default)s")
        parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")

    def handle(self, *args, **options):
        inputs = IncomeInputs(
            income=_number("income", options["income"], most=MOST_YUAN),
            rigid=_number("rigid", options["rigid"], most=MOST_YUAN),
            persons=_persons(options["persons"]),
            line=_number("line", options["line"], most=MOST_YUAN, above_zero=True),
            sudden_cost=_optional(options["sudden_cost"]),
        )
        terms = IncomeTerms(
            relative_multiple=_number("relative-multiple", options["relative_multiple"], most=MOST_TIMES),
            sudden_multiple=_number("sudden-multiple", options["sudden_multiple"], most=MOST_TIMES),
        )
        if not 1 <= terms.relative_multiple <= terms.sudden_multiple:
            raise CommandError("--relative-multiple must be at least 1 and at most --sudden-multiple.")
        judged = judge(inputs, terms)
        self.stdout.write(_as_json(judged) if options["json"] else _in_words(judged))


def _optional(text: str | None) -> Decimal | None:
    return None if text is None else _number("sudden-cost", text, most=MOST_YUAN)


def _as_json(judged: Judged) -> str:
    answer = {"category": str(judged.category), "findings": [finding.as_json() for finding in judged.findings]}
    return json.dumps(answer, ensure_ascii=False)


def _in_words(judged: Judged) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        lines = [wording.category_said(judged.category)]
        for finding in judged.findings:
            said = wording.explain(finding)
            lines.append(f"- {said.rule}: {said.value} ({wording.outcome(finding)}; {finding.source})")
    return "\n".join(lines)
