# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Patch series as mails, made by git from a repository of the sample:
#
#	series_repo DIR			a repository whose branch main is the sample, made today
#	series_mails DIR NAME VERSION KIND...
#
# The latter commits a function for each KIND to lapic.c, on top of main, and
# leaves the mails of the series in mails/NAME-vVERSION/ (0000 is the cover of
# more than one).  KIND is "good", "bad" (an open-coded split) or "bad2" or
# "bad3" (the same in other words), perhaps with ":FUNCTION", the function's name.  $series_from is the sender,
# $series_ago how many minutes ago it was sent.

series_from='A Developer <dev@example.org>'
series_ago=60

series_repo() {
	git init -q -b main "$1" && sample_tree "$1" full && git -C "$1" add -A &&
		git -C "$1" commit -q -m sample
}

# series_code KIND FUNCTION
series_code() {
	echo
	echo "int $2(struct kvm_lapic *apic, u64 data)"
	echo '{'
	case $1 in
	bad)
		printf '\tkvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));\n'
		printf '\treturn kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);\n'
		;;
	bad3)
		printf '\tkvm_lapic_set_reg(apic, APIC_ICR2, (u32)(data >> 32));\n'
		printf '\tkvm_lapic_set_reg(apic, APIC_ICR, (u32)data);\n'
		printf '\treturn 0;\n'
		;;
	bad2)
		printf '\tu32 high = data >> 32;\n\n'
		printf '\tkvm_lapic_reg_write(apic, APIC_ICR2, high);\n'
		printf '\treturn kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);\n'
		;;
	*) printf '\treturn kvm_lapic_reg_write(apic, APIC_EOI, (u32)data);\n' ;;
	esac
	echo '}'
}

series_mails() {
	local dir=$1 name=$2 version=$3 n=0 kind date out who
	shift 3
	who=(-c "user.name=${series_from% <*}" -c "user.email=$(sed 's/.*<//; s/>//' <<<"$series_from")")
	date="$(($(date +%s) - series_ago * 60)) +0000"
	out=$PWD/mails/$name-v$version
	rm -rf "$out"
	git -C "$dir" checkout -q --detach main
	for kind; do
		n=$((n + 1))
		case $kind in
		*:*) series_code "${kind%%:*}" "${kind#*:}" ;;
		*) series_code "$kind" "${name}_$n" ;;
		esac >>"$dir/arch/x86/kvm/lapic.c"
		GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date git -C "$dir" "${who[@]}" \
			commit -q -a -m "KVM: x86: $name, part $n" -m 'More of it.'
	done
	[ $# -gt 1 ] && who+=(-c format.coverLetter=true)
	git -C "$dir" "${who[@]}" format-patch -q -v "$version" -o "$out" --thread=shallow main
	series_finish "$out" "$name" "$date" "$version"
	git -C "$dir" checkout -q main
}

# What git leaves to the sender: the cover's title and date, and ids that differ.
series_finish() {
	local file
	for file in "$1"/*.patch; do
		sed -i -e 1d -e "s/\*\*\* SUBJECT HERE \*\*\*/KVM: x86: $2/" \
			-e 's/\*\*\* BLURB HERE \*\*\*/About it./' \
			-e "s/<cover\./<cover.$2.$4./g" -e "/^Date: /s/.*/Date: $(date -u -R -d "@${3% *}")/" "$file"
	done
}
