from services.accounts.models.codes import OneTimeCode, SignInEvent
from services.accounts.models.user import PastPassword, User

__all__ = ["OneTimeCode", "PastPassword", "SignInEvent", "User"]
