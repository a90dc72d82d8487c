#!/usr/bin/env bash
# icons.sh: draws every size that Tauri wants from the one drawing.
set -euo pipefail
cd "$(dirname "$0")/../icons"
sizes=$(mktemp -d)
trap 'rm -rf "$sizes"' EXIT

draw() { rsvg-convert --width "$1" --height "$1" fulcrum.svg --output "$2"; }
draw 32 32x32.png
draw 128 128x128.png
draw 256 128x128@2x.png
draw 512 icon.png
for size in 16 24 32 48 64 128 256 512 1024; do draw $size "$sizes/$size.png"; done
icotool --create --output icon.ico "$sizes"/{16,24,32,48,64}.png --raw "$sizes/256.png"
png2icns icon.icns "$sizes"/{16,32,48,128,256,512,1024}.png >/dev/null
