// SPDX-License-Identifier: GPL-2.0-only
#include "spec.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define SPEC_MAX ((size_t)1 << 20)

int spec_open(struct spec *spec, const char *file, struct err *err)
{
	struct buf text = BUF_INIT_MAX(SPEC_MAX);
	json_error_t je;
	int rc = -1;

	*spec = (struct spec){ NULL, NULL };
	if (buf_read_file(&text, file, err))
		goto out;
	spec->root = json_loadb(text.p, text.len, JSON_REJECT_DUPLICATES, &je);
	if (!spec->root) {
		err_set(err, "%s:%d:%d: not valid JSON: %s", file, je.line, je.column, je.text);
		goto out;
	}
	spec->file = xstrdup(file);
	rc = 0;
out:
	buf_release(&text);
	return rc;
}

void spec_close(struct spec *spec)
{
	json_decref(spec->root);
	free(spec->file);
	*spec = (struct spec){ NULL, NULL };
}

int spec_error(const struct spec *spec, const char *where, struct err *err, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	err_set(err, "%s: %s%s%s", spec->file, where, *where ? ": " : "", text);
	free(text);
	return -1;
}

static const char *type_text(enum spec_type type)
{
	switch (type) {
	case SPEC_VERSION:
		return "the number 1";
	case SPEC_STRING:
		return "a string";
	case SPEC_STRINGS:
		return "an array of strings";
	case SPEC_BOOL:
		return "true or false";
	case SPEC_OBJECT:
		return "an object";
	case SPEC_OBJECTS:
		return "an array of objects";
	case SPEC_END:
		break;
	}
	return "nothing";
}

/* Whether an array holds nothing but values of one type. */
static bool array_of(json_t *value, json_type type)
{
	json_t *item;
	size_t i;

	if (!json_is_array(value))
		return false;
	json_array_foreach(value, i, item)
		if (json_typeof(item) != type)
			return false;
	return true;
}

static void take_strings(struct strv *sv, json_t *value)
{
	json_t *item;
	size_t i;

	json_array_foreach(value, i, item)
		strv_add(sv, json_string_value(item));
}

/* Whether the value fits the field; it is stored then. */
static bool take(const struct spec_field *f, json_t *value, char *to)
{
	switch (f->type) {
	case SPEC_VERSION:
		return json_is_integer(value) && json_integer_value(value) == 1;
	case SPEC_STRING:
		if (!json_is_string(value) ||
		    strlen(json_string_value(value)) != json_string_length(value))
			return false;
		*(char **)(void *)to = xstrdup(json_string_value(value));
		return true;
	case SPEC_STRINGS:
		if (!array_of(value, JSON_STRING))
			return false;
		take_strings((struct strv *)(void *)to, value);
		return true;
	case SPEC_BOOL:
		if (!json_is_boolean(value))
			return false;
		*(bool *)to = json_is_true(value);
		return true;
	case SPEC_OBJECT:
		*(json_t **)(void *)to = value;
		return json_is_object(value);
	case SPEC_OBJECTS:
		*(json_t **)(void *)to = value;
		return array_of(value, JSON_OBJECT);
	case SPEC_END:
		break;
	}
	return false;
}

static const struct spec_field *find_field(const struct spec_field *fields, const char *key)
{
	for (; fields->type != SPEC_END; fields++)
		if (!strcmp(fields->key, key))
			return fields;
	return NULL;
}

int spec_read(const struct spec *spec, json_t *object, const char *where,
	      const struct spec_field *fields, void *to, struct err *err)
{
	const struct spec_field *f;
	const char *key;
	json_t *value;

	if (!json_is_object(object))
		return spec_error(spec, where, err, "expected an object");
	json_object_foreach(object, key, value) {
		f = find_field(fields, key);
		if (!f)
			return spec_error(spec, where, err, "unknown key \"%s\"", key);
		if (!json_is_null(value) && !take(f, value, (char *)to + f->offset))
			return spec_error(spec, where, err, "\"%s\": expected %s", key,
					  type_text(f->type));
	}
	for (f = fields; f->type != SPEC_END; f++)
		if (f->required && json_is_null(json_object_get(object, f->key) ?: json_null()))
			return spec_error(spec, where, err, "\"%s\" is missing: expected %s",
					  f->key, type_text(f->type));
	return 0;
}
