// SPDX-License-Identifier: GPL-2.0-only
#include "origin.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive.h"
#include "base/mem.h"
#include "gunzip.h"
#include "thread_cache.h"

/* What is to be asked of an archive. */
struct question {
	const char *message_id; /* or */
	const char *query;
	bool mails_only; /* of a query: without their threads */
};

static const char *no_mail = "there is no mail in it";

/* A mailbox, perhaps compressed. */
static int add_bytes(struct thread *t, const char *p, size_t n, struct err *err)
{
	struct buf plain = BUF_INIT_MAX(LORE_MAX_INFLATED);
	size_t before = t->n + t->duplicates;
	int rc;

	if (gunzip_is(p, n)) {
		rc = gunzip(p, n, &plain, err);
		/* A damaged file does not mend itself. */
		if (rc)
			err->status = STATUS_USAGE;
		else
			rc = thread_add_mbox(t, plain.p, plain.len, err);
	} else {
		rc = thread_add_mbox(t, p, n, err);
	}
	buf_release(&plain);
	if (!rc && t->n + t->duplicates == before)
		rc = err_set(err, "%s", no_mail);
	return rc;
}

static int read_file(struct thread *t, const char *path, struct err *err)
{
	struct buf file = BUF_INIT_MAX(ORIGIN_MAX_FILE);
	int rc = buf_read_file(&file, path, err);

	if (!rc) {
		rc = add_bytes(t, file.p ? file.p : "", file.len, err);
		if (rc)
			err_context(err, "%s", strcmp(path, "-") ? path : "standard input");
	}
	buf_release(&file);
	return rc;
}

/* One directory of a maildir; each file is one mail. */
static int read_mails(struct thread *t, const char *dir, const char *sub, struct err *err)
{
	char *path = xasprintf("%s/%s", dir, sub);
	DIR *d = opendir(path);
	struct dirent *e;
	int rc = 0;

	while (d && !rc && (e = readdir(d))) {
		struct buf file = BUF_INIT_MAX(ORIGIN_MAX_FILE);
		char *name = xasprintf("%s/%s", path, e->d_name);
		struct stat st;

		if (e->d_name[0] != '.' && !lstat(name, &st) && S_ISREG(st.st_mode)) {
			rc = buf_read_file(&file, name, err);
			if (!rc && file.len && thread_add(t, file.p, file.len, err))
				err_release(err);
		}
		free(name);
		buf_release(&file);
	}
	if (d)
		closedir(d);
	free(path);
	return rc;
}

static int read_maildir(struct thread *t, const char *dir, struct err *err)
{
	char *cur = xasprintf("%s/cur", dir), *new = xasprintf("%s/new", dir);
	bool maildir = !access(cur, R_OK | X_OK) || !access(new, R_OK | X_OK);
	int rc;

	free(cur);
	free(new);
	if (!maildir)
		return err_set(err, "%s is a directory but no maildir", dir);
	rc = read_mails(t, dir, "cur", err);
	if (!rc)
		rc = read_mails(t, dir, "new", err);
	if (!rc && !t->n)
		rc = err_set(err, "%s: %s", dir, no_mail);
	return rc;
}

static char *question_url(const char *base, const struct question *q)
{
	return q->query ? lore_search_url(base, q->query, !q->mails_only)
			: lore_thread_url(base, q->message_id);
}

static bool from_cache(const struct origin *s, const char *dir, const char *url, struct buf *out)
{
	if (!dir || s->no_cache)
		return false;
	return thread_cache_get(dir, url, s->offline ? -1 : s->max_age, out);
}

/* One archive; a cached answer is one too. */
static enum lore_result ask(struct origin *s, const char *base, const struct question *q,
			    struct buf *out, struct err *err)
{
	char *url = question_url(base, q), *dir = thread_cache_dir();
	enum lore_result rc = LORE_OK;

