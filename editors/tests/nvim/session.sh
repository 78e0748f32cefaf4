#!/usr/bin/env bash
# A person at a terminal: writes a bug-fix spec with Neovim 0.11 or newer, in tmux, and looks at
# the screen after each step. The screens are left in shots/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
command -v tmux >/dev/null || { echo "skipped: there is no tmux here"; exit 0; }
command -v "$nvim" >/dev/null || { echo "skipped: there is no $nvim here"; exit 0; }
if [ "$("$nvim" --clean --headless +'echo has("nvim-0.11")' +q 2>&1)" != 1 ]; then
  echo "skipped: snippets and completion need Neovim 0.11, and this is $("$nvim" --version | head -n 1)"
  exit 0
fi
: "${SPEC_LSP:=$here/../../../.venv/bin/spec-lsp}"
scratch=$(mktemp -d)
socket=$scratch/tmux
shots=$here/shots
mkdir -p "$shots"
tmux() { command tmux -S "$socket" "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT
cp -r "$here/../workspace" "$scratch/workspace"
mkdir -p "$scratch/workspace/docs/bugs"
tmux new-session -d -s spec -x 110 -y 32 -c "$scratch/workspace" \
  "env SPEC_LSP=$SPEC_LSP XDG_CONFIG_HOME=$scratch XDG_DATA_HOME=$scratch XDG_STATE_HOME=$scratch \
   XDG_CACHE_HOME=$scratch $nvim -n -i NONE -u $here/init.lua docs/bugs/BUG-001-new.md"

keys() { tmux send-keys -t spec "$@"; }
text() { tmux send-keys -t spec -l "$1"; }
step=0
# Waits until the screen shows something, and keeps the screen as a picture of that step.
sees() {
  for _ in $(seq 150); do
    if tmux capture-pane -t spec -p | grep -q -- "$2"; then
      step=$((step + 1))
      tmux capture-pane -t spec -p >"$shots/$(printf %02d "$step")-$1.txt"
      echo "ok $1"
      return
    fi
    sleep 0.1
  done
  echo "FAILED $1: the screen does not show $2" >&2
  tmux capture-pane -t spec -p >&2
  exit 1
}

sees "an empty file" "BUG-001-new"
keys i
for _ in $(seq 50); do # The first completion waits for the server to be there.
  text "bug"
  keys C-x C-o
  sleep 0.3
  tmux capture-pane -t spec -p | grep -q "Bug Fix File" && break
  keys C-e C-u
done
sees "the template is offered" "Bug Fix File"
keys C-n C-y
sees "the whole document stands there" "# Bug Fix Specification: "
text "Reminders come twice"
keys Tab
sees "the states are offered" "Implemented"
keys C-n C-y
sees "a state is chosen" "Status\*\*: Draft"
keys Escape
text "/Root Cause\$"
keys Enter
text "oThe worker of SPEC-"
sees "other documents are offered" "SPEC-002.*Quiet hours"
text "002"
keys Escape
text "K"
sees "a card shows what is meant" "Reminders wait until the night is over"
keys Escape
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
