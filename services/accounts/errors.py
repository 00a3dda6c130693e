"""Refusals of the accounts app. None says whether a phone number is known here."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class CodeTooSoon(Refused):
    code = "code_too_soon"
    for_her = _("We have just sent a code. You can ask for another in %(seconds)s seconds.")


class TooManyCodes(Refused):
    code = "too_many_codes"
    for_her = _("Too many codes have been sent to this number. Please try again later.")


class AddressBusy(Refused):
    code = "address_busy"
    for_her = _("Too many attempts have come from your network. Please try again in an hour.")


class CodeWrong(Refused):
    code = "code_wrong"
    for_her = _("The code is wrong or has expired. Check the latest message, or ask for a new code.")


class CodeSpent(Refused):
    code = "code_spent"
    for_her = _("Wrong code entered too many times. Please ask for a new one.")


class AccountClosed(Refused):
    code = "account_closed"
    for_her = _("This account is closed. Your union can tell you more.")


class NotStaff(Refused):
    code = "not_staff"
    for_her = _("This account isn't a staff account.")


class NoSuchList(Refused):
    code = "no_such_list"
    for_staff = _("This list can't be kept.")


class NameMissing(Refused):
    code = "name_missing"
    for_staff = _("Give the view a name.")


class NameTaken(Refused):
    code = "name_taken"
    for_staff = _("Another view of this list is called “%(name)s”. Choose another name.")


class TooManyViews(Refused):
    code = "too_many_views"
    for_staff = _("You keep %(most)s views already. Drop one first.")


class ViewTooLong(Refused):
    code = "view_too_long"
    for_staff = _("This filter is too long to be kept. Use fewer or shorter conditions.")
