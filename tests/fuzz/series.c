// SPDX-License-Identifier: GPL-2.0-only
#include "mail/series.h"

#include <stdlib.h>

#include "fuzz.h"
#include "mail/am.h"
#include "mail/series_report.h"

/* A mailbox all the way to the mbox and the report, which must be safe to show. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct am_options opt = { .link_base = "x", .add_link = true, .embedded = AM_EMBEDDED_ALL,
				  .allow_hidden = true, .own = "A <a@b>" };
	struct series_options so = { NULL, 0 };
	struct series_files files = { NULL, NULL };
	struct thread t = THREAD_INIT;
	struct series s = SERIES_INIT;
	struct buf mbox = BUF_INIT, text = BUF_INIT;
	struct err err = ERR_INIT;

	if (!thread_add_mbox(&t, (const char *)data, size, &err)) {
		thread_link(&t);
		if (!series_build(&s, &t, &so, &err) && !am_write(&s, &opt, &mbox, &err)) {
			series_text(&s, &files, &text);
			for (size_t i = 0; i < mbox.len; i++)
				if (mbox.p[i] == '\033' || mbox.p[i] == '\r')
					abort();
			for (size_t i = 0; i < text.len; i++)
				if ((unsigned char)text.p[i] < 0x20 && text.p[i] != '\n' &&
				    text.p[i] != '\t')
					abort();
		}
	}
	series_release(&s);
	thread_release(&t);
	buf_release(&mbox);
	buf_release(&text);
	err_release(&err);
	return 0;
}
