#!/usr/bin/env bash
# Runs the checks inside a headless Neovim; NVIM names another one than that on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
command -v "$nvim" >/dev/null || { echo "skipped: there is no $nvim here"; exit 0; }
: "${SPEC_LSP:=$here/../../../.venv/bin/spec-lsp}"
export SPEC_LSP
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$here/../workspace" "$scratch/workspace"
cd "$scratch/workspace"
export XDG_CONFIG_HOME=$scratch XDG_DATA_HOME=$scratch XDG_STATE_HOME=$scratch XDG_CACHE_HOME=$scratch
"$nvim" --version | head -n 1
timeout 120 "$nvim" --headless -n -i NONE -u "$here/init.lua" docs/specs/SPEC-001-reminders.md \
  -c "luafile $here/check.lua" 2>"$scratch/stderr" || { cat "$scratch/stderr" >&2; exit 1; }
"$here/session.sh"
