#!/usr/bin/env bash
# Tests the VS Code extension: its own units, inside a real extension host, and on the screen.
# Words choose among the parts: unit, host, oldest (the host tests in the oldest VS Code), tour, bare (the tour
# without Python), start, writing, graph, views, trouble, web (in a browser, a folder on no disk). Pictures come to lie in shots/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
FOLDER=${SPEC_LSP_EDITORS:-$HOME/.cache/spec-lsp-editors}
parts=${*:-unit host oldest tour bare start writing graph views trouble web}
export PYTHON=${PYTHON:-$root/.venv/bin/python}

cd "$root/editors/vscode"
[ -d node_modules ] || npm ci --ignore-scripts --loglevel=error
npm run --silent package | tail -1
for part in $parts; do [ "$part" = unit ] && npm test --silent; done
[ "$parts" = unit ] && exit

"$here/../setup" vscode
[ -x /usr/bin/chromium ] || { echo "skipped: there is no /usr/bin/chromium here"; exit 0; }
export SPEC_LSP_EDITORS=$FOLDER
node_path() { echo "$FOLDER/node$1"/node_modules/node/node_modules/node-linux-*/bin; }
for part in $parts; do
  [ "$part" != unit ] || continue
  echo "-- $part"
  if [ "$part" = bare ]; then
    PATH=$(node_path 24):$PATH node "$here/tour.mjs" --bare
  elif [ "$part" != oldest ]; then
    PATH=$(node_path 24):$PATH node "$here/$part.mjs"
  elif [ -x "$FOLDER/cs-oldest/bin/code-server" ]; then
    PATH=$(node_path 20):$PATH CODE_SERVER=cs-oldest node "$here/host.mjs"
  else
    echo "skipped: there is no VS Code 1.93 here"
  fi
done
