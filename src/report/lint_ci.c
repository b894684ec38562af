// SPDX-License-Identifier: GPL-2.0-only
/* A lint for GitHub and GitLab: what is introduced, and what could not be looked at. */
#include <stdlib.h>

#include "base/mem.h"
#include "finding_text.h"
#include "github.h"
#include "gitlab.h"
#include "json.h"
#include "lint_report.h"

/* One place where a service shall say something. */
struct remark {
	const struct finding *finding; /* or else */
	const struct unseen *unseen;
	const char *message;
};

typedef void remark_writer(void *ctx, const struct remark *remark);

static void name_patch(const struct lint_patch *p, struct buf *out)
{
	if (*p->commit)
		buf_addf(out, " (commit %.12s)", p->commit);
	else
		buf_addf(out, " (patch %d/%d)", p->n, p->m);
}

static void tell_introduced(const struct lint_report *r, const struct lint_patch *p,
			    const struct judged *j, remark_writer *write, void *ctx)
{
	struct buf message = BUF_INIT;

	lint_message(r, j, &message);
	name_patch(p, &message);
	write(ctx, &(struct remark){ &j->finding, NULL, message.p });
	buf_release(&message);
}

static void tell_unseen(const struct lint_patch *p, const struct unseen *u, remark_writer *write,
			void *ctx)
{
	struct buf message = BUF_INIT;
	char *text = unseen_message(u);

	buf_adds(&message, text);
	free(text);
	name_patch(p, &message);
	write(ctx, &(struct remark){ NULL, u, message.p });
	buf_release(&message);
}

/* A patch that is not in the tree has not been looked at. */
static void tell_trouble(const struct lint_patch *p, remark_writer *write, void *ctx)
{
	struct buf message = BUF_INIT;
	struct unseen u = {
		.rule = (char *)(uintptr_t) "lint",
		.path = p->refused_path ? p->refused_path : (char *)(uintptr_t) ".",
		.function = (char *)(uintptr_t) "",
		.reason = (char *)(uintptr_t) "the patch is not in the tree",
	};

	lint_patch_trouble(p, &message);
	if (message.len) {
		name_patch(p, &message);
		write(ctx, &(struct remark){ NULL, &u, message.p });
	}
	buf_release(&message);
}

static void tell_all(const struct lint_report *r, remark_writer *write, void *ctx)
{
	for (size_t i = 0; i < r->lint->n; i++) {
		const struct lint_patch *p = &r->lint->patches[i];

		for (size_t k = 0; k < p->n_judged; k++)
			if (judged_counts(&p->v[k]))
				tell_introduced(r, p, &p->v[k], write, ctx);
		for (size_t k = 0; k < p->news.n_unseen; k++)
			tell_unseen(p, &p->news.unseen[k], write, ctx);
		tell_trouble(p, write, ctx);
	}
}

static void write_github(void *ctx, const struct remark *remark)
{
	if (remark->finding)
		github_finding(ctx, remark->finding, remark->message);
	else
		github_unseen(ctx, remark->unseen, remark->message);
}

void lint_github(const struct lint_report *r, struct buf *out)
{
	struct buf lines = BUF_INIT;

	tell_all(r, write_github, &lines);
	github_emit(&lines, out);
	buf_release(&lines);
}

static void write_gitlab(void *ctx, const struct remark *remark)
{
	if (remark->finding)
		gitlab_add(ctx, gitlab_finding(remark->finding, remark->message));
	else
		gitlab_add(ctx, gitlab_unseen(remark->unseen, remark->message));
}

void lint_gitlab(const struct lint_report *r, struct buf *out)
{
	json_t *issues = json_array();

	tell_all(r, write_gitlab, issues);
	json_emit(issues, out);
}
