#!/usr/bin/env bash
# invariants.sh [nextest arguments]: runs the tests of the invariants (RELIABILITY.md section 3) and then prints the
# line of each.
set -euo pipefail
cd "$(dirname "$0")/.."

output=$(mktemp)
trap 'rm -f "$output"' EXIT
ended=0
.ci/tests.sh --success-output immediate -E 'test(/(^|::)i[0-9]+_/) + test(/^(disconnect|refresh)::/)' "$@" 2>&1 | tee "$output" || ended=$?

printf '\nInvariants:\n'
grep -oE '\bI[0-9]+ .*verdict=[A-Z]+' "$output" | sort -uV
exit "$ended"
