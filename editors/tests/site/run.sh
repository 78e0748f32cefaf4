#!/usr/bin/env bash
# Tests the built site in Chromium: every page on a desktop and on a phone, in both themes, without
# a request to another host. Pictures are in build/site/shots/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
FOLDER=${SPEC_LSP_EDITORS:-$HOME/.cache/spec-lsp-editors}

"$here/../setup" site
[ -x /usr/bin/chromium ] || { echo "skipped: there is no /usr/bin/chromium here"; exit 0; }
make --quiet -C "$root" site
mkdir -p "$root/build/site/shots"
SPEC_LSP_EDITORS=$FOLDER node "$here/check.mjs" "$root/build/site/html" "$root/build/site/shots"
