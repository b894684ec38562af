// SPDX-License-Identifier: GPL-2.0-only
/* A commit as a mail, in the form of git format-patch. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "backport.h"
#include "base/mem.h"
#include "tree/repo_diff.h"

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80 || (unsigned char)*s < 0x20)
			return false;
	return true;
}

/*
 * RFC 2047: encoded words of at most 75 characters, cut between the characters
 * of UTF-8.
 */
static void add_encoded(struct buf *out, const char *s)
{
	size_t column = 0;

	while (*s) {
		size_t n = 1;

		while ((s[n] & 0xc0) == 0x80)
			n++;
		if (!column || column + 3 * n > 61) {
			buf_adds(out, column ? "?=\n =?UTF-8?q?" : "=?UTF-8?q?");
			column = 1;
		}
		for (size_t i = 0; i < n; i++) {
			unsigned char c = (unsigned char)s[i];

			if (isalnum(c) && c < 0x80)
				buf_addc(out, (char)c);
			else
				buf_addf(out, "=%02X", c);
			column += isalnum(c) && c < 0x80 ? 1 : 3;
		}
		s += n;
	}
	if (column)
		buf_adds(out, "?=");
}

static void add_address(struct buf *out, const char *name, const char *email)
{
	if (!is_ascii(name)) {
		add_encoded(out, name);
	} else if (strpbrk(name, "()<>[]:;@\\,.\"")) {
		buf_addc(out, '"');
		for (; *name; name++)
			buf_addf(out, "%s%c", *name == '"' || *name == '\\' ? "\\" : "", *name);
		buf_addc(out, '"');
	} else {
		buf_adds(out, name);
	}
	buf_addf(out, " <%s>", email);
}

/* RFC 5322 3.3, in the person's own zone, whatever the locale. */
static void add_date(struct buf *out, const struct person *p)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t local = (time_t)(p->time + (int64_t)p->offset * 60);
	int offset = abs(p->offset);
	struct tm tm;

	gmtime_r(&local, &tm);
	buf_addf(out, "%.3s, %d %.3s %d %02d:%02d:%02d %c%02d%02d", days + 3 * tm.tm_wday,
		 tm.tm_mday, months + 3 * tm.tm_mon, tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
		 tm.tm_sec, p->offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

/* "5.10.y" of linux-5.10.y; NULL when the name tells no version. */
static char *version_of_name(const char *name)
{
	int major, minor, n = 0;

	if (sscanf(name, "linux-%d.%d.y%n", &major, &minor, &n) == 2 && n && !name[n])
		return xasprintf("%d.%d.y", major, minor);
	return NULL;
}

static long makefile_number(const char *text, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = text; p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL)
		if (!strncmp(p, key, n) && (p[n] == ' ' || p[n] == '='))
			return strtol(p + n + strspn(p + n, " ="), NULL, 10);
	return -1;
}

/* From the VERSION and PATCHLEVEL of the tree's Makefile; NULL when it has none. */
static char *version_of_tree(const struct backport *bp, const struct target *target)
{
	struct err err = ERR_INIT;
	struct blob blob = { NULL, 0, NULL };
	char oid[OID_HEX], *text, *version = NULL;
	long major, minor;

	if (!repo_find(bp->repo, target->tip.tree, "Makefile", oid, &err) &&
	    !repo_read_blob(bp->repo, oid, "Makefile", &blob, &err)) {
		text = xstrndup(blob.p, blob.len);
		major = makefile_number(text, "VERSION");
		minor = makefile_number(text, "PATCHLEVEL");
		if (major >= 0 && minor >= 0)
			version = xasprintf("%ld.%ld.y", major, minor);
		free(text);
		blob_release(&blob);
	}
	err_release(&err);
	return version;
}

/* git's way to a file name: runs of other characters become one dash. */
static void add_file_part(struct buf *out, const char *s)
{
	size_t begin = out->len;

	for (; *s && out->len - begin < 52; s++) {
		if (isalnum((unsigned char)*s) || *s == '.' || *s == '_')
			buf_addc(out, *s);
		else if (out->len > begin && out->p[out->len - 1] != '-')
			buf_addc(out, '-');
	}
	while (out->len > begin && (out->p[out->len - 1] == '-' || out->p[out->len - 1] == '.'))
		out->p[--out->len] = '\0';
}