	if (!from_cache(s, dir, url, out)) {
		if (s->offline) {
			err_set(err, "%s is not in the cache (--offline)", url);
			rc = LORE_REFUSED;
		} else {
			if (!s->lore)
				s->lore = lore_open(&s->http);
			rc = q->query ? lore_search(s->lore, base, q->query, !q->mails_only, out,
						    err)
				      : lore_thread(s->lore, base, q->message_id, out, err);
		}
		if (!rc && dir && !s->no_cache)
			thread_cache_put(dir, url, out->p, out->len);
	}
	free(url);
	free(dir);
	return rc;
}

/* All archives in turn; the first one's error counts unless another is worth a new try. */
static enum lore_result ask_all(struct origin *s, const struct question *q, struct buf *out,
				struct err *err)
{
	const char *base = s->url_base ? s->url_base : s->base ? s->base : ARCHIVE_DEFAULT;
	enum lore_result rc = ask(s, base, q, out, err);

	for (size_t i = 0; rc != LORE_OK && i < s->fallbacks.n; i++) {
		struct err other = ERR_INIT;
		enum lore_result next;

		buf_clear(out);
		next = ask(s, s->fallbacks.v[i], q, out, &other);
		if (!next || (lore_is_temporary(next) && !lore_is_temporary(rc))) {
			err_release(err);
			*err = other;
			rc = next;
		} else {
			err_release(&other);
		}
	}
	return rc;
}

static int add_answer(struct origin *s, const struct question *q, struct thread *t, struct err *err)
{
	struct buf out = BUF_INIT_MAX(LORE_MAX_TRANSFER);
	int rc = ask_all(s, q, &out, err) ? -1 : 0;

	if (!rc)
		rc = add_bytes(t, out.p, out.len, err);
	s->remote = true;
	buf_release(&out);
	return rc;
}

static int read_archive(struct origin *s, const char *what, struct thread *t, struct err *err)
{
	struct archive_ref ref = ARCHIVE_REF_INIT;
	struct question q = { NULL, NULL, false };
	int rc;

	if (archive_parse(&ref, what, err))
		return -1;
	s->url_base = ref.base;
	ref.base = NULL;
	q.message_id = ref.message_id;
	rc = add_answer(s, &q, t, err);
	/* "%2B" may stand for itself in an id. */
	if (rc && ref.literal && err->status == STATUS_FINDINGS) {
		struct err again = ERR_INIT;

		q.message_id = ref.literal;
		rc = add_answer(s, &q, t, &again);
		if (!rc)
			err_release(err);
		err_release(&again);
	}
	if (!rc) {
		s->message_id = xstrdup(q.message_id);
		thread_keep(t, s->message_id);
	}
	archive_ref_release(&ref);
	return rc;
}

int origin_read(struct origin *s, const char *what, struct thread *t, struct err *err)
{
	struct stat st;

	if (!strcmp(what, "-"))
		return read_file(t, what, err);
	if (archive_is_url(what))
		return read_archive(s, what, t, err);
	if (!stat(what, &st))
		return S_ISDIR(st.st_mode) ? read_maildir(t, what, err) : read_file(t, what, err);
	if (strchr(what, '@') && !strstr(what, "://") && what[0] != '/' && what[0] != '.')
		return read_archive(s, what, t, err);
	return err_set(err, "'%s' is no file, Message-ID or https URL", what);
}

int origin_search(struct origin *s, const char *query, struct thread *t, struct err *err)
{
	struct question q = { NULL, query, false };

	return add_answer(s, &q, t, err);
}

int origin_search_mails(struct origin *s, const char *query, struct thread *t, struct err *err)
{
	struct question q = { NULL, query, true };

	return add_answer(s, &q, t, err);
}

int origin_thread(struct origin *s, const char *message_id, struct thread *t, struct err *err)
{
	struct question q = { message_id, NULL, false };
	int rc = add_answer(s, &q, t, err);

	if (!rc)
		thread_keep(t, message_id);
	return rc;
}

void origin_release(struct origin *s)
{
	strv_release(&s->fallbacks);
	free(s->url_base);
	free(s->message_id);
	lore_close(s->lore);
	*s = (struct origin)ORIGIN_INIT;
}
