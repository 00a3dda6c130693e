"""A standardisation checklist for the demo, and self-assessments at every stage.

The items and their sources are those of published checklists (Nantong [S135], Zhumadian [S134]). No published scorecard
was found: the points and the pass mark are invented for the demo and stand in no document.
"""

from collections.abc import Sequence
from decimal import Decimal

from services.coverage.actions import assessing
from services.coverage.actions.checklists import put_in_force, write_checklist
from services.coverage.enums import AutomaticRule, ItemGroup, PassKind
from services.coverage.models import Checklist, SelfAssessment
from services.coverage.queries.checklists import sheet_of
from services.coverage.rules.scoring import Reviewed
from services.foundation.demo import DemoContext
from services.organizations.models import Organization

SOURCE = "演示数据:条目参照南通、驻马店公开的规范化建设要求,分值与达标线为演示自拟"
# S135, S134, S131 of docs/sources.md.
_NANTONG, _ZHUMADIAN, _RULES = "南通市总工会", "驻马店市总工会", "《工会女职工委员会工作条例》"
# group, code, words, words_en, points, evidence, rule, source
ITEMS = (
    (
        ItemGroup.ORGANISATION,
        "built",
        "应建尽建:女会员10人以上建立女职工委员会",
        "A committee where ten or more women are members",
        10,
        False,
        AutomaticRule.BUILT,
        _RULES,
    ),
    (
        ItemGroup.ORGANISATION,
        "together",
        "与工会同时筹备、同时产生、同时报批",
        "Prepared, elected and approved together with the union",
        8,
        False,
        AutomaticRule.SIMULTANEOUS,
        _ZHUMADIAN,
    ),
    (ItemGroup.ORGANISATION, "term", "按期换届", "Re-elected on time", 8, False, AutomaticRule.TERM, _NANTONG),
    (
        ItemGroup.ORGANISATION,
        "chair",
        "主任由女主席、副主席担任或享受同级副主席待遇",
        "The head is (deputy) chair of the union or is treated as one",
        8,
        False,
        AutomaticRule.CHAIR,
        _RULES,
    ),
    (ItemGroup.ORGANISATION, "vacancies", "委员出缺及时替补", "Vacancies are filled in time", 4, False, "", _ZHUMADIAN),
    (
        ItemGroup.SYSTEMS,
        "meetings",
        "会议制度:全年至少2次,有计划、有总结",
        "At least two meetings a year, with plan and summary",
        8,
        True,
        "",
        _NANTONG,
    ),
    (
        ItemGroup.SYSTEMS,
        "liaison",
        "委员联系制度:每名委员联系1至2个单位",
        "Each member keeps in touch with one or two units",
        4,
        False,
        "",
        _NANTONG,
    ),
    (ItemGroup.SYSTEMS, "reports", "工作报告制度", "Reports on the work", 4, False, "", _NANTONG),
    (
        ItemGroup.SYSTEMS,
        "inspection",
        "维权督查制度:全年至少1次专项检查",
        "At least one inspection of women's rights a year",
        8,
        True,
        "",
        _NANTONG,
    ),
    (ItemGroup.SYSTEMS, "news", "信息报送制度", "News items are sent", 4, False, "", _NANTONG),
    (
        ItemGroup.SYSTEMS,
        "budget",
        "经费保障制度:列入年度预算",
        "Money for the work in the yearly budget",
        6,
        False,
        "",
        _NANTONG,
    ),
    (ItemGroup.SYSTEMS, "ledger", "工作台账完整", "The ledger is complete", 4, False, "", _NANTONG),
    (
        ItemGroup.WORK,
        "contract",
        "签订女职工权益保护专项集体合同",
        "A special collective contract for women workers",
        8,
        False,
        "",
        "常见评分项,未见公开分值",
    ),
    (
        ItemGroup.WORK,
        "room",
        "阵地建设:爱心母婴室或服务站",
        "A nursing room or service point",
        8,
        False,
        "",
        "常见评分项,未见公开分值",
    ),
    (
        ItemGroup.WORK,
        "activities",
        "开展女职工读书、培训等活动",
        "Reading, training and other activities",
        8,
        False,
        "",
        "常见评分项,未见公开分值",
    ),
)
MARK = Decimal(80)


def rows() -> list[dict]:
    names = ("group", "code", "words", "words_en", "points", "evidence", "rule", "source")
    return [dict(zip(names, item, strict=True)) | {"points": Decimal(item[4])} for item in ITEMS]


def sample_checklist(federation: Organization, *, by, today) -> Checklist:
    """Put the sample in force for a federation and everything below it."""
    fields = {"pass_kind": PassKind.PER_CENT, "pass_mark": MARK, "source": SOURCE}
    draft = write_checklist(federation, fields=fields, items=rows(), by=by)
    return put_in_force(draft, by=by, today=today)


def load(
    context: DemoContext, *, federation: Organization, unions: Sequence[Organization], officer, reviewer, evidence
) -> None:
    """The sample in force, and self-assessments of this year at every stage among these six unions.

    ``officer`` fills in, ``reviewer`` (of a level above) reviews; ``evidence(union, shade)`` makes a paper.
    """
    sample_checklist(federation, by=reviewer, today=context.today)
    for number, union in enumerate(unions):
        made = assessing.open_year(union, context.today.year, by=officer, now=context.now)
        _answer(made, by=officer, all_of_it=number > 0)
        if number < 2:
            continue
        for place, code in enumerate(("meetings", "inspection")):
            assessing.attach_evidence(made, code, [evidence(union, 20 * number + 9 * place)], by=officer)
        _finish(made, number, officer=officer, reviewer=reviewer, now=context.now)


def _answer(made: SelfAssessment, *, by, all_of_it: bool) -> None:
    said = {}
    for place, line in enumerate(sheet_of(made).lines):
        if line.settled is None and (all_of_it or place < 6):
            points = line.item.points if place % 4 else line.item.points / 2
            said[line.item.code] = {"claimed": points, "words": "演示:已按要求开展,台账可查。"}
    assessing.save_answers(made, said, seen=made.edition, by=by)


def _finish(made: SelfAssessment, number: int, *, officer, reviewer, now) -> None:
    made = assessing.hand_up(made, by=officer, now=now)
    if number == 3:
        assessing.give_back(made, words="请补充第二次会议的记录。", seen=made.edition, by=reviewer, now=now)
    elif number > 3:
        said = {line.item.code: Reviewed(line.answer.claimed or Decimal(0)) for line in sheet_of(made).lines}
        if number == 5:
            said["room"] = Reviewed(Decimal(0), "现场未见母婴室。")
        assessing.review(made, said, seen=made.edition, by=reviewer, now=now)
