"""Until when a woman is below the legal retirement age.

Source: decision of the Standing Committee of the National People's Congress of 13 September 2024 on raising the legal
retirement age step by step, art. 1 with its tables, in force from 1 January 2025: who would have retired at 55 retires
a month later for every four months of birth begun, up to 58; who would have retired at 50, for every two months begun,
up to 55. §1.4 S24 asks for the age that results.
"""

from datetime import date

from services.foundation.months import add_months

# The age before the decision: (first month of birth that is later, months of birth for each month, most months).
_STEPS = {50: (date(1975, 1, 1), 2, 60), 55: (date(1970, 1, 1), 4, 36)}
ORIGINAL_AGES = tuple(_STEPS)


def retires_on(born: date, original: int) -> date:
    """The day on which she reaches the legal retirement age; ``original`` is 50 or 55, by her post before 2025."""
    first, step, most = _STEPS[original]
    months = (born.year - first.year) * 12 + born.month - first.month
    later = 0 if months < 0 else min(months // step + 1, most)
    return add_months(born, original * 12 + later)


def below_retirement(born: date, on: date, original: int | None) -> bool | None:
    """Whether she hasn't reached it on a day. Which of the two ages is hers may be unknown: then it is known only
    where both say the same."""
    if original is not None:
        return on < retires_on(born, original)
    answers = {on < retires_on(born, age) for age in ORIGINAL_AGES}
    return answers.pop() if len(answers) == 1 else None
