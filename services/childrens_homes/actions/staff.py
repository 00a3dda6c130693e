"""Teachers and managers of a home come and go."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.holding import changed, checked, hold
from services.childrens_homes.enums import Education, PaidBy, StaffRole
from services.childrens_homes.models import Home, HomeStaff
from services.childrens_homes.queries.requirements import asked_by, in_force
from services.childrens_homes.rules.people import educated_enough
from services.organizations.enums import Kind


@transaction.atomic
def add_staff(
    home: Home,
    *,
    person_name: str,
    role: str,
    education: str,
    paid_by: str,
    from_on: date,
    by,
    all_the_same: bool = False,
) -> HomeStaff:
    """V4: more teachers than the plan asks for want a confirmation. V5: managers have the education of the profile.

    Raises ``PermissionDenied``, ``TooManyTeachers``, ``EducationTooLow``, ``PaidWrongly``, ``Invalid``. Lock: the home.
    """
    home = hold(home, "host", "programme")
    policies.may_run(by, home).insist()
    asked = asked_by(in_force(home.programme))
    if paid_by == PaidBy.FEES and home.host.kind != Kind.KINDERGARTEN:
        raise errors.PaidWrongly(field="paid_by")
    least = asked.education(home.profile)
    if role == StaffRole.MANAGER and not educated_enough(education, least):
        raise errors.EducationTooLow(field="education", least=Education(least).label)
    teachers = HomeStaff.objects.unscoped().filter(home=home, role=StaffRole.TEACHER, until_on__isnull=True).count()
    if role == StaffRole.TEACHER and teachers >= asked.teachers_most and not all_the_same:
        raise errors.TooManyTeachers(field="all_the_same", most=asked.teachers_most)
    staff = checked(
        HomeStaff(home=home, person_name=person_name, role=role, education=education, paid_by=paid_by, from_on=from_on)
    )
    log(instance=home, action="childrens_homes.add_staff", user=by, data={"role": role})
    return staff


@transaction.atomic
def end_staff(staff: HomeStaff, *, until_on: date, by) -> HomeStaff:
    """Again: no change. Raises ``PermissionDenied``, ``Invalid``."""
    staff = hold(staff, "home__host")
    policies.may_run(by, staff.home).insist()
    if staff.until_on is not None:
        return staff
    staff = changed(staff, {"until_on": until_on})
    log(instance=staff.home, action="childrens_homes.end_staff", user=by, data={"role": staff.role})
    return staff
