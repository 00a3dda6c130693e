"""Reads of payments."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum

from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number, parse_mobile
from services.foundation.references import is_human_number
from services.organizations.models import Organization
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Account, BankLayout, Batch, BatchLine, FundLine, FundSource, Payable, ResultFile
from services.workers.models import Worker

MOST_FOUND = 20


def fund_short(fund: FundSource, amount: Decimal) -> Decimal:
    """Yuan that the fund lacks for promising ``amount`` now; zero when it has enough. One query."""
    now = FundSource.objects.unscoped().get(pk=fund.pk)
    return max(Decimal(0), amount - (Decimal(0) if now.closed_at else now.left))


def payments_of(worker) -> QuerySet[Payable]:
    """What was owed to her, newest first; what was cancelled before it was paid is no payment."""
    hers = Payable.objects.own(worker=worker).exclude(state=PayableState.CANCELLED, paid_at__isnull=True)
    return hers.select_related("organization", "account").order_by("-raised_at", "-pk")


def current_account(worker) -> Account | None:
    return Account.objects.filter(worker=worker, current=True).first()


def funds_for(user) -> QuerySet[FundSource]:
    return FundSource.objects.visible_to(user).select_related("organization")


def layouts_for(user, *, roles) -> QuerySet[BankLayout]:
    """Layouts kept within her reach."""
    within = Organization.objects.visible_to(user, roles=roles)
    return BankLayout.objects.filter(organization__in=within).select_related("organization")


def layouts_for_fund(fund: FundSource) -> QuerySet[BankLayout]:
    """Layouts a fund's batches may use: those of its own organisation and of the ones above it."""
    step = Organization.steplen
    paths = [fund.organization.path[:end] for end in range(step, len(fund.organization.path) + 1, step)]
    return BankLayout.objects.filter(in_use=True, organization__path__in=paths)


def payables_for(user) -> QuerySet[Payable]:
    rows = Payable.objects.visible_to(user)
    return rows.select_related("worker__organization", "fund", "account", "organization")


def with_text(rows: QuerySet[Payable], text: str) -> QuerySet[Payable]:
    """Of the case or the batch with this number, or of women whose name begins so."""
    if is_human_number(text):
        number = text.strip().upper()
        in_batch = BatchLine.objects.filter(batch__number=number).values("payable")
        return rows.filter(Q(case_number=number) | Q(pk__in=in_batch))
    return rows.filter(worker__name__startswith=text)


def women_with_number(user, text: str, *, today: date) -> list[Worker]:
    """Women to whom something she may see is owed and who have exactly this identity or mobile number."""
    allow = settings.ALLOW_INVENTED_IDENTITIES
    try:
        number = Q(id_index=Worker.index_of(parse_identity_number(text, today=today, allow_invented=allow).number))
    except InvalidIdentityNumber:
        try:
            number = Q(phone_index=Worker.index_of(parse_mobile(text)))
        except ValueError:
            return []
    owed = Payable.objects.visible_to(user).filter(worker__in=Worker.objects.unscoped().filter(number))
    return list(Worker.objects.unscoped().filter(pk__in=owed.values("worker")).order_by("pk")[:MOST_FOUND])


def batches_for(user) -> QuerySet[Batch]:
    rows = Batch.objects.visible_to(user)
    return rows.select_related("organization", "fund__organization", "layout", "made_by", "approved_by")


def waiting_for(fund: FundSource) -> QuerySet[Payable]:
    """What waits for a batch in a fund, oldest first."""
    rows = Payable.objects.unscoped().filter(fund=fund, state=PayableState.WAITING)
    return rows.select_related("worker", "account").order_by("pk")


def lines_of(batch: Batch) -> QuerySet[BatchLine]:
    rows = BatchLine.objects.filter(batch=batch)
    return rows.select_related("payable__worker", "account", "result_file").order_by("pk")


def counts_of(batch: Batch) -> dict[str, tuple[int, Decimal]]:
    """Lines and yuan by state, in one query."""
    rows = BatchLine.objects.filter(batch=batch).order_by().values("state").annotate(n=Count("pk"), yuan=Sum("amount"))
    return {row["state"]: (row["n"], row["yuan"]) for row in rows}


def hands_on(batch: Batch) -> set[int]:
    """Users who prepared it: who made it, put lines in, or entered an account that one of its lines goes to."""
    lines = BatchLine.objects.filter(batch=batch).exclude(state=LineState.TAKEN_OUT)
    pairs = lines.order_by().values_list("added_by", "account__given_by").distinct()
    return {batch.made_by_id, *(key for pair in pairs for key in pair if key)}


def payables_in(batch: Batch) -> QuerySet[Payable]:
    """What its lines pay, without those that were taken out."""
    lines = BatchLine.objects.filter(batch=batch).exclude(state=LineState.TAKEN_OUT)
    return Payable.objects.unscoped().filter(pk__in=lines.values("payable"))


def are_hers(payables: QuerySet[Payable], user) -> bool:
    """Whether one of them goes to this member of staff, who is known by her mobile number."""
    herself = Q(worker__user=user)
    if user.phone_index:
        herself |= Q(worker__phone_index=user.phone_index) | Q(worker__user__phone_index=user.phone_index)
    return payables.filter(herself).exists()


def shared_accounts(batch: Batch) -> int:
    """Accounts to which lines of several women of this batch go."""
    lines = BatchLine.objects.filter(batch=batch, state__in=[LineState.IN, LineState.SENT]).order_by()
    by_account = lines.values("account_index").annotate(women=Count("payable__worker", distinct=True))
    return by_account.filter(women__gt=1).count()


def promised_for(batch: Batch) -> tuple[int, Decimal]:
    """Payables of the approved lines and the yuan that the fund's ledger says were promised for them."""
    payables = BatchLine.objects.filter(batch=batch).exclude(state=LineState.TAKEN_OUT).values("payable")
    rows = FundLine.objects.filter(fund=batch.fund_id, payable__in=payables, move="commit")
    found = rows.aggregate(count=Count("payable", distinct=True), yuan=Sum("amount"))
    return found["count"], found["yuan"] or Decimal(0)


def files_due(now) -> QuerySet[Batch]:
    """Batches whose file has outlived its keeping time."""
    rows = Batch.objects.unscoped().exclude(file="")
    return rows.filter(file_written_at__lte=now)


def results_due(now) -> QuerySet[ResultFile]:
    return ResultFile.objects.exclude(file="").filter(uploaded_at__lte=now)


def files_named(folder: str) -> set[str]:
    """The stored files of this folder that a batch or an answer names."""
    within = f"{folder}/"
    batches = Batch.objects.unscoped().filter(file__startswith=within).order_by()
    results = ResultFile.objects.filter(file__startswith=within).order_by()
    return {*batches.values_list("file", flat=True), *results.values_list("file", flat=True)}


def unscoped_lines(keys: Iterable[int]) -> QuerySet[BatchLine]:
    return BatchLine.objects.filter(pk__in=list(keys)).select_related("payable__worker__user", "batch")


def in_words(state: str) -> str:
    return str(BatchState(state).label)


def left_in(funds: QuerySet[FundSource]) -> QuerySet[FundSource]:
    """With ``left_yuan``, to sort and narrow by."""
    return funds.annotate(left_yuan=F("budget") - F("committed") - F("spent"))
