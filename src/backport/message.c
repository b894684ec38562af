// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "backport.h"
#include "base/mem.h"

/* "[ <name>: what was adapted ]", wrapped as changelogs are. */
static void add_adapted(const struct backport *bp, struct buf *out)
{
	char *text = xasprintf("[ %s: %s ]", bp->user.name, bp->refactor->adapted);
	size_t column = 0;

	for (const char *p = text; *p;) {
		size_t n = strcspn(p, " ");

		if (column && column + 1 + n > 72) {
			buf_addc(out, '\n');
			column = 0;
		} else if (column) {
			buf_addc(out, ' ');
			column++;
		}
		buf_add(out, p, n);
		column += n;
		p += n + (p[n] == ' ');
	}
	buf_addc(out, '\n');
	free(text);
}

/*
 * As Documentation/process/stable-kernel-rules.rst asks: the upstream commit's
 * id first, its author and trailers kept, what was adapted and one's own
 * sign-off behind them.
 */
char *backport_message(const struct backport *bp)
{
	const struct refactor *r = bp->refactor;
	struct buf out = BUF_INIT;

	buf_addf(&out, "%s\n\n", r->subject);
	if (r->upstream)
		buf_addf(&out, "commit %s upstream.\n\n", r->upstream);
	buf_addf(&out, "%s\n", r->body);
	for (size_t i = 0; i < r->trailers.n; i++)
		buf_addf(&out, "%s\n", r->trailers.v[i]);
	if (r->link)
		buf_addf(&out, "Link: %s\n", r->link);
	if (r->adapted)
		add_adapted(bp, &out);
	buf_addf(&out, "Signed-off-by: %s <%s>\n", bp->user.name, bp->user.email);
	return buf_detach(&out);
}
