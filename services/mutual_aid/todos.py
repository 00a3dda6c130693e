"""What waits for officers in mutual aid. Derived by query, never stored."""

from services.foundation.todos import Todo
from services.mutual_aid.claim_todos import claim_todos_for


def todos_for(user) -> list[Todo]:
    return claim_todos_for(user)
