# Sourced by rt/up, redmine/up and their down: where a server's state lives, ports, waiting, stopping by process id.
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
story=${STORY:-$here} # the folder that says who works there and what they did; each story has a state of its own
state=${AKASHI_LIVE_DIR:-$here/../../../build/live}/$(basename "$here")${STORY:+-$(basename "$STORY")}
mkdir -p "$state"
state=$(cd "$state" && pwd)

say() { echo "$(basename "$here"): $*" >&2; }
skip() { say "$*"; exit 77; } # ctest counts 77 as skipped
need() { # need COMMAND-OR-FILE PACKAGE
  command -v "$1" >/dev/null || [ -e "$1" ] || skip "skipped: $1 of the Debian package $2 is not installed (packaging/deps live)"
}
may_enter() { # may_enter ACCOUNT FOLDER: for a server that gives up root's rights; not below a folder of root's own, like /root
  [ "$(id -u)" != 0 ] || setpriv --reuid="$1" --regid="$1" --init-groups test -x "$2"
}
leave_elsewhere() { # removes the folder that such a server was given instead
  local folder
  folder=$(cat "$state/elsewhere" 2>/dev/null) || return 0
  rm -rf "$folder" "$state/elsewhere"
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
answers() { # answers URL SECONDS PID-FILE [CURL-OPTION...]: until any HTTP answer comes, or the process has ended
  local tries=$(($2 * 5))
  while [ "$tries" -gt 0 ]; do
    curl -s -o /dev/null --max-time 5 "${@:4}" "$1" && return 0
    kill -0 "$(cat "$3")" 2>/dev/null || break
    sleep 0.2
    tries=$((tries - 1))
  done
  tail -n 20 "$state/server.log" >&2
  say "does not answer at $1; its log is $state/server.log"
  return 1
}
stop_server() { # stops what the pid file names, if that is still ours
  local pid
  pid=$(cat "$state/pid" 2>/dev/null) || return 0
  rm -f "$state/pid"
  grep -qa "$server_word" "/proc/$pid/cmdline" 2>/dev/null || return 0
  kill "$pid" 2>/dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -9 "$pid"
}
# A seeded state is kept for a day and copied for each start; its stamp names the scripts it came from.
stamp() { echo "$(date +%F) $(cd "$here" && cat ../lib.sh ../seeding.py ./* ${STORY:+"$story"/*} | sha256sum | cut -c1-16)"; }
