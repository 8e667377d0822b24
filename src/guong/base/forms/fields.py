"""Choosing a body: a select indented as the tree is, of the bodies a user holds a role on."""

from __future__ import annotations

from typing import Any

from django import forms

from guong.base import tree
from guong.base.models import Body, User


class BodyField(forms.ModelChoiceField):
    """One body of those set by `offer`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Body.objects.none(), **options)

    def offer(self, bodies: Any) -> None:
        """Let these bodies be chosen."""
        self.queryset = bodies
        self.choices = [("", "—"), *tree.choices(bodies)]


def held(user: User, *roles: str) -> Any:
    """Bodies that exist today and on which the user holds one of the roles."""
    return Body.objects.held_by(user, *roles).current()
