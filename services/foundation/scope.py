"""Deny-by-default querysets: rows can be read only after somebody said for whom.

A model that belongs to an organisation uses ``objects = ScopedManager.over("organization__path")``. Evaluating
its queryset raises ``ScopeMissing`` until ``visible_to(user)``, ``own(...)`` or ``unscoped()`` was called on it.
Who may see which tree paths is answered by the provider that the organisations app registers.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.db.models.lookups import In

_FEW_PATHS = 8
_everything: ContextVar[bool] = ContextVar("unscoped", default=False)


class ScopeMissing(RuntimeError):
    """A scoped queryset was evaluated before anybody said who is looking."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a staff member may reach: ``grants`` maps each tree path to the roles held there."""

    grants: dict[str, frozenset[str]] = field(default_factory=dict)
    # Asked for many times a request, and worked out once for each set of roles.
    _found: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def paths(self, *, roles: frozenset[str] | None = None) -> tuple[str, ...]:
        """Topmost tree paths at which one of ``roles`` (any role when None) is held."""
        if roles in self._found:
            return self._found[roles]
        held = sorted(p for p, r in self.grants.items() if roles is None or r & roles)
        top: list[str] = []
        for path in held:
            if not top or not path.startswith(top[-1]):
                top.append(path)
        self._found[roles] = tuple(top)
        return self._found[roles]

    def covers(self, path: str, *, roles: frozenset[str] | None = None) -> bool:
        """True when ``path`` is at or below a place where one of ``roles`` is held."""
        held = (self.grants.get(path[:end]) for end in range(1, len(path) + 1))
        return any(found and (roles is None or found & roles) for found in held)


NOTHING = Scope()
_provider: Callable[[object], Scope] = lambda user: NOTHING  # noqa: E731


def register_scope_provider(provider: Callable[[object], Scope]) -> None:
    """Called once, by the app that owns staff assignments."""
    global _provider
    _provider = provider


def scope_of(user) -> Scope:
    """The user's scope, worked out once for each user object (that is: once a request)."""
    if user is None or not getattr(user, "is_authenticated", False):
        return NOTHING
    cached = getattr(user, "_scope", None)
    if cached is None:
        cached = user._scope = _provider(user)
    return cached


@contextmanager
def unscoped():
    """Lift the check for code that has no viewer: migrations, tasks, constraint validation."""
    token = _everything.set(True)
    try:
        yield
    finally:
        _everything.reset(token)


class _Among(In):
    """Membership in a long list: one parameter on PostgreSQL instead of a thousand."""

    def as_postgresql(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s)", [*params, list(self.rhs)]


def path_filter(lookup: str, paths: tuple[str, ...]) -> Q:
    """Rows whose ``lookup`` (a tree path) lies at or below one of ``paths``; no paths, no rows.

    A few paths are looked up one by one, by the index on paths. Of a thousand each row would be compared with each:
    there the beginning of the row's path is looked up in a set, once for each length that occurs.
    """
    condition = Q(pk__in=[])
    if len(paths) <= _FEW_PATHS:
        for path in paths:
            condition |= Q(**{f"{lookup}__startswith": path})
        return condition
    by_length: dict[int, list[str]] = {}
    for path in paths:
        by_length.setdefault(len(path), []).append(path)
    for length, found in by_length.items():
        condition |= Q(_Among(Left(F(lookup), length), found))
    return condition


class ScopedQuerySet(models.QuerySet):
    scope_lookup = "organization__path"
    scope_roles: frozenset[str] | None = None
    _scope_named = False

    def _clone(self):
        clone = super()._clone()
        clone._scope_named = self._scope_named
        clone.scope_lookup, clone.scope_roles = self.scope_lookup, self.scope_roles
        return clone

    def _named(self):
        clone = self._clone()
        clone._scope_named = True
        return clone

    def visible_to(self, user, *, roles: frozenset[str] | None = None):
        """Rows the staff member may see by her assignments; nothing for everybody else."""
        paths = scope_of(user).paths(roles=roles or self.scope_roles)
        return self.filter(path_filter(self.scope_lookup, paths))._named()

    def below(self, path: str):
        """Rows at or below a tree path, for figures and roll-ups that were allowed already."""
        return self.filter(**{f"{self.scope_lookup}__startswith": path})._named()

    def unscoped(self):
        """Rows without a viewer: actions that have asked their policy, tasks, commands."""
        return self._named()

    def own(self, **conditions):
        """Rows belonging to the person herself, named by the condition that ties them to her."""
        return self.filter(**conditions)._named()

    def _check(self) -> None:
        if not (self._scope_named or _everything.get() or self._hints.get("instance") is not None):
            raise ScopeMissing(f"{self.model.__name__}: call visible_to(user), own(…) or unscoped() first.")

    def _fetch_all(self):
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

    def in_bulk(self, *args, **kwargs):
        """Wagtail's site history fetches what log entries are about without a viewer: nobody's rows are none."""
        if not (self._scope_named or _everything.get()):
            return {}
        return super().in_bulk(*args, **kwargs)

    def iterator(self, *args, **kwargs):
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self):
        self._check()
        return super().count()

    def exists(self):
        self._check()
        return super().exists()

    def aggregate(self, *args, **kwargs):
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs):
        self._check()
        return super().update(**kwargs)

    def delete(self):
        self._check()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):
    """Manager whose rows need a viewer. ``ScopedManager.over(lookup, roles)`` sets the tree-path lookup."""

    _lookup = "organization__path"
    _roles: frozenset[str] | None = None

    @classmethod
    def over(cls, lookup: str, *, roles: frozenset[str] | None = None) -> "ScopedManager":
        manager = cls()
        manager._lookup, manager._roles = lookup, roles
        return manager

    def get_queryset(self):
        queryset = super().get_queryset()
        queryset.scope_lookup, queryset.scope_roles = self._lookup, self._roles
        return queryset


class ScopedModel(models.Model):
    """Base of models with a ``ScopedManager``: uniqueness is checked against all rows, not the viewer's."""

    class Meta:
        abstract = True

    def _perform_unique_checks(self, unique_checks):
        with unscoped():
            return super()._perform_unique_checks(unique_checks)

    def validate_constraints(self, exclude=None):
        with unscoped():
            super().validate_constraints(exclude=exclude)
