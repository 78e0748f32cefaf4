#!/usr/bin/env bash
# Tests the VS Code extension: its own units, inside a real extension host, and on the screen.
# Words choose among the parts: unit, host, tour, start, writing, graph, views, trouble. Pictures come to lie in shots/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
FOLDER=${SPEC_LSP_EDITORS:-$HOME/.cache/spec-lsp-editors}
parts=${*:-unit host tour start writing graph views trouble}
export PYTHON=${PYTHON:-$root/.venv/bin/python}

cd "$root/editors/vscode"
[ -d node_modules ] || npm ci --ignore-scripts --loglevel=error
npm run --silent package | tail -1
for part in $parts; do [ "$part" = unit ] && npm test --silent; done
[ "$parts" = unit ] && exit

"$here/../setup" vscode
[ -x /usr/bin/chromium ] || { echo "skipped: there is no /usr/bin/chromium here"; exit 0; }
export SPEC_LSP_EDITORS=$FOLDER
export PATH=$FOLDER/cs/bin:$(echo "$FOLDER"/node24/node_modules/node/node_modules/node-linux-*/bin):$PATH
for part in $parts; do
  [ "$part" = unit ] || { echo "-- $part"; node "$here/$part.mjs"; }
done
