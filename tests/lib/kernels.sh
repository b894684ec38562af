#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Real kernel trees for the tests, out of Debian's linux-source packages.
# To be sourced; each function makes its piece when it is first asked for,
# prints the piece's path, and talks on stderr:
#
#	kernels_repo		git repository, branches linux-{5.10,6.1,6.12}.y,
#				one commit each, of the directories in $subset
#	kernels_full_repo	git repository, packed, all of 5.10
#	kernels_worktree VER	plain directory, the $subset of VER
#	kernels_version VER	the package's version behind the branch
#
# As a program: kernels.sh repo | full_repo | worktree VER | version VER.
#
# All is kept in $ICRFIX_TEST_CACHE (default: icrfix-tests in the user's cache
# directory).  A piece is made in a temporary directory under a lock and then
# renamed, so it is there as a whole or not at all.  apt downloads and verifies
# with a configuration of its own; the system's is only read, for the
# archive's address.

# shellcheck disable=SC2030,SC2031 # $tmp belongs to the subshell of kernels_locked

kernels_cache=${ICRFIX_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/icrfix-tests}

# The version that the figures in the tests are for; the newest when it is gone.
kernels_510=5.10.262-1

kernels_versions='5.10 6.1 6.12'

# What the tests and the kernel's own coccicheck need of a tree.
kernels_subset='Kbuild Kconfig MAINTAINERS Makefile arch/x86 include scripts
	virt/kvm tools/testing/selftests/kvm'

kernels_say() {
	echo "kernels: $*" >&2
}

kernels_suite() {
	case $1 in
	5.10) echo bullseye-security ;;
	*) echo bookworm-security ;;
	esac
}

# The URI that the system takes Debian's security updates from; the second way
# is for a system that has no package lists.
kernels_archive() {
	# shellcheck disable=SC2016 # for apt
	{
		apt-get indextargets --format '$(REPO_URI) $(RELEASE)'
		apt-get --print-uris update |
			sed -n "s|^'\(.*/\)dists/\(.*\)/InRelease'.*|\1 \2|p"
	} | awk '$2 ~ /^[a-z]+-security$/ && !n++ { print $1 }'
}

# kernels_locked FUNCTION ARGS...: run it with $tmp, alone on this cache.
kernels_locked() (
	set -o pipefail
	mkdir -p "$kernels_cache" && exec 9>"$kernels_cache/lock" || exit
	flock -n 9 || {
		kernels_say 'waiting for another run'
		flock 9
	}
	rm -rf "$kernels_cache"/tmp.*
	tmp=$(mktemp -d "$kernels_cache/tmp.XXXXXX") || exit
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT TERM HUP
	"$@" >&2
)

# kernels_piece PATH FUNCTION ARGS...: print the piece's path; made if missing.
kernels_piece() {
	kernels_path=$kernels_cache/$1
	shift
	[ -e "$kernels_path" ] || kernels_locked "$@" || {
		kernels_say "could not make $kernels_path"
		return 1
	}
	echo "$kernels_path"
}

# A private apt: own sources, lists, cache and state; no hooks of the system.
kernels_apt_config() {
	apt=$kernels_cache/apt
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	uri=$(kernels_archive)
	[ -n "$uri" ] || {
		kernels_say 'the apt configuration names no Debian security archive'
		return 1
	}
	mkdir -p "$apt/lists/partial" "$apt/archives/partial" && : >"$apt/status" || return
	for suite in bullseye-security bookworm-security; do
		echo "deb [signed-by=$keyring] $uri $suite main"
	done >"$apt/sources.list"
	cat >"$apt/apt.conf" <<-END
		#clear APT::Update::Pre-Invoke;
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
		#clear Acquire::IndexTargets::deb::DEP-11;
		Dir::Etc::SourceList "$apt/sources.list";
		Dir::Etc::SourceParts "/dev/null";
		Dir::Etc::Preferences "/dev/null";
		Dir::Etc::PreferencesParts "/dev/null";
		Dir::State "$apt";
		Dir::State::Lists "$apt/lists";
		Dir::State::status "$apt/status";
		Dir::Cache "$apt";
		Dir::Cache::Archives "$apt/archives";
		Dir::Cache::pkgcache "";
		Dir::Cache::srcpkgcache "";
		Dir::Log "$apt";
		APT::Architecture "amd64";
		APT::Architectures { "amd64"; };
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Acquire::Retries "3";
	END
}

# kernels_choose VER: name=version to ask apt for.
kernels_choose() {
	suite=$(kernels_suite "$1")
	all=$(apt-cache -c "$kernels_cache/apt/apt.conf" madison "linux-source-$1" |
		awk -v suite="$suite/main" '$6 == suite { print $3 }')
	[ -n "$all" ] || {
		kernels_say "no linux-source-$1 in $suite"
		return 1
	}
	version=$(echo "$all" | head -n 1)
	if [ "$1" = 5.10 ] && echo "$all" | grep -qx "$kernels_510"; then
		version=$kernels_510
	fi
	echo "linux-source-$1=$version"
}

