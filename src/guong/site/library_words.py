"""Sentences of Django that reach our screens, said the way this office says them.

Django's own Vietnamese lacks some and words others for programmers; listing a sentence here puts it into
our catalogue, and our catalogue wins.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as say
from django.utils.translation import ngettext_lazy as count

FORMS = (
    say("This field is required."),
    say("Enter a valid value."),
    say("Enter a valid URL."),
    say("Enter a valid domain name."),
    say("Enter a valid email address."),
    say("Enter a valid integer."),
    say("Enter a whole number."),
    say("Enter a number."),
    say("Enter a valid date."),
    say("Enter a valid time."),
    say("Enter a valid date/time."),
    say("Enter a valid duration."),
    say("Enter a valid UUID."),
    say("Enter a valid JSON."),
    say("Enter a list of values."),
    say("Enter a complete value."),
    say("Null characters are not allowed."),
    say("Select a valid choice. %(value)s is not one of the available choices."),
    say("Select a valid choice. That choice is not one of the available choices."),
    say("“%(pk)s” is not a valid value."),
    say("Ensure this value is less than or equal to %(limit_value)s."),
    say("Ensure this value is greater than or equal to %(limit_value)s."),
    say("Ensure this value is a multiple of step size %(limit_value)s."),
    count(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    count(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
)
FILES = (
    say("No file was submitted. Check the encoding type on the form."),
    say("No file was submitted."),
    say("The submitted file is empty."),
    say("Please either submit a file or check the clear checkbox, not both."),
    say("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."),
    say("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
)
FORMSETS = (
    say(
        "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. "
        "You may need to file a bug report if the issue persists."
    ),
    count("Please submit at most %(num)d form.", "Please submit at most %(num)d forms."),
    count("Please submit at least %(num)d form.", "Please submit at least %(num)d forms."),
)
ACCOUNTS = (
    say("The two password fields didn’t match."),
    say("Your old password was entered incorrectly. Please enter it again."),
    say("This password is too common."),
    say("This password is entirely numeric."),
    count(
        "This password is too short. It must contain at least %(min_length)d character.",
        "This password is too short. It must contain at least %(min_length)d characters.",
    ),
    count(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    say("Your password can’t be a commonly used password."),
    say("Your password can’t be entirely numeric."),
)
PAGES = (
    say("That page number is not an integer"),
    say("That page number is less than 1"),
    say("That page contains no results"),
)
