// SPDX-License-Identifier: GPL-2.0-only
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"
#include "checkpatch.h"
#include "patch_line.h"

/* Lines of the text above the changelog: From, Subject, a blank one. */
#define HEADER 3

/* What checks of our own look at, with more in hand; asked only while they are on. */
static const struct {
	const char *type, *check;
	bool changelog; /* only there */
} ours[] = {
	{ "TYPO_SPELLING", "spelling", true },
	{ "MISSING_SIGN_OFF", "signed-off-by", false },
	{ "NO_AUTHOR_SIGN_OFF", "signed-off-by", false },
	{ "FROM_SIGN_OFF_MISMATCH", "signed-off-by", false },
	{ "BAD_FIXES_TAG", "fixes", false },
	{ "BAD_STABLE_ADDRESS_FORM", "stable", false },
};

static bool is_script(const char *path)
{
	static const char *const names[] = { "Makefile", "Kbuild", "Kconfig" };
	const char *base = strrchr(path, '/');

	base = base ? base + 1 : path;
	if (!strncmp(path, "scripts/", 8))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		size_t n = strlen(names[i]);

		if (!strncmp(base, names[i], n) && (!base[n] || base[n] == '.'))
			return true;
	}
	return false;
}

/* A file of the build that the series touches; owned, NULL: none. */
static char *touched_script(const struct review *r)
{
	char *found = NULL;

	for (size_t i = 0; i < r->lint->n && !found; i++) {
		struct diff diff;

		review_diff(r, i, &diff);
		for (size_t k = 0; k < diff.n && !found; k++) {
			const char *old = diff.files[k].old_path, *new = diff.files[k].new_path;

			if (new &&is_script(new))
				found = xstrdup(new);
			else if (old && is_script(old))
				found = xstrdup(old);
		}
		diff_release(&diff);
	}
	return found;
}

/* The patch as a mail that the script reads. */
static void add_mail(const struct series_patch *p, struct buf *out)
{
	char *from = p->author.addr ? address_format(&p->author) : xstrdup("");

	buf_addf(out, "From: %s\nSubject: [PATCH] %s\n\n%s\n---\n", from,
		 p->subject ? p->subject : "", p->changelog ? p->changelog : "");
	if (p->diff)
		buf_add(out, p->diff, p->diff_len);
	free(from);
}

static bool is_ours(const struct review *r, const struct checkpatch_message *m, bool changelog)
{
	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		if (!strcmp(ours[i].type, m->type) && (changelog || !ours[i].changelog) &&
		    !strv_has(&r->options->off, ours[i].check))
			return true;
	return false;
}

static bool is_ignored(const struct review *r, const struct checkpatch_message *m)
{
	const struct strv *globs = &r->options->checkpatch_ignore;
	char *all = xasprintf("%s: %s", m->type, m->text);
	bool ignored = false;

	for (size_t i = 0; i < globs->n && !ignored; i++)
		ignored = !strcmp(globs->v[i], m->type) || !fnmatch(globs->v[i], all, 0);
	free(all);
	return ignored;
}

static void add_changelog_note(struct review *r, size_t i, const struct checkpatch_message *m,
			       size_t lines, enum severity severity)
{
	char *check = xasprintf("checkpatch:%s", m->type);
	size_t line = m->line > HEADER && m->line <= HEADER + lines ? m->line - HEADER : 0;

	changelog_note(r, i, check, severity, (int)line, 0, xstrdup(m->text));
	free(check);
}

static int add_code_note(struct review *r, size_t i, const struct checkpatch_message *m,
			 const struct diff *diff, size_t line, enum severity severity,
			 struct err *err)
{
	struct patch_line at;

	if (patch_line(r, i, diff, line, &at, err))
		return -1;
	notes_add(&r->notes, &(struct note){
				     .check = xasprintf("checkpatch:%s", m->type),
				     .patch = i,
				     .path = at.file ? xstrdup(diff_file_path(at.file)) : NULL,
				     .line = at.line,
				     .side = at.side,
				     .severity = severity,
				     .text = xstrdup(m->text),
				     .evidence = at.line ? bytes_dup(at.text.p, at.text.n) : NULL,
			     });
	return 0;
}

static size_t count_lines(const char *text)
{
	size_t n = 1;

	for (; text && *text; text++)
		n += *text == '\n';
	return n;
}

/* Could not look is not the same as nothing to say. */
static void note_failure(struct review *r, size_t i, const char *failure)
{
	changelog_note(r, i, "checkpatch", SEVERITY_WARNING, 0, 0,
		       xasprintf("scripts/checkpatch.pl of the base failed on this patch: %s",
				 failure));
}

static int add_notes(struct review *r, size_t i, const struct checkpatch_messages *messages,
		     struct err *err)
{
	const struct series_patch *p = review_patch(r, i);
	size_t lines = count_lines(p->changelog), above = HEADER + lines + 1;
	struct diff diff;
	int rc = 0;

	if (messages->failure)
		note_failure(r, i, messages->failure);
	review_diff(r, i, &diff);
	for (size_t k = 0; !rc && k < messages->n; k++) {
		const struct checkpatch_message *m = &messages->v[k];
		bool code = m->line > above;
		enum severity severity = m->level == 'C' ? SEVERITY_NOTE : SEVERITY_WARNING;

		if (is_ours(r, m, !code) || is_ignored(r, m))
			continue;
		if (code)
			rc = add_code_note(r, i, m, &diff, m->line - above, severity, err);
		else
			add_changelog_note(r, i, m, lines, severity);
	}
	diff_release(&diff);
	return rc;
}

static int run(struct review *r, const struct checkpatch *cp, struct err *err)
{
	size_t n = r->lint->n;
	struct checkpatch_messages *messages = xcalloc(n, sizeof(*messages));
	struct buf *texts = xcalloc(n, sizeof(*texts));
	const char *why;
	bool ran;
	int rc;

	for (size_t i = 0; i < n; i++) {
		texts[i] = (struct buf)BUF_INIT;
		if (review_patch(r, i)->diff)
			add_mail(review_patch(r, i), &texts[i]);
	}
	rc = checkpatch_run(cp, texts, n, messages, &why, err);
	if (rc < 0)
		review_go_without(r, "checkpatch is not run", err);
	if (rc > 0)
		strv_take(&r->said, xasprintf("checkpatch is not run: %s", why));
	ran = !rc;
	rc = 0;
	for (size_t i = 0; ran && !rc && i < n; i++)
		rc = add_notes(r, i, &messages[i], err);
	for (size_t i = 0; i < n; i++)
		buf_release(&texts[i]);
	checkpatch_release(messages, n);
	free(texts);
	free(messages);
	return rc;
}

int check_checkpatch(struct review *r, struct err *err)
{
	struct checkpatch cp = {
		.repo = r->repo,
		.tree = review_base_tree(r),
		.store = r->engine->store,
		.jobs = r->engine->jobs,
	};
	char *script = r->options->trust ? NULL : touched_script(r);
	int rc = 0;

	if (script)
		strv_take(&r->said, xasprintf("checkpatch is not run, as the series changes %s; "
					      "--trust runs that of the base",
					      script));
	else if (cp.tree && r->lint->n)
		rc = run(r, &cp, err);
	free(script);
	return rc;
}
