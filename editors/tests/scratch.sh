# To be sourced: a scratch folder that goes when the script ends, in which `spec-lsp` is the server
# under test and `workspace` a copy of the test workspace.
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${SPEC_LSP:=$tests/../../.venv/bin/spec-lsp}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/home"
ln -s "$(realpath "$SPEC_LSP")" "$scratch/bin/spec-lsp"
export SPEC_LSP PATH=$scratch/bin:$PATH
export HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home/.config XDG_DATA_HOME=$scratch/home/.local/share
export XDG_STATE_HOME=$scratch/home/.local/state XDG_CACHE_HOME=$scratch/home/.cache

fresh_workspace() {
  rm -rf "$scratch/workspace"
  cp -r "$tests/workspace" "$scratch/workspace"
  mkdir -p "$scratch/workspace/docs/bugs"
  git init -q "$scratch/workspace"
}

# Waits until a command succeeds.
eventually() {
  for _ in $(seq 200); do
    "$@" && return
    sleep 0.1
  done
  return 1
}
