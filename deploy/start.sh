#!/usr/bin/env bash
# Starts STS-Dialoog in containers, or puts a new release in the place of the running one without
# anybody having to wait. Waits until each instance is healthy; when one is not, shows its log and
# stops it, while the other one goes on serving.
# COMPOSE: the program, for example "podman compose"; by default "docker compose".
set -euo pipefail
cd "$(dirname "$0")"

read -ra compose <<<"${COMPOSE:-docker compose}"
seconds=180 # for one service to become healthy
log_lines=60
# In any other format podman leaves the health check of an image out.
export BUILDAH_FORMAT=docker

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

random() {
  head --bytes 48 /dev/urandom | base64 --wrap 0 | tr '+/' '-_'
}

# A file that is there stays as it is. The folder keeps others out; in a container another user has
# to read the file itself.
secret() {
  [ -e "secrets/$1" ] || (umask 022 && printf '%s\n' "$2" >"secrets/$1")
}

make_secrets() {
  mkdir --mode 0700 --parents secrets
  mkdir --parents secrets/tls
  secret secret_key "$(random)"
  secret oudergesprek_sleutels "$(head --bytes 32 /dev/urandom | base64 --wrap 0 | tr '+/' '-_')"
  secret database_password "$(random)"
  secret database_url "postgres://stsdialoog:$(<secrets/database_password)@database/stsdialoog"
}

require_what_only_you_know() {
  local missing=()
  [ -e settings.env ] || {
    (umask 077 && cp settings.env.example settings.env)
    missing+=("settings.env: fill in the names of this server")
  }
  [ -e secrets/email_url ] || missing+=("secrets/email_url: one line, smtp+tls://user:password@host:587")
  [ -e secrets/tls/certificate.pem ] || missing+=("secrets/tls/certificate.pem: the certificate, with those between it and the root")
  [ -e secrets/tls/key.pem ] || missing+=("secrets/tls/key.pem: its key")
  [ ${#missing[@]} -eq 0 ] || {
    printf 'Still needed in %s:\n' "$PWD" >&2
    printf -- '- %s\n' "${missing[@]}" >&2
    fail 'Files in secrets/ have to be readable (chmod 644): the folder itself keeps others out.'
  }
}

start() {
  echo "Starting $1"
  "${compose[@]}" up --detach --no-deps --wait --wait-timeout "$seconds" "$1" || {
    "${compose[@]}" logs --tail "$log_lines" "$1" >&2
    # The proxy would go on asking it.
    "${compose[@]}" stop "$1"
    fail "$1 did not become healthy in $seconds seconds and was stopped; its log is above."
  }
}

command -v "${compose[0]}" >/dev/null || fail "There is no ${compose[0]} here. Install it, or say with COMPOSE which program to use."
make_secrets
require_what_only_you_know
"${compose[@]}" build --pull web-1
start database
"${compose[@]}" run --rm prepare || fail 'The database was not brought up to date; nothing was restarted.'
for service in web-1 web-2 nights mornings proxy; do
  start "$service"
done
# One that ran already reads its configuration and its certificate again.
"${compose[@]}" exec -T proxy nginx -s reload
echo 'STS-Dialoog is healthy.'
