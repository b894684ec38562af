#!/usr/bin/perl -w
# SPDX-License-Identifier: GPL-2.0-only
#
# covers.pl MAIL... - the Message-IDs of cover letters and of single patches.
use strict;
for my $file (@ARGV) {
	open my $fh, '<', $file or die "$file: $!\n";
	local $/ = "\n\n";
	(my $head = <$fh>) =~ s/\n[ \t]+/ /g;
	my ($subject) = $head =~ /^Subject:\s*(.*)/mi or next;
	my ($id) = $head =~ /^Message-ID:\s*<(.*)>/mi or next;
	print "$id\n" if $subject =~ m{^\[[^]]*PATCH(?![^]]*\b\d+\.\d+\b)(?![^]]*\d/)[^]]*\]}
		or $subject =~ m{^\[[^]]*PATCH[^]]*\b0+/\d+[^]]*\]};
}
