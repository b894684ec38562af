// SPDX-License-Identifier: GPL-2.0-only
#include "refactor_cases.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static bool is_want(const char *file)
{
	size_t n = strlen(file);

	return n > 7 && !strcmp(file + n - 7, ".want.c");
}

static void compare(const char *file, const struct buf *text, const struct buf *want,
		    const struct refactored *result, struct case_results *results)
{
	const char *got = result->state == REFACTOR_CHANGED ? result->text : text->p;
	size_t len = result->state == REFACTOR_CHANGED ? result->len : text->len;

	if (len != want->len || memcmp(got, want->p, len) != 0)
		strv_take(&results->failures, xasprintf("%s: became\n%s", file, got));
}

static int run_one(struct spatch *spatch, const struct refactor *r, const char *file,
		   struct case_results *results, struct err *err)
{
	char *want_file = xasprintf("%.*s.want.c", (int)strlen(file) - 2, file);
	struct buf text = BUF_INIT, want = BUF_INIT;
	struct refactored result;
	int rc = -1;

	if (!buf_read_file(&text, file, err) && !buf_read_file(&want, want_file, err))
		rc = refactor_apply(spatch, r, r->files.v[0], text.p, text.len, &result, err);
	if (!rc) {
		compare(file, &text, &want, &result, results);
		refactored_release(&result);
		results->n++;
	}
	buf_release(&text);
	buf_release(&want);
	free(want_file);
	return rc;
}

int refactor_cases_run(struct spatch *spatch, const struct refactor *r, const char *pack_dir,
		       struct case_results *results, struct err *err)
{
	char *dir = xasprintf("%s/tests/cocci/refactors/%s", pack_dir, r->id);
	struct strv files = STRV_INIT;
	int rc = 0;

	*results = (struct case_results){ 0, STRV_INIT };
	cases_list(dir, &files);
	for (size_t i = 0; !rc && i < files.n; i++)
		if (!is_want(files.v[i]))
			rc = run_one(spatch, r, files.v[i], results, err);
	strv_release(&files);
	free(dir);
	return rc;
}
