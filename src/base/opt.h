/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options: one table gives parsing, --help, completion and the check of the
 * manual.  Values go into a plain struct, at the offset the table names.
 */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include <stddef.h>

#include "buf.h"
#include "err.h"

enum opt_type {
	OPT_END,    /* ends a table */
	OPT_FLAG,   /* bool: set to true */
	OPT_STRING, /* const char *: the last one wins */
	OPT_LIST,   /* struct strv: all of them */
	OPT_NUMBER, /* int, from min to max */
	OPT_CHOICE, /* const char *: optional argument, one of arg's words by '|' */
};

struct opt {
	enum opt_type type;
	char ch;          /* short name, 0: none */
	const char *name; /* long name without the dashes */
	size_t offset;    /* of the value in the struct of the values */
	const char *arg;  /* what stands for the argument in the help */
	const char *help; /* one line */
	int min, max;     /* for OPT_NUMBER */
};

struct opt_parse {
	const struct opt *const *tables;
	void *const *values; /* one struct for each table */
	size_t n;            /* tables and values */
	bool stop_at_word;   /* the first word that is no option ends the parsing */
	int dashdash;        /* set: the number of words before "--", or -1 */
};

/*
 * Parse ARGV (argv[0] is the first word, not a program name).  What is no
 * option is moved to the front and *argc becomes the number of these words;
 * "--" ends the options.  A long name may be shortened while it is unique.
 * Values point into argv.
 */
int opt_parse(struct opt_parse *parse, int *argc, char **argv, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Add the help of one table to OUT, an option a line, at most 80 columns.
 * Short names that the table OVER (or NULL) has for itself are left out.
 */
void opt_help(const struct opt *table, const struct opt *over, struct buf *out);

#endif
