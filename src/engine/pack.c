// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "rule_priv.h"

#define TERMS_FILE "terms.json"

/* The *.json of a directory, sorted, terms aside; a directory that is not there has none. */
static int list_json(const char *dir, bool required, struct strv *out, struct err *err)
{
	DIR *d = opendir(dir);
	struct dirent *de;

	if (!d && !required && errno == ENOENT)
		return 0;
	if (!d)
		return err_set(err, "cannot read the rules in %s: %s", dir, strerror(errno));
	while ((de = readdir(d))) {
		size_t n = strlen(de->d_name);

		if (de->d_name[0] != '.' && n > 5 && !strcmp(de->d_name + n - 5, ".json") &&
		    strcmp(de->d_name, TERMS_FILE) != 0)
			strv_take(out, xasprintf("%s/%s", dir, de->d_name));
	}
	closedir(d);
	strv_sort(out, false);
	return 0;
}

static int add_rule(struct pack *pack, const char *dir, const char *file, struct err *err)
{
	const struct rule *twin;
	struct rule rule;

	if (rule_load(&rule, dir, file, err))
		return -1;
	twin = pack_rule(pack, rule.id);
	if (twin) {
		err_set(err, "%s: the rule %s is also in %s", file, rule.id, twin->file);
		rule_release(&rule);
		return -1;
	}
	GROW(pack->rules, pack->n_rules, pack->cap_rules);
	pack->rules[pack->n_rules++] = rule;
	return 0;
}

static int add_refactor(struct pack *pack, const char *dir, const char *file, struct err *err)
{
	const struct refactor *twin;
	struct refactor r;

	if (refactor_load(&r, dir, file, err))
		return -1;
	twin = pack_refactor(pack, r.id);
	if (twin) {
		err_set(err, "%s: the refactor %s is also in %s", file, r.id, twin->file);
		refactor_release(&r);
		return -1;
	}
	GROW(pack->refactors, pack->n_refactors, pack->cap_refactors);
	pack->refactors[pack->n_refactors++] = r;
	return 0;
}

int pack_load(struct pack *pack, const char *dir, struct err *err)
{
	char *rules = xasprintf("%s/rules", dir), *refactors = xasprintf("%s/refactors", rules);
	char *terms = xasprintf("%s/" TERMS_FILE, rules);
	bool has_terms = !access(terms, F_OK);
	struct strv rule_files = STRV_INIT, refactor_files = STRV_INIT;
	int rc = list_json(rules, true, &rule_files, err);

	if (!rc)
		rc = list_json(refactors, false, &refactor_files, err);
	for (size_t i = 0; !rc && i < rule_files.n; i++)
		rc = add_rule(pack, dir, rule_files.v[i], err);
	for (size_t i = 0; !rc && i < refactor_files.n; i++)
		rc = add_refactor(pack, dir, refactor_files.v[i], err);
	if (!rc && has_terms)
		rc = terms_load(pack, terms, err);
	if (!rc && !rule_files.n && !refactor_files.n && !has_terms)
		rc = err_set(err, "no rules in %s: expected NAME.json", rules);
	strv_release(&rule_files);
	strv_release(&refactor_files);
	free(rules);
	free(refactors);
	free(terms);
	return rc;
}

static int compare_rules(const void *a, const void *b)
{
	return strcmp(((const struct rule *)a)->id, ((const struct rule *)b)->id);
}

static int compare_refactors(const void *a, const void *b)
{
	return strcmp(((const struct refactor *)a)->id, ((const struct refactor *)b)->id);
}

static int check_rule_names(const struct pack *pack, const struct refactor *r,
			    const struct strv *ids, const char *key, struct err *err)
{
	for (size_t i = 0; i < ids->n; i++)
		if (!pack_rule(pack, ids->v[i]))
			return err_set(err, "%s: \"%s\": there is no rule %s", r->file, key,
				       ids->v[i]);
	return 0;
}

int pack_finish(struct pack *pack, struct err *err)
{
	if (pack->n_rules)
		qsort(pack->rules, pack->n_rules, sizeof(*pack->rules), compare_rules);
	if (pack->n_refactors)
		qsort(pack->refactors, pack->n_refactors, sizeof(*pack->refactors),
		      compare_refactors);
	for (size_t i = 0; i < pack->n_rules; i++) {
		const struct rule *rule = &pack->rules[i];

		if (rule->refactor && !pack_refactor(pack, rule->refactor))
			return err_set(err, "%s: \"refactor\": there is no refactor %s", rule->file,
				       rule->refactor);
	}
	for (size_t i = 0; i < pack->n_refactors; i++) {
		const struct refactor *r = &pack->refactors[i];

		if (check_rule_names(pack, r, &r->mends, "mends", err) ||
		    check_rule_names(pack, r, &r->verify_gone, "verify.gone", err))
			return -1;
	}
	return 0;
}

void pack_release(struct pack *pack)
{
	for (size_t i = 0; i < pack->n_rules; i++)
		rule_release(&pack->rules[i]);
	for (size_t i = 0; i < pack->n_refactors; i++)
		refactor_release(&pack->refactors[i]);
	for (size_t i = 0; i < pack->n_terms; i++)
		term_release(&pack->terms[i]);
	free(pack->rules);
	free(pack->refactors);
	free(pack->terms);
	*pack = (struct pack){ .rules = NULL };
}

const struct rule *pack_rule(const struct pack *pack, const char *id)
{
	for (size_t i = 0; i < pack->n_rules; i++)
		if (!strcmp(pack->rules[i].id, id))
			return &pack->rules[i];
	return NULL;
}

const struct refactor *pack_refactor(const struct pack *pack, const char *id)
{
	for (size_t i = 0; i < pack->n_refactors; i++)
		if (!strcmp(pack->refactors[i].id, id))
			return &pack->refactors[i];
	return NULL;
}

static bool is_pack(const char *dir)
{
	char *rules = xasprintf("%s/rules", dir), *cocci = xasprintf("%s/cocci", dir);
	bool yes = !access(rules, R_OK) && !access(cocci, R_OK);

	free(rules);
	free(cocci);
	return yes;
}

int pack_own_dir(char **dir, struct err *err)
{
	char *exe = realpath("/proc/self/exe", NULL), *slash = exe ? strrchr(exe, '/') : NULL;
	char *installed;

	if (!slash) {
		free(exe);
		return err_set(err, "cannot find out where the program is: is /proc mounted?");
	}
	*slash = '\0';
	installed = xasprintf("%s/../share/icrfix", exe);
	*dir = is_pack(exe) ? xstrdup(exe) : is_pack(installed) ? realpath(installed, NULL) : NULL;
	if (!*dir)
		err_set(err,
			"icrfix's own rules are neither in %s nor in %s; was it installed with "
			"'make install'?",
			exe, installed);
	free(exe);
	free(installed);
	return *dir ? 0 : -1;
}
