#!/usr/bin/env bash
# A person with Vim at a terminal, with each of its clients that is here. VIM_BINARY names another Vim.
# vim-lsp and coc.nvim are in no registry: VIM_LSP and COC_NVIM name their folders, built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
vim=${VIM_BINARY:-vim}
command -v "$vim" >/dev/null || { echo "skipped: there is no $vim here"; exit 0; }
if ! "$vim" --version | grep -q '+job'; then
  echo "skipped: this Vim runs no programs: $("$vim" --version | head -n 1)"
  exit 0
fi
"$vim" --version | head -n 1
for client in ale vim-lsp coc; do
  echo "- $client"
  "$here/session.sh" "$client"
done
