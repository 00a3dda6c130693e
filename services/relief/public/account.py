"""Where the money of an application goes."""

from services.payments.public.accounts import AsksForAccount
from services.relief.public.page import Questions
from services.relief.rules.asking import pays


class Account(AsksForAccount, Questions):
    template_name = "relief/account.html"
    known_template = "relief/account_known.html"
    asked = pays
