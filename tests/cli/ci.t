#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix lint where CI services and servers run it: the range that they tell,
# and the templates of doc/ci, run as the service would in clones as it makes
# them.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lint.sh
. "$tests/lib/lint.sh"

ci=$project/doc/ci
found='1 introduced icr-split-write lapic.c send'
/usr/bin/python3 -c 'import yaml' 2>/dev/null || skip_all 'python3-yaml is not installed'

# steps WHAT FILE [NAME]: what the service runs.
steps() {
	/usr/bin/python3 "$tests/lib/ci-steps.py" "$1" "$ci/$2" "${@:3}"
}

# field FILE PYTHON: of a template, t.
field() {
	/usr/bin/python3 -c 'import sys, yaml
t = yaml.safe_load(open(sys.argv[1]))
print(eval(sys.argv[2]))' "$ci/$1" "$2"
}

# service: on the server a topic with a split, a base that has moved on since,
# and the refs that services keep of the request.
service() {
	test_begin "$1"
	in_repo repo
	git switch -q -c topic
	split send >>$kvm/lapic.c
	commit 'send'
	head=$(git rev-parse HEAD)
	git switch -q linux-5.10.y
	echo more >>MAINTAINERS && commit 'the base moves on'
	tip=$(git rev-parse HEAD)
	git switch -q --detach
	git merge -q --no-edit topic
	merge=$(git rev-parse HEAD)
	git switch -q linux-5.10.y
	cd .. && git clone -q --bare repo server.git || exit
	git -C repo push -q ../server.git "$head:refs/merge-requests/1/head" "$head:refs/pipelines/7" \
		"$merge:refs/pull/1/merge"
	mkdir bin && ln -s "$ICRFIX" bin/icrfix
}

# clone DIR DEPTH REFSPEC: as runners and the check-out action do; 0 is all.
clone() {
	local depth=("--depth=$2") all=()
	[ "$2" != 0 ] || depth=() all=('+refs/heads/*:refs/remotes/origin/*')
	git init -q "$1"
	git -C "$1" remote add origin "file://$PWD/server.git"
	git -C "$1" fetch -q --no-tags --prune "${depth[@]}" origin "$3" "${all[@]}"
	git -C "$1" checkout -q --force --detach FETCH_HEAD
}

# as_service SHELL DIR [NAME=VALUE...]: $home/script in DIR.
as_service() {
	local shell=$1 dir=$2
	shift 2
	# shellcheck disable=SC2086 # a shell with options
	run env -C "$dir" PATH="$PWD/bin:$PATH" CI=true "$@" $shell "$home/script"
}

test_begin 'GitLab: variables'
in_repo repo
split send >>$kvm/lapic.c
commit 'send'
head=$(git rev-parse HEAD)
commit 'a merge result'
export CI_MERGE_REQUEST_DIFF_BASE_SHA=$base CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=$head \
	CI_COMMIT_SHA=1234567890123456789012345678901234567890
lint 1 "$found" 'base and source branch'
is "$(report '.notes[]')" "range ${base:0:12}..${head:0:12}, from GitLab, \
CI_MERGE_REQUEST_DIFF_BASE_SHA and CI_MERGE_REQUEST_SOURCE_BRANCH_SHA" 'JSON: where the range is from'
like "$out" "^note: range ${base:0:12}\.\.${head:0:12}, from GitLab" 'text: the same'
export CI_MERGE_REQUEST_SOURCE_BRANCH_SHA='' CI_COMMIT_SHA=$head
lint 1 "$found" 'no source branch: the commit'
like "$(report '.notes[]')" 'CI_MERGE_REQUEST_DIFF_BASE_SHA and CI_COMMIT_SHA$' 'is told'
lint 0 '' 'an argument wins' HEAD~1..HEAD
CI_COMMIT_SHA='' refused 2 'does not name two commits' 'no commit at all'
CI_COMMIT_SHA=--help refused 2 'does not name two commits' 'no id'
CI_MERGE_REQUEST_DIFF_BASE_SHA=1234567890123456789012345678901234567890 \
	refused 2 "unknown revision '1234567890" 'a base that is not there'
