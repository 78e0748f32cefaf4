#!/usr/bin/env bash
# Runs the checks inside a Neovim without a screen; NVIM names another one than that on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
command -v "$nvim" >/dev/null || { echo "skipped: there is no $nvim here"; exit 0; }
source "$here/../scratch.sh"
fresh_workspace
cd "$scratch/workspace"
"$nvim" --version | head -n 1
timeout 120 "$nvim" --headless -n -i NONE -u "$here/init.lua" docs/specs/SPEC-001-reminders.md \
  -c "luafile $here/check.lua" 2>"$scratch/stderr" || { cat "$scratch/stderr" >&2; exit 1; }
