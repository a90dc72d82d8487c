#!/usr/bin/env bash
# tests.sh [nextest arguments]: runs every test with its own display, message bus and home folder, and fails if
# a test wrote into the place where a user's Fulcrum keeps its data.
set -euo pipefail
cd "$(dirname "$0")/.."

home=$(mktemp -d)
xvfb=
finish() {
  if [[ -n $xvfb ]]; then kill "$xvfb" 2>/dev/null || true; wait "$xvfb" || true; fi
  rm -rf "$home" || true # a program that ends late may still write there
}
trap finish EXIT

# Cargo and rustup stay where they are when the home folder moves.
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export HOME=$home XDG_DATA_HOME=$home/.local/share XDG_CONFIG_HOME=$home/.config XDG_CACHE_HOME=$home/.cache
export XDG_STATE_HOME=$home/.local/state XDG_RUNTIME_DIR=$home/run
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"

# The property tests try the same cases in every run, so that only a change can break them; `make properties`
# looks for new ones.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-1}

# Painted on the CPU: without a GPU the web view would start a software OpenGL driver first.
export WEBKIT_DISABLE_DMABUF_RENDERER=1 LIBGL_ALWAYS_SOFTWARE=1
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
exec {number}<> <(:)
Xvfb -displayfd "$number" -screen 0 1280x900x24 -nolisten tcp 2>"$home/xvfb.log" &
xvfb=$!
read -r -t 30 -u "$number" display || { cat "$home/xvfb.log" >&2; exit 1; }
export DISPLAY=:$display

# A bus that starts nothing by itself: a desktop's portals would mount file systems in the home folder and outlive
# the tests.
cat >"$home/bus.conf" <<'EOF'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF

# With a keychain that is open, as after a login; a locked one would ask a person for its password.
# shellcheck disable=SC2016  # the inner shell expands it
dbus-run-session --config-file="$home/bus.conf" -- bash -c '
  printf tests | gnome-keyring-daemon --unlock --components=secrets >/dev/null
  exec cargo nextest run --locked --workspace "$@"' tests "$@"

written=$(find "$home" -path "$XDG_RUNTIME_DIR" -prune -o -iname '*fulcrum*' -print)
if [[ -n $written ]]; then
  printf 'Tests wrote into the home folder instead of their own:\n%s\n' "$written" >&2
  exit 1
fi
