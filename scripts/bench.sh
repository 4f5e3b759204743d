#!/usr/bin/env bash
# The figures of docs/performance.md: a release build, both engines, the pgbench floor in the same run.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need.sh
need_rust; need_postgres
scripts/assets.sh
cargo build --release --package yimen --bin yimen
yimen="${CARGO_TARGET_DIR:-target}/release/yimen"
seconds="${SECONDS_EACH:-10}" cases="${CASES:-2000}"

bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)")
home=$(mktemp -d); data="$home/pg"; mkdir -p "$data"
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown -R postgres "$home"
chmod 755 "$home"
as "$bin/initdb" -D "$data" -A trust -U postgres >/dev/null
as "$bin/pg_ctl" -D "$data" -w -l "$data/log" -o "-k $home -p 54398 -c listen_addresses=127.0.0.1 -c shared_buffers=1GB -c max_wal_size=4GB" start >/dev/null
stop() { as "$bin/pg_ctl" -D "$data" -m fast stop >/dev/null 2>&1 || true; rm -rf "$home"; }
trap stop EXIT

say "plan"
"$yimen" bench plan

say "a hundred rules, beside JSON-logic in Python"
"$yimen" bench rules
python3 -m venv "$home/peers" && "$home/peers/bin/pip" install --quiet maykin-json-logic-py==0.13.0 python-dateutil
"$yimen" --json bench rules > "$home/rules.json"
"$home/peers/bin/python" scripts/peers/rules.py "$home/rules.json"

say "a city of 2,356 themes: whole check, check after an edit, plans"
"$yimen" generate "$home/city"
"$yimen" bench check --catalog "$home/city"
"$yimen" bench plan --catalog "$home/city"
say "four counties grown from that city, compared"
"$yimen" bench compare --catalog "$home/city"

pg_cpu() { # CPU hundredths of a second of the server and all it started; backends are counted once they are reaped
    sleep 1
    local main; main=$(head -1 "$data/postmaster.pid"); local sum=0 pid
    for pid in $main $(pgrep -P "$main"); do
        [ -r "/proc/$pid/stat" ] || continue
        sum=$((sum + $(sed 's/.*) //' "/proc/$pid/stat" | awk -v m=$([ "$pid" = "$main" ] && echo 1 || echo 0) '{ s=$12+$13; if (m) s+=$14+$15; print s }')))
    done
    echo "$sum"
}

say "floor: pgbench, ten commits of one update and one insert a case"
as "$bin/createdb" -h "$home" -p 54398 -U postgres floor
as "$bin/psql" -q -h "$home" -p 54398 -U postgres floor -c "
    CREATE TABLE p (id bigint PRIMARY KEY, state text NOT NULL, version int NOT NULL, data text, updated timestamptz NOT NULL);
    CREATE TABLE e (id bigserial PRIMARY KEY, p bigint NOT NULL, step text NOT NULL, at timestamptz NOT NULL, payload text);
    CREATE INDEX ON e (p);
    INSERT INTO p SELECT i, repeat('x',400), 0, repeat('d',250), now() FROM generate_series(1,200000) i;"
{ echo '\set id random(1, 200000)'; for k in $(seq 10); do
    echo "BEGIN; UPDATE p SET state=repeat('$((k%10))',400), version=version+1, updated=now() WHERE id=:id; INSERT INTO e (p,step,at,payload) VALUES (:id,'s$k',now(),repeat('p',250)); COMMIT;"
done; } > "$home/case.sql"
for clients in 1 16; do
    before=$(pg_cpu)
    out=$(as "$bin/pgbench" -n -M prepared -h "$home" -p 54398 -U postgres -f "$home/case.sql" -c "$clients" -j $((clients < 2 ? clients : 2)) -T "$seconds" floor)
    n=$(echo "$out" | sed -n 's/.*actually processed: \([0-9]*\).*/\1/p')
    echo "$clients clients: $(echo "$out" | sed -n 's/^tps = \([0-9.]*\).*/\1/p') cases/s, server $(echo "scale=2; ($(pg_cpu) - $before) * 10 / $n" | bc) CPU-ms a case"
done

say "sealing, signing, recording"
YIMEN_DATA="$home/proof" "$yimen" bench proof

say "the four lists, 12,934 rows, and the proposals of that city"
YIMEN_DATA="$home/lists" "$yimen" bench lists --catalog "$home/city"
as "$bin/createdb" -h "$home" -p 54398 -U postgres lists
YIMEN_DATA="$home/blobs-lists" YIMEN_DATABASE_URL="postgres://postgres@127.0.0.1:54398/lists" "$yimen" bench lists

say "casework on SQLite"
for clients in 1 16; do YIMEN_DATA="$home/sqlite$clients" "$yimen" bench casework --clients "$clients" --count "$cases"; done
say "casework on PostgreSQL"
for clients in 1 16; do
    as "$bin/createdb" -h "$home" -p 54398 -U postgres "case$clients"
    before=$(pg_cpu)
    YIMEN_DATA="$home/blobs$clients" YIMEN_DATABASE_URL="postgres://postgres@127.0.0.1:54398/case$clients" "$yimen" bench casework --clients "$clients" --count "$cases"
    echo "  server: $(echo "scale=2; ($(pg_cpu) - $before) * 10 / $cases" | bc) CPU-ms a case (with loading)"
done

say "search: 20,000 documents in process, beside SQLite FTS5 and pg_trgm"
as "$bin/createdb" -h "$home" -p 54398 -U postgres -T template0 -E UTF8 --locale=C.UTF-8 search
YIMEN_DATABASE_URL="postgres://postgres@127.0.0.1:54398/search" "$yimen" bench search || echo "  not all promises were kept"

say "portal: start, idle memory, bytes and times of every page at 100 requests/s"
YIMEN_DATA="$home/portal" "$yimen" load samples/chancheng >/dev/null
YIMEN_DATA="$home/portal" "$yimen" bench portal || echo "  not all promises were kept"
