"""What is said about an application may speak of illness and income: no table, log or message holds it in clear."""

import logging

import pytest
from django.db import connection
from django.urls import reverse

from services.casework import actions
from services.casework.actions import AskedItem, objections
from services.casework.actions.notices import take_down
from services.casework.enums import ObjectionOutcome, Stage, Tie
from services.casework.models import Case, CaseEvent
from services.foundation.exports import exports
from services.messaging.models import Message
from tests.casework.notice_world import fields, first_line, objected, published, signed_in
from tests.factories.casework import MONDAY, case_at

NUMBER, CARD, PHONE = "990000198307190271", "6217990000000000123", "19900008642"
ILLNESS, INCOME = "甲状腺恶性肿瘤", "年收入三万二千元"
TOLD = f"您因{ILLNESS}住院，{INCOME}，身份证{NUMBER}。"
NOTE = f"电话{PHONE}，卡号{CARD}，证号{NUMBER}"
# Tables that hold what was typed nowhere else, or in which tests write themselves.
NOT_OURS = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def dumped() -> str:
    """Every value of every table, as it lies on disk."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in NOT_OURS:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                told.append(str(cursor.fetchall()))
    return "\n".join(told)


def in_clear(text: str) -> list[str]:
    return [secret for secret in (ILLNESS, INCOME, NUMBER, CARD, PHONE) if secret in text]


@pytest.fixture
def said(noticed, allowance, monkeypatch, today_is, caplog):
    """Cases at which everything that can be written down was written down, with what must not be read in it."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)
    union, town_two, now = noticed.officers["union"], noticed.officers["town_two"], MONDAY
    asked = actions.return_case(
        noticed.submitted(), items=[AskedItem("income", TOLD)], by=union, now=now, reason=TOLD, note=NOTE
    )
    refused = actions.refuse(noticed.submitted(), by=union, now=now, reason=TOLD, note=NOTE)
    refused = actions.appeal(refused, by=refused.worker.user, now=now, reason=TOLD)
    handed = actions.hand_over(noticed.submitted(), to=noticed.officers["union_two"], by=union, now=now, note=NOTE)
    actions.recuse(handed, tie=Tie.CLOSE, by=union, now=now, note=NOTE)
    line = first_line(published(noticed))
    objection = objected(line, text=TOLD, contact=PHONE)
    objections.ask_applicant(objection, question=TOLD, by=town_two, now=now)
    objections.answer(objection, text=TOLD, by=line.case.worker.user, now=now)
    objections.extend(objection, days=2, because=NOTE, by=town_two, now=now)
    objections.settle(objection, outcome=ObjectionOutcome.NOT_UPHELD, told=TOLD, by=town_two, now=now)
    take_down(line.notice, because=NOTE, told=TOLD, by=noticed.officers["town"], now=now)
    desk = signed_in(noticed.officers["union_two"])
    desk.get(reverse("casework_desk:case", args=[handed.token]))
    desk.post(reverse("casework_desk:find"), {"text": NUMBER})
    return {"asked": asked, "refused": refused, "handed": handed, "objected": line.case}


@pytest.mark.django_db
def test_no_table_holds_what_was_written_about_her_in_clear(said):
    told = dumped()
    assert said["handed"].number in told  # what may stand there does
    assert in_clear(told) == []


@pytest.mark.django_db
def test_no_log_and_no_message_repeats_it(said, caplog):
    records = caplog.get_records("setup")
    logged = "\n".join(one.getMessage() for one in records if not one.name.startswith("django.db"))
    assert records and in_clear(logged) == []
    sent = Message.objects.all()
    assert sent.count() > 5 and in_clear("\n".join(f"{one.subject} {one.body}" for one in sent)) == []


@pytest.mark.django_db
def test_whoever_it_was_written_for_reads_it(said, settings):
    refused, asked = (Case.objects.unscoped().get(pk=said[name].pk) for name in ("refused", "asked"))
    assert refused.events.get(verb="refuse").reason == TOLD and refused.events.get(verb="appeal").reason == TOLD
    assert asked.reason == TOLD and asked.requested.get().words == TOLD
    page = signed_in(asked.worker.user).get(reverse("casework:case", args=[asked.token])).content.decode()
    assert ILLNESS in page


@pytest.mark.django_db
def test_words_for_colleagues_keep_no_number_of_a_person_at_all(said):
    notes = list(CaseEvent.objects.exclude(note__isnull=True).values_list("note", flat=True))
    assert any("[id]" in note and "[phone]" in note and "[card]" in note for note in notes)
    assert in_clear("\n".join(notes)) == []


@pytest.mark.django_db
def test_the_workbook_of_cases_and_the_details_of_events_hold_none_of_it(said, noticed):
    assert in_clear(str(list(CaseEvent.objects.values_list("details", "verb", "source", "target")))) == []
    columns = [str(column.heading) for column in exports["cases"].columns]
    assert not {"Reason", "Note"} & set(columns)


@pytest.mark.django_db
def test_a_refusal_without_words_is_refused_by_the_database_too(world):
    from django.db import IntegrityError, transaction

    case = case_at(world, Stage.REFUSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.unscoped().filter(pk=case.pk).update(reason="")


@pytest.mark.django_db
def test_a_file_name_keeps_no_number_of_a_person(world):
    from services.casework.rules.files import shown_name

    assert shown_name(f"身份证{NUMBER}.jpg") == "身份证[id].jpg"
