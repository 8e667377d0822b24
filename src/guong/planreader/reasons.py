"""Why a file could not be read, and what to do next: one code and one Vietnamese sentence per reason."""

from __future__ import annotations

from collections.abc import Mapping

# The sentences are for the command line; screens translate the codes themselves.
REASONS: Mapping[str, str] = {
    "empty": "Tệp “{name}” không có nội dung. Hãy chọn lại đúng tệp kế hoạch.",
    "too_big": "Tệp “{name}” lớn hơn {limit_mb} MB. Hãy bỏ bớt ảnh trong tệp rồi gửi lại.",
    "too_long": "Tệp “{name}” dài quá mức của một kế hoạch. Hãy chỉ gửi phần kế hoạch và phụ lục.",
    "old_word": (
        "Tệp “{name}” là Word đời cũ (.doc) mà máy chủ chưa có antiword. Hãy lưu thành .docx rồi gửi lại, "
        "hoặc nhờ quản trị cài: apt-get install antiword."
    ),
    "macro_word": "Tệp “{name}” là Word có macro (.docm). Hãy lưu thành .docx không có macro rồi gửi lại.",
    "spreadsheet": "Tệp “{name}” là bảng tính. Hãy gửi văn bản kế hoạch dạng .docx, .pdf hoặc .txt.",
    "presentation": "Tệp “{name}” là bài trình chiếu. Hãy gửi văn bản kế hoạch dạng .docx, .pdf hoặc .txt.",
    "open_document": "Tệp “{name}” là văn bản ODF. Hãy lưu thành .docx rồi gửi lại.",
    "rich_text": "Tệp “{name}” là văn bản RTF. Hãy mở bằng Word, lưu thành .docx rồi gửi lại.",
    "web_page": "Tệp “{name}” là trang web. Hãy lưu nội dung thành .docx, .pdf hoặc .txt rồi gửi lại.",
    "image": "Loại ảnh của tệp “{name}” không đọc được. Hãy lưu thành PDF, JPEG, PNG hoặc TIFF rồi gửi lại.",
    "broken_picture": "Ảnh “{name}” bị hỏng hoặc thiếu phần cuối. Hãy quét hoặc chụp lại rồi gửi lại.",
    "too_many_pixels": "Ảnh “{name}” quá nhiều điểm ảnh nên không mở. Hãy quét lại ở 300 dpi rồi gửi lại.",
    "too_many_scans": "Tệp “{name}” có hơn {pages} trang quét. Hãy chỉ gửi phần kế hoạch và phụ lục.",
    "unclear_scan": "Chữ trên bản quét “{name}” không nhận ra được. Hãy quét lại ngay ngắn, ở 300 dpi.",
    "no_ocr": (
        "Tệp “{name}” là bản quét mà máy chủ chưa có bộ nhận dạng chữ. Hãy gửi bản .docx, "
        "hoặc nhờ quản trị cài: apt-get install tesseract-ocr tesseract-ocr-vie."
    ),
    "needs_time": "Tệp “{name}” có {pages} trang quét, cần nhận dạng chữ ở nền. Hãy chờ đến khi xong.",
    "archive": "Tệp “{name}” là tệp nén. Hãy giải nén rồi gửi riêng tệp kế hoạch.",
    "program": "Tệp “{name}” là chương trình, không phải văn bản. Hãy chọn lại đúng tệp kế hoạch.",
    "unknown_format": "Không nhận ra định dạng của tệp “{name}”. Hãy gửi .docx, .doc, .pdf, ảnh hoặc .txt.",
    "wrong_encoding": "Không nhận ra bảng mã tiếng Việt của tệp “{name}”. Hãy đổi sang Unicode rồi gửi lại.",
    "broken_word": "Tệp “{name}” bị hỏng, Word không mở được. Hãy mở bản gốc, lưu lại rồi gửi lại.",
    "broken_pdf": "Tệp “{name}” bị hỏng hoặc thiếu phần cuối. Hãy tải hoặc xuất lại PDF rồi gửi lại.",
    "zip_bomb": "Tệp “{name}” bung ra quá lớn nên không mở vì an toàn. Hãy lưu lại từ Word rồi gửi lại.",
    "forbidden_xml": (
        "Tệp “{name}” chứa khai báo XML nguy hiểm nên không mở. Hãy lưu lại từ Word rồi gửi lại."
    ),
    "external_link": (
        "Tệp “{name}” nạp nội dung từ nơi khác. Hãy bỏ mẫu hoặc đối tượng liên kết, lưu lại rồi gửi lại."
    ),
    "embedded_object": (
        "Tệp “{name}” có đối tượng nhúng (OLE, macro). Hãy bỏ đối tượng đó, lưu lại rồi gửi lại."
    ),
    "encrypted_word": "Tệp “{name}” có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    "encrypted_pdf": "Tệp “{name}” có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    "active_pdf": "Tệp “{name}” có mã lệnh hoặc tệp đính kèm bên trong. Hãy in lại ra PDF rồi gửi lại.",
    "two_formats": (
        "Tệp “{name}” là hai định dạng ghép làm một nên không mở. Hãy lưu lại từ Word rồi gửi lại."
    ),
    "not_a_plan": (
        "Tệp “{name}” không phải kế hoạch: không thấy chữ KẾ HOẠCH và các mục. Hãy chọn lại đúng tệp."
    ),
    "too_slow": (
        "Đọc tệp “{name}” quá {seconds} giây nên đã dừng. Hãy lưu lại từ Word, bỏ phần thừa rồi gửi lại."
    ),
    "too_hungry": (
        "Đọc tệp “{name}” cần quá nhiều bộ nhớ nên đã dừng. Hãy lưu lại từ Word, bỏ ảnh rồi gửi lại."
    ),
    "no_room": "Máy chủ hết chỗ nên chưa đọc được tệp “{name}”. Hãy báo quản trị rồi gửi lại.",
    "reader_failed": (
        "Không đọc được tệp “{name}” vì lỗi của bộ đọc. Hãy gửi bản .txt hoặc nhập tay, và báo quản trị."
    ),
}


class Unreadable(Exception):
    """A file that gives no plan. `code` is a key of REASONS; `params` fill its sentence."""

    def __init__(self, code: str, **params: str | int) -> None:
        if code not in REASONS:
            raise KeyError(code)
        super().__init__(code)
        self.code = code
        self.params: dict[str, str | int] = params

    def __str__(self) -> str:
        return sentence(self)


def sentence(reason: Unreadable) -> str:
    """The reason as one Vietnamese line saying what to do next; a file name cannot break the line."""
    known = {"name": "?", "limit_mb": "?", "seconds": "?", "pages": "?"} | {
        key: one_line(str(value)) for key, value in reason.params.items()
    }
    return REASONS[reason.code].format_map(known)


def one_line(name: str, longest: int = 120) -> str:
    """A file name fit to be shown: its last part, no control or direction characters, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
