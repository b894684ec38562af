#!/usr/bin/perl -w
# SPDX-License-Identifier: GPL-2.0-only
#
# lore-listen.pl FILE COMMAND... - listen on $LORE_PORT of 127.0.0.1, else on a
# free port, write its number into FILE and hand the socket over as systemd does.
use strict;
use Fcntl qw(F_SETFD);
use IO::Socket::INET;
use POSIX qw(dup2);

my ($file, @command) = @ARGV;
my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ENV{LORE_PORT} || 0, Listen => 64,
			      ReuseAddr => 1) or die "listen: $!\n";
my $port = $s->sockport;
if (fileno($s) != 3) {
	dup2(fileno($s), 3) // die "dup2: $!\n";
} else {
	fcntl($s, F_SETFD, 0);
}
open my $fh, '>', "$file.new" or die "$file: $!\n";
print $fh $port;
close $fh;
rename "$file.new", $file or die "$file: $!\n";
$ENV{LISTEN_FDS} = 1;
$ENV{LISTEN_PID} = $$;
exec @command or die "$command[0]: $!\n";
