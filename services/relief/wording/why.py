"""Why each sensitive question of an application for relief is asked, in her words."""

from django.utils.translation import gettext_lazy as _

_HEALTH = _("Why we ask: some help is for those who are ill or disabled. A class is enough to judge that.")
_WORK = _("Why we ask: the income test counts who can earn and who can't.")
_MONEY = _("Why we ask: income and costs that can't be avoided decide which help you may get.")

ABOUT = {
    "work": _WORK,
    "health": _HEALTH,
    "migrant": _("Why we ask: this programme is for women who came to the city to work."),
    "resident": _("Why we ask: this programme is for women who have lived here for long."),
}
HOME = {
    "address": _("Why we ask: two people of the union visit you before they decide."),
    "marital": _("Why we ask: it tells who belongs to your household, and whether help for single mothers fits."),
    "housing": _("Why we ask: a home of one's own, or its rent, belongs to the picture of your means."),
    "housing_area": _("Why we ask: floor area is one of the things the union looks at when it judges your means."),
    "medical_insurance": _("Why we ask: it tells which part of the costs of an illness was yours to bear."),
    "living_allowance": _("Why we ask: the allowance is proof of hardship, and it counts as income."),
}
CAUSES = {
    "cause": _("Why we ask: a file names one main cause, and help is given for it."),
    "more_causes": _("Why we ask: some programmes are for these causes too."),
    "single_parent": _("Why we ask: there is help for women who bring up a child on their own."),
}
MEMBER = {
    "name": _("Why we ask: so that the union knows who lives of the household's income."),
    "birth_date": _("Why we ask: age tells who is at school, can work, or is retired."),
    "id_number": _("Why we ask: nobody may stand in two households. It is kept encrypted and never shown in full."),
    "work": _WORK,
    "health": _HEALTH,
    "school_stage": _("Why we ask: study aid depends on the stage of school."),
    "school_type": _("Why we ask: study aid depends on the kind of school."),
}
MONEY = {"kind": _MONEY, "member": _("Why we ask: a wage is counted with whoever earns it."), "amount": _MONEY}
EVENT = {
    "event": _("Why we ask: this help is for what happened; nothing is given twice for the same event."),
    "event_on": _("Why we ask: help has to be asked for in time, and once for an event."),
    "cost": _("Why we ask: the sum depends on what was left for you to pay."),
    "told": _("Why we ask: it lets you explain what no box asks for. You may leave it empty."),
}
GROUP = {"group": _("Why we ask: this programme is for these groups alone.")}
STUDENT = {"student": _("Why we ask: study aid is given for one child in a school year.")}
