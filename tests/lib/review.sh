# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A small series to review; to be sourced after tap.sh.
# shellcheck disable=SC2034,SC2154 # $shared is for the tests, $home is of tap.sh

kvm=arch/x86/kvm
shared=${ICRFIX_SHARED_MAIL:-$project/../shared/mail}
# What a CI service that runs the tests says of itself.
unset "${!CI_@}" GITHUB_EVENT_PATH

# only_findings: no notes but those of the rules, whatever checks there will be.
only_findings() {
	sed -n 's/^\t{ "\([a-z-]*\)",.*/\1/p' "$project/src/review/review.c" |
		grep -vx findings | while read -r check; do
		git config --global "icrfix.check.$check" false
	done
}

# review_series: in the current directory the repository "repo", and "series.mbox"
# for it: a cover letter, a function (1/3), two splits (2/3, and there is a quote
# sign and a signature in the text), a file that is not in the tree (3/3).  The
# branch has moved on since: the series applies at other lines.
review_series() {
	only_findings
	sample_repo repo full
	git clone -q repo topic
	(
		cd topic && git switch -q -c topic
		sed -i '/^int kvm_lapic_reg_read/i int first_of_all(int a)\n{\n\treturn a + 1;\n}\n' \
			$kvm/lapic.c
		sample_commit . 'KVM: x86: Add a function'
		sed -i '/^int kvm_x2apic_msr_read/i int send_both(struct kvm_lapic *apic, u64 data)\n{\n\tkvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));\n\treturn kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);\n}\n' \
			$kvm/lapic.c
		sed -i '/^void kvm_apic_write_nodecode/,/^}/ { s/u32 val = 0;/struct kvm_lapic *apic = vcpu->arch.apic;\n\tu64 val;/
			s/\tkvm_lapic_reg_read(.*/\tval = *(u64 *)(apic->regs + offset);/
			s/\tkvm_lapic_reg_write(.*/\tkvm_lapic_reg_write(apic, APIC_ICR2, (u32)(val >> 32));\n\tkvm_lapic_reg_write(apic, APIC_ICR, (u32)val);/ }' \
			$kvm/lapic.c
		sample_commit . "KVM: x86: Send it, by both halves

The guest's write has 64 bits <b>not bold</b> & more.

> a line that looks like a quote
Signed-off-by: Tést User <test@example.org>"
		mkdir gone && echo one >gone/file
		git add . && git -c user.name=x commit -q -m x
		echo two >gone/file
		sample_commit . 'gone: Change a file'
		git format-patch -q --thread=shallow --cover-letter -v2 --to='KVM <kvm@example.org>' \
			--to='"Last, First" <first.last@example.net>' --cc='Test User <test@example.org>' \
			--cc='=?UTF-8?q?J=C3=BCrgen?= <juergen@example.de>' -o ../all \
			"HEAD~4..HEAD"
	)
	rm all/v2-0003-x.patch
	sed -i 's/^\(From: \).*/\1Ann Author <ann@example.org>/
		s/^\(Date: \).*/\1Fri, 10 Sep 2021 22:28:53 +0000/
		s/\*\*\* SUBJECT HERE \*\*\*/KVM: x86: Send/
		s/\(PATCH v2 .\)\/4/\1\/3/; s/PATCH v2 4/PATCH v2 3/' all/*
	cat all/*.patch >series.mbox
	sed -i '1i /* A line that is new on the branch. */\n' repo/$kvm/lapic.c
	sample_commit repo 'moved on'
}
