"""What is rehearsed is what is deployed; and what rehearsals loosen can't get into production."""

import re
import time

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings

from benchmarks.load.world import NotForProduction, session_of
from portal.checks import nothing_of_demos_and_rehearsals
from scripts import rehearsal, smoke
from scripts.installation import UNITS, Process, command_of, commands_of
from scripts.visitor import Failed, Visitor
from tests.factories.accounts import WorkerUserFactory


def test_the_commands_are_those_of_the_units():
    for queue, concurrency in (("interactive", "2"), ("bulk", "1")):
        command = command_of("worker", queue=queue)
        assert command[command.index("--queues") + 1] == queue
        assert command[command.index("--concurrency") + 1] == concurrency
    web = command_of("web", bind="127.0.0.1:9000", workers="1")
    started = re.search(r"^ExecStart=\S+/(.+)$", (UNITS / "mumian-web.service").read_text(), re.MULTILINE)[1]
    ours = " ".join(["gunicorn", *web[1:]])
    assert ours == started.replace("127.0.0.1:8000", "127.0.0.1:9000").replace("--workers 4", "--workers 1")
    prepared = [command[2] for command in commands_of("prepare")]
    assert prepared == ["check", "check_database", "migrate", "collectstatic"]


@pytest.mark.parametrize("name", ["ALLOW_INVENTED_IDENTITIES", "SHOW_CODES_ON_SCREEN"])
def test_what_demos_and_rehearsals_loosen_stops_a_deployment(name):
    off = {"ALLOW_INVENTED_IDENTITIES": False, "SHOW_CODES_ON_SCREEN": False}
    with override_settings(**off):
        assert nothing_of_demos_and_rehearsals(None) == []
    with override_settings(**off | {name: True}):
        [error] = nothing_of_demos_and_rehearsals(None)
        assert (error.id, name in error.msg) == ("portal.E004", True)
        with pytest.raises(SystemCheckError, match=r"portal\.E004"):
            call_command("check", deploy=True, tags=["security"])


@pytest.mark.django_db
def test_sessions_for_a_load_are_given_out_among_invented_people_alone():
    user = WorkerUserFactory()
    assert session_of(user)
    with override_settings(ALLOW_INVENTED_IDENTITIES=False), pytest.raises(NotForProduction):
        session_of(user)


def test_one_line_that_fails_fails_the_whole_and_the_others_are_still_walked():
    table, walked = rehearsal.Table(), []

    def breaks():
        raise Failed("the page is away")

    table.run("first", breaks)
    table.run("second", lambda: walked.append("second"))
    assert walked == ["second"]
    assert [said for _what, _seconds, said in table.lines] == ["FAILED: Failed: the page is away", "ok"]
    assert not table.well
    with pytest.raises(Failed):
        table.run("needed", breaks, needed=True)


def test_a_process_dies_with_its_children(tmp_path):
    command = ["sh", "-c", "sleep 300 & sleep 300"]
    process = Process("sleepers", command, {"PATH": "/usr/bin:/bin"}, tmp_path / "log")
    process.start()
    until = time.monotonic() + 10
    while len(pids := process.pids()) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(pids) == 3
    process.kill()
    assert process.running.returncode is not None
    time.sleep(0.2)
    assert not [pid for pid in pids if _runs(pid)]


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_digits_of_the_second_factor_are_those_of_the_standard(monkeypatch):
    """RFC 6238, appendix B: at second 59 the secret of the test shows 94287082."""
    monkeypatch.setattr(smoke.time, "time", lambda: 59.0)
    assert smoke.factor("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == "287082"


def test_a_visitor_fills_the_hidden_fields_of_the_form_she_sends():
    class Page:
        text = (
            '<form action="/other/"><input type="hidden" name="csrfmiddlewaretoken" value="o"></form>'
            '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t">'
            '<input type="hidden" name="seen" value="a&amp;b"><input name="typed" value="x"></form>'
        )

    visitor = Visitor("https://127.0.0.1")
    visitor.page = Page()
    assert visitor._hidden("/here/") == {"csrfmiddlewaretoken": "t", "seen": "a&b"}
    assert visitor._hidden("/other/") == {"csrfmiddlewaretoken": "o"}
