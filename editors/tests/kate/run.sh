#!/usr/bin/env bash
# A person with Kate on a screen of its own. What arrives on the disk is checked, and what was said
# between Kate and the server; pictures come to lie in shots/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for program in kate Xvfb xdotool dbus-run-session import; do
  command -v $program >/dev/null || { echo "skipped: there is no $program here"; exit 0; }
done
source "$here/../scratch.sh"
shots=$here/shots
mkdir -p "$shots"
fresh_workspace
SPEC=$scratch/workspace/docs/specs/SPEC-001-reminders.md
OTHER=$scratch/workspace/docs/specs/SPEC-002-quiet-hours.md
BUG=$scratch/workspace/docs/bugs/BUG-001-new.md
touch "$BUG"

# Everything that is said passes by here.
rm "$scratch/bin/spec-lsp"
cat >"$scratch/bin/spec-lsp" <<END
#!/bin/sh
tee -a "$scratch/asked" | "$SPEC_LSP" "\$@" | tee -a "$scratch/said"
END
chmod +x "$scratch/bin/spec-lsp"

# Kate asks once whether a server may be started; here the answer has been given.
mkdir -p "$XDG_CONFIG_HOME/kate/lspclient"
cp "$here/../../kate/settings.json" "$XDG_CONFIG_HOME/kate/lspclient/settings.json"
printf '[lspclient]\nAllowedServerCommandLines=%s/bin/spec-lsp serve\n' "$scratch" >"$XDG_CONFIG_HOME/katerc"

exec 3< <(exec Xvfb -displayfd 1 -screen 0 1440x960x24 2>/dev/null)
xvfb=$!
read -r display <&3
export DISPLAY=:$display
kate=
finish() {
  kill $kate 2>/dev/null || true
  sleep 0.5
  kill $xvfb
  # What Kate has started may still be writing its last words.
  for _ in {1..20}; do rm -rf "$scratch" 2>/dev/null && return; sleep 0.25; done
}
trap finish EXIT
cd "$scratch/workspace"
dbus-run-session -- sh -c 'echo $$ >"$0"; exec kate -n "$@"' "$scratch/pid" "$BUG" "$SPEC" >"$scratch/log" 2>&1 &

step=0
keep() {
  step=$((step + 1))
  sleep 0.3
  import -window root "$shots/$(printf %02d "$step")-${1// /-}.png"
  echo "ok $1"
}
failed() {
  import -window root "$shots/failed.png"
  echo "FAILED $1; shots/failed.png shows the screen" >&2
  exit 1
}
said() { eventually grep -sq -- "$2" "$scratch/said" || failed "$1"; keep "$1"; }
# Saves all until a file on the disk holds something.
saved() {
  for _ in $(seq 20); do
    keys ctrl+l
    grep -q -- "$3" "$2" && { keep "$1"; return; }
    sleep 0.5
  done
  head -n 30 "$2" >&2
  failed "$1"
}
keys() { xdotool key --delay 20 "$@"; sleep 0.3; }
# Puts the cursor on a line, after so many characters.
at() {
  keys Escape ctrl+Home
  keys --repeat $(($1 - 1)) Down
  keys Home
  keys --repeat "$2" Right
}
command() { keys ctrl+alt+i; sleep 1; xdotool type --delay 20 "$1"; sleep 0.5; keys Return; }

said "a wrong value is reported" "Expected one of"
kate=$(cat "$scratch/pid")
xdotool mousemove 600 500 click 1
at 10 68
command "Symbol Info"
said "a card shows what is meant" "Reminders wait until the night is over"
command "Go to Definition"
sleep 1
xdotool type Y
saved "the definition is in another file" "$OTHER" "ID\*\*: YSPEC-002"
keys Escape BackSpace ctrl+l ctrl+w
at 5 14
keys alt+Return
sleep 1
keep "fixes are offered"
keys Down Return
saved "the value is corrected" "$SPEC" "Status\*\*: Approved"
at 10 68
keys F2
sleep 1
keys ctrl+a
xdotool type SPEC-020
keys Return
sleep 1
xdotool mousemove 600 500 click 1 # The dialog leaves no window with the focus where nothing manages windows.
saved "an ID is renamed" "$SPEC" "quiet hours of SPEC-020"
saved "in the other file too" "$OTHER" "ID\*\*: SPEC-020"
at 5 12
keys shift+End Delete ctrl+space
sleep 1
keep "values are offered"
keys Return
saved "a value is completed" "$SPEC" "Status\*\*: Draft"
keys ctrl+w ctrl+w # The other file was opened by renaming.
sleep 1
xdotool type --delay 50 Bug
keys ctrl+space
sleep 1
keep "templates are offered"
keys Return
saved "the document begins, as plain text" "$BUG" "^# Bug Fix Specification: \[Bug Description\]$"
echo "$step pictures in $shots"
