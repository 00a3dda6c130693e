#!/bin/sh
# Loads invented people into an empty installation and serves it with one background worker.
set -eu
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-portal.settings.demo}"
export PUBLIC_BASE_URL="${PUBLIC_BASE_URL:-http://127.0.0.1:${PORT:-8000}}"  # in codes on paper and in messages
export LOG_LEVEL="${LOG_LEVEL:-WARNING}"
export PYTHONWARNINGS="ignore:You're running the worker"  # a demo may be tried as root
mkdir -p "${VAR_DIR:-var}/static"

"$BIN/python" manage.py load_demo --port "$PORT"

"$BIN/celery" --app portal --quiet worker --beat --pool threads --concurrency 2 --queues interactive,bulk \
    --loglevel WARNING --without-mingle --without-gossip &
worker=$!
"$BIN/gunicorn" portal.wsgi --bind "127.0.0.1:$PORT" --workers 1 --threads 8 --log-level warning &
server=$!

leave() {
    trap - INT TERM EXIT
    kill "$server" "$worker" 2>/dev/null || true
    wait "$server" "$worker" 2>/dev/null || true
}
trap leave EXIT
trap 'exit 0' INT TERM

echo
echo "木棉 Mumian is at http://127.0.0.1:$PORT (Ctrl+C stops it)"
wait "$server"
