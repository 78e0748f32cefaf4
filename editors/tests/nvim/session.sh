#!/usr/bin/env bash
# A person at a terminal: writes a bug-fix spec with Neovim 0.11 or newer, in tmux, and looks at
# the screen after each step. The screens are left in shots/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
command -v "$nvim" >/dev/null || { echo "skipped: there is no $nvim here"; exit 0; }
if [ "$("$nvim" --clean --headless +'echo has("nvim-0.11")' +q 2>&1)" != 1 ]; then
  echo "skipped: snippets and completion need Neovim 0.11, and this is $("$nvim" --version | head -n 1)"
  exit 0
fi
shots=$here/shots
source "$here/../scratch.sh"
source "$here/../terminal.sh"
fresh_workspace
begin "$nvim" -n -i NONE -u "$here/init.lua" docs/bugs/BUG-001-new.md

sees "an empty file" "BUG-001-new"
keys i
for _ in $(seq 50); do # The first completion waits for the server to be there.
  text "bug"
  keys C-x C-o
  sleep 0.3
  shows "Bug Fix File" && break
  keys C-e C-u
done
sees "the template is offered" "Bug Fix File"
keys C-n C-y
sees "the whole document is there" "# Bug Fix Specification: "
text "Reminders come twice"
keys Tab
sees "the states are offered" "Implemented"
keys C-n C-y
sees "a state is chosen" "Status\*\*: Draft"
escape
text "/Root Cause\$"
keys Enter
text "oThe worker of SPEC-"
sees "other documents are offered" "SPEC-002.*Quiet hours"
text "002"
escape
text "K"
sees "a card shows what is meant" "Reminders wait until the night is over"
escape
keys C-]
sees "the document is there" "# Technical Specification: Quiet hours"
keys C-o
sees "and back" "The worker of SPEC-002"
text ":lua vim.lsp.buf.rename('SPEC-020')"
keys Enter
sees "the ID is renamed" "The worker of SPEC-020"
text ":silent wa | silent e docs/specs/SPEC-001-reminders.md"
keys Enter
sees "in other files too" "quiet hours of SPEC-020"
text ":lua vim.lsp.buf.code_action({filter = function(a) return a.title:find('missing sections') end, apply = true})"
keys Enter
text "/## Requirements"
keys Enter
sees "a missing section is inserted" "### Functional Requirements"
echo "$step screens in $shots"
