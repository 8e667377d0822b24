#!/bin/sh
# Makes .venv from the locked requirements. Usage: scripts/install.sh [dev]
# Done work is skipped by a stamp: a hash of the lock files and of the Python that made it.
set -eu
cd "$(dirname "$0")/.."
locks="requirements.txt"
[ "${1:-}" = dev ] && locks="requirements.txt requirements-dev.txt"
python=${PYTHON:-python3}
venv=.venv

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

command -v "$python" >/dev/null 2>&1 || stop "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: $python"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: $("$python" -V 2>&1) (PYTHON=…)"

# shellcheck disable=SC2086  # the names of the lock files hold no blanks
stamp=$({ cat $locks requirements-uv.txt scripts/install.sh; "$python" -VV; } | sha256sum | cut -c1-24)
alive() { [ -x "$venv/bin/python" ] && "$venv/bin/python" -c '' 2>/dev/null; }
grep -qsx "$stamp" "$venv/.installed" && alive && exit 0

make_venv() {
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        "$python" -m venv "$venv"
        return
    fi
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        stop "Thiếu python3-venv, hãy chạy / python3-venv is missing, run: sudo apt-get install python3-venv"
    say "Cài python3-venv / Installing python3-venv"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-venv; } \
        >/dev/null 2>&1 || stop "Không cài được python3-venv / python3-venv could not be installed: apt-get install python3-venv"
    "$python" -m venv "$venv"
}

alive || { rm -rf "$venv"; say "Tạo môi trường Python / Making the Python environment"; make_venv; }
rm -f "$venv/.installed.new"

# uv where it can be had, pip otherwise; both check every hash and take nothing but wheels.
say "Cài các gói đã khoá / Installing the locked packages"
log=$venv/install.log
args=""
for lock in $locks; do args="$args -r $lock"; done
with_uv() {
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt &&
        UV_LINK_MODE=copy "$venv/bin/python" -m uv pip install -q --python "$venv/bin/python" \
            --require-hashes --only-binary :all: $args
}
with_pip() {
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: $args
}
{ [ -z "${GUONG_WITHOUT_UV:-}" ] && with_uv; } >"$log" 2>&1 || with_pip >>"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    stop "Không cài được các gói, xem / The packages could not be installed, see: $log"
}

# The package itself: a relative line, so that blanks and Vietnamese letters in the path do no harm.
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
rm -f "$site"/__editable__.guong-*.pth
"$venv/bin/python" - "$site" <<'PY'
import os, sys
open(os.path.join(sys.argv[1], "guong.pth"), "w").write(os.path.relpath("src", os.path.realpath(sys.argv[1])) + "\n")
PY
cat >"$venv/bin/guong" <<'SH'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -m guong.site.commands "$@"
SH
chmod +x "$venv/bin/guong"
"$venv/bin/python" -m compileall -q -j 0 src "$site" >/dev/null 2>&1 || true
# A development install serves `make run` as well.
{ printf '%s\n' "$stamp"
  [ "$locks" = requirements.txt ] ||
    { cat requirements.txt requirements-uv.txt scripts/install.sh; "$python" -VV; } | sha256sum | cut -c1-24
} >"$venv/.installed.new"
mv "$venv/.installed.new" "$venv/.installed"
