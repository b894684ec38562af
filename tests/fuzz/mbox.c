// SPDX-License-Identifier: GPL-2.0-only
#include "mail/mbox.h"

#include <stdlib.h>

#include "fuzz.h"
#include "mail/gunzip.h"

static int count(void *ctx, const char *p, size_t n, struct err *err)
{
	size_t *left = ctx;

	(void)err;
	if (n > *left || (n && !p))
		abort();
	*left -= n;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf out = BUF_INIT_MAX(1 << 20);
	struct err err = ERR_INIT;
	size_t left = size;

	if (gunzip_is(data, size)) {
		if (gunzip(data, size, &out, &err))
			err_release(&err);
		left = out.len;
		if (mbox_each(out.p ? out.p : "", out.len, count, &left, &err))
			err_release(&err);
	} else if (mbox_each((const char *)data, size, count, &left, &err)) {
		err_release(&err);
	}
	buf_release(&out);
	return 0;
}
