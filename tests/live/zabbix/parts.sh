# Sourced by up and down: the three processes of a Zabbix, each with a folder and a process id of its own, the last started first to go.
stop_part() ( # stop_part FOLDER WORD-OF-ITS-COMMAND-LINE
  state=$state/$1
  server_word=$2
  stop_server
)
stop_all() { # the socket folder goes with them
  stop_part web php
  stop_part server zabbix_server
  stop_part database postgres
  socket=$(cat "$state/socket" 2>/dev/null) || return 0
  rm -rf "$socket" "$state/socket"
}
