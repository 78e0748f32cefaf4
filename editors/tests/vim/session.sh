#!/usr/bin/env bash
# Corrects, completes and renames with Vim and one of its clients, named by the argument.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
client=$1
vim=${VIM_BINARY:-vim}
export EDITORS=$here/../.. VIM_LSP=${VIM_LSP:-} COC_NVIM=${COC_NVIM:-}
SPEC=docs/specs/SPEC-001-reminders.md
case $client in
ale) "$vim" -N -es -u NONE -c 'packadd ale' -c 'exe exists(":ALEInfo") ? "qa!" : "cq!"' </dev/null ||
  { echo "skipped: ALE is not here"; exit 0; } ;;
vim-lsp) [ -d "$VIM_LSP" ] || { echo "skipped: VIM_LSP names no folder of vim-lsp"; exit 0; } ;;
coc) [ -d "$COC_NVIM" ] || { echo "skipped: COC_NVIM names no folder of coc.nvim"; exit 0; } ;;
esac
source "$here/../scratch.sh"
shots=$here/shots/$client
source "$here/../terminal.sh"
fresh_workspace
begin "$vim" -N -n -i NONE -u "$here/$client.vim" "$SPEC"

line() { escape; text ":$1"; keys Enter; }
# Takes the first of what is offered; coc has chosen it already.
take() { [ "$client" = coc ] || keys C-n; keys C-y; }
go_to() { line "call cursor(1, 1)"; line "call search('$1')"; }

sees "the invalid value is marked" '\(E>\|>>\).*Aproved'
go_to Aproved
sees "the wrong value is reported" "Expected one of"
go_to SPEC-002
text K
sees "a card shows what is meant" "Reminders wait until the night is over"
line "only"
text gd
sees "the definition is in another file" "# Technical Specification: Quiet hours"
line "edit $SPEC"
go_to SPEC-002
text '\r'
sees "the new name is asked for" "[Nn]ew [Nn]ame"
sleep 0.5 # The prompt of coc takes no keys at once.
keys $(printf "BSpace %.0s" $(seq 12))
text SPEC-020
keys Enter
sees "an ID is renamed" "quiet hours of SPEC-020"
line "wall"
saved "in the other file too" "docs/specs/SPEC-0*quiet-hours.md" "ID\*\*: SPEC-020"
go_to Aproved
text '\a'
sees "fixes are offered" "Replace with"
[ "$client" != ale ] || text 1
keys Enter
sees "the value is corrected" "Status\*\*: Approved"
line "write"
saved "and saved" "$SPEC" "Status\*\*: Approved"
go_to Approved
text 'C'
presses Implemented C-x C-o
sees "values are offered" "Implemented"
take
escape
line "write"
saved "a value is completed" "$SPEC" "Status\*\*: Draft"
line "edit docs/bugs/BUG-001-new.md"
# ALE compares with the text itself, which begins with a mark, so nothing is typed before.
[ "$client" = ale ] && keys i || text iBug
presses "Bug Fix" C-x C-o
sees "templates are offered" "Bug Fix"
take
sees "the document begins" "# Bug Fix Specification"
escape
line "write"
saved "as plain text or as a snippet" docs/bugs/BUG-001-new.md "^# Bug Fix Specification: \[\?Bug Description"
echo "$step screens in $shots"
