#!/usr/bin/env bash
# Tests the page of `spec-lsp report` in Chromium: accessibility by axe-core, on a desktop and on a
# phone, in both themes. Pictures are in build/page/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
FOLDER=${SPEC_LSP_EDITORS:-$HOME/.cache/spec-lsp-editors}
PYTHON=${PYTHON:-$root/.venv/bin/python}

"$here/../setup" page
[ -x /usr/bin/chromium ] || { echo "skipped: there is no /usr/bin/chromium here"; exit 0; }
source "$here/../scratch.sh"
(cd "$root/examples" && PYTHONPATH=$root "$PYTHON" -m spec_lsp report --output "$scratch/page.html")
mkdir -p "$root/build/page"
SPEC_LSP_EDITORS=$FOLDER node "$here/check.mjs" "$scratch/page.html" "$root/build/page"
