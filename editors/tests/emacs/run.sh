#!/usr/bin/env bash
# Runs the checks inside Emacs; EMACS names another one than that on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
emacs=${EMACS:-emacs}
command -v "$emacs" >/dev/null || { echo "skipped: there is no $emacs here"; exit 0; }
source "$here/../scratch.sh"
export CONFIGURATION=$here/../../emacs WORKSPACE=$scratch/workspace

has() { "$emacs" --batch -q --eval "(progn (package-initialize) (require '$1))" >/dev/null 2>&1; }
check() {
  fresh_workspace
  timeout 180 "$emacs" --batch -q -l "$here/$1" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
  grep -E '^(Emacs|ok|    |[0-9]+ failed)' "$scratch/log"
}

if has eglot && has markdown-mode; then
  check check.el
  PLAIN=1 check check.el
else
  echo "skipped: Eglot and markdown-mode are not both here"
fi
if has lsp-mode && has markdown-mode; then
  check check-lsp-mode.el
else
  echo "skipped: lsp-mode and markdown-mode are not both here"
fi
