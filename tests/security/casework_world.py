"""An application of the owner's that is being reviewed, with a paper, an upload and an authorisation."""

from datetime import timedelta

from django.core.files.base import ContentFile

from services.casework import actions
from services.casework.enums import ConsentWay, ScanState
from services.casework.models import (
    Authorisation,
    CannedReason,
    DayException,
    Deputy,
    Document,
    ExamplePicture,
    Recheck,
    RecheckItem,
    UploadInProgress,
)
from services.casework.registry import services
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from tests.factories.casework import AllowanceService, RouteFactory


class MatrixService(AllowanceService):
    code = "matrix"
    letters = "MX"


services.register(MatrixService.code, services.get(MatrixService.code) or MatrixService())


def records(town, worker, people: dict, now) -> dict:
    clerk = people[f"{Role.GRASSROOTS_OFFICER} own"]
    steps = (("verify", Kind.TOWNSHIP_UNION, 3), ("approve", Kind.COUNTY_UNION, 3))
    route = RouteFactory(service=MatrixService.code, organization=Organization.objects.get(code="T"), steps=steps)
    case = actions.open_case(
        service=MatrixService.code,
        subject_code="spring",
        worker=worker,
        route_code=route.code,
        by=worker.user,
        now=now,
    )
    case = actions.submit(case, by=worker.user, now=now)
    common = {"case": case, "kind": "income", "name": "示例.jpg"}
    return _beside(case, town, route, people, now) | {
        "case": case,
        "review_route": route,
        "canned_reason": CannedReason.objects.create(
            verb="refuse", title="示例", text="示例", organization=route.organization
        ),
        "day_exception": DayException.objects.create(day=now.date(), working=True),
        "deputy": Deputy.objects.create(
            absent=clerk,
            deputy=people[f"{Role.CASE_OFFICER} own"],
            valid_from=now.date(),
            valid_until=now.date() + timedelta(days=3650),
        ),
        "document": Document.objects.create(
            **common,
            worker=worker,
            file=ContentFile(b"picture", name="picture.jpg"),
            extension="jpg",
            content_type="image/jpeg",
            size=7,
            digest="0" * 64,
            scan=ScanState.CLEAN,
            uploaded_by=worker.user,
            uploaded_at=now,
        ),
        "upload": UploadInProgress.objects.create(**common, user=worker.user, size=7, created_at=now, touched_at=now),
        "authorisation": Authorisation.objects.create(
            worker=worker,
            representative=clerk,
            service=MatrixService.code,
            subject_code="spring",
            way=ConsentWay.PAPER,
            signed_on=now.date() - timedelta(days=1),
            valid_until=now.date() + timedelta(days=30),
            recorded_at=now,
        ),
    }


def _beside(case, town, route, people: dict, now) -> dict:
    """A complaint about it, a second look at it, and an example of a paper."""
    recheck = Recheck.objects.create(
        organization=town,
        service=MatrixService.code,
        first_day=now.date(),
        last_day=now.date(),
        wanted=1,
        source="示例",
        number_on=now.date(),
        frame=f"{case.number} approved/T\n",
        frame_digest="0" * 64,
        frame_size=1,
        frozen_by=people[f"{Role.GRASSROOTS_OFFICER} own"],
        frozen_at=now,
        number="387",
        drawn_by=people[f"{Role.CASE_OFFICER} own"],
        drawn_at=now,
    )
    return {
        "complaint": actions.complain(case, about="slow", words="示例：三周没有答复", by=case.worker.user, now=now),
        "recheck": recheck,
        "second_look": RecheckItem.objects.create(recheck=recheck, case=case, place=1, stratum="approved/T"),
        "example": ExamplePicture.objects.create(
            organization=route.organization,
            service=MatrixService.code,
            item="income",
            words="示例",
            file=ContentFile(b"picture", name="picture.jpg"),
            width=1,
            height=1,
            changed_at=now,
        ),
    }
