#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Patches that mean harm or are merely odd, as icrfix lint applies them: each is
# refused with a reason or applied as git does it; nothing is written.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lint.sh
. "$tests/lib/lint.sh"
# A test at the end of a pipe is one of this shell.
shopt -s lastpipe

# A repository with files, a link and a directory, and something outside of it.
in_odd_repo() {
	mkdir outside && echo kept >outside/kept
	sample_repo repo && cd repo || exit
	seq 20 >a
	echo b >b
	mkdir d && echo c >d/c
	ln -s ../outside link
	sample_commit . more
	before=$(sums)
}

# Every file of the repository's own directory, and all that lies outside.
sums() {
	find .git ../outside -type f -print0 | sort -z | xargs -0 sha1sum
	find "$home/work" -name 'pwned*'
}

# mail [N M]: the diff on standard input as a mail at the end of ../patch.mbox.
mail() {
	local n=${1-1} m=${2-1}
	printf 'From 0 Mon Sep 17 00:00:00 2001\nFrom: A <a@example.org>\n'
	printf 'Date: Fri, 10 Sep 2021 22:28:1%s +0000\nMessage-ID: <%s@example.org>\n' "$n" "$n"
	[ "$n" = 1 ] || echo 'In-Reply-To: <1@example.org>'
	printf 'Subject: [PATCH %s/%s] x\n\nx\n---\n' "$n" "$m"
	cat
	printf -- '-- \n2.39.5\n\n'
} >>../patch.mbox

# lints STATUS TEXT: and nothing is written anywhere.
lints() {
	run icrfix lint --format json="$home/report.json" --base HEAD ../patch.mbox
	is "$status" "$1" "$2: status"
	is "$(sums)" "$before" "$2: nothing is written"
	rm ../patch.mbox
}

# refuse PATH REGEX TEXT [N M]: the diff on standard input.
refuse() {
	mail "${@:4}"
	lints 3 "$3"
	is "$(report '.patches[-1] | "\(.applied) \(.refused.path)"')" "no $1" "$3: which file"
	like "$(report '.patches[-1].refused.reason')" "$2" "$3: why"
}

# same HOW TEXT: the diff on standard input applies, and as git does it.
same() {
	cat >../diff
	mail <../diff
	lints 0 "$2"
	rm -rf ../clone
	git clone -q . ../clone && git -C ../clone apply --index ../diff 2>/dev/null
	is "$(report '.patches[0] | "\(.applied) \(.tree)"')" "$1 $(git -C ../clone write-tree)" \
		"$2: the tree is that of git"
}

new_file() {
	printf 'diff --git a/%s b/%s\nnew file mode %s\n--- /dev/null\n+++ b/%s\n@@ -0,0 +1 @@\n+%s\n' \
		"$1" "$1" "${2:-100644}" "$1" "${3:-x}"
}

test_begin 'names'
in_odd_repo
for name in ../pwned ../outside/pwned d/../../pwned /pwned .git/pwned .GIT/hooks/pwned \
	d/.git/pwned d//pwned ./pwned d/./pwned pwned/; do
	new_file "$name" | mail
	lints 3 "$name"
	like "$(report '.patches[0].refused.reason')" \
		"refused file name|does not|no name|contradict|there is no diff" "$name: why"
done
printf 'diff --git a/a b/../pwned\nsimilarity index 100%%\nrename from a\nrename to ../pwned\n' |
	refuse null 'refused file name .\.\./pwned' 'a rename to the outside'
printf 'diff --git a/a b/pwned\ncopy from ../outside/kept\ncopy to pwned\n' |
	refuse null 'refused file name .\.\./outside' 'a copy from the outside'
printf -- '--- a/../outside/kept\n+++ b/../outside/kept\n@@ -1 +1 @@\n-kept\n+pwned\n' |
	refuse null 'refused file name' 'a plain diff of the outside'
printf 'diff --git "a/pw\\033ned" "b/pw\\033ned"\nnew file mode 100644\n--- /dev/null\n' |
	cat - <(printf '+++ "b/pw\\033ned"\n@@ -0,0 +1 @@\n+x\n') |
	refuse null 'refused file name' 'a name with an escape'
