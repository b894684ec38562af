// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"
#include "tree/repo_log.h"

#define ID_MIN 12 /* hex digits that the kernel's documentation asks for */

/* A Fixes: line taken apart. */
struct fixes {
	char id[OID_HEX]; /* "" when it names none */
	char *subject;    /* as quoted, or NULL */
	bool form;        /* it has the right form */
};

static void parse(const char *value, struct fixes *out)
{
	const char *p = strncmp(value, "commit ", 7) ? value : value + 7;
	size_t n = strspn(p, "0123456789abcdefABCDEF"), rest = strlen(p + n);

	*out = (struct fixes){ .form = p == value };
	if (n < 6 || n >= OID_HEX || (p[n] && !isspace((unsigned char)p[n]))) {
		out->form = false;
		return;
	}
	memcpy(out->id, p, n);
	p += n;
	if (rest > 4 && !strncmp(p, " (\"", 3) && !strcmp(p + rest - 2, "\")"))
		out->subject = xstrndup(p + 3, rest - 5);
	out->form = out->form && n >= ID_MIN && out->subject;
}

/* Whether it can be told that a commit is not there: without history nothing is. */
static int has_history(struct review *r, bool *yes, struct err *err)
{
	struct commit_text text;
	char commit[OID_HEX];
	int rc;

	*yes = false;
	if (repo_is_shallow(r->repo))
		return 0;
	rc = review_base_commit(r, commit, err);
	if (rc)
		return rc < 0 ? -1 : 0;
	rc = repo_commit_text(r->repo, commit, &text, err);
	if (rc)
		return rc;
	*yes = text.parent;
	commit_text_release(&text);
	return 0;
}

/* The first paragraph of the message, on one line; NULL when there is no such commit. */
static char *subject_of(struct repo *repo, struct fixes *f, bool *missing)
{
	struct err ignored = ERR_INIT;
	struct commit_text text;
	struct revision rev;
	char *subject = NULL;
	int rc = repo_resolve(repo, f->id, &rev, &ignored);

	*missing = rc > 0;
	/* A ref of that name is no commit of that id. */
	if (!rc && !strncasecmp(rev.commit, f->id, strlen(f->id)) &&
	    !repo_commit_text(repo, rev.commit, &text, &ignored)) {
		const char *end = strstr(text.message, "\n\n");

		subject = end ? xstrndup(text.message, (size_t)(end - text.message))
			      : xstrdup(text.message);
		text_squeeze(subject);
		commit_text_release(&text);
		memcpy(f->id, rev.commit, ID_MIN);
		f->id[ID_MIN] = '\0';
	}
	err_release(&ignored);
	return subject;
}

static void note(struct review *r, size_t i, const struct trailer *t, char *text)
{
	changelog_note(r, i, "fixes", SEVERITY_WARNING,
		       trailer_line_of(review_patch(r, i), t->name, t->value), 0, text);
}

static void judge(struct review *r, size_t i, const struct trailer *t, struct fixes *f,
		  bool history)
{
	bool missing = false;
	char *subject = *f->id ? subject_of(r->repo, f, &missing) : NULL;

	if (f->subject)
		text_squeeze(f->subject);
	if (subject && f->subject && strcmp(subject, f->subject) != 0)
		note(r, i, t,
		     xasprintf("that commit has another subject: Fixes: %s (\"%s\")", f->id,
			       subject));
	else if (!f->form)
		note(r, i, t,
		     xasprintf("the form is: Fixes: %s (\"%s\")%s", subject ? f->id : "12 digits",
			       subject ? subject : "subject of the commit",
			       subject ? ""
				       : ", on one line; a report goes into Closes: or Link:"));
	else if (missing && history)
		note(r, i, t,
		     xasprintf("commit %s is not in this repository; is the id right?", f->id));
	free(subject);
}

static void check_trailer(struct review *r, size_t i, const struct trailer *t, bool history)
{
	struct fixes f;

	if (strcasecmp(t->name, "Fixes") != 0)
		return;
	parse(t->value, &f);
	judge(r, i, t, &f, history);
	free(f.subject);
}

int check_fixes(struct review *r, struct err *err)
{
	bool history;

	if (has_history(r, &history, err))
		return -1;
	for (size_t i = 0; i < r->lint->n; i++)
		for (size_t k = 0; k < review_patch(r, i)->own.n; k++)
			check_trailer(r, i, &review_patch(r, i)->own.v[k], history);
	return 0;
}
