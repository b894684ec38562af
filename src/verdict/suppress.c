// SPDX-License-Identifier: GPL-2.0-only
#include "suppress.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "engine/spec.h"

#define DATE_SIZE sizeof("YYYY-MM-DD")
#define LAST_SECOND 253402300799LL /* of the year 9999 */

static const struct spec_field entry_fields[] = {
	{ "fingerprint", SPEC_STRING, false, offsetof(struct suppression, fingerprint) },
	{ "rule", SPEC_STRING, false, offsetof(struct suppression, rule) },
	{ "path", SPEC_STRING, false, offsetof(struct suppression, path) },
	{ "function", SPEC_STRING, false, offsetof(struct suppression, function) },
	{ "reason", SPEC_STRING, true, offsetof(struct suppression, reason) },
	{ "until", SPEC_STRING, true, offsetof(struct suppression, until) },
	{ .type = SPEC_END },
};

struct file_values {
	json_t *entries;
};

static const struct spec_field file_fields[] = {
	{ "icrfix-suppressions", SPEC_VERSION, true, 0 },
	{ "suppressions", SPEC_OBJECTS, true, offsetof(struct file_values, entries) },
	{ .type = SPEC_END },
};

static void suppression_release(struct suppression *e)
{
	free(e->fingerprint);
	free(e->rule);
	free(e->path);
	free(e->function);
	free(e->reason);
	free(e->until);
	free(e->file);
}

