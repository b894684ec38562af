/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAIL_ENCODE_H
#define MAIL_ENCODE_H

#include "base/buf.h"

/*
 * Add the MIME fields, the blank line that ends the header, and a body: 8bit
 * as it is where that is safe, else quoted-printable (RFC 2045).  Not safe are
 * a line that begins with "From ", CR and other control characters (but TAB),
 * hidden format characters, and lines of more than 900 bytes.
 */
void encode_body(struct buf *out, const char *p, size_t n);

#endif
