#!/bin/sh
# Changes one service while people work: sh roll.sh customer. Which version, .env says (CUSTOMER_VERSION=0.2.1), or the environment.
# The schema first, for an older process goes on with a newer schema; then a new replica beside each old one; when all of the
# new ones are ready, the old ones are told to end. What fails on the way leaves the old ones at work.
set -eu
cd "$(dirname "$0")"
service=${1:?"Name the service: sh roll.sh customer"}

say() { echo "$service: $*"; }
ids() { docker compose ps --quiet "$@" "$service"; }
health() { docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$1"; }

# Two of anything else may not stand side by side: two servers of Postgres on one volume destroy it.
named=$(docker compose config --services)
migrated=false
if echo "$named" | grep -qxF -- "$service-migrate"; then
  migrated=true
elif [ "$service" != gateway ]; then
  say "is neither the gateway nor a service with a migration of its own, and is not rolled; docker compose up --detach --wait changes it"
  exit 1
fi

old=$(ids)
[ -n "$old" ] || { say "does not run; docker compose up --detach --wait starts it"; exit 1; }
count=$(echo "$old" | wc -l)

# Compose would only pull it for the migration, and what is built here nobody has for pulling.
image=$(docker compose config --images | grep -E "/$service:[^/]*$" | head -n 1)
here() { docker image inspect "$image" >/dev/null 2>&1; }
if ! here; then
  say "fetching $image"
  case $image in
    localhost/*) docker compose build "$service" ;;
    *) docker compose pull "$service" ;;
  esac || true
  here || { say "$image is not to be had: the old one serves on"; exit 1; }
fi

if "$migrated"; then
  say "migrating"
  docker compose run --rm --no-deps -T "$service-migrate" || { say "the migration failed: the old one serves on"; exit 1; }
fi

# What has ended would be started again, as the version that it was, and be taken for new.
docker compose rm --force "$service" >/dev/null
before=$(ids --all) # with one-offs, which are nobody's replica
fresh() { ids --all | grep -vxF -- "$before" || true; }

give_up() {
  set +e
  trap '' HUP INT TERM
  say "$1: the old one serves on, the new one is taken away; its last lines:"
  for each in $(fresh); do
    docker logs --tail 20 "$each" 2>&1
    docker rm --force --volumes "$each" >/dev/null
  done
  exit 1
}
trap 'give_up "interrupted"' HUP INT TERM

say "starting $count beside the old"
docker compose up --detach --no-deps --no-recreate --scale "$service=$((count * 2))" "$service" || give_up "did not start"
new=$(fresh)
[ "$(echo "$new" | grep -c .)" -eq "$count" ] || give_up "not $count new ones came"

waited=0
for each in $new; do
  until [ "$(health "$each")" = healthy ]; do
    [ "$waited" -lt "${ROLL_PATIENCE:-120}" ] || give_up "not ready after $waited seconds"
    waited=$((waited + 1))
    sleep 1
  done
done
trap - HUP INT TERM

say "stopping the old"
for each in $old; do
  docker stop --time 60 "$each" >/dev/null &
done
wait
for each in $old; do docker rm --volumes "$each" >/dev/null; done
say "done"
