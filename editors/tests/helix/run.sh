#!/usr/bin/env bash
# A person with Helix at a terminal; HELIX names another one than that on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
helix=${HELIX:-hx}
command -v "$helix" >/dev/null || { echo "skipped: there is no $helix here"; exit 0; }
SPEC=docs/specs/SPEC-001-reminders.md
source "$here/../scratch.sh"
shots=$here/shots
source "$here/../terminal.sh"
"$helix" --version
fresh_workspace
mkdir -p "$XDG_CONFIG_HOME/helix"
cp "$here/../../helix/languages.toml" "$XDG_CONFIG_HOME/helix/languages.toml"
begin "$helix" "$SPEC"

line() { escape; text ":$1"; keys Enter; }
# Helix sends changes in the wrong order when keys come faster than from any hand.
types() { for letter in $(grep -o . <<<"$1"); do text "$letter"; sleep 0.1; done; }
go_to() { escape; text "gg/$1"; keys Enter; }

sees "the invalid value is marked" "●.*Aproved"
go_to Aproved
sees "the wrong value is reported" "Expected one of"
go_to SPEC-002
text " k"
sees "a card shows what is meant" "Reminders wait until the night is over"
escape
text "gd"
sees "the definition is in another file" "# Technical Specification: Quiet hours"
keys C-o
sees "and back" "quiet hours of SPEC-002"
text " r"
sees "the new name is asked for" "rename-to"
keys C-u
text SPEC-020
keys Enter
sees "an ID is renamed" "quiet hours of SPEC-020"
line "write-all"
saved "with the other file" docs/specs/SPEC-020-quiet-hours.md "ID\*\*: SPEC-020"
go_to Aproved
text " a"
sees "fixes are offered" "Replace with"
keys Enter
sees "the value is corrected" "Status\*\*: Approved"
line "write"
saved "and saved" "$SPEC" "Status\*\*: Approved"
go_to Approved
text "c"
presses Implemented C-x
sees "values are offered" "Implemented"
keys Tab Enter
line "write"
saved "a value is completed" "$SPEC" "Status\*\*: Draft"
line "open docs/bugs/BUG-001-new.md"
types iBug
presses "Bug Fix" C-x
sees "templates are offered" "Bug Fix"
keys Tab Enter
sees "the document begins" "# Bug Fix Specification"
types Twice
escape
line "write"
saved "with its first hole filled" docs/bugs/BUG-001-new.md "# Bug Fix Specification: Twice"
saved "and all the rest" docs/bugs/BUG-001-new.md "## Root Cause Analysis"
echo "$step screens in $shots"