static char *file_name(const struct backport *bp, const struct target *target)
{
	struct buf name = BUF_INIT;

	add_file_part(&name, target->name);
	buf_adds(&name, "-0001-");
	add_file_part(&name, bp->refactor->subject);
	buf_adds(&name, ".patch");
	return buf_detach(&name);
}

static void add_headers(const struct backport *bp, const struct outcome *out,
			const struct person *author, const char *version, struct buf *mail)
{
	char *subject = xasprintf("[PATCH%s%s] %s", version ? " " : "", version ? version : "",
				  bp->refactor->subject);

	buf_addf(mail, "From %s Mon Sep 17 00:00:00 2001\nFrom: ",
		 *out->commit ? out->commit : out->target->tip.commit);
	add_address(mail, bp->user.name, bp->user.email);
	buf_adds(mail, "\nDate: ");
	add_date(mail, author);
	buf_adds(mail, "\nSubject: ");
	if (is_ascii(subject))
		buf_adds(mail, subject);
	else
		add_encoded(mail, subject);
	buf_addc(mail, '\n');
	/* Only what is in mainline is for stable. */
	if (bp->refactor->upstream)
		buf_adds(mail, "To: stable@vger.kernel.org\n");
	else if (bp->mail_to)
		buf_addf(mail, "To: %s\n", bp->mail_to);
	buf_adds(mail, "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
		       "Content-Transfer-Encoding: 8bit\n\n");
	free(subject);
}

static void add_left(const struct backport *bp, const struct outcome *out, struct buf *mail)
{
	const struct refactor *r = bp->refactor;

	if (!r->upstream) {
		buf_addf(mail, "\nNot in mainline in this form, so not for stable@ as it is.");
		if (r->stable_commit)
			buf_addf(mail,
				 "  The form that\nstable can take is %s, upstream commit %.12s.",
				 r->stable_refactor, r->stable_commit);
		buf_addc(mail, '\n');
	}
	if (out->left.n)
		buf_adds(mail, "\nLeft for a human (line numbers before this patch):\n");
	for (size_t i = 0; i < out->left.n; i++)
		buf_addf(mail, "  %s:%d: %s() [%s]\n", out->left.v[i].path, out->left.v[i].line,
			 out->left.v[i].function, out->left.v[i].rule);
	for (size_t i = 0; i < out->left.n_unseen; i++)
		buf_addf(mail, "%s  %s:%d: %s%s%s\n", i ? "" : "\nNot analysed:\n",
			 out->left.unseen[i].path, out->left.unseen[i].line,
			 out->left.unseen[i].function, *out->left.unseen[i].function ? ": " : "",
			 out->left.unseen[i].reason);
	for (size_t i = 0; i < out->notes.n; i++)
		buf_addf(mail, "%s  %s\n", i ? "" : "\nTo look at:\n", out->notes.v[i]);
	if (!r->upstream || out->left.n || out->left.n_unseen || out->notes.n)
		buf_addc(mail, '\n');
}

/* The message without its subject; a line "---" in it would end it for git am. */
static void add_body(const struct backport *bp, struct buf *mail)
{
	char *message = backport_message(bp), *body = strstr(message, "\n\n");

	buf_adds(mail, body ? body + 2 : "");
	free(message);
}

int backport_mail(const struct backport *bp, struct outcome *out, const char *new_tree,
		  struct err *err)
{
	struct buf stat = BUF_INIT, patch = BUF_INIT;
	char *version = version_of_name(out->target->name), *name = NULL, *email = NULL;
	struct person author;
	int rc = -1;

	if (!version)
		version = version_of_tree(bp, out->target);
	if (repo_diff_trees(bp->repo, out->target->tip.tree, new_tree, &stat, &patch, err) ||
	    person_parse(bp->refactor->author, bp->refactor->date, &author, &name, &email, err))
		goto out;
	add_headers(bp, out, &author, version, &out->mail);
	if (strcmp(email, bp->user.email) != 0 || strcmp(name, bp->user.name) != 0)
		buf_addf(&out->mail, "From: %s\n\n", bp->refactor->author);
	add_body(bp, &out->mail);
	buf_adds(&out->mail, "---\n");
	add_left(bp, out, &out->mail);
	buf_addf(&out->mail, "%s\n%s-- \nicrfix " ICRFIX_VERSION "\n\n", stat.p, patch.p);
	out->mail_name = file_name(bp, out->target);
	rc = 0;
out:
	free(version);
	free(name);
	free(email);
	buf_release(&stat);
	buf_release(&patch);
	return rc;
}
