"""What sign-up may ask, and whether an answer can be taken."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_QUESTIONS, MOST_CHOICES, LONGEST_ANSWER, GREATEST_NUMBER = 8, 12, 100, 10_000
CHOICE, YES_NO, SHORT_TEXT, NUMBER = "choice", "yes_no", "short_text", "number"
YES, NO = "yes", "no"

# Sensitive personal information (PIPL Art. 28) and what leads to it; a sign-up for an activity needs none of it.
_SENSITIVE = (
    *("身份证", "证件号", "证件号码", "银行卡", "卡号", "账号", "密码", "验证码"),
    *("疾病", "病史", "患病", "病情", "疾患", "病种", "健康状况", "体检结果", "残疾", "精神病", "精神疾"),
    *("孕", "月经", "生育", "流产", "婚姻", "婚否", "离异", "丧偶", "宗教", "信仰", "民族成分", "什么民族", "您的民族"),
    *("收入", "工资", "家庭困难", "贫困", "低保", "指纹", "人脸"),
    *("identity number", "id number", "id card", "bank card", "account number", "password"),
    *("illness", "disease", "diagnos", "state of health", "health condition", "disabil", "pregnan"),
    *("marital", "married", "divorc", "religio", "ethnic", "income", "salary", "poverty", "fingerprint"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the rules see it; ``key`` names it."""

    key: str
    kind: str
    required: bool = True
    choices: tuple[str, ...] = ()


def sensitive_word(*texts: str) -> str:
    """The first word in the texts that asks for what isn't asked at sign-up; empty when there is none.

    Blanks between characters hide nothing. Source: PIPL Art. 28 and 29 (separate consent), data minimisation Art. 6.
    """
    for text in texts:
        bare = re.sub(r"\s+", "", text.casefold())
        spaced = " ".join(text.casefold().split())
        for word in _SENSITIVE:
            if word in (spaced if word.isascii() else bare):
                return word
    return ""


_NUMBERS_OF_PEOPLE = re.compile(r"\d{11,}|\d{6,}[\dXx]{5,}")


def tells_on_people(text: str) -> bool:
    """Whether a text holds what looks like an identity, phone or card number, however it is spaced out."""
    return bool(_NUMBERS_OF_PEOPLE.search(re.sub(r"[\s\-–—._]", "", text)))


def judge(questions: Iterable[Asked], answers: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with the answers, by key of the question: ``unanswered``, ``not_a_choice``, ``not_a_number``,
    ``too_long`` or ``tells``. Answers to questions that aren't asked count for nothing."""
    faults = {}
    for asked in questions:
        if fault := _fault(asked, answers.get(asked.key)):
            faults[asked.key] = fault
    return faults


def _fault(asked: Asked, answer: object) -> str:
    if answer is None or answer == "":
        return "unanswered" if asked.required else ""
    if asked.kind == CHOICE:
        return "" if answer in asked.choices else "not_a_choice"
    if asked.kind == YES_NO:
        return "" if answer in (YES, NO) else "not_a_choice"
    if asked.kind == NUMBER:
        sound = isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= GREATEST_NUMBER
        return "" if sound else "not_a_number"
    if not isinstance(answer, str) or len(answer) > LONGEST_ANSWER:
        return "too_long"
    return "tells" if tells_on_people(answer) else ""
