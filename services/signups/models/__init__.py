from services.signups.models.activity import Activity, Question
from services.signups.models.record import Answers, Certificate, EvaluationGiven, EvaluationSheet

__all__ = ["Activity", "Answers", "Certificate", "EvaluationGiven", "EvaluationSheet", "Question"]
