"""Every area of the desk is found by those who work in it: it stands in a menu."""

import pytest
from django.urls import get_resolver
from wagtail.admin.menu import admin_menu, settings_menu

from services.foundation.area import DeskArea


@pytest.mark.django_db
def test_every_area_of_the_desk_stands_in_a_menu():
    assert get_resolver().url_patterns  # the areas register themselves with the routes
    areas = {area.menu_name for area in DeskArea.__subclasses__() if not area.__module__.startswith("tests.")}
    named = {item.name for menu in (admin_menu, settings_menu) for item in menu.registered_menu_items}
    assert {"page-templates", "publishing"} < areas
    assert areas - named == set()
