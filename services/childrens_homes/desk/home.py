"""One home on one screen: where it stands against the standard and why, who works there, its rules and activities,
and what the apps that grow from it tell."""

from django.utils.functional import cached_property
from django.views.generic import TemplateView

from services.childrens_homes import policies, registry, workflow
from services.childrens_homes.actions.homes import move_home
from services.childrens_homes.desk.pages import ByVerb, HomePage, desk_url, steps_of
from services.childrens_homes.desk.papers import papers_shown
from services.childrens_homes.models import CareActivity, Committee, HomeStaff, RegulationDoc
from services.childrens_homes.queries.readiness import judged
from services.childrens_homes.queries.story import story_of
from services.childrens_homes.rules.readiness import ready
from services.childrens_homes.wording import findings as wording
from services.childrens_homes.wording import verbs
from services.childrens_homes.wording.facts import by_group
from services.foundation import clock

_LATEST = 10


def may_step_home(user, level: str, home) -> bool:
    allowed = policies.may_lead(user, home.host) if level == workflow.CITY else policies.may_keep(user, home)
    return bool(allowed)


class HomeDetail(HomePage, TemplateView):
    template_name = "childrens_homes/desk/home.html"

    def get_page_title(self):
        return self.home.host.name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [*self.trail()[:-1], {"url": "", "label": self.home.host.name}]

    @cached_property
    def facts(self):
        return registry.facts_of([self.home], clock.today())

    def get_context_data(self, **kwargs):
        home, user = self.home, self.request.user
        findings = judged([home], clock.today(), self.facts)[home.pk]
        return super().get_context_data(
            groups=by_group(home, self.facts[home.pk]),
            panels=[panel for ask in registry.home_panels if (panel := ask(home, user))],
            findings=[wording.shown(one) for one in findings],
            ready=ready(findings),
            steps=steps_of(
                workflow.HOME,
                home,
                verbs.HOME,
                may=lambda level: may_step_home(user, level, home),
                url=lambda verb: desk_url("home_step", home.code, verb),
            ),
            may_run=bool(policies.may_run(user, home)),
            **self._parts(),
            history=story_of(home),
            **kwargs,
        )

    def _parts(self) -> dict:
        home = self.home
        committee = Committee.objects.unscoped().filter(home=home, dissolved_on__isnull=True).first()
        staff = HomeStaff.objects.unscoped().filter(home=home)
        documents = RegulationDoc.objects.unscoped().filter(home=home, replaced_at__isnull=True)
        activities = CareActivity.objects.unscoped().filter(home=home)
        return {
            "committee": committee,
            "members": list(committee.members.all()) if committee else [],
            "staff": list(staff.filter(until_on__isnull=True)),
            "left": list(staff.filter(until_on__isnull=False).order_by("-until_on")[:_LATEST]),
            "documents": [(one, papers_shown(one)) for one in documents],
            "activities": list(activities.order_by("-on", "-pk")[:_LATEST]),
        }


class HomeStep(ByVerb, HomePage):
    words, table = verbs.HOME, workflow.HOME

    def allowed(self):
        verdict = super().allowed()
        if not verdict:
            return verdict
        self.verb  # noqa: B018 - an unknown one is answered before rights are asked
        level = next(one.who for one in self.table if one.verb == self.kwargs["verb"])
        if level == workflow.CITY:
            return policies.may_lead(self.request.user, self.home.host)
        return policies.may_keep(self.request.user, self.home)

    @property
    def needs_reason(self):
        return any(
            one.verb == self.kwargs["verb"] and one.origin == self.home.state and one.needs_reason for one in self.table
        )

    def move(self, reason, form):
        move_home(self.home, self.kwargs["verb"], by=self.request.user, reason=reason)
