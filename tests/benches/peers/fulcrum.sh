# shellcheck shell=bash disable=SC2034,SC2153,SC2154
# Fulcrum: relay -> WebSocket -> laptop -> Lever's API, mapping, person. Sourced by the peers' harness, as `../README.md`
# says. The answer means that the relay has the event on its disk, sealed; `rows` counts the people that came of it.
# FULCRUM is the folder of the sources, FULCRUM_TARGET cargo's target folder.
FULCRUM_TARGET=${FULCRUM_TARGET:-${FULCRUM:?name the folder of the sources}/target}
install() {
  cd "$FULCRUM" || return 1
  cargo build --locked --release --package fulcrum-cli --package fulcrum-relay --bins &&
    cargo bench --locked --no-run --package fulcrum-tests --bench events
}
held() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$DATA/fulcrum.json" "$1"; }
start() {
  local bench n
  bench=$(find "$FULCRUM_TARGET/release/deps" -name 'events-*' -executable -type f -printf '%T@ %p\n' | sort -n | tail -1)
  rm -f "$DATA/fulcrum.json"
  spawn "$DATA/fulcrum.log" "${bench#* }" --hold "$DATA/fulcrum.json"
  AUX_PIDS=$PID
  for n in $(seq 300); do
    URL=$(held url 2>/dev/null) && break
    sleep 0.1
  done
  [ -n "$URL" ] || return 1
  PIDS=$(held pids)
}
people() {
  curl -sf "$(held rpc)" -H "authorization: Bearer $(cat "$(held token_file)")" -H 'content-type: application/json' \
    -d '{"name": "workflows.list"}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["ok"][0]["people"])'
}
rows() {
  local before=-1 now
  while now=$(people) && [ "$now" != "$before" ]; do
    before=$now
    sleep 2
  done
  echo "$now"
}
version() { echo "relay's own durable copy; people through the two calls of Lever's API that the mapping needs"; }
