// SPDX-License-Identifier: GPL-2.0-only
#include "opt.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "strv.h"

struct found {
	const struct opt *opt;
	char *values;
};

static bool takes_argument(const struct opt *opt)
{
	return opt->type == OPT_STRING || opt->type == OPT_LIST || opt->type == OPT_NUMBER;
}

static bool choice_has(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; *p; p += strcspn(p, "|") + (p[strcspn(p, "|")] == '|'))
		if (strcspn(p, "|") == n && !strncmp(p, word, n))
			return true;
	return false;
}

static int set_number(const struct opt *opt, int *to, const char *arg, struct err *err)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(arg, &end, 10);
	if (errno || end == arg || *end || v < opt->min || v > opt->max)
		return err_set(err, "--%s takes a number from %d to %d, not '%s'", opt->name,
			       opt->min, opt->max, arg);
	*to = (int)v;
	return 0;
}

static int set_value(const struct found *f, char *arg, struct err *err)
{
	const struct opt *opt = f->opt;
	void *to = f->values + opt->offset;

	switch (opt->type) {
	case OPT_FLAG:
		*(bool *)to = true;
		break;
	case OPT_STRING:
		*(const char **)to = arg;
		break;
	case OPT_LIST:
		strv_add(to, arg);
		break;
	case OPT_NUMBER:
		return set_number(opt, to, arg, err);
	case OPT_CHOICE:
		if (arg && !choice_has(opt->arg, arg))
			return err_set(err, "--%s takes one of %s, not '%s'", opt->name, opt->arg,
				       arg);
		*(const char **)to = arg ? arg : "";
		break;
	case OPT_END:
		break;
	}
	return 0;
}

static int find_long(const struct opt_parse *p, const char *name, size_t len, struct found *f,
		     struct err *err)
{
	int matches = 0;

	for (size_t t = 0; t < p->n; t++) {
		for (const struct opt *o = p->tables[t]; o->type != OPT_END; o++) {
			if (strncmp(o->name, name, len))
				continue;
			f->opt = o;
			f->values = p->values[t];
			if (!o->name[len])
				return 0;
			matches++;
		}
	}
	if (!matches)
		return err_set(err, "unknown option --%.*s (see --help)", (int)len, name);
	if (matches > 1)
		return err_set(err, "--%.*s is short for more than one option", (int)len, name);
	return 0;
}

static int find_short(const struct opt_parse *p, char ch, struct found *f, struct err *err)
{
	for (size_t t = 0; t < p->n; t++) {
		for (const struct opt *o = p->tables[t]; o->type != OPT_END; o++) {
			if (o->ch == ch) {
				f->opt = o;
				f->values = p->values[t];
				return 0;
			}
		}
	}
	return err_set(err, "unknown option -%c (see --help)", ch);
}

/* One "--name", "--name=arg" or "--name arg"; *used counts the words. */
static int parse_long(const struct opt_parse *p, char **argv, int left, int *used, struct err *err)
{
	char *name = argv[0] + 2, *arg = strchr(name, '=');
	size_t len = arg ? (size_t)(arg - name) : strlen(name);
	struct found f = { NULL, NULL };

	*used = 1;
	if (find_long(p, name, len, &f, err))
		return -1;
	if (arg)
		arg++;
	if (f.opt->type == OPT_FLAG && arg)
		return err_set(err, "--%s takes no argument", f.opt->name);
	if (takes_argument(f.opt) && !arg) {
		if (left < 2)
			return err_set(err, "--%s needs an argument: %s", f.opt->name, f.opt->arg);
		arg = argv[1];
		*used = 2;
	}
	return set_value(&f, arg, err);
}

/* One word of short options, "-qv", "-j4" or "-j 4". */
static int parse_short(const struct opt_parse *p, char **argv, int left, int *used, struct err *err)
{
	struct found f = { NULL, NULL };

	*used = 1;
	for (char *c = argv[0] + 1; *c; c++) {
		if (find_short(p, *c, &f, err))
			return -1;
		if (!takes_argument(f.opt)) {
			if (set_value(&f, NULL, err))
				return -1;
			continue;
		}
		if (c[1])
			return set_value(&f, c + 1, err);
		if (left < 2)
			return err_set(err, "-%c needs an argument: %s", *c, f.opt->arg);
		*used = 2;
		return set_value(&f, argv[1], err);
	}
	return 0;
}

int opt_parse(struct opt_parse *p, int *argc, char **argv, struct err *err)
{
	int words = 0, used;

	p->dashdash = -1;
	for (int i = 0; i < *argc; i += used) {
		char *a = argv[i];
		int rc = 0;

		used = 1;
		if (p->dashdash >= 0 || a[0] != '-' || !a[1]) {
			argv[words++] = a;
			if (p->stop_at_word) {
				while (++i < *argc)
					argv[words++] = argv[i];
				break;
			}
		} else if (!strcmp(a, "--")) {
			p->dashdash = words;
		} else if (a[1] == '-') {
			rc = parse_long(p, argv + i, *argc - i, &used, err);
		} else {
			rc = parse_short(p, argv + i, *argc - i, &used, err);
		}
		if (rc)
			return rc;
	}
	argv[words] = NULL;
	*argc = words;
	return 0;
}

/* The help text, wrapped between column 30 and 79. */
static void help_text(const char *text, struct buf *out)
{
	const size_t width = 50;

	while (*text) {
		size_t n = strlen(text);

		if (n > width)
			for (n = width; n && text[n] != ' '; n--)
				;
		if (!n)
			n = strlen(text);
		buf_addf(out, "%.*s\n", (int)n, text);
		text += n;
		text += strspn(text, " ");
		if (*text)
			buf_addf(out, "%*s", 29, "");
	}
}

static bool has_short(const struct opt *table, char ch)
{
	for (; table && table->type != OPT_END; table++)
		if (table->ch == ch)
			return true;
	return false;
}

void opt_help(const struct opt *table, const struct opt *over, struct buf *out)
{
	for (const struct opt *o = table; o->type != OPT_END; o++) {
		struct buf left = BUF_INIT;

		if (o->ch && !has_short(over, o->ch))
			buf_addf(&left, "  -%c, --%s", o->ch, o->name);
		else
			buf_addf(&left, "      --%s", o->name);
		if (o->type == OPT_CHOICE)
			buf_addf(&left, "[=%s]", o->arg);
		else if (o->arg)
			buf_addf(&left, " %s", o->arg);
		if (left.len > 27)
			buf_addf(out, "%s\n%29s", left.p, "");
		else
			buf_addf(out, "%-29s", left.p);
		help_text(o->help, out);
		buf_release(&left);
	}
}
