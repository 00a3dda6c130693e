"""The command that works an evaluation out again, with files as people have them: a clear answer or a clear refusal."""

import json
import subprocess
import sys
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from services.plan_reviews.rules.sheets import COLUMNS, Unreadable, read_table
from tests.house.sources import ROOT

HEADS = ",".join(COLUMNS)
LINE = "示例甲,ge,90,reported,95,100,100"


def explained(tmp_path, content: bytes | str) -> dict:
    path, out, wrong = tmp_path / "e.csv", StringIO(), StringIO()
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    call_command("explain_evaluation", str(path), "--json", stdout=out, stderr=wrong)
    assert wrong.getvalue() == ""
    return json.loads(out.getvalue())


def workbook() -> bytes:
    target = BytesIO()
    Workbook().save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("\n\n ,,\n", "the file is empty"),
        (HEADS + "\n", "no line below the headings"),
        ("a,b\n1,2\n", "lacks the columns indicator, comparator"),
        (HEADS.replace(",", ";") + "\n" + LINE.replace(",", ";"), "separated by commas"),
        (HEADS.replace(",", "\t") + "\n", "separated by commas"),
        (HEADS.replace("status", "状态") + "\n" + LINE, "lacks the columns status"),
        (HEADS + ",target\n" + LINE, "stand there twice: target"),
        (f"{HEADS}\n示例甲,ge,90,reported,1,950,2000,100", "line 2: more cells than headings"),
        (f"{HEADS}\n示例甲,about,90,reported,95,100,100", "line 2: the comparator 'about' isn't known. Known are ge"),
        (f"{HEADS}\n{LINE}\n\n示例乙,ge,90,lost,95,100,100", "line 4: the status 'lost' isn't known"),
        (f"{HEADS}\n示例甲,ge,九十,reported,95,100,100", "line 2: the target isn't a number"),
        (f"{HEADS}\n示例甲,ge,90,reported,95人,100,100", "line 2: the numerator isn't a number"),
        (f"{HEADS}\n示例甲,ge,90,reported,95%,100,100", "line 2: the numerator isn't a number"),
        (f'{HEADS}\n示例甲,ge,90,reported,"9,5",100,100', "line 2: the numerator isn't a number"),
        (f"{HEADS}\n示例甲,ge,90,reported,95,=A1,100", "line 2: the denominator isn't a number"),
        (f"{HEADS}\n示例甲,ge,90,reported,95,NaN,100", "line 2: the denominator isn't a number"),
        (f"{HEADS}\n示例甲,ge,90,reported,1e400,100,100", "line 2: the numerator isn't a number"),
        (f"{HEADS}\n示例甲,ge,90,reported,95,100,1.5", "line 2: the factor is a whole number"),
        (f"{HEADS}\n示例甲,range,60..40,reported,95,100,100", "line 2: the lower end of the range"),
        (f'{HEADS}\n"示例甲,ge,90', "line 2: unexpected end of data"),
        (f"{HEADS}\n{'甲' * 200_000},ge,90,reported,1,2,100", "line 2: field larger than"),
        (workbook(), "this is a workbook"),
        (f"{HEADS}\n{LINE}".encode("utf-16"), "UTF-16"),
        (b"\x00\x01\x02", "isn't a text file"),
        (HEADS.encode() + b"\n\xff\xff\xff", "neither in UTF-8 nor in GB18030"),
    ],
)
def test_what_cant_be_read_is_refused_in_words(tmp_path, content, words):
    with pytest.raises(CommandError) as refused:
        explained(tmp_path, content)
    assert words in str(refused.value) and len(str(refused.value)) < 500


def test_a_file_that_isnt_there_is_named(tmp_path):
    for path in (tmp_path / "nowhere.csv", tmp_path, "a\0b"):
        with pytest.raises(CommandError):
            call_command("explain_evaluation", str(path), "--json", stdout=StringIO())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_every_office_program_say_the_same(tmp_path, encoding):
    for ends in ("\n", "\r\n", "\r"):
        found = explained(tmp_path, f"{HEADS}{ends}{LINE}{ends}".encode(encoding))
        assert (found["met"], found["indicators"][0]["indicator"]) == (1, "示例甲")


@pytest.mark.parametrize(
    ("line", "status", "why"),
    [
        ("x,ge,90,reported,95,100,100", "met", ""),
        ("x,≥,90%,已报,95,100,100", "met", ""),
        ("x,以上,90,reported,90,100,100", "met", ""),
        ("x,超过,90,reported,90,100,100", "not_met", ""),
        ('x,不低于,90,reported,"1,950","2,000",100', "met", ""),
        ("x,ge,90,reported,0,0,100", "no_data", "the denominator is nought"),
        ("x,ge,90,reported,5,-2,100", "no_data", "the denominator is below nought"),
        ("x,ge,90,reported,,100,100", "no_data", "the numerator is missing"),
        ("x,ge,90,reported,95,,100", "no_data", "the denominator is missing"),
        ("x,ge,90,,无数据,100,100", "no_data", "the numerator is missing"),
        ("x,ge,90,未采集,95,100,100", "no_data", "missing_not_collected"),
        ("x,ge,90", "no_data", "nothing was reported"),
        ("x,ge,,reported,95,100,100", "no_target", "the target is missing"),
        ("x,trend_up,,reported,95,100,100", "no_data", "nothing to compare with"),
    ],
)
def test_what_is_read_says_why(tmp_path, line, status, why):
    one = explained(tmp_path, f"{HEADS}\n{line}\n")["indicators"][0]
    assert one["status"] == status and why in one["why"]


def test_full_width_letters_and_digits_are_digits(tmp_path):
    wide = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F) if chr(n) not in ","})
    found = explained(tmp_path, f"{HEADS.translate(wide)}\n{'x,ge,90,reported,95,100,100'.translate(wide)}")
    assert found["met"] == 1


def test_columns_may_stand_in_any_order_with_others_between(tmp_path):
    found = explained(
        tmp_path, "备注,Target,NUMERATOR,denominator,factor,status,comparator,indicator\n,90,95,100,100,,ge,x"
    )
    assert (found["met"], found["total"]) == (1, 1)


def test_a_hundred_thousand_lines_are_counted(tmp_path):
    lines = "\n".join(f"示例{n},ge,90,reported,{n % 100},100,100" for n in range(100_000))
    found = explained(tmp_path, f"{HEADS}\n{lines}\n")
    assert (found["met"], found["not_met"], found["total"]) == (10_000, 90_000, 100_000)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"{HEADS}\n{text}".encode("utf-8", "ignore")))
def test_nothing_that_is_thrown_at_it_ends_otherwise_than_in_words(content):
    try:
        read_table(content)
    except Unreadable as wrong:
        assert str(wrong)


def test_the_output_is_json_alone_and_a_refusal_isnt_in_it(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text(f"{HEADS}\n{LINE}\n", encoding="utf-8")

    def run(*arguments) -> subprocess.CompletedProcess:
        command = [sys.executable, str(ROOT / "manage.py"), "explain_evaluation", *arguments, "--json"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    done = run(str(path))
    assert (done.returncode, json.loads(done.stdout)["met"]) == (0, 1)
    refused = run(str(tmp_path / "nowhere.csv"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Traceback" not in refused.stderr and refused.stderr.count("\n") == 1
