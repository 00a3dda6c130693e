"""Appoint the first administrator of a tree: ``manage.py make_administrator USERNAME --organization CODE``.

Standard output holds the temporary password and nothing else. Refused as soon as somebody administers the tree.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from services.foundation import clock
from services.foundation.errors import Refused
from services.organizations import errors
from services.organizations.actions import appoint_first_administrator
from services.organizations.models import Organization


class Command(BaseCommand):
    help = "Gives a staff account the first administrator's post at the top of a tree, with a temporary password."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--organization", required=True, metavar="CODE", help="code of the top of the tree")
        parser.add_argument("--name", default="", help="full name of the administrator, when the account is new")

    def handle(self, *args, username, organization, name, **options):
        with translation.override(settings.LANGUAGE_CODE):
            try:
                user, password = self._appoint(username, organization, name)
            except Refused as refused:
                raise CommandError(refused.message(staff=True)) from refused
            told = _("%(username)s administers the tree now. The password must be changed at the first sign-in:")
            self.stderr.write(told % {"username": user.get_username()})
        self.stdout.write(password)

    @staticmethod
    def _appoint(username: str, code: str, name: str):
        place = Organization.objects.filter(code=code).first()
        if place is None:
            raise errors.UnknownOrganization(code=code[:40])
        return appoint_first_administrator(
            username, full_name=name or username, organization=place, today=clock.today()
        )
