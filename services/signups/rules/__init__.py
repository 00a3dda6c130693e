"""The rules of signing up: plain values in, plain values out."""

from services.signups.rules.evaluation import FEWEST, Tally, tally
from services.signups.rules.questions import MOST_QUESTIONS, Asked, judge, sensitive_word
from services.signups.rules.windows import evaluation, phase

__all__ = ["FEWEST", "MOST_QUESTIONS", "Asked", "Tally", "evaluation", "judge", "phase", "sensitive_word", "tally"]