unlike "$(cat "$home/err" "$home/report.json")" $'\033' 'no escape is shown'

test_begin 'links'
in_odd_repo
new_file link/pwned | refuse link/pwned 'above it is not a directory' 'below a link'
printf 'diff --git a/link/kept b/link/kept\n--- a/link/kept\n+++ b/link/kept\n@@ -1 +1 @@\n-kept\n+x\n' |
	refuse link/kept 'does not exist' 'a file behind a link'
{
	new_file out 120000 ../outside
	new_file out/pwned
} | refuse out 'a directory of that name' 'a link and a file below it'
new_file out 120000 ../outside | mail 1 2
new_file out/pwned | refuse out/pwned 'above it is not a directory' 'the same as a series' 2 2
printf 'diff --git a/link b/link\nindex 1..2 100644\n--- a/link\n+++ b/link\n@@ -1 +1 @@\n-x\n+y\n' |
	refuse link 'is a symbolic link here, but a file in the patch' 'a link that is patched as a file'
printf 'diff --git a/a b/a\nold mode 100644\nnew mode 120000\n' |
	refuse a 'becomes a symbolic link out of a file' 'a file that becomes a link'
{
	printf 'diff --git a/link b/link\ndeleted file mode 120000\n--- a/link\n+++ /dev/null\n'
	printf '@@ -1 +0,0 @@\n-../outside\n\\ No newline at end of file\n'
	new_file link/x
} | same exact 'a link that makes room for a directory'

test_begin 'modes'
in_odd_repo
new_file n 100755 | same exact 'executable'
new_file n 100777 | same exact 'more than executable'
new_file n 100600 | same exact 'less than readable'
new_file n 160000 | refuse n 'is a submodule' 'a submodule'
new_file n 040000 | refuse n 'not that of a file' 'a directory'
new_file n 0 | same exact 'none'
printf 'diff --git a/a b/a\nold mode 100644\nnew mode 100755\n' | same exact 'a mode only'
git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),sub" && git commit -q -m sub
before=$(sums)
printf 'diff --git a/sub b/sub\n--- a/sub\n+++ b/sub\n@@ -1 +1 @@\n-Subproject commit %s\n+x\n' \
	"$(git rev-parse HEAD~)" | refuse sub 'is a submodule here' 'a submodule that is patched'
new_file sub/pwned | refuse sub/pwned 'above it is not a directory' 'below a submodule'

test_begin 'what is there, and what is not'
in_odd_repo
new_file a | refuse a 'exists already' 'a new file that exists'
new_file d | refuse d 'a directory of that name' 'a new file where a directory is'
new_file a/x | refuse a/x 'above it is not a directory' 'below a file'
printf 'diff --git a/a b/b\nrename from a\nrename to b\n' | refuse b 'exists already' \
	'a rename over a file'
printf 'diff --git a/a b/b\ncopy from a\ncopy to b\n' | refuse b 'exists already' \
	'a copy over a file'
printf 'diff --git a/no b/n\nrename from no\nrename to n\n' | refuse n 'does not exist' \
	'a rename of nothing'
printf 'diff --git a/a b/b\nrename from a\nrename to b\n%s\nrename from b\nrename to a\n' \
	'diff --git a/b b/a' | same exact 'a swap'
printf 'diff --git a/d/c b/d\nrename from d/c\nrename to d\n' |
	same exact 'a file in the place of its directory'
printf 'diff --git a/b b/b/b\nrename from b\nrename to b/b\n' |
	same exact 'a directory in the place of its file'
printf 'diff --git a/b b/b\ndeleted file mode 100644\n--- a/b\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n' |
	same exact 'a deleted file'
printf 'diff --git a/a b/a\ndeleted file mode 100644\n--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n' |
	refuse a 'does not fit at the' 'only some of a file deleted'
printf 'diff --git a/a b/a\ndeleted file mode 100644\n' |
	refuse a 'has more lines' 'a file deleted without its lines'
printf 'diff --git a/n b/n\nnew file mode 100644\n' | same exact 'an empty file'