# apt-get download begins anew when it was cut short; whole packages are kept.
kernels_download() {
	kernels_apt_config || return
	conf=$kernels_cache/apt/apt.conf
	apt-get -c "$conf" -q -q update || return
	package=$(kernels_choose "$1") || return
	kernels_say "downloading $package"
	(cd "$tmp" && apt-get -c "$conf" -q -q download "$package") || return
	mkdir -p "$kernels_cache/deb" &&
		mv "$tmp/linux-source-$1"_*.deb "$kernels_cache/deb/"
}

# kernels_deb VER: the package's path in $deb.
kernels_deb() {
	deb=$(find "$kernels_cache/deb" -name "linux-source-$1_*.deb" 2>/dev/null | head -n 1)
	[ -n "$deb" ] && return
	kernels_download "$1" || return
	kernels_deb "$1"
}

# kernels_unpack VER DIR [PATH...]: the tree, or only these paths of it.
kernels_unpack() {
	kernels_deb "$1" || return
	ver=$1
	dir=$2
	shift 2
	top=linux-source-$ver
	for path; do
		shift
		set -- "$@" "$top/$path"
	done
	kernels_say "unpacking $(basename "$deb")"
	mkdir -p "$dir" || return
	dpkg-deb --fsys-tarfile "$deb" |
		tar -xOf - "./usr/src/$top.tar.xz" |
		xz -dc -T0 |
		tar -xf - -C "$dir" --strip-components=1 "$@"
}

# kernels_git ARGS...: git without the user's settings, on $repo.
kernels_git() {
	HOME=$tmp GIT_CONFIG_NOSYSTEM=1 git -c gc.auto=0 -c core.autocrlf=false \
		-c core.looseCompression=1 --git-dir="$repo" "$@"
}

# kernels_commit VER DIR: the directory as branch linux-VER.y of $repo; author
# and date are fixed, so that equal trees are equal commits.
kernels_commit() {
	rm -f "$repo/index"
	kernels_git --work-tree="$2" -c core.bare=false add -A -f . || return
	tree=$(kernels_git write-tree) || return
	version=$(dpkg-deb -f "$deb" Version) || return
	commit=$(echo "linux-source-$1 $version" |
		GIT_AUTHOR_NAME='icrfix tests' GIT_AUTHOR_EMAIL=tests@localhost \
		GIT_AUTHOR_DATE='1631312933 +0000' \
		GIT_COMMITTER_NAME='icrfix tests' GIT_COMMITTER_EMAIL=tests@localhost \
		GIT_COMMITTER_DATE='1631312933 +0000' \
		kernels_git commit-tree "$tree") || return
	kernels_git update-ref "refs/heads/linux-$1.y" "$commit"
}

# kernels_new_repo VER: $repo, an empty bare repository on branch linux-VER.y.
kernels_new_repo() {
	repo=$tmp/repo.git
	kernels_git init -q --bare "$repo" &&
		kernels_git symbolic-ref HEAD "refs/heads/linux-$1.y"
}

kernels_make_repo() {
	[ -e "$kernels_path" ] && return
	kernels_new_repo 5.10 || return
	for v in $kernels_versions; do
		# Paths without blanks: split on purpose.
		# shellcheck disable=SC2086
		kernels_unpack "$v" "$tmp/$v" $kernels_subset || return
		kernels_commit "$v" "$tmp/$v" || return
		rm -rf "${tmp:?}/$v"
	done
	kernels_pack && mv "$repo" "$kernels_path"
}

kernels_make_full_repo() {
	[ -e "$kernels_path" ] && return
	kernels_new_repo 5.10 || return
	kernels_unpack 5.10 "$tmp/5.10" || return
	kernels_commit 5.10 "$tmp/5.10" && kernels_pack && mv "$repo" "$kernels_path"
}

kernels_pack() {
	kernels_say 'packing'
	rm -f "$repo/index"
	kernels_git repack -q -a -d
}

kernels_make_worktree() {
	[ -e "$kernels_path" ] && return
	mkdir "$tmp/tree" &&
		git --git-dir="$kernels_cache/kernels.git" archive "linux-$1.y" |
		tar -xf - -C "$tmp/tree" &&
		mv "$tmp/tree" "$kernels_path"
}

kernels_repo() {
	kernels_piece kernels.git kernels_make_repo
}

kernels_full_repo() {
	kernels_piece linux-5.10-full.git kernels_make_full_repo
}

kernels_worktree() {
	kernels_repo >/dev/null && kernels_piece "linux-$1" kernels_make_worktree "$1"
}

kernels_version() {
	kernels_repo >/dev/null &&
		git --git-dir="$kernels_cache/kernels.git" log -1 --format=%s "linux-$1.y" |
		sed 's/.* //'
}

case ${0##*/} in
kernels.sh) "kernels_${1:-repo}" "${2-}" ;;
esac
