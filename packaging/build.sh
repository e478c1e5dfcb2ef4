# Sourced: one way to configure and build a folder, quiet when there is nothing to do.
root=${root:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}

# configure_in FOLDER [cmake options]: configures when it never was, or when an option differs from what the folder was configured with.
configure_in() {
  local folder=$1 stamp=$1/.configured-with; shift
  local asked="$*"
  [ -e "$folder/build.ninja" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$asked" ] && return 0
  echo "Configuring ${folder#"$root"/}."
  mkdir -p "$folder"
  if ! cmake -S "$root" -B "$folder" -G Ninja "$@" >"$folder/configure.log" 2>&1; then
    tail -n 20 "$folder/configure.log" >&2
    echo "configuring failed: the whole output is in $folder/configure.log; 'packaging/deps build' installs what it needs" >&2
    return 1
  fi
  printf '%s' "$asked" >"$stamp"
}

# build_in FOLDER TARGET...: builds; says how far it is, and the compiler's words only when something fails.
build_in() {
  local folder=$1 begun=$SECONDS first=""; shift
  [ -e "$folder/build.ninja" ] || configure_in "$folder" -DCMAKE_BUILD_TYPE=RelWithDebInfo || return 1
  [ -e "$folder/.ninja_log" ] || first="; the first time takes some minutes"
  echo "Building ${folder#"$root"/} ($*)$first."
  if ! NINJA_STATUS='[%f/%t] ' ninja -C "$folder" "$@" 2>&1 | tee "$folder/build.log" | progress; then
    grep -A12 -e '^FAILED' -e 'error:' "$folder/build.log" | head -n 80 >&2
    echo "building failed: the whole output is in $folder/build.log" >&2
    return 1
  fi
  if [ $((SECONDS - begun)) -gt 5 ]; then echo "Built ${folder#"$root"/} in $((SECONDS - begun)) s."; fi
}

# progress: of Ninja's lines, one short sentence every ten seconds.
progress() {
  local line said=$SECONDS
  while IFS= read -r line; do
    if [ $((SECONDS - said)) -ge 10 ] && [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
      said=$SECONDS
      echo "  ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]} steps done."
    fi
  done
}