test_begin 'what cannot be applied'
in_odd_repo
printf 'diff --git a/a b/a\nindex 1..2 100644\nGIT binary patch\nliteral 1\nIcmZPo000310RR91\n\nliteral 0\nHcmV?d00001\n\n' |
	refuse a 'binary patch' 'a binary patch'
printf 'diff --git a/a b/a\nindex 1..2 100644\nBinary files a/a and b/a differ\n' |
	refuse a 'binary patch' 'a binary patch without its bytes'
printf 'diff --git a/a b/a\nindex 1..2 100644\n' | refuse a 'changes nothing' 'no change'
printf -- '--- a/a\n+++ b/a\n@@ -1 +1 @@\n 1\n' | refuse a 'changes nothing|at the end' \
	'a hunk without a change'
printf 'diff --git a/a b/a\nrename from a\nrename to n\n--- a/b\n+++ b/n\n@@ -1 +1 @@\n-b\n+x\n' |
	refuse n 'contradict' 'two names for one file'
printf 'diff --git a/a b/a\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n' |
	refuse a 'contradict' 'new, but not by its header'
printf 'diff --git a/b b/b\nindex 1..2 100644\n+++ b/b\n@@ -1 +1 @@\n-b\n+x\n' |
	refuse null 'damaged|belongs to no file' 'half of a header'
printf -- '--- a/b\n+++ b/b\n@@ -1 +1 @@\n-b\n+x\nmore\n@@ -1 +1 @@\n-1\n+x\n' |
	refuse null 'belongs to no file' 'a hunk of no file'

test_begin 'what a partial clone lacks'
in_odd_repo
blob=$(git rev-parse HEAD:a)
rm -f ".git/objects/${blob:0:2}/${blob:2}"
before=$(sums)
printf -- '--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n-1\n+x\n 2\n' | mail
run icrfix lint --base HEAD ../patch.mbox
fails_with 2 "a \(blob ${blob:0:12}\) is not in this repository.*cat-file blob $blob" \
	'a file without its blob'
printf 'diff --git a/a b/n\nrename from a\nrename to n\n' >../diff
rm ../patch.mbox
mail <../diff
lints 0 'its rename, for which nobody needs to read it'

test_begin 'line ends'
in_odd_repo
printf 'one\r\ntwo\r\nthree\r\n' >crlf
sample_commit . crlf
before=$(sums)
crlf() {
	printf 'From: A <a@example.org>\nSubject: [PATCH] x\nMessage-ID: <c@example.org>\n'
	printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n'
	printf 'Content-Transfer-Encoding: %s\n\n' "$1"
	cat
} >../patch.mbox
crlf_diff() {
	printf 'x\n---\ndiff --git a/crlf b/crlf\n--- a/crlf\n+++ b/crlf\n'
	printf '@@ -1,3 +1,3 @@\n one\r\n-two\r\n+zwei\r\n three\r\n'
}
crlf_diff | base64 | crlf base64
lints 0 'a file with CRLF'
is "$(report '.patches[0].applied')" exact 'a file with CRLF: its CRs are content'
crlf_diff | tr -d '\r' | crlf 7bit
lints 3 'a file with CRLF, a diff without'
printf 'x\r\n---\r\n--- a/b\r\n+++ b/b\r\n@@ -1 +1 @@\r\n-b\r\n+x\r\n' | crlf 7bit
sed -i 's/\r*$/\r/' ../patch.mbox
lints 0 'a mail with CRLF'
is "$(report '.patches[0].applied')" exact 'a mail with CRLF: its CRs are not'

test_begin '3-way'
in_odd_repo
printf 'diff --git a/a b/a\nindex %s..1111111 100644\n--- a/a\n+++ b/a\n@@ -1,6 +1,6 @@\n 1\n 2\n 3\n-4\n+vier\n 5\n 6\n' \
	"$(git rev-parse --short HEAD:a)" >../diff
sed -i 1i0 a
sample_commit . 'a line above'
before=$(sums)
mail <../diff
lints 0 'another first line'
is "$(report '.patches[0].applied')" 3-way 'another first line: merged'
sed -i 's/^4$/four/' a
sample_commit . 'the same line'
before=$(sums)
refuse a 'hunk 1 of 1 does not fit.*; 3-way: conflicting changes in a$' 'the same line' <../diff
sed -i 's/^four$/vier/' a
sample_commit . 'already'
before=$(sums)
mail <../diff
lints 0 'already there'
is "$(report '.patches[0] | "\(.applied) \(.tree)"')" "already $(git rev-parse 'HEAD^{tree}')" \
	'already there: the tree is as it was'
