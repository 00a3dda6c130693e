from services.accounts.models.codes import OneTimeCode, SignInEvent
from services.accounts.models.saved_view import SavedView
from services.accounts.models.user import PastPassword, User

__all__ = ["OneTimeCode", "PastPassword", "SavedView", "SignInEvent", "User"]
