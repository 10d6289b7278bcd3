#!/usr/bin/env bash
# Installs what is missing for `make run` (mode runtime) or `make test` (mode test).
# A stamp in .venv holds the checksums of the locks it was filled from, so a rerun costs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=${1:-runtime}
case $mode in
  runtime) locks=(requirements.txt) ;;
  test) locks=(requirements-dev.txt requirements.txt) ;; # the first one includes the second
  *) echo "usage: $0 runtime|test" >&2 && exit 2 ;;
esac
stamp=.venv/installed

# Asked to stop, this is why whatever comes next did not work.
trap 'printf "\nHet installeren is gestopt. Opnieuw beginnen kan altijd.\n" >&2; exit 130' INT

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The Python version too: an upgrade of the system's Python leaves an empty shell of the venv.
checksum() {
  printf '%s %s\n' "$(.venv/bin/python --version 2>/dev/null)" "$(cksum "$1")"
}

python_packages_are_current() {
  grep -qsxF "$(checksum "${locks[0]}")" "$stamp"
}

# Prints those of the named Debian packages that are not installed.
missing_of() {
  local package
  for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -qx installed || printf '%s ' "$package"
  done
}

# Installs Debian packages, if this user may. On failure it shows what apt-get said.
apt_install() {
  local sudo='' output
  if [ "$(id -u)" -ne 0 ]; then
    sudo='sudo -n'
    $sudo true 2>/dev/null || return 1
  fi
  echo "Systeempakketten installeren: $*"
  output=$($sudo apt-get update -qq 2>&1 &&
    $sudo env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq --yes --no-install-recommends "$@" 2>&1) ||
    { printf '%s\n' "$output" | tail -n 5 >&2 && return 1; }
}

install_debian_packages() {
  local needed missing tools
  # WeasyPrint draws the PDFs with these.
  needed=$(missing_of libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
  python_packages_are_current || python3 -c 'import ensurepip' 2>/dev/null ||
    needed+='python3-venv '
  # shellcheck disable=SC2086 # a list of names
  [ -z "$needed" ] || apt_install $needed ||
    fail "Er ontbreken systeempakketten. Installeer ze met 'sudo apt install ${needed% }' en probeer het opnieuw."

  # The scripts in which a talk with parents can be printed; without it the rest works.
  missing=$(missing_of fonts-noto-core)
  # shellcheck disable=SC2086
  [ -z "$missing" ] || apt_install $missing ||
    echo "Let op: gesprekken met ouders komen zonder Arabisch, Ethiopisch en Hebreeuws schrift op papier. Installeer daarvoor met 'sudo apt install ${missing% }'." >&2

  [ "$mode" = test ] || return 0
  # The browser tests (libatomic1 is for Playwright's driver) and the checks of the PDFs.
  tools=$(missing_of chromium chromium-headless-shell libatomic1 qpdf poppler-utils)
  # Debian starts nginx when it installs it; that is not for somebody's own machine.
  [ "${CI:-}" != true ] || tools+=$(missing_of nginx-light)
  # shellcheck disable=SC2086
  [ -z "$tools" ] || apt_install $tools || {
    tools="Voor alle tests ontbreekt nog: ${tools% }. Installeer met 'sudo apt install ${tools% }'."
    [ "${CI:-}" != true ] || fail "$tools"
    echo "Let op: tests worden overgeslagen. $tools" >&2
  }
}

install_python_packages() {
  # Half a venv, or one of an older Python, has no working pip.
  .venv/bin/python -m pip --version >/dev/null 2>&1 || {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
      fail "Je hebt Python 3.11 of nieuwer nodig (python3). Installeer dat en probeer het opnieuw."
    python3 -m venv --clear .venv || fail "Het maken van de map .venv is niet gelukt."
  }
  printf 'Pythonpakketten installeren (eenmalig, ongeveer een minuut) '
  # The locks are complete, so pip need not look for more. One dot per package shows it is alive.
  .venv/bin/python -m pip install --no-deps --require-hashes --only-binary :all: \
    --disable-pip-version-check --no-input --progress-bar off --requirement "${locks[0]}" |
    while read -r line; do
      case $line in Collecting*) printf . ;; esac
    done || fail "
Het installeren is niet gelukt. Is er internet? Probeer het daarna opnieuw."
  echo ' klaar'
  for lock in "${locks[@]}"; do checksum "$lock"; done >"$stamp"
}

# One at a time: two that fill .venv at once leave it broken. The lock, on this file, goes with the
# process.
exec {lock}<scripts/install.sh
flock -n "$lock" || {
  echo 'Er wordt al geïnstalleerd in een ander venster: even wachten tot dat klaar is.'
  flock "$lock"
}

if command -v dpkg-query >/dev/null; then
  install_debian_packages
elif ! python_packages_are_current; then
  echo "Dit is geen Debian of Ubuntu: zorg zelf voor Pango (PDF's) en, voor de tests, Chromium, qpdf en poppler."
fi
python_packages_are_current || install_python_packages
