"""A unit joins from a workbook of 300: the officer brings her list, the federation confirms, a woman sees her cover."""

import pytest
from django.urls import reverse
from openpyxl import Workbook

from services.mutual_aid.enums import BatchState
from services.mutual_aid.models import Cover, EnrolmentBatch
from tests.factories.accounts import WorkerUserFactory
from tests.factories.enrolment import Unit, photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WOMEN = 300


def at(name: str, *args) -> str:
    return reverse(f"mutual_aid_joining:{name}", args=args)


@pytest.fixture
def unit() -> Unit:
    return Unit()


@pytest.fixture
def women(unit) -> list:
    found = unit.women(WOMEN)
    found[0].user = WorkerUserFactory()
    found[0].save()
    return found


@pytest.fixture
def workbook(women, tmp_path):
    book = Workbook()
    book.active.append(("序号", "姓名", "身份证号", "参保份数"))
    for number, woman in enumerate(women, 1):
        book.active.append((number, woman.name, woman.id_number, 1 + number % 2))
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


@pytest.fixture
def slips(tmp_path) -> list:
    paths = []
    for shade in (20, 220):
        paths.append(tmp_path / f"slip-{shade}.jpg")
        paths[-1].write_bytes(photo(shade).read())
    return paths


def begin(walker) -> EnrolmentBatch:
    walker.open(at("batches"))
    walker.look("batches-none")
    walker.open(at("batch_add"))
    walker.look("batch-add")
    walker.press("开始批次", "Begin the batch")
    return EnrolmentBatch.objects.unscoped().get()


def bring_the_list(walker, batch, workbook) -> None:
    walker.open("/admin/imports/new/?sheet=mutual-aid")
    walker.page.set_input_files("[name=file]", workbook)
    walker.press("上传并检查", "Upload and check")
    walker.look("list-preview")
    walker.press(f"导入全部 {WOMEN} 行", f"Import all {WOMEN} rows")
    walker.page.get_by_text(walker.in_language("已完成", "Finished"), exact=True).wait_for()
    walker.open(at("batch", batch.token))
    walker.look("batch-with-women")


def say_the_rest(walker, batch, slips) -> None:
    page = walker.page
    walker.open(at("batch_headcount", batch.token))
    page.fill("[name=women]", str(WOMEN))
    walker.look("headcount")
    walker.press("保存", "Save")
    for kind, slip in zip(("headcount", "voucher"), slips, strict=True):
        walker.open(at("paper_add", batch.token))
        page.select_option("[name=kind]", kind)
        page.set_input_files("[name=file]", slip)
        walker.press("上传", "Upload")
    walker.open(at("batch_payment", batch.token))
    page.fill("[name=paid_on]", EnrolmentBatch.objects.unscoped().get().headcount_on.isoformat())
    walker.press("保存", "Save")
    walker.look("batch-ready")
    walker.follow("提交批次", "Hand the batch in")
    page.check("[name=healthy]")
    walker.look("hand-in")
    walker.press("提交批次", "Hand the batch in")
    walker.look("batch-handed-in")


def test_a_unit_joins_from_its_workbook_and_a_woman_sees_her_cover(walker, unit, women, workbook, slips):
    walker.sign_in(unit.officer)
    batch = begin(walker)
    bring_the_list(walker, batch, workbook)
    say_the_rest(walker, batch, slips)
    walker.sign_out()
    walker.sign_in(unit.decider)
    walker.open(at("batch", batch.token))
    walker.look("batch-to-decide")
    walker.open(at("batch_approve", batch.token))
    walker.look("batch-approve")
    walker.press("确认批次", "Confirm the batch")
    walker.look("batch-confirmed")
    assert EnrolmentBatch.objects.unscoped().get().state == BatchState.CONFIRMED
    assert Cover.objects.unscoped().count() == WOMEN
    walker.open(at("covers"))
    walker.look("covers")
    walker.open(at("cover", Cover.objects.unscoped().first().token))
    walker.look("cover")
    walker.open(at("renewals"))
    walker.look("renewals")
    walker.sign_out()
    walker.sign_in(women[0].user)
    walker.open(reverse("mutual_aid:cover"))
    walker.look("am-i-covered")
    walker.follow("我的凭证", "My certificate")
    walker.look("certificate")
    walker.sign_out()
    walker.open(reverse("certificates:check", args=[women[0].covers.get().token]))
    walker.look("certificate-checked")
