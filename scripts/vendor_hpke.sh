#!/bin/sh
# Writes site/static/vendor/hpke.min.js anew from the packages of npm: run by hand when a version changes.
set -eu
cd "$(dirname "$0")/.."
here=$PWD/src/guong/site/static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts \
    @hpke/core@1.9.0 @hpke/common@1.10.1 @hpke/dhkem-x25519@1.8.0 esbuild@0.28.2
printf '%s\n' 'export { CipherSuite, HkdfSha256, Aes256Gcm } from "@hpke/core";' \
    'export { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";' > entry.mjs
node node_modules/esbuild/bin/esbuild entry.mjs --bundle --minify --format=iife --global-name=hpke \
    --target=es2020 --outfile="$here/hpke.min.js" --log-level=warning
for name in core common dhkem-x25519; do
    printf '@hpke/%s\n\n' "$name"
    cat "node_modules/@hpke/$name/LICENSE"
    echo
done > "$here/hpke.LICENSE"
# both packages carry parts of noble, whose notice the minifier drops
printf 'Parts of @hpke/common and @hpke/dhkem-x25519 are noble-hashes and noble-curves,\n%s\n' \
    'MIT License (c) 2022 Paul Miller (paulmillr.com), on the same terms.' >> "$here/hpke.LICENSE"
cd "$here"
{ grep -v ' hpke\.' manifest.sha256; sha256sum hpke.LICENSE hpke.min.js; } | LC_ALL=C sort -k 2 > "$work/manifest"
cp "$work/manifest" manifest.sha256
