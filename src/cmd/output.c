// SPDX-License-Identifier: GPL-2.0-only
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

bool output_is_stdout(const char *dir)
{
	return dir && !strcmp(dir, "-");
}

static bool same(const char *path, const struct buf *text)
{
	struct buf old = BUF_INIT_MAX(text->len + 1);
	struct err err = ERR_INIT;
	struct stat st;
	bool yes = !lstat(path, &st) && S_ISREG(st.st_mode) && !buf_read_file(&old, path, &err) &&
		   old.len == text->len && !memcmp(old.p, text->p, old.len);

	err_release(&err);
	buf_release(&old);
	return yes;
}

int output_check(const char *path, const struct buf *text, bool force, struct err *err)
{
	struct stat st;

	if (force || lstat(path, &st) || same(path, text))
		return 0;
	return err_set(err, "%s exists and is another file (--force overwrites it)", path);
}

int output_file(const char *path, const struct buf *text, bool force, struct err *err)
{
	if (output_check(path, text, force, err))
		return -1;
	if (!force && same(path, text))
		return 0;
	return file_write(path, text->p, text->len, err);
}

static int report_one(const char *format, report_writer *write, void *ctx, struct err *err)
{
	size_t len = strcspn(format, "=");
	char *name = xstrndup(format, len);
	struct buf out = BUF_INIT;
	int rc = 0;

	write(ctx, name, false, &out);
	if (format[len])
		rc = file_write(format + len + 1, out.p ? out.p : "", out.len, err);
	else if (out.len)
		fwrite(out.p, 1, out.len, stderr);
	buf_release(&out);
	free(name);
	return rc;
}

int output_report(const struct app *app, report_writer *write, void *ctx, struct err *err)
{
	const struct strv *formats = &app->globals.formats;
	char *first = xstrndup(app->command->formats, strcspn(app->command->formats, "|"));
	int rc = 0;

	if (!formats->n)
		rc = report_one(first, write, ctx, err);
	for (size_t i = 0; !rc && i < formats->n; i++)
		rc = report_one(formats->v[i], write, ctx, err);
	free(first);
	return rc;
}
