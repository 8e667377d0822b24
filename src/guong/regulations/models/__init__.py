"""What a department or one of its units lays down itself."""

from guong.regulations.models.layer import Layer

__all__ = ["Layer"]
