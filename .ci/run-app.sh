#!/usr/bin/env bash
# run-app.sh FOLDER: opens Fulcrum from the programs in FOLDER, beside a practice Lever and a relay on this computer,
# and ends both when the window closes. Without a display it runs the same job in the terminal.
set -euo pipefail
cd "$(dirname "$0")/.."
built=$1
practice=127.0.0.1:45200
mailbox=127.0.0.1:45225
relay=127.0.0.1:45300

if [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
  echo "There is no display, so no window can open. The same job in the terminal:"
  exec "$built/fulcrum-cli" demo
fi

started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
}
trap finish EXIT
# Ctrl-C ends the window, which comes back here; the trap above then ends the rest.
trap : INT

answers() { (exec 3<>"/dev/tcp/${1%:*}/${1#*:}") 2>/dev/null; }

# start NAME ADDRESS LOG COMMAND...: starts a server unless one is there, and waits for its first line.
start() {
  local name=$1 address=$2 log=$3 pid
  shift 3
  if answers "$address"; then
    echo "$name: something already listens on $address; using it as it is. If it is not from an earlier 'make run', end it first."
    return
  fi
  : >"$log" # an earlier run's first line must not count
  "$@" >>"$log" 2>"$log.err" </dev/null &
  pid=$!
  started+=("$pid")
  until [[ -s $log ]]; do
    if ! kill -0 "$pid" 2>/dev/null; then
      echo "$name did not start:" >&2
      cat "$log.err" >&2
      exit 1
    fi
    sleep 0.1
  done
  echo "$name: http://$address"
}

state=.work/practice-relay
mkdir -p "$state"
start "Practice Lever" $practice .work/practice.log "$built/fulcrum-practice" --listen $practice --smtp-listen $mailbox
start "Relay" $relay .work/relay.log "$built/fulcrum-relay" --listen $relay --data "$state"

# Without a GPU the web view is quicker when it paints on the CPU than through a software OpenGL driver.
[[ -e /dev/dri ]] || export WEBKIT_DISABLE_DMABUF_RENDERER=1
session=()
[[ -n ${DBUS_SESSION_BUS_ADDRESS:-} ]] || session=(dbus-run-session --)
echo "Opening Fulcrum; closing its window ends all of this."
"${session[@]}" "$built/fulcrum" --relay "http://$relay"
