"""The demo of the homes: a hundred, every state of the flows, made in a few seconds."""

import pytest
from django.utils import timezone

from services.childrens_homes import demo
from services.childrens_homes.enums import ApplicationState, LetterState, PlanState, SummaryState, Vetting
from services.childrens_homes.models import ConstructionPlan, Home, Letter, SiteApplication, SummaryReport, Volunteer
from services.childrens_homes.queries.people import standing_of, with_vetting
from services.childrens_homes.todos import todos_for
from services.foundation.demo import DemoContext
from services.organizations import demo as organizations

pytestmark = pytest.mark.django_db


def test_every_state_of_the_flows_is_there(django_assert_max_num_queries):
    context = DemoContext(now=timezone.now())
    organizations.load(context)
    with django_assert_max_num_queries(2500):
        demo.load(context)
    assert len(context.made["childrens_homes.homes"]) == Home.objects.unscoped().count() == 100
    assert set(SiteApplication.objects.unscoped().values_list("state", flat=True)) == set(ApplicationState.values)
    assert set(ConstructionPlan.objects.unscoped().values_list("state", flat=True)) == {
        PlanState.CONSULT,
        PlanState.PUBLISHED,
    }
    letters = set(Letter.objects.unscoped().values_list("state", flat=True))
    assert letters == set(LetterState.values)
    context.catch_up(context.now)
    assert set(SummaryReport.objects.unscoped().values_list("state", flat=True)) == set(SummaryState.values)
    people = with_vetting(Volunteer.objects.unscoped(), context.today)
    assert {standing_of(one, context.today) for one in people} == set(Vetting.values)
    assert todos_for(context.made["organizations.staff"]["wf-city"])
