// SPDX-License-Identifier: GPL-2.0-only
#include "range_series.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tree/repo_diff.h"
#include "tree/repo_log.h"

/* What follows the first paragraph of a commit message. */
static char *changelog_of(const char *message)
{
	const char *body = strstr(message, "\n\n");
	size_t n;

	body = body ? body + strspn(body, "\n") : "";
	n = strlen(body);
	while (n && body[n - 1] == '\n')
		n--;
	return xstrndup(body, n);
}

static int set_diff(struct repo *repo, const struct lint_patch *lp, const char *parent,
		    struct series_patch *p, struct err *err)
{
	struct buf stat = BUF_INIT, diff = BUF_INIT;
	struct revision rev = { .tree = REPO_EMPTY_TREE };
	int rc = 0;

	if (parent)
		rc = repo_resolve(repo, parent, &rev, err);
	if (rc > 0)
		rc = err_set(err, "commit %s is missing", parent);
	if (!rc)
		rc = repo_diff_trees(repo, rev.tree, lp->tree, &stat, &diff, err);
	if (!rc) {
		p->diff_len = diff.len;
		p->diff = buf_detach(&diff);
	}
	buf_release(&stat);
	buf_release(&diff);
	return rc;
}

static int set_patch(struct repo *repo, const struct lint_patch *lp, struct series_patch *p,
		     struct err *err)
{
	struct commit_text text;
	size_t body;
	int rc = repo_commit_text(repo, lp->commit, &text, err);

	if (rc)
		return rc;
	*p = (struct series_patch){ .n = lp->n, .m = lp->m };
	p->subject = xstrdup(lp->subject);
	p->author.name = xstrdup(text.author_name);
	p->author.addr = xstrdup(text.author_email);
	p->date = text.time;
	p->tz = text.offset;
	p->changelog = changelog_of(text.message);
	p->notes = xstrdup("");
	trailers_of_changelog(&p->own, p->changelog, &body);
	rc = set_diff(repo, lp, text.parent, p, err);
	commit_text_release(&text);
	return rc;
}

int range_series(struct repo *repo, const struct lint *lint, struct series *out, struct err *err)
{
	int rc = 0;

	*out = (struct series)SERIES_INIT;
	out->expected = out->found = (int)lint->n;
	out->patches = xcalloc(lint->n, sizeof(*out->patches));
	for (size_t i = 0; !rc && i < lint->n; i++)
		rc = set_patch(repo, &lint->patches[i], &out->patches[i], err);
	return rc;
}
