// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule_priv.h"

static const struct spec_field file_fields[] = {
	{ "icrfix-terms", SPEC_VERSION, true, 0 },
	{ "terms", SPEC_OBJECTS, true, 0 },
	{ NULL, SPEC_END, false, 0 },
};

static const struct spec_field term_fields[] = {
	{ "wrong", SPEC_STRING, true, offsetof(struct term, wrong) },
	{ "right", SPEC_STRING, true, offsetof(struct term, right) },
	{ "why", SPEC_STRING, true, offsetof(struct term, why) },
	{ NULL, SPEC_END, false, 0 },
};

static bool is_word(const char *s)
{
	const char *p = s;

	while (isalnum((unsigned char)*p))
		p++;
	return p > s && !*p;
}

static int check_term(const struct pack *pack, const struct term *term, const struct spec *spec,
		      const char *where, struct err *err)
{
	if (!is_word(term->wrong))
		return spec_error(spec, where, err,
				  "\"wrong\": expected one word of letters and digits");
	for (size_t i = 0; i < pack->n_terms; i++)
		if (!strcmp(pack->terms[i].wrong, term->wrong))
			return spec_error(spec, where, err, "the term %s is also in %s",
					  term->wrong, pack->terms[i].file);
	return 0;
}

static int read_term(struct pack *pack, const struct spec *spec, json_t *object, const char *where,
		     struct err *err)
{
	struct term term = { .file = xstrdup(spec->file) };

	if (spec_read(spec, object, where, term_fields, &term, err) ||
	    check_term(pack, &term, spec, where, err)) {
		term_release(&term);
		return -1;
	}
	GROW(pack->terms, pack->n_terms, pack->cap_terms);
	pack->terms[pack->n_terms++] = term;
	return 0;
}

int terms_load(struct pack *pack, const char *file, struct err *err)
{
	json_t *list = NULL;
	struct spec spec;
	int rc;

	if (spec_open(&spec, file, err))
		return -1;
	rc = spec_read(&spec, spec.root, "", file_fields, &list, err);
	for (size_t i = 0; !rc && i < json_array_size(list); i++) {
		char *where = xasprintf("terms[%zu]", i);

		rc = read_term(pack, &spec, json_array_get(list, i), where, err);
		free(where);
	}
	spec_close(&spec);
	return rc;
}

void term_release(struct term *term)
{
	free(term->wrong);
	free(term->right);
	free(term->why);
	free(term->file);
}
