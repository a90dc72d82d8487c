#!/usr/bin/env bash
# packages.sh run|test|icons: installs the Debian or Ubuntu packages that are missing for that step.
set -euo pipefail

# `a|b` is one package under the names of Debian and of Ubuntu.
run=(build-essential pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-1 libssl-dev dbus xdg-utils)
test=("${run[@]}" webkit2gtk-driver xvfb gnome-keyring xdotool 'chromium|chromium-browser'
  'chromium-driver|chromium-chromedriver' shellcheck strace systemd git python3-venv)
icons=(librsvg2-bin icoutils icnsutils)

case "${1:-}" in
  run) wanted=("${run[@]}") ;;
  test) wanted=("${test[@]}") ;;
  icons) wanted=("${icons[@]}") ;;
  *) echo "usage: packages.sh run|test|icons" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "This is not Debian or Ubuntu, so system packages are left to you. Needed for 'make $1': ${wanted[*]}"
  exit 0
fi

installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }
any_installed() {
  local name
  for name in ${1//|/ }; do installed "$name" && return 0; done
  return 1
}

missing=()
for package in "${wanted[@]}"; do any_installed "$package" || missing+=("$package"); done
((${#missing[@]})) || exit 0

if ! command -v apt-get >/dev/null; then
  echo "Missing packages, and no apt-get to install them with: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "Missing packages, and no sudo to install them with. As root: apt-get install ${missing[*]%%|*}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "Installing the missing system packages: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
names=()
for package in "${missing[@]}"; do
  for name in ${package//|/ }; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      names+=("$name")
      continue 2
    fi
  done
  echo "No package is named ${package//|/ or } on this system; add the right one to .ci/packages.sh." >&2
  exit 1
done
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${names[@]}"