unset "${!CI_@}"
refused 2 'is needed' 'without variables'

# event JSON: of GitHub.
event() {
	cat >"$home/event.json"
	export GITHUB_EVENT_PATH=$home/event.json
}

test_begin 'GitHub: events'
in_repo repo
split send >>$kvm/lapic.c
commit 'send'
head=$(git rev-parse HEAD)
event <<<"{\"pull_request\": {\"base\": {\"sha\": \"$base\"}, \"head\": {\"sha\": \"$head\"}},
	\"before\": \"x\"}"
lint 1 "$found" 'pull_request'
like "$(report '.notes[]')" 'from GitHub, pull_request of GITHUB_EVENT_PATH$' 'is told'
event <<<"{\"merge_group\": {\"base_sha\": \"$base\", \"head_sha\": \"$head\"}}"
lint 1 "$found" 'merge_group'
event <<<"{\"before\": \"$base\", \"after\": \"$head\"}"
lint 1 "$found" 'push'
event <<<"{\"before\": \"0000000000000000000000000000000000000000\", \"after\": \"$head\"}"
refused 2 'no commit before this push.*origin/main' 'the push of a new branch'
event <<<"{\"pull_request\": {\"base\": {\"sha\": 7}, \"head\": null}}"
refused 2 'does not name two commits' 'an event of another form'
event <<<'{"schedule": "0 0 * * *"}'
refused 2 'is needed' 'an event without commits'
event <<<'[]'
refused 2 'is needed' 'an event that is no object'
event <<<'{'
refused 2 'event\.json:[0-9]+: ' 'an event that is no JSON'
GITHUB_EVENT_PATH=/nosuch refused 2 'GITHUB_EVENT_PATH.*nosuch' 'an event that is not there'
unset GITHUB_EVENT_PATH

# gitlab DIR [NAME=VALUE...]: the job.
gitlab() {
	local dir=$1
	shift
	steps gitlab gitlab-ci.yml >"$home/script"
	as_service 'bash -eo pipefail' "$dir" GITLAB_CI=true \
		CI_PIPELINE_SOURCE=merge_request_event CI_PROJECT_DIR="$PWD/$dir" \
		CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" CI_MERGE_REQUEST_SOURCE_BRANCH_SHA= \
		CI_COMMIT_SHA="$head" "$@"
}

service 'GitLab: the job'
report=icrfix-codequality.json
is "$(field gitlab-ci.yml 't["icrfix"]["variables"]["GIT_DEPTH"]')" 0 'asks for all of the history'
is "$(field gitlab-ci.yml 't["icrfix"]["image"]')" debian:12 'runs on Debian 12'
is "$(field gitlab-ci.yml 't["icrfix"]["artifacts"]["reports"]["codequality"]')" $report 'the report'
clone builds 0 +refs/pipelines/7:refs/pipelines/7
gitlab builds
is "$status" 1 'fails where something is introduced'
like "$out" 'introduced by [0-9a-f]{12}: the third in lapic\.c' 'says what in the log'
ok 'leaves a code quality report' ci_format gitlab builds/$report
is "$(jq -r '.[] | "\(.check_name) \(.location.path)"' builds/$report)" \
	"icr-split-write $kvm/lapic.c" 'with the finding'
gitlab builds CI_COMMIT_SHA="$base"
is "$status $(cat builds/$report)" '0 []' 'passes where nothing is introduced'
gitlab builds CI_MERGE_REQUEST_SOURCE_BRANCH_SHA="$head" CI_COMMIT_SHA="$merge"
is "$status" 1 'a pipeline for the merge result'
rm -f builds/$report && ln -s ../outside builds/$report && echo mine >outside
gitlab builds
is "$status $(cat outside)" '1 mine' 'writes through no link that a tree brings'
clone shallow 1 +refs/pipelines/7:refs/pipelines/7
gitlab shallow
is "$status" 2 'a clone that was cut off: status'
like "$err" 'GIT_DEPTH: "0"' 'a clone that was cut off: what to do'
if [ "$(id -u)" = 0 ]; then
	chown -R 65534 builds
	gitlab builds
	is "$status" 1 'a check-out of another user'
