#!/usr/bin/env bash
# Runs the checks inside a Neovim without a screen; NVIM names another one than that on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
command -v "$nvim" >/dev/null || { echo "skipped: there is no $nvim here"; exit 0; }
source "$here/../scratch.sh"
export NVIM_UNDER_TEST=$nvim
"$nvim" --version | head -n 1

# Runs a file of checks in a fresh workspace, with the documents that are named open.
run() {
  local checks=$1
  shift
  fresh_workspace
  cd "$scratch/workspace"
  echo "- ${checks%.lua}"
  timeout 120 "$nvim" --headless -n -i NONE -u "$here/init.lua" "$@" -c "luafile $here/$checks" \
    2>"$scratch/stderr" || { cat "$scratch/stderr" >&2; exit 1; }
}
run check.lua docs/specs/SPEC-001-reminders.md
run project.lua
run typing.lua
