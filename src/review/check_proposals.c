// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "mail/reply.h"
#include "proposal.h"

#define PROPOSALS_MAX 100 /* of a thread; more are not looked at */

static size_t patch_index(const struct review *r, int n)
{
	for (size_t i = 0; i < r->lint->n; i++)
		if (r->lint->patches[i].n == n)
			return i;
	return NOTE_SERIES;
}

/* Proposals that are in a tree, to be judged when all are found. */
struct jobs {
	struct sides_of of;
	struct job {
		size_t proposal;             /* index */
		const struct embedded *diff; /* NULL: a function */
		struct put put;
	} * v;
	size_t n, cap;
};

static struct proposal *add(struct review *r, const struct reply *reply, const char *kind,
			    const char *name)
{
	const struct message *m = &reply->mail->msg;
	struct proposal *p;

	GROW(r->proposals, r->n_proposals, r->cap_proposals);
	p = &r->proposals[r->n_proposals++];
	*p = (struct proposal){
		.message_id = xstrdup(m->id),
		.author = xasprintf("%s <%s>", m->from.name, m->from.addr),
		.kind = kind,
		.name = name ? xstrdup(name) : NULL,
		.patch = patch_index(r, reply->n),
	};
	return p;
}

/* RC is what putting the last proposal into a tree came to. */
static int placed(struct review *r, struct jobs *jobs, int rc, struct put *put,
		  const struct embedded *diff, struct err *err)
{
	struct proposal *p = &r->proposals[r->n_proposals - 1];

	if (rc == 2) {
		proposal_release(p);
		r->n_proposals--;
	}
	if (rc)
		return rc < 0 ? -1 : 0;
	p->applied = true;
	GROW(jobs->v, jobs->n, jobs->cap);
	jobs->v[jobs->n++] = (struct job){ r->n_proposals - 1, diff, *put };
	return put_open(&jobs->v[jobs->n - 1].put, &jobs->of, err);
}

static int place_function(struct review *r, struct jobs *jobs, const struct reply *reply,
			  const struct sketch *sketch, struct err *err)
{
	struct proposal *p = add(r, reply, "function", sketch->name);
	struct put put = { .function = NULL };
	int rc = proposal_put_function(r, p, sketch, &put, err);

	return placed(r, jobs, rc, &put, NULL, err);
}

static int place_diff(struct review *r, struct jobs *jobs, const struct reply *reply,
		      const struct embedded *diff, struct err *err)
{
	struct proposal *p = add(r, reply, diff->is_patch ? "patch" : "diff",
				 diff->is_patch ? diff->subject : NULL);
	struct put put = { .function = NULL };
	int rc = proposal_put_diff(r, p, diff, &put, err);

	return placed(r, jobs, rc, &put, diff, err);
}

static int place_all(struct review *r, struct jobs *jobs, const struct reply *reply,
		     struct err *err)
{
	const struct embeddeds *found = &r->series->embedded;
	struct reply_lines lines = { NULL, 0, 0 };
	struct sketches sketches = { NULL, 0, 0 };
	int rc = 0;

	reply_lines_read(&lines, &reply->mail->msg, found);
	sketches_find(&sketches, &lines);
	for (size_t i = 0; !rc && i < sketches.n && r->n_proposals < PROPOSALS_MAX; i++)
		rc = place_function(r, jobs, reply, &sketches.v[i], err);
	for (size_t i = 0; !rc && i < found->n && r->n_proposals < PROPOSALS_MAX; i++)
		if (!strcmp(found->v[i].message_id, reply->mail->msg.id))
			rc = place_diff(r, jobs, reply, &found->v[i], err);
	sketches_release(&sketches);
	reply_lines_release(&lines);
	return rc;
}

/* Scan what all of them change at once: a start of spatch costs more than a file. */
static int prefetch(const struct jobs *jobs, struct err *err)
{
	struct sides *all = xcalloc(2 * jobs->n, sizeof(*all));
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < jobs->n; i++)
		for (size_t k = 0; k < jobs->v[i].put.n_sides; k++)
			all[n++] = jobs->v[i].put.sides[k];
	rc = sides_prefetch(all, n, err);
	free(all);
	return rc;
}

static int judge_all(struct review *r, struct jobs *jobs, struct err *err)
{
	int rc = prefetch(jobs, err);

	for (size_t i = 0; !rc && i < jobs->n; i++) {
		struct job *job = &jobs->v[i];
		struct proposal *p = &r->proposals[job->proposal];

		rc = proposal_judge(r, p, &job->put, job->diff, err);
		if (!rc)
			rc = proposal_compare(r, p, &job->put, err);
	}
	return rc;
}

int check_proposals(struct review *r, struct err *err)
{
	struct replies replies = { NULL, 0, 0 };
	struct jobs jobs = { .of = { r->repo, r->engine } };
	int rc = 0;

	if (r->options->fresh || !r->thread)
		return 0;
	replies_find(&replies, r->thread, r->series);
	for (size_t i = 0; !rc && i < replies.n; i++)
		rc = place_all(r, &jobs, &replies.v[i], err);
	if (!rc)
		rc = judge_all(r, &jobs, err);
	replies_release(&replies);
	for (size_t i = 0; i < jobs.n; i++)
		put_release(&jobs.v[i].put);
	free(jobs.v);
	if (rc)
		err_context(err, "code proposed in a reply");
	return rc;
}