else
	skip 'needs root to change an owner'
fi

service 'GitLab: icrfix is built'
rm bin/icrfix
if git -C "$project" rev-parse -q --verify HEAD >/dev/null; then
	# Nothing is installed, and compiled only once for all tests.
	printf '#!/bin/sh\necho "apt-get $*" >>%s/log\n' "$PWD" >bin/apt-get
	# shellcheck disable=SC2016 # for that script
	# shellcheck disable=SC2016 # for the shell that runs it
	printf '#!/bin/sh\necho "make $*" >>%s/log\ncp %s "$3/icrfix"\n' "$PWD" "$ICRFIX" >bin/make
	chmod +x bin/*
	clone builds 0 +refs/pipelines/7:refs/pipelines/7
	steps gitlab gitlab-ci.yml | sed "s,=/tmp/icrfix$,=$PWD/icrfix," >"$home/script"
	as_service 'bash -eo pipefail' builds ICRFIX_SETUP=skip ICRFIX_URL="file://$project" \
		CI_PROJECT_DIR="$PWD/builds" CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" \
		CI_COMMIT_SHA="$head"
	is "$status" 1 'and run'
	is "$(grep -c . <(jq -r '.[].check_name' builds/$report))" 1 'it finds its rules'
	is "$(grep ^make log)" "make -s -C $PWD/icrfix icrfix" 'in a directory of its own'
	rm -rf icrfix
	as_service 'bash -eo pipefail' builds CI_PROJECT_DIR="$PWD/builds"
	like "$err" 'ICRFIX_URL: is not set' 'without its address: what is missing'
	ok 'and the job fails' test "$status" != 0
else
	skip 'this is no repository' 5
fi

# github DIR SHELL [NAME=VALUE...]: the step that lints.
github() {
	local dir=$1 shell=$2
	shift 2
	steps github github.yml Lint >"$home/script"
	as_service "$shell" "$dir" GITHUB_ACTIONS=true \
		GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH="$home/event.json" \
		GITHUB_WORKSPACE="$PWD/$dir" GITHUB_SHA="$merge" GITHUB_REF=refs/pull/1/merge "$@"
}

service 'GitHub: the workflow'
is "$(field github.yml '[s["with"]["fetch-depth"] for s in t["jobs"]["lint"]["steps"] if s.get("uses", "").startswith("actions/checkout@")]')" \
	'[0]' 'asks for all of the history'
is "$(field github.yml '[s["with"]["sarif_file"] for s in t["jobs"]["lint"]["steps"] if s.get("uses", "").startswith("github/codeql-action/upload-sarif@")]')" \
	"['icrfix.sarif']" 'uploads SARIF'
is "$(field github.yml 't["permissions"]')" "{'contents': 'read', 'security-events': 'write'}" \
	'may do no more than that'
event <<<"{\"pull_request\": {\"base\": {\"sha\": \"$tip\"}, \"head\": {\"sha\": \"$head\"}}}"
clone tree 0 "+$merge:refs/remotes/pull/1/merge"
for shell in 'bash -e' 'sh -e'; do
	github tree "$shell"
	is "$status" 1 "fails where something is introduced ($shell)"
done
cp "$home/out" commands
ok 'prints workflow commands' ci_format github commands
is "$(ci_format github commands | jq -r '.[] | "\(.kind) \(.file) \(.title)"')" \
	"warning $kvm/lapic.c icr-split-write" 'with the finding'
is "$(jq -r '.runs[0].results[].ruleId' tree/icrfix.sarif)" icr-split-write 'and leaves SARIF'
rm -f tree/icrfix.sarif && ln -s ../outside tree/icrfix.sarif && echo mine >outside
github tree 'bash -e'
is "$status $(cat outside)" '1 mine' 'writes through no link that a tree brings'
event <<<"{\"pull_request\": {\"base\": {\"sha\": \"$head\"}, \"head\": {\"sha\": \"$head\"}}}"
github tree 'bash -e'
is "$status $out" '0 ' 'passes where nothing is introduced'
event <<<"{\"pull_request\": {\"base\": {\"sha\": \"$tip\"}, \"head\": {\"sha\": \"$head\"}}}"
clone shallow 1 "+$merge:refs/remotes/pull/1/merge"
github shallow 'bash -e'
is "$status" 2 'a clone that was cut off: status'
like "$err" 'fetch-depth: 0' 'a clone that was cut off: what to do'
if [ "$(id -u)" = 0 ]; then
	chown -R 65534 tree
	github tree 'bash -e'
	is "$status" 1 'a check-out of another user'
else
	skip 'needs root to change an owner'
fi

# server: a repository with the hook, and a clone, the current directory.
server() {
	test_begin "$1"
	in_repo repo
	cd .. && git clone -q --bare repo server.git || exit
	cp "$ci/pre-receive" server.git/hooks/
	mkdir bin && ln -s "$ICRFIX" bin/icrfix
	cd repo && git remote add origin ../server.git || exit
}

# push STATUS TEXT ARGS...: as git push; what the hook said is in $err.
push() {
	local want="$1" text=$2
	shift 2
	run env PATH="$home/work/bin:$PATH" git push origin "$@"
	is "$status" "$want" "$text"
}

refs() {
	git -C ../server.git for-each-ref --format='%(refname:short) %(objectname)'
}

server 'pre-receive'
plain 1 >$kvm/a.c && commit 'clean'
push 0 'a clean push' linux-5.10.y
unlike "$err" 'icrfix|base:' 'says nothing of it'
clean=$(git rev-parse HEAD)
split send >>$kvm/lapic.c
commit 'send'
before=$(refs)
push 1 'a finding' linux-5.10.y
like "$err" 'lapic\.c:[0-9]+:2: warning: .* \[icr-split-write\]' 'is told'
like "$err" 'refs/heads/linux-5\.10\.y: refused: its commits introduce what is told above' 'and refused'
is "$(refs)" "$before" 'the server is as before'
push 1 'a finding in a new branch' HEAD:refs/heads/new
push 1 'behind a clean commit' "$clean:refs/heads/ok" HEAD:refs/heads/new
is "$(refs)" "$before" 'all or nothing'
mend send $kvm/lapic.c
commit 'and mend'
push 0 'introduced and mended' linux-5.10.y
push 0 'a new branch without new commits' HEAD:refs/heads/same
plain 2 >$kvm/b.c && commit 'more'
push 0 'a new branch with one' HEAD:refs/heads/more
git reset -q --hard "$clean"
plain 3 >$kvm/c.c && commit 'another way'
push 0 'a forced push' --force linux-5.10.y
git commit -q --amend -m 'amended' && split send >>$kvm/lapic.c && commit 'send again'
push 1 'a forced push with a finding' --force linux-5.10.y
git tag -a -m 'a finding' v1
push 0 'a tag is never held up' v1
push 1 'nor does it let a branch in' HEAD:refs/heads/by-tag
push 0 'other refs' HEAD:refs/notes/x
push 0 'a branch that is deleted' :more
push 1 'deleted and pushed at once: refused' --atomic :same +HEAD:linux-5.10.y
like "$(refs)" '^same ' 'and nothing is deleted'
push 0 'a tag that is deleted' :refs/tags/v1

server 'pre-receive: histories'
{ echo '#include "lapic.h"' && split send; } >$kvm/send.c
commit 'a finding from before the hook'
git --git-dir=../server.git fetch -q ../repo HEAD:refs/heads/old
old=$(git rev-parse HEAD)
plain 1 >$kvm/a.c && commit 'on top of it'
push 0 'what a branch has does not count' HEAD:refs/heads/topic
git switch -q -c side "$base"
plain 2 >$kvm/b.c && commit 'beside'
git merge -q --no-edit "$old"
push 0 'nor in a merge' HEAD:refs/heads/merged
merge evil linux-5.10.y
split evil >>$kvm/lapic.c
commit 'evil'
push 1 'what the merge adds does' HEAD:refs/heads/evil
git switch -q --orphan other
mkdir -p $kvm
{ echo '#include "lapic.h"' && split send; } >$kvm/send.c
commit 'another root'
push 1 'a history of its own' HEAD:refs/heads/other
cd .. && git init -q --bare empty.git && cp "$ci/pre-receive" empty.git/hooks/ || exit
cd repo && git remote set-url origin ../empty.git || exit
push 0 'the first branch of an empty repository' "$base:refs/heads/linux-5.10.y"

server 'pre-receive: what cannot be looked at'
macro SEND >>$kvm/lapic.c
commit 'a macro'
push 1 'not analysed' linux-5.10.y
like "$err" 'not analysed: SEND: in a macro' 'is told'
like "$err" 'refused, since some code could not be analysed; .* git config icrfix\.hookOpen true' \
	'with what to do'
git -C ../server.git config icrfix.hookOpen true
split send >>$kvm/lapic.c
commit 'and a finding'
push 1 'hookOpen lets no finding in' linux-5.10.y
push 0 'hookOpen lets in what was not analysed' HEAD~1:linux-5.10.y
like "$err" 'accepted, although some code could not be analysed' 'and says so'
git reset -q --hard HEAD~1
plain 1 >$kvm/a.c && commit 'clean'
rm ../bin/icrfix
push 0 'hookOpen: no icrfix' linux-5.10.y
like "$err" 'accepted, although icrfix could not look at it \(status 127\)' 'is told'
git -C ../server.git config icrfix.hookOpen false
plain 2 >$kvm/b.c && commit 'clean, too'
push 1 'otherwise: no icrfix' linux-5.10.y
like "$err" 'refused, since icrfix could not look at it \(status 127\).*icrfix\.hookOpen' 'is told'
push 0 'a deleted branch needs none' HEAD~1:refs/tags/t :refs/tags/nosuch
ln -s "$ICRFIX" ../bin/icrfix
git -C ../server.git config icrfix.hookArgs '--rule nosuch'
push 1 'options that icrfix does not take' linux-5.10.y
like "$err" "there is no rule 'nosuch'" 'are told'
git -C ../server.git config icrfix.hookArgs '--fail-on error --rule icr-split-write'
split send >>$kvm/lapic.c
commit 'a warning'
push 0 'options that it takes' linux-5.10.y

test_begin 'b4: the check'
in_repo repo
git switch -q -c topic
plain 1 >$kvm/a.c && commit 'KVM: x86: Add a file'
split send >>$kvm/lapic.c
commit 'KVM: x86: Send it'
git format-patch -q --cover-letter -o ../mails "$base..topic"
git switch -q linux-5.10.y
mkdir ../bin && ln -s "$ICRFIX" ../bin/icrfix
mapfile -t words < <(steps b4 b4.md | sed '/^$/,$d')
is "$(steps b4 b4.md | grep -c '^$')" 2 'two command lines'
is "$(steps b4 b4.md)" "$(printf '%s\n' "${words[@]}" '' "${words[@]}" '')" 'that are one'
before=$(all_of .)
for mail in ../mails/*; do
	PATH=$home/work/bin:$PATH timeout 60 "${words[@]}" <"$mail" >"$home/out" 2>"$home/err"
	status=$? out=$(cat "$home/out") err=$(cat "$home/err")
	case $mail in
	*0000*) expected='0 []' ;;
	*0001*) expected='0 ["pass"]' ;;
	*0002*) expected='1 ["fail"]' ;;
	esac
	is "$status $(jq -c 'map(.status)' <<<"$out")" "$expected" "${mail##*/}"
	ok "${mail##*/}: the shape that b4 reads" valid_b4 "$home/out"
	is "$err" '' "${mail##*/}: nothing on stderr"
done
is "$(all_of .)" "$before" 'the repository is as before'

done_testing
