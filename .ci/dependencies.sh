#!/usr/bin/env bash
# dependencies.sh: checks licences, bans and sources, and advisories where their database can be fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
deny=(cargo deny --locked --config .deny.toml)

"${deny[@]}" check --hide-inclusion-graph licenses bans sources
if reason=$(timeout 120 "${deny[@]}" fetch db 2>&1); then
  "${deny[@]}" check advisories
else
  echo "advisories: not checked, database not reachable"
  echo "  ${reason##*$'\n'}"
fi
