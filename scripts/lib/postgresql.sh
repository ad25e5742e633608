# A PostgreSQL server of the tests' own: made in a temporary folder, gone afterwards.
# Sourced after common.sh.
# shellcheck shell=bash

postgresqlFolder=
postgresqlPid=

# What stands before the server's commands. The kernel stops them with this script, even if the
# script is killed outright. As the server refuses to run as root, root lends it the account that
# Debian's package made.
asServer=(setpriv --pdeathsig INT)
if ((EUID == 0)); then asServer+=(--reuid=postgres --regid=postgres --init-groups); fi

# In memory if there is room: fsync stays on, as the tests of durability need it, and costs nothing
# there.
postgresqlParent() {
  local free
  free="$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || true)"
  if [[ -w /dev/shm && "${free// /}" =~ ^[0-9]+$ ]] && ((free > 1024 * 1024)); then
    echo /dev/shm
  else
    echo "${TMPDIR:-/tmp}"
  fi
}

# Sets and exports TOIMELA_TEST_POSTGRESQL. The user is the superuser of the cluster, so that tests
# can make databases of their own.
startPostgresql() {
  local bin password port attempt try
  bin="$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)"
  if [[ ! -x "$bin/initdb" ]]; then
    complain "no PostgreSQL server is installed"
    return 1
  fi
  postgresqlFolder="$(mktemp -d "$(postgresqlParent)/toimela-postgresql.XXXXXX")"
  password="$(od -An -N 16 -tx1 /dev/urandom | tr -d ' \n')"
  printf '%s\n' "$password" >"$postgresqlFolder/password"
  if ((EUID == 0)); then chown -R postgres: "$postgresqlFolder"; fi

  # From a folder that the server's account may read.
  if ! (cd / && "${asServer[@]}" "$bin/initdb" --pgdata="$postgresqlFolder/data" \
    --username=toimela --pwfile="$postgresqlFolder/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 \
    --no-sync >"$postgresqlFolder/log" 2>&1); then
    cat "$postgresqlFolder/log" >&2
    return 1
  fi
  cat >>"$postgresqlFolder/data/postgresql.conf" <<TEXT
listen_addresses = '127.0.0.1'
unix_socket_directories = '$postgresqlFolder'
max_connections = 200
timezone = 'UTC'
TEXT

  for attempt in 1 2 3 4 5; do
    port="$(python3 -c '
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])')"
    # exec: the process that is waited for is the server itself.
    (cd / && exec "${asServer[@]}" "$bin/postgres" -D "$postgresqlFolder/data" -p "$port") \
      >>"$postgresqlFolder/log" 2>&1 </dev/null &
    postgresqlPid=$!
    for ((try = 0; try < 600; try++)); do
      if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; then
        PGPASSWORD="$password" "$bin/createdb" -h 127.0.0.1 -p "$port" -U toimela toimela || return
        export TOIMELA_TEST_POSTGRESQL="postgresql://toimela:$password@127.0.0.1:$port/toimela"
        return 0
      fi
      # The port was taken in between: another one.
      kill -0 "$postgresqlPid" 2>/dev/null || break
      sleep 0.05
    done
    kill -INT "$postgresqlPid" 2>/dev/null || true
    wait "$postgresqlPid" 2>/dev/null || true
    postgresqlPid=
    complain "PostgreSQL did not start (attempt $attempt)"
  done
  cat "$postgresqlFolder/log" >&2
  return 1
}

stopPostgresql() {
  if [[ -n "$postgresqlPid" ]]; then
    # SIGINT: disconnects clients and stops. SIGQUIT, should that hang, stops without tidying up.
    kill -INT "$postgresqlPid" 2>/dev/null || true
    timeout 10 tail --pid="$postgresqlPid" -s 0.05 -f /dev/null ||
      kill -QUIT "$postgresqlPid" 2>/dev/null || true
    wait "$postgresqlPid" 2>/dev/null || true
    postgresqlPid=
  fi
  if [[ -n "$postgresqlFolder" ]]; then
    rm -rf "$postgresqlFolder"
    postgresqlFolder=
  fi
}
