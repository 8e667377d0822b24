#!/bin/sh
# Programs that read scans and old Word files, for the tests: Debian's, installed as root; others are told.
set -eu
say() { printf '%s\n' "$*" >&2; }
packages=""
command -v antiword >/dev/null 2>&1 || packages="antiword"
{ command -v tesseract && tesseract --list-langs 2>&1 | grep -qx vie; } >/dev/null 2>&1 ||
    packages="$packages tesseract-ocr tesseract-ocr-vie"
[ -z "$packages" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Cài / Installing: $packages"
    # shellcheck disable=SC2086
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } \
        >/dev/null 2>&1 && exit 0
fi
say "Các kiểm thử đọc bản quét và .doc sẽ bị bỏ qua / Tests of scans and .doc are skipped: sudo apt-get install $packages"
[ "${CI:-}" != true ]
