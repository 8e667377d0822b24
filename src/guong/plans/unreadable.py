"""Why a file gave no plan, in the words of the screen: one sentence each, saying what to do next."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.planreader.reasons import Unreadable

SENTENCES = {
    "empty": gettext_lazy("The file “%(name)s” is empty. Choose the plan's file again."),
    "too_big": gettext_lazy(
        "The file “%(name)s” is larger than %(limit_mb)s MB. Take pictures out of it and send it again."
    ),
    "too_long": gettext_lazy(
        "The file “%(name)s” is too long for a plan. Send only the plan and its appendix."
    ),
    "old_word": gettext_lazy(
        "“%(name)s” is from an old Word (.doc) and this server has no antiword. Save it as .docx and send"
        " that, or ask the administrator for: apt-get install antiword."
    ),
    "macro_word": gettext_lazy(
        "The file “%(name)s” is a Word file with macros (.docm). Save it as .docx and send that."
    ),
    "spreadsheet": gettext_lazy(
        "The file “%(name)s” is a spreadsheet. Send the plan as .docx, .pdf or .txt."
    ),
    "presentation": gettext_lazy(
        "The file “%(name)s” is a presentation. Send the plan as .docx, .pdf or .txt."
    ),
    "open_document": gettext_lazy("The file “%(name)s” is an ODF text. Save it as .docx and send that."),
    "rich_text": gettext_lazy(
        "The file “%(name)s” is an RTF text. Open it in Word, save it as .docx, send that."
    ),
    "web_page": gettext_lazy(
        "The file “%(name)s” is a web page. Save its text as .docx, .pdf or .txt and send that."
    ),
    "image": gettext_lazy(
        "The kind of picture of “%(name)s” cannot be read. Save it as PDF, JPEG, PNG or TIFF and send that."
    ),
    "broken_picture": gettext_lazy(
        "The picture “%(name)s” is damaged or cut off. Scan or photograph it again and send that."
    ),
    "too_many_pixels": gettext_lazy(
        "The picture “%(name)s” has too many pixels and was not opened. Scan it at 300 dpi and send that."
    ),
    "too_many_scans": gettext_lazy(
        "“%(name)s” has more than %(pages)s scanned pages. Send only the plan and its appendix."
    ),
    "unclear_scan": gettext_lazy(
        "The words of the scan “%(name)s” cannot be recognised. Scan it straight, at 300 dpi, and send that."
    ),
    "no_ocr": gettext_lazy(
        "“%(name)s” is a scan and this server cannot recognise one. Send the .docx, or ask the administrator"
        " for: apt-get install tesseract-ocr tesseract-ocr-vie."
    ),
    "needs_time": gettext_lazy(
        "“%(name)s” has %(pages)s scanned pages, recognised in the background. Wait until that is done."
    ),
    "no_room": gettext_lazy(
        "The server has no room left and did not read “%(name)s”. Tell the administrator, then send it again."
    ),
    "archive": gettext_lazy("The file “%(name)s” is an archive. Unpack it and send the plan's file alone."),
    "program": gettext_lazy("The file “%(name)s” is a program, not a text. Choose the plan's file again."),
    "unknown_format": gettext_lazy("The format of “%(name)s” is not known. Send a .docx, .pdf or .txt file."),
    "wrong_encoding": gettext_lazy(
        "The Vietnamese letters of “%(name)s” are in no known encoding. Convert it to Unicode and send that."
    ),
    "broken_word": gettext_lazy(
        "The Word file “%(name)s” is damaged. Open the original, save it again and send that."
    ),
    "broken_pdf": gettext_lazy(
        "The PDF “%(name)s” is damaged or cut off. Download or export it again and send that."
    ),
    "zip_bomb": gettext_lazy(
        "The file “%(name)s” unpacks to far too much and was not opened. Save it again in Word."
    ),
    "forbidden_xml": gettext_lazy(
        "The file “%(name)s” holds dangerous XML and was not opened. Save it again in Word."
    ),
    "external_link": gettext_lazy(
        "The file “%(name)s” loads content from elsewhere. Remove linked templates and objects first."
    ),
    "embedded_object": gettext_lazy(
        "The file “%(name)s” has embedded objects. Remove them, save and send it again."
    ),
    "encrypted_word": gettext_lazy(
        "The file “%(name)s” has a password. Take it off and send the file again."
    ),
    "encrypted_pdf": gettext_lazy("The PDF “%(name)s” has a password. Take it off and send the file again."),
    "active_pdf": gettext_lazy(
        "The PDF “%(name)s” holds programs or other files and was not opened. Print it to a new PDF."
    ),
    "two_formats": gettext_lazy("“%(name)s” is two kinds of file in one and was not opened. Save it again."),
    "not_a_plan": gettext_lazy(
        "“%(name)s” is not a plan: no words KẾ HOẠCH and no sections were found. Choose another file."
    ),
    "too_slow": gettext_lazy(
        "Reading “%(name)s” took over %(seconds)s seconds and was stopped. Save it again, smaller."
    ),
    "too_hungry": gettext_lazy(
        "Reading “%(name)s” needed too much memory and was stopped. Take its pictures out and try again."
    ),
    "reader_failed": gettext_lazy(
        "“%(name)s” could not be read: a fault of ours. Send a .txt copy and tell the administrator."
    ),
}


def sentence(reason: Unreadable) -> str:
    """The reason in the reader's language; a new code of the reader still gives a sentence."""
    known = {"name": "?", "limit_mb": "?", "seconds": "?", "pages": "?"} | dict(reason.params)
    words = SENTENCES.get(reason.code) or _(
        "The file “%(name)s” could not be read. Send it as .docx, .pdf or .txt."
    )
    return str(words) % known
