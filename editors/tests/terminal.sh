# To be sourced after scratch.sh: an editor in a terminal, driven by keys. What it shows is kept,
# step by step, in the folder that `shots` names.
command -v tmux >/dev/null || { echo "skipped: there is no tmux here"; exit 0; }
socket=$scratch/tmux
step=0
mkdir -p "$shots"
tmux() { command tmux -S "$socket" "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT

# Starts a command in a new terminal, in the workspace.
begin() {
  tmux kill-server 2>/dev/null || true
  tmux -f /dev/null new-session -d -s spec -x 110 -y 32 -c "$scratch/workspace" "$@"
}
keys() { tmux send-keys -t spec "$@"; }
text() { tmux send-keys -t spec -l "$1"; }
# Some programs take Escape and what follows at once for one key.
escape() { keys Escape; sleep 0.2; }
screen() { tmux capture-pane -t spec -p; }

shows() { screen | grep -q -- "$1"; }
holds() { grep -q -- "$2" "$scratch/workspace/"$1 2>/dev/null; }

# Presses keys until the screen shows something: an editor may not be ready for the first ones.
presses() {
  local wanted=$1
  shift
  for _ in $(seq 20); do
    keys "$@"
    for _ in $(seq 10); do shows "$wanted" && return; sleep 0.1; done
  done
}

# Waits until the screen shows something, and keeps the screen as the picture of that step.
sees() {
  eventually shows "$2" || failed "$1" "the screen does not show $2"
  keep "$1"
}
# Waits until a file on the disk holds something.
saved() {
  eventually holds "$2" "$3" || failed "$1" "$(cat "$scratch/workspace/"$2 2>&1; echo "does not hold $3")"
  keep "$1"
}
keep() {
  step=$((step + 1))
  screen >"$shots/$(printf %02d "$step")-${1// /-}.txt"
  echo "ok $1"
}
failed() {
  screen >&2 || true
  echo "FAILED $1: $2" >&2
  exit 1
}
