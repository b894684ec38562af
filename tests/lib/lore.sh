# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Mail archives on loopback, for tests and the bench:
#
#	lore_start DIR MAIL...	a real public-inbox server with these mails in
#				the inbox "all"; sets $lore_url, $lore_pid
#	lore_add DIR MAIL...	more mails come in, at the same address
#	lore_down, lore_up DIR	nobody answers there, and again
#	bad_start DIR		a server that misbehaves; sets $bad_url, $bad_pid
#	bad_start_tls DIR	the same by https, with a certificate nobody signed
#	lore_stop		ends both
#
# DIR is a private directory that the caller removes.  Nothing listens outside
# of 127.0.0.1, ports are the kernel's choice.
# shellcheck disable=SC2034 # variables for the tests

lore_lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lore_url='' lore_pid='' bad_url='' bad_pid=''

lore_missing() {
	local p
	for p in public-inbox-init public-inbox-index public-inbox-httpd; do
		command -v $p >/dev/null || {
			echo "$p is not installed"
			return
		}
	done
	perl -MPlack::Util -MSearch::Xapian -e 1 2>/dev/null ||
		echo 'libplack-perl or libsearch-xapian-perl is not installed'
}

# lore_wait FILE: the port that a server wrote there.
lore_wait() {
	local i
	for ((i = 0; i < 200; i++)); do
		[ -s "$1" ] && cat "$1" && return
		sleep 0.05
	done
	echo "the server did not start" >&2
	return 1
}

# lore_import DIR MAIL...: put mails into the inbox.
lore_import() {
	local dir=$1
	shift
	(
		export HOME=$dir/home PI_CONFIG=$dir/config
		unset XDG_CACHE_HOME XDG_CONFIG_HOME
		[ -e "$dir/all" ] ||
			public-inbox-init -V2 all "$dir/all" http://127.0.0.1/all all@example.org
		perl "$lore_lib/lore-import.pl" all "$@" && public-inbox-index "$dir/all"
	) >"$dir/setup.log" 2>&1 || {
		cat "$dir/setup.log" >&2
		return 1
	}
}

# lore_up DIR: serve the inbox, at the port that it had before.
lore_up() {
	local dir=$1 port
	port=$(cat "$dir/port" 2>/dev/null)
	rm -f "$dir/port"
	HOME=$dir/home PI_CONFIG=$dir/config LORE_PORT=$port \
		perl "$lore_lib/lore-listen.pl" "$dir/port" \
		public-inbox-httpd -W0 >"$dir/httpd.log" 2>&1 &
	lore_pid=$!
	port=$(lore_wait "$dir/port") || return
	lore_url=http://127.0.0.1:$port/all/
}

lore_down() {
	kill "$lore_pid" 2>/dev/null
	wait "$lore_pid" 2>/dev/null
	lore_pid=''
}

lore_start() {
	mkdir -p "$1/home"
	lore_import "$@" && lore_up "$1"
}

lore_add() {
	lore_down
	lore_import "$@" && lore_up "$1"
}

bad_start() {
	mkdir -p "$1"
	python3 "$lore_lib/bad-server.py" "$1/port" "$1/log" >"$1/out" 2>&1 &
	bad_pid=$!
	bad_url=http://127.0.0.1:$(lore_wait "$1/port") || return
}

# bad_start_tls DIR: the same by https, with a certificate that nobody signed.
bad_start_tls() {
	mkdir -p "$1"
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1/key.pem" -out "$1/cert.pem" -days 2 \
		-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 2>/dev/null || return
	cat "$1/key.pem" >>"$1/cert.pem"
	python3 "$lore_lib/bad-server.py" "$1/port" "$1/log" "$1/cert.pem" >"$1/out" 2>&1 &
	bad_pid=$!
	bad_url=https://127.0.0.1:$(lore_wait "$1/port") || return
}

lore_stop() {
	local pid
	for pid in $lore_pid $bad_pid; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	lore_pid='' bad_pid=''
}

# lore_mails: what to fill a server with: the shared mails, else our own.
lore_mails() {
	local shared=${ICRFIX_SHARED_MAIL-}
	if [ -n "$shared" ] && [ -d "$shared" ]; then
		printf '%s\n' "$shared"/*/*.eml
	else
		printf '%s\n' "$lore_lib"/../mail/thread/*.eml
	fi
}
