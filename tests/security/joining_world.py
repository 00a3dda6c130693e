"""What joining adds to the world: a batch of the town's with one line and one paper, and the owner's cover."""

from datetime import timedelta

from django.core.files.base import ContentFile

from services.mutual_aid.models import BatchPaper, EnrolmentBatch, EnrolmentRow
from tests.factories.mutual_aid import cover_of, scheme_in_force


def records(town, worker, maker, now) -> dict:
    version = scheme_in_force(town)
    today = now.date()
    batch = EnrolmentBatch.objects.create(
        number="CB-TA-26-000009-1",
        scheme=version.scheme,
        terms=version,
        organization=town,
        path=town.path,
        made_by=maker,
        made_at=now,
        state="submitted",
        submitted_by=maker,
        submitted_at=now,
        paid_on=today,
        papers_on=today,
    )
    line = EnrolmentRow.objects.create(batch=batch, position=1, worker=worker, state="look", most_shares=3)
    paper = BatchPaper(
        batch=batch,
        kind="voucher",
        name="x.pdf",
        extension="pdf",
        content_type="application/pdf",
        size=1,
        digest="0" * 64,
        scan="clean",
        added_by=maker,
        added_at=now,
    )
    paper.file.save("x", ContentFile(b"%PDF-"), save=False)
    paper.save()
    cover = cover_of(
        worker,
        version,
        first=today - timedelta(days=5),
        last=today + timedelta(days=5),
        now=now,
        number="CB-TA-26-000001-1",
    )
    return {"joining_batch": batch, "joining_line": line, "joining_paper": paper, "cover": cover}
