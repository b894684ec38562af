// SPDX-License-Identifier: GPL-2.0-only
#include "refactor_key.h"

#include "base/buf.h"
#include "base/mem.h"

char *refactor_key(const struct spatch *spatch, const struct refactor *refactor, const char *blob)
{
	struct buf text = BUF_INIT;
	char id[OID_HEX];

	buf_addf(&text, "%s\n%s\n", refactor->id, refactor->cocci.text);
	for (size_t i = 0; i < refactor->cocci.options.n; i++)
		buf_addf(&text, "%s\n", refactor->cocci.options.v[i]);
	for (size_t i = 0; i < refactor->n_helpers; i++)
		buf_addf(&text, "%s\n%s\n%s\n", refactor->helpers[i].name,
			 refactor->helpers[i].before_function, refactor->helpers[i].text);
	for (size_t i = 0; i < refactor->stale_comments.n; i++)
		buf_addf(&text, "%s\n", refactor->stale_comments.v[i]);
	blob_id(text.p, text.len, id);
	buf_release(&text);
	return xasprintf("%s %s %s", blob, id, spatch_identity(spatch));
}
