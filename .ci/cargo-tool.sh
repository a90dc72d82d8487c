#!/usr/bin/env bash
# cargo-tool.sh NAME VERSION [FEATURES]: installs a tool from crates.io into .work/tools, not among the user's own tools.
# Unoptimised and without debug information: it runs for seconds, and building it is the cost.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "Installing $1 $2 into .work/tools; a few minutes, once."
CARGO_PROFILE_DEV_DEBUG=false CARGO_TARGET_DIR=.work/tools/target \
  cargo install --locked --debug --no-default-features --features "${3:-}" --root .work/tools "$1@$2"
rm -rf .work/tools/target
