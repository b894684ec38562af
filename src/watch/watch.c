// SPDX-License-Identifier: GPL-2.0-only
#include "watch.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "posting.h"
#include "result.h"
#include "tree/repo_write.h"

/* One round. */
struct round {
	struct watch *w;
	struct watch_counts *counts;
	int64_t now;
	int64_t told; /* the last result that was tried to deliver */
};

/* Deliver what is not delivered and was not tried in this round. */
static int deliver_all(struct round *r, struct err *err)
{
	struct watch_result result;
	int rc;

	while ((rc = watch_state_result(r->w->state, r->told, &result, err)) > 0) {
		struct err failure = ERR_INIT;

		r->told = result.id;
		if (deliver_result(&r->w->deliver, &result, &failure)) {
			r->w->warn("not delivered, to be tried again in the next run: %s: %s",
				   result.subject, failure.text);
			r->counts->undelivered++;
		} else {
			rc = watch_state_delivered(r->w->state, result.id, err);
			r->counts->delivered++;
		}
		err_release(&failure);
		watch_result_release(&result);
		if (rc < 0)
			break;
	}
	return rc;
}

static char *query_of(const struct watch *w, int64_t from, int64_t to)
{
	struct buf out = BUF_INIT;

	buf_addf(&out, "rt:%lld..", (long long)from);
	if (to)
		buf_addf(&out, "%lld", (long long)to);
	if (*w->key.query)
		buf_addf(&out, " AND (%s)", w->key.query);
	return buf_detach(&out);
}

/* Mails with a patch, and covers; replies that show a diff are none. */
static struct watch_mail *patches_of(const struct thread *t, size_t *n)
{
	struct watch_mail *mails = xcalloc(t->n ? t->n : 1, sizeof(*mails));

	*n = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct mail *m = t->v[i];

		if ((m->kind == MAIL_PATCH || m->kind == MAIL_COVER) && m->msg.id[0])
			mails[(*n)++] = (struct watch_mail){ m->msg.id, m->msg.date };
	}
	return mails;
}

/* One search, its mails noted together with the new cursor.  No mail is no error. */
static int search_slice(struct round *r, int64_t from, int64_t to, size_t *mails, struct err *err)
{
	char *query = query_of(r->w, from, to);
	struct thread t = THREAD_INIT;
	struct watch_mail *found;
	size_t n, fresh;
	int rc = origin_search_mails(r->w->origin, query, &t, err);

	if (rc && err->status == STATUS_FINDINGS) {
		err_release(err);
		rc = 0;
	}
	if (!rc) {
		thread_link(&t);
		found = patches_of(&t, &n);
		rc = watch_state_note(r->w->state, to ? to : r->now, r->now, found, n, &fresh, err);
		free(found);
	}
	*mails += t.n;
	thread_release(&t);
	free(query);
	return rc;
}

static int64_t search_from(const struct round *r)
{
	int64_t cursor = watch_state_cursor(r->w->state), from;

	from = cursor ? cursor - WATCH_OVERLAP : r->w->first;
	if (r->w->since && r->w->since < from)
		from = r->w->since;
	return from > 0 ? from : 0;
}

/* In slices, so that a long time away does not end in one answer that is too large. */
static int search(struct round *r, struct err *err)
{
	bool never = !watch_state_cursor(r->w->state);
	int64_t from = search_from(r);
	size_t mails = 0;
	int rc = 0;

	for (; !rc && r->now - from > WATCH_SLICE; from += WATCH_SLICE)
		rc = search_slice(r, from, from + WATCH_SLICE, &mails, err);
	if (!rc)
		rc = search_slice(r, from, 0, &mails, err);
	/* A wrong name of a list is answered as a query without a match is. */
	if (!rc && never && !mails)
		r->w->warn("no mail at all in %s matches yet; is this the list, and the query, "
			   "that is meant?",
			   r->w->key.archive);
	return rc;
}

static bool is_patient(const struct round *r, const struct watch_todo *todo)
{
	return r->now - todo->date < r->w->patience;
}

static int finish(struct round *r, const struct watch_todo *todo, const struct told *told,
		  struct watch_outcome outcome, struct err *err)
{
	struct watch_result result = { .id = 0 };
	int rc;

	if (r->w->all || result_matters(told)) {
		result_make(told, &result);
		outcome.result = &result;
	}
	rc = watch_state_finish(r->w->state, todo, &outcome, err);
	watch_result_release(&result);
	return rc ? rc : deliver_all(r, err);
}

/* It is told that it could not be looked at, and done. */
static int give_up(struct round *r, const struct watch_todo *todo, const struct posting *p,
		   const char *trouble, struct err *err)
{
	struct delta none = { .revision = 0 };
	struct told told = {
		.watch = &r->w->key,
		.series = &p->series,
		.message_id = todo->message_id,
		.round = todo->round,
		.now = r->now,
		.trouble = trouble,
		.delta = &none,
	};
	struct watch_outcome outcome = { .complete = p->key.complete, .digest = p->key.digest };

	r->counts->trouble++;
	return finish(r, todo, &told, outcome, err);
}

/* WHY is over after this. */
static int try_again(struct round *r, const struct watch_todo *todo, const struct posting *p,
		     struct err *why, struct err *err)
{
	int rc;

	if (todo->failed + 1 >= WATCH_MAX_FAILED) {
		rc = give_up(r, todo, p, why->text, err);
	} else {
		r->w->warn("<%s> is tried again in the next run: %s", todo->message_id, why->text);
		r->counts->trouble++;
		rc = watch_state_again(r->w->state, todo, err);
	}
	err_release(why);
	return rc;
}

