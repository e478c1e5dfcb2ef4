# Sourced by opensearch/up and elasticsearch/up: a server that is published as Maven artifacts, fetched once, checked, and kept unpacked outside of the tree.
#   AKASHI_LIVE_CACHE=FOLDER   where (default ~/.cache/akashi-live)
cache=${AKASHI_LIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/akashi-live}
need mvn maven
need unzip unzip
need java openjdk-17-jre-headless
java_home=/usr/lib/jvm/java-17-openjdk-$(dpkg --print-architecture 2>/dev/null || true) # whichever comes first in PATH may be too new
[ -x "$java_home/bin/java" ] || java_home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")

fetch() { # fetch SERVER GROUP:NAME:VERSION SHA256 ZIP: the artifact as the file ZIP
  local into
  into=$(dirname "$4")/fetched
  say "fetching $2"
  timeout 600 mvn -q -B dependency:copy -Dartifact="$2:zip" -DoutputDirectory="$into" >"$state/fetch.log" 2>&1 ||
    skip "skipped: $1 cannot be fetched with mvn ($2); its log is $state/fetch.log"
  mv "$into"/*.zip "$4"
  echo "$3 $4" | sha256sum --check --status || { say "$2 is not the file that it was (sha256 $3 is expected)"; exit 1; }
}
unpacked() { # unpacked SERVER FOLDER GROUP:NAME:VERSION SHA256 [GROUP:NAME:VERSION SHA256 FOLDER-IN-IT]: fetched and unpacked as FOLDER of the cache, whole or not at all
  [ ! -d "$cache/$2" ] || return 0
  mkdir -p "$cache"
  local making
  making=$(mktemp -d "$cache/making.XXXXXX")
  trap "rm -rf '$making'" EXIT
  fetch "$1" "$3" "$4" "$making/server.zip"
  unzip -q "$making/server.zip" -d "$making"
  if [ $# -gt 4 ]; then
    fetch "$1" "$5" "$6" "$making/part.zip"
    unzip -q "$making/part.zip" -d "$making/$2/$7"
  fi
  mv -T "$making/$2" "$cache/$2" || [ -d "$cache/$2" ] # somebody else may have been quicker
  rm -rf "$making"
  trap - EXIT
}
