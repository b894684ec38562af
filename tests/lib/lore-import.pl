#!/usr/bin/perl -w
# SPDX-License-Identifier: GPL-2.0-only
#
# lore-import.pl INBOX MAIL... - put mails into a public-inbox in one go; what
# public-inbox-mda does for one mail a process.
use strict;
use PublicInbox::Config;
use PublicInbox::Eml;
use PublicInbox::InboxWritable;

my $inbox = PublicInbox::Config->new->lookup_name(shift @ARGV) or die "no such inbox\n";
my $to = PublicInbox::InboxWritable->new($inbox)->importer(0);
sub slurp {
	open my $fh, '<', $_[0] or die "$_[0]: $!\n";
	local $/;
	return scalar <$fh>;
}

for my $file (@ARGV) {
	my $raw = slurp($file);
	$to->add(PublicInbox::Eml->new(\$raw));
}
$to->done;