static int put_back(struct round *r, const struct watch_todo *todo, struct err *err)
{
	r->counts->waiting++;
	return watch_state_put_back(r->w->state, todo, err);
}

static int tell(struct round *r, const struct watch_todo *todo, const struct posting *p,
		const struct lint *lint, const struct watch_before *before, struct err *err)
{
	struct lint_report report = {
		.lint = lint,
		.rules = r->w->engine->rules,
		.n_rules = r->w->engine->n_rules,
		.spatch_version = spatch_version(r->w->engine->spatch),
		.fail_on = SEVERITY_WARNING,
	};
	char *findings = delta_findings(lint);
	struct watch_outcome outcome = {
		.findings = findings,
		.complete = p->key.complete,
		.digest = p->key.digest,
	};
	struct lint_counts c;
	struct delta delta;
	struct told told = {
		.watch = &r->w->key,
		.series = &p->series,
		.message_id = todo->message_id,
		.round = todo->round,
		.now = r->now,
		.report = &report,
		.delta = &delta,
	};
	int rc;

	lint_count(&report, &c);
	outcome.whole = !c.refused && !c.missing && !c.not_analysed;
	delta_make(before, lint, outcome.whole, &delta);
	r->counts->linted++;
	r->counts->introduced += c.introduced;
	r->counts->failing += c.failing;
	r->counts->trouble += !outcome.whole;
	rc = finish(r, todo, &told, outcome, err);
	delta_release(&delta);
	free(findings);
	return rc;
}

/* No commit here has its files: that will not change by trying again. */
static bool lacks_base(const struct lint *lint)
{
	return lint->base.how == BASE_GUESSED && !lint->base.name;
}

static int lint_posting(struct round *r, const struct watch_todo *todo, const struct posting *p,
			const struct watch_before *before, struct err *err)
{
	struct lint lint = { .title = NULL };
	struct err why = ERR_INIT;
	int rc;

	if (!lint_series(&r->w->lint, r->w->repo, r->w->engine, &p->series, &lint, &why)) {
		for (size_t i = 0; i < p->series.warnings.n; i++)
			strv_add(&lint.notes, p->series.warnings.v[i]);
		rc = tell(r, todo, p, &lint, before, err);
	} else if (lacks_base(&lint)) {
		rc = give_up(r, todo, p, why.text, err);
	} else {
		rc = try_again(r, todo, p, &why, err);
	}
	lint_release(&lint);
	repo_forget_written(r->w->repo);
	err_release(&why);
	return rc;
}

static int claim(struct round *r, struct watch_todo *todo, const struct posting *p, struct err *err)
{
	struct watch_before before;
	enum watch_claim how;
	int rc = watch_state_claim(r->w->state, todo, &p->key, &how, &before, err);

	if (rc)
		return rc;
	r->counts->left += how == WATCH_REPEATED || how == WATCH_SUPERSEDED;
	if (how == WATCH_FRESH) {
		if (!p->key.complete && is_patient(r, todo))
			rc = put_back(r, todo, err);
		else
			rc = lint_posting(r, todo, p, &before, err);
	}
	watch_before_release(&before);
	return rc;
}

/* What the archive does not say now it may say later: the posting stays begun, behind others. */
static int fetch(struct round *r, struct watch_todo *todo, struct posting *p, struct err *err)
{
	struct err why = ERR_INIT;

	if (posting_read(p, r->w->origin, todo->message_id, &why)) {
		if (why.status != STATUS_TEMPFAIL)
			return try_again(r, todo, p, &why, err);
		err_release(err);
		*err = why;
		return -1;
	}
	if (p->series.found)
		return claim(r, todo, p, err);
	return is_patient(r, todo) ? put_back(r, todo, err)
				   : give_up(r, todo, p, "no patch of it came", err);
}

static int look_at(struct round *r, int64_t id, struct err *err)
{
	struct posting p = { .thread = THREAD_INIT };
	struct watch_todo todo;
	int rc = watch_state_begin(r->w->state, id, &todo, err);

	if (rc <= 0)
		return rc;
	if (todo.begun > WATCH_MAX_BEGUN)
		rc = give_up(r, &todo, &p, "the last runs all ended while they looked at it", err);
	else
		rc = fetch(r, &todo, &p, err);
	posting_release(&p);
	watch_todo_release(&todo);
	return rc;
}

int watch_round(struct watch *w, struct watch_counts *counts, struct err *err)
{
	struct round r = { .w = w, .counts = counts, .now = (int64_t)time(NULL) };
	struct watch_ids todo = { NULL, 0, 0 };
	int rc;

	*counts = (struct watch_counts){ 0 };
	rc = deliver_all(&r, err);
	if (!rc)
		rc = search(&r, err);
	if (!rc)
		rc = watch_state_todo(w->state, &todo, err);
	for (size_t i = 0; !rc && i < todo.n; i++)
		rc = look_at(&r, todo.v[i], err);
	free(todo.v);
	return rc;
}

static void add_count(struct buf *out, size_t n, const char *one, const char *many)
{
	if (n)
		buf_addf(out, ", %zu %s", n, n == 1 ? one : many);
}

void watch_summary(const struct watch_counts *c, struct buf *out)
{
	buf_addf(out, "%zu series linted", c->linted);
	if (c->linted)
		buf_addf(out, ", %zu finding%s introduced", c->introduced,
			 c->introduced == 1 ? "" : "s");
	add_count(out, c->left, "resent or superseded", "resent or superseded");
	add_count(out, c->waiting, "waits for missing patches", "wait for missing patches");
	add_count(out, c->trouble, "NOT WHOLLY LOOKED AT", "NOT WHOLLY LOOKED AT");
	add_count(out, c->undelivered, "NOT DELIVERED", "NOT DELIVERED");
}
