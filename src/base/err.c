// SPDX-License-Identifier: GPL-2.0-only
#include "err.h"

#include <stdarg.h>
#include <stdlib.h>

#include "mem.h"

static int err_vset(struct err *err, enum status status, const char *fmt, va_list ap)
{
	char *text = xvasprintf(fmt, ap);

	free(err->text);
	err->text = text;
	err->status = status;
	return -1;
}

int err_set(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	err_vset(err, STATUS_USAGE, fmt, ap);
	va_end(ap);
	return -1;
}

int err_status(struct err *err, enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	err_vset(err, status, fmt, ap);
	va_end(ap);
	return -1;
}

int err_context(struct err *err, const char *fmt, ...)
{
	char *context, *text;
	va_list ap;

	va_start(ap, fmt);
	context = xvasprintf(fmt, ap);
	va_end(ap);
	text = xasprintf("%s: %s", context, err->text ? err->text : "unknown error");
	free(context);
	free(err->text);
	err->text = text;
	if (err->status == STATUS_OK)
		err->status = STATUS_USAGE;
	return -1;
}

void err_release(struct err *err)
{
	free(err->text);
	err->text = NULL;
	err->status = STATUS_OK;
}