/* The day of today in UTC, as YYYY-MM-DD, so that days compare as strings. */
static int today(char out[DATE_SIZE], struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	long long seconds = time(NULL);
	char *end = NULL;
	struct tm tm;
	time_t t;

	errno = 0;
	if (epoch && *epoch)
		seconds = strtoll(epoch, &end, 10);
	if (errno || (end && *end) || seconds < 0 || seconds > LAST_SECOND)
		return err_set(err, "SOURCE_DATE_EPOCH: expected seconds since 1970, not '%s'",
			       epoch);
	t = (time_t)seconds;
	gmtime_r(&t, &tm);
	strftime(out, DATE_SIZE, "%Y-%m-%d", &tm);
	return 0;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool is_date(const char *s)
{
	int year, month, day;

	for (size_t i = 0; i < DATE_SIZE - 1; i++)
		if (i == 4 || i == 7 ? s[i] != '-' : !isdigit((unsigned char)s[i]))
			return false;
	if (s[DATE_SIZE - 1] || sscanf(s, "%d-%d-%d", &year, &month, &day) != 3)
		return false;
	return month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

static bool is_fingerprint(const char *s)
{
	return strlen(s) == OID_HEX - 1 && strspn(s, "0123456789abcdef") == OID_HEX - 1;
}

/* From the root, as findings have it; anything else could never match. */
static bool is_tree_path(const char *s)
{
	return *s && *s != '/' && strncmp(s, "./", 2) != 0 && strncmp(s, "../", 3) != 0;
}

static int check_form(const struct spec *spec, const char *where, const struct suppression *e,
		      struct err *err)
{
	if (e->fingerprint && (e->rule || e->path || e->function))
		return spec_error(spec, where, err,
				  "either \"fingerprint\" or \"rule\", \"path\" and \"function\", "
				  "not both");
	if (e->fingerprint && !is_fingerprint(e->fingerprint))
		return spec_error(spec, where, err,
				  "\"fingerprint\": expected 40 hex digits in lower case, not '%s'",
				  e->fingerprint);
	if (!e->fingerprint && (!e->rule || !e->path || !e->function))
		return spec_error(spec, where, err,
				  "expected a \"fingerprint\", or all of \"rule\", \"path\" and "
				  "\"function\" (\"\" outside of functions)");
	if (e->path && !is_tree_path(e->path))
		return spec_error(spec, where, err,
				  "\"path\": expected a path from the root of the tree, not '%s'",
				  e->path);
	return 0;
}

static int check_entry(const struct spec *spec, const char *where, const struct suppression *e,
		       struct err *err)
{
	if (check_form(spec, where, e, err))
		return -1;
	if (!e->reason[strspn(e->reason, " \t\r\n")])
		return spec_error(spec, where, err, "\"reason\" is empty");
	if (!is_date(e->until))
		return spec_error(spec, where, err,
				  "\"until\": expected a day as YYYY-MM-DD, not '%s'", e->until);
	return 0;
}

static bool same_key(const struct suppression *a, const struct suppression *b)
{
	if (a->fingerprint || b->fingerprint)
		return a->fingerprint && b->fingerprint && !strcmp(a->fingerprint, b->fingerprint);
	return !strcmp(a->rule, b->rule) && !strcmp(a->path, b->path) &&
	       !strcmp(a->function, b->function);
}

static int check_new(const struct suppressions *s, const struct spec *spec, const char *where,
		     const struct suppression *e, struct err *err)
{
	for (size_t i = 0; i < s->n; i++)
		if (same_key(&s->v[i], e))
			return spec_error(spec, where, err, "the same as suppressions[%zu] of %s",
					  s->v[i].entry, s->v[i].file);
	return 0;
}

static int add_entry(struct suppressions *s, const struct spec *spec, json_t *object, size_t entry,
		     const char *day, struct err *err)
{
	struct suppression e = { .file = xstrdup(spec->file), .entry = entry };
	char where[40];

	snprintf(where, sizeof(where), "suppressions[%zu]", entry);
	if (spec_read(spec, object, where, entry_fields, &e, err) ||
	    check_entry(spec, where, &e, err) || check_new(s, spec, where, &e, err)) {
		suppression_release(&e);
		return -1;
	}
	e.expired = strcmp(e.until, day) < 0;
	GROW(s->v, s->n, s->cap);
	s->v[s->n++] = e;
	return 0;
}

static int read_entries(struct suppressions *s, const struct spec *spec, struct err *err)
{
	struct file_values values = { NULL };
	char day[DATE_SIZE];
	json_t *object;
	size_t i;

	if (today(day, err) || spec_read(spec, spec->root, "", file_fields, &values, err))
		return -1;
	json_array_foreach(values.entries, i, object)
		if (add_entry(s, spec, object, i, day, err))
			return -1;
	return 0;
}

int suppressions_load(struct suppressions *s, const char *file, struct err *err)
{
	char *real = realpath(file, NULL);
	struct spec spec;
	int rc;

	if (real && strv_has(&s->files, real)) {
		free(real);
		return 0;
	}
	if (real)
		strv_take(&s->files, real);
	if (spec_open(&spec, file, err))
		return -1;
	rc = read_entries(s, &spec, err);
	spec_close(&spec);
	return rc;
}

static bool speaks_of(const struct suppression *e, const struct finding *f)
{
	if (e->fingerprint)
		return !strcmp(e->fingerprint, f->fingerprint);
	return !strcmp(e->rule, f->rule) && !strcmp(e->path, f->path) &&
	       !strcmp(e->function, f->function);
}

const struct suppression *suppressions_match(struct suppressions *s, const struct finding *f)
{
	const struct suppression *by = NULL;

	for (size_t i = 0; i < s->n; i++) {
		if (!speaks_of(&s->v[i], f))
			continue;
		s->v[i].used = true;
		if (!by && !s->v[i].expired)
			by = &s->v[i];
	}
	return by;
}

void suppressions_take(struct suppressions *s, struct findings *fs, struct suppressed_list *out)
{
	size_t left = 0;

	for (size_t i = 0; i < fs->n; i++) {
		const struct suppression *by = suppressions_match(s, &fs->v[i]);

		if (!by) {
			fs->v[left++] = fs->v[i];
			continue;
		}
		GROW(out->v, out->n, out->cap);
		out->v[out->n++] = (struct suppressed){ fs->v[i], by };
	}
	fs->n = left;
}

void suppressions_looked(struct suppressions *s,
			 bool (*looked)(void *ctx, const struct suppression *entry), void *ctx)
{
	for (size_t i = 0; i < s->n; i++)
		s->v[i].looked = s->v[i].looked || looked(ctx, &s->v[i]);
}

bool suppression_is_unused(const struct suppression *entry)
{
	return entry->looked && !entry->used && !entry->expired;
}

void suppressed_release(struct suppressed_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		finding_release(&list->v[i].finding);
	free(list->v);
	*list = (struct suppressed_list){ NULL, 0, 0 };
}

void suppressions_release(struct suppressions *s)
{
	for (size_t i = 0; i < s->n; i++)
		suppression_release(&s->v[i]);
	free(s->v);
	strv_release(&s->files);
	*s = (struct suppressions)SUPPRESSIONS_INIT;
}
