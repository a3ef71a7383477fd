# A platform's broker for mingchu-aot, on 127.0.0.1: takes one connection after the other and agrees to everything (MQTT 5:
# CONNACK, SUBACK, PUBACK), so that the gateway passes through all it does at a real one. Prints its port. perl-base is in every Debian.
use strict;
use warnings;
use IO::Socket::INET;

# An emulated board takes long.
alarm 1800;
my $door = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 1) or die "no port: $!";
$| = 1;
print $door->sockport, "\n";
my $peer;

sub bytes {
    my ($count) = @_;
    my $all = '';
    while (length $all < $count) {
        sysread $peer, $all, $count - length $all, length $all or die "gone\n";
    }
    return $all;
}

sub answer {
    my $head = ord bytes(1);
    # The length: seven bits a byte, the lowest first.
    my ($length, $shift, $digit) = (0, 0, 0x80);
    while ($digit & 0x80) {
        $digit = ord bytes(1);
        $length |= ($digit & 0x7f) << $shift;
        $shift += 7;
    }
    my $body = bytes($length);
    my $kind = $head >> 4;
    if ($kind == 1) {
        syswrite $peer, "\x20\x03\x00\x00\x00";
    } elsif ($kind == 3 && $head & 0x06) {
        syswrite $peer, "\x40\x02" . substr $body, 2 + unpack('n', $body), 2;
    } elsif ($kind == 8) {
        syswrite $peer, "\x90\x04" . substr($body, 0, 2) . "\x00\x01";
    } elsif ($kind == 12) {
        syswrite $peer, "\xd0\x00";
    }
}

while ($peer = $door->accept) {
    # Until it goes.
    eval { answer() while 1 };
}
