#!/usr/bin/env bash
# The recipes of the help page and the pickers, with the plugins of others: they are in no registry, so
# NVIM_PLUGINS names a folder with copies of them (lazy.nvim, nvim-cmp, cmp-nvim-lsp, blink.cmp 1.x,
# lualine.nvim, telescope.nvim, plenary.nvim, fzf-lua, snacks.nvim). They need Neovim 0.11 or newer.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
command -v "$nvim" >/dev/null || { echo "skipped: there is no $nvim here"; exit 0; }
[ -d "${NVIM_PLUGINS:-}" ] || { echo "skipped: NVIM_PLUGINS names no folder of plugins"; exit 0; }
[ "$("$nvim" --clean --headless +'echo has("nvim-0.11")' +q 2>&1)" = 1 ] || { echo "skipped: older than 0.11"; exit 0; }
source "$here/../scratch.sh"
export NVIM_UNDER_TEST=$nvim NVIM_PLUGINS
# fzf-lua starts Neovim for its list: by the running program, which for the unpacked one is the loader.
export FZF_LUA_NVIM_BIN=$(command -v "$nvim")
"$nvim" --version | head -n 1

headless() {
  fresh_workspace
  cd "$scratch/workspace"
  echo "- $1"
  shift
  timeout ${LIMIT:-120} "$nvim" --headless -n -i NONE "$@" 2>"$scratch/stderr" || { cat "$scratch/stderr" >&2; failed=1; }
}
needs() {
  for plugin in "$@"; do
    [ -d "$NVIM_PLUGINS/$plugin" ] || { echo "skipped: $plugin is not in NVIM_PLUGINS"; return 1; }
  done
}
export TYPING_INIT=$here/recipe.lua
if needs lazy.nvim; then
  RECIPE=lazy headless lazy.nvim -u "$here/init.lua" -c "luafile $here/typing.lua"
fi
if needs nvim-cmp cmp-nvim-lsp; then
  RECIPE=cmp CHOOSE='<C-n> <C-n> <CR>' headless nvim-cmp -u "$here/init.lua" -c "luafile $here/typing.lua"
fi
if needs blink.cmp; then
  RECIPE=blink CHOOSE='<C-n> <C-y>' headless blink.cmp -u "$here/init.lua" -c "luafile $here/typing.lua"
fi
if needs lualine.nvim; then
  RECIPE=lualine headless lualine -u "$here/recipe.lua" docs/specs/SPEC-001-reminders.md -c "luafile $here/lualine.lua"
fi
if needs telescope.nvim plenary.nvim fzf-lua snacks.nvim; then
  headless pickers -u "$here/init.lua" -c "luafile $here/pickers.lua"
fi
exit "${failed:-0}"
