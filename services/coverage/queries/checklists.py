"""Reads of checklists and of self-assessments by them."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, QuerySet
from wagtail.log_actions import registry as log_registry

from services.coverage.enums import Answer, AssessmentState, ChecklistState, PaperKind, TermState
from services.coverage.models import AssessmentAnswer, Checklist, ChecklistItem, Paper, SelfAssessment, Standing, Term
from services.coverage.queries.papers import papers_in
from services.coverage.rules import scoring
from services.foundation.scope import path_filter, scope_of
from services.foundation.verdict import Finding
from services.organizations.enums import Branch, Kind, Role
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths


def checklists_for(user, roles) -> QuerySet[Checklist]:
    """Those of her own organisations, of those below and of those above: what binds her is never hidden."""
    paths = scope_of(user).paths(roles=roles)
    above = {path for one in paths for path in ancestor_paths(one)}
    homes = Organization.objects.filter(path_filter("path", paths)) | Organization.objects.filter(path__in=above)
    found = Checklist.objects.filter(organization__in=homes.order_by().values("pk"))
    return found.select_related("organization").prefetch_related("items").order_by("organization__path", "-version")


def binding(organization: Organization) -> Checklist | None:
    """The version in force of the nearest federation at or above the union."""
    found = Checklist.objects.filter(
        organization__path__in=ancestor_paths(organization.path), state=ChecklistState.IN_FORCE
    )
    return found.select_related("organization").order_by("-organization__depth").first()


def rules_items(items) -> list[scoring.Item]:
    return [scoring.Item(one.code, one.points, one.evidence, one.rule) for one in items]


def record_answers(organization: Organization) -> dict[str, str]:
    """What the record says to the automatic items, by rule."""
    standing = Standing.objects.unscoped().filter(organization=organization).first()
    found = {rule: getattr(standing, rule, "") for rule in scoring.AUTOMATIC} if standing else {}
    return found | {"approval_on_file": approval_on_file(organization)}


def approval_on_file(organization: Organization) -> str:
    """Unknown without a term in office; the approval of another term doesn't count."""
    term = Term.objects.unscoped().filter(committee__organization=organization, state=TermState.IN_OFFICE).first()
    if term is None:
        return Answer.UNKNOWN
    approvals = papers_in(organization).filter(kind=PaperKind.APPROVAL)
    return Answer.YES if any(paper.term_id in (None, term.pk) for paper in approvals) else Answer.NO


@dataclass(slots=True)
class Line:
    """One item of an assessment with everything known of it."""

    item: ChecklistItem
    answer: AssessmentAnswer
    finding: Finding | None
    settled: Decimal | None
    papers: list = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """An assessment laid out. While it isn't reviewed the record answers as it stands now."""

    assessment: SelfAssessment
    lines: list[Line]

    @property
    def possible(self) -> Decimal:
        return scoring.total(line.item.points for line in self.lines)

    @property
    def items(self) -> list[scoring.Item]:
        return rules_items(line.item for line in self.lines)

    @property
    def known(self) -> dict[str, Decimal]:
        return {line.item.code: line.settled for line in self.lines if line.settled is not None}

    @property
    def given(self) -> dict[str, scoring.Given]:
        return {
            line.item.code: scoring.Given(line.answer.claimed, line.answer.words, len(line.papers))
            for line in self.lines
        }

    @property
    def needed(self) -> Decimal:
        checklist = self.assessment.checklist
        return scoring.needed(checklist.pass_kind, checklist.pass_mark, self.possible)


def sheet_of(assessment: SelfAssessment) -> Sheet:
    """Items with answers, papers and what the record says: a constant number of queries."""
    on_record = Prefetch("papers", Paper.objects.unscoped().filter(removed_at__isnull=True))
    stored = {one.item_id: one for one in assessment.answers.prefetch_related(on_record)}
    frozen = assessment.state == "reviewed"
    says = {} if frozen else record_answers(assessment.organization)
    lines = []
    for item in assessment.checklist.items.all():
        answer = stored.get(item.pk) or AssessmentAnswer(assessment=assessment, item=item)
        papers = list(answer.papers.all()) if answer.pk else []
        finding = None
        if item.rule and frozen:
            finding = Finding.from_json(answer.finding) if answer.finding else None
        elif item.rule:
            finding = scoring.answered(item.rule, says)
        rule_item = scoring.Item(item.code, item.points, item.evidence, item.rule)
        lines.append(Line(item, answer, finding, scoring.automatic_points(rule_item, finding), papers))
    return Sheet(assessment, lines)


def assessments_for(user, roles) -> QuerySet[SelfAssessment]:
    found = SelfAssessment.objects.visible_to(user, roles=roles)
    return found.select_related("organization", "checklist__organization", "submitted_by", "reviewed_by")


def not_begun(user, year: int, *, most: int) -> list[Organization]:
    """The open unions at which she herself holds an officer's post, that say nothing of this year yet though a
    checklist binds them. A query, and one for each of so many at most."""
    paths = [path for path, roles in scope_of(user).grants.items() if Role.GRASSROOTS_OFFICER in roles]
    if not paths:
        return []
    begun = SelfAssessment.objects.unscoped().filter(organization=OuterRef("pk"), year=year)
    own = Organization.objects.filter(
        ~Exists(begun),
        path__in=paths,
        branch=Branch.TRADE_UNION,
        kind=Kind.GRASSROOTS_UNION,
        closed_on__isnull=True,
    )
    return [one for one in own.order_by("path")[:most] if binding(one)]


def waiting_for_review(user, paths: tuple[str, ...]) -> dict:
    """Handed up and not reviewed yet, below a federation's own level; not what she handed up herself."""
    rows = SelfAssessment.objects.unscoped().filter(
        path_filter("organization__path", paths),
        state=AssessmentState.SUBMITTED,
        organization__closed_on__isnull=True,
    )
    rows = rows.exclude(organization__path__in=paths).exclude(submitted_by=user)
    return rows.order_by().aggregate(n=Count("pk"), since=Min("submitted_at"))


def given_back_to(paths: tuple[str, ...]) -> int:
    rows = SelfAssessment.objects.unscoped().filter(
        path_filter("organization__path", paths),
        state=AssessmentState.RETURNED,
        organization__closed_on__isnull=True,
    )
    return rows.order_by().count()


def history_of(assessment: SelfAssessment, *, limit: int = 50) -> list:
    logged = log_registry.get_logs_for_instance(assessment).select_related("user")
    return list(logged.order_by("-timestamp", "-pk")[:limit])


def years_of(organization: Organization) -> list[SelfAssessment]:
    """Every year of one union, newest first."""
    found = SelfAssessment.objects.unscoped().filter(organization=organization)
    return list(found.select_related("organization").order_by("-year"))