sed 's/^index [0-9a-f]*/index 1234567/' ../diff |
	refuse a '; 3-way: the repository lacks blob 1234567 of a$' 'no such blob'
sed '/^index/d' ../diff | refuse a '; 3-way: the diff has no index line for a$' 'no index line'
sed "s/^index [0-9a-f]*/index $(git rev-parse --short 'HEAD^{tree}')/" ../diff |
	refuse a 'lacks blob' 'the id of a tree'

test_begin 'too much'
in_odd_repo
# Enough for what is told here, not for what is claimed.
bounded() {
	rm -f "$home/report.json"
	run bash -c "ulimit -v 2000000; exec timeout 60 '$ICRFIX' lint --base HEAD \
		--format json='$home/report.json' ../patch.mbox"
	is "$status" "$1" "$2: status"
	is "$(sums)" "$before" "$2: nothing is written"
	rm ../patch.mbox
}
for count in 9999999 10000000 10000001 4294967297 18446744073709551617; do
	printf -- '--- a/a\n+++ b/a\n@@ -1,%s +1,%s @@\n 1\n-2\n+x\n' "$count" "$count" | mail
	bounded 3 "a hunk that claims $count lines"
	like "$(report '.patches[0].refused.reason')" 'damaged diff' "$count: why"
done
printf -- '--- a/a\n+++ b/a\n@@ -%s,3 +%s,3 @@\n 1\n-2\n+x\n 3\n' 999999999 999999999 | mail
bounded 0 'a hunk far behind the end'
is "$(report '.patches[0].applied')" moved 'a hunk far behind the end: found where it fits'
{
	printf 'diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n'
	printf '@@ -0,0 +1,3500000 @@\n'
	yes +1234567 | head -n 3500000
} | mail
bounded 0 'a new file of 28 MB'
is "$(report '.patches[0].applied')" exact 'a new file of 28 MB: applied'
{
	printf -- '--- a/a\n+++ b/a\n@@ -1,3500000 +1,3500000 @@\n-1\n+x\n'
	yes ' 234567' | head -n 3499999
} | mail
bounded 3 'a hunk of 28 MB'
{
	printf 'diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n'
	printf '@@ -0,0 +1,9000000 @@\n'
	yes +12345678901 | head -n 9000000
} | mail
bounded 2 'a new file of 100 MB'
like "$err" 'patch\.mbox.*(larger|more) than' 'a new file of 100 MB: why'
for i in $(seq 20001); do
	printf -- '--- a/n%d\n+++ b/n%d\n@@ -0,0 +1 @@\n+x\n' "$i" "$i"
done | mail
bounded 3 '20,001 files'
like "$(report '.patches[0].refused.reason')" 'more than 20000 files' '20,001 files: why'
# A file of which one copy is fine and a hundred are not.
yes 12345678 | head -n 1000000 >large
sample_commit . large
before=$(sums)
for i in $(seq 100); do
	printf 'diff --git a/large b/n%d\ncopy from large\ncopy to n%d\n' "$i" "$i"
	printf -- '--- a/large\n+++ b/n%d\n@@ -1,2 +1,2 @@\n-12345678\n+x\n 12345678\n' "$i"
done | mail
bounded 3 'a hundred copies'
like "$(report '.patches[0].refused.reason')" 'more than 268435456 bytes' 'a hundred copies: why'
head -c 67108865 /dev/zero >large
sample_commit . 'too large'
before=$(sums)
printf -- '--- a/large\n+++ b/large\n@@ -0,0 +1 @@\n+x\n' | mail
bounded 3 'a file of more than 64 MB'
like "$(report '.patches[0].refused.reason')" 'is larger than 67108864 bytes' \
	'a file of more than 64 MB: why'
printf 'diff --git a/large b/moved\nrename from large\nrename to moved\n' | mail
bounded 0 'its rename'

done_testing
