/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strict JSON objects, for the files that users write: a table says which keys
 * there are, what they hold and where it goes.  Unknown keys, wrong types and
 * missing keys are errors with file, place and what was expected.
 */
#ifndef ENGINE_SPEC_H
#define ENGINE_SPEC_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strv.h"

enum spec_type {
	SPEC_END,
	SPEC_VERSION, /* the number 1; goes nowhere */
	SPEC_STRING,  /* char *, owned */
	SPEC_STRINGS, /* struct strv */
	SPEC_BOOL,    /* bool */
	SPEC_OBJECT,  /* json_t *, borrowed from the file */
	SPEC_OBJECTS, /* json_t * of an array of objects, borrowed */
};

struct spec_field {
	const char *key;
	enum spec_type type;
	bool required;
	size_t offset;
};

/* A file that is being read. */
struct spec {
	char *file;
	json_t *root;
};

int spec_open(struct spec *spec, const char *file, struct err *err)
	__attribute__((warn_unused_result));
void spec_close(struct spec *spec);

/*
 * Read one object of the file into the struct at TO.  WHERE is its place in
 * the file for messages, "" for the whole.  null stands for an absent key.
 */
int spec_read(const struct spec *spec, json_t *object, const char *where,
	      const struct spec_field *fields, void *to, struct err *err)
	__attribute__((warn_unused_result));

/* An error at a place of the file: "FILE: WHERE: text". */
int spec_error(const struct spec *spec, const char *where, struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
