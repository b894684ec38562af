// SPDX-License-Identifier: GPL-2.0-only
#include "gunzip.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

bool gunzip_is(const void *p, size_t n)
{
	return n >= 2 && !memcmp(p, "\x1f\x8b", 2);
}

static int inflate_member(z_stream *z, struct buf *out)
{
	unsigned char chunk[32768];
	int rc;

	do {
		z->next_out = chunk;
		z->avail_out = sizeof(chunk);
		rc = inflate(z, Z_NO_FLUSH);
		if (rc == Z_OK || rc == Z_STREAM_END)
			buf_add(out, chunk, sizeof(chunk) - z->avail_out);
	} while (rc == Z_OK && !out->over);
	return rc;
}

int gunzip(const void *p, size_t n, struct buf *out, struct err *err)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)p, .avail_in = (uInt)n };
	int rc;

	if (n > UINT_MAX || inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return err_set(err, "cannot inflate %zu bytes", n);
	buf_add(out, "", 0);
	do {
		rc = inflate_member(&z, out);
		if (rc != Z_STREAM_END || out->over)
			break;
		/* Another member, or padding, which gzip ignores too. */
	} while (gunzip_is(z.next_in, z.avail_in) && inflateReset(&z) == Z_OK);
	inflateEnd(&z);
	if (out->over)
		return err_set(err, "inflates to more than the limit of %zu MB", out->max >> 20);
	if (rc != Z_STREAM_END)
		return err_status(err, STATUS_TEMPFAIL, "damaged or cut off gzip data");
	return 0;
}
