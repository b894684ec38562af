// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd.h"
#include "engine/cases.h"
#include "refactor/refactor_cases.h"
#include "report/json.h"
#include "report/style.h"

static const struct opt rules_options[] = {
	{ .type = OPT_END },
};

static json_t *use_json(const struct rule *rule)
{
	json_t *names = json_array();

	for (enum purpose p = PURPOSE_SCAN; p <= PURPOSE_REVIEW; p++)
		if (rule_is_for(rule, p))
			json_array_append_new(names, json_text(purpose_name(p)));
	return names;
}

/* " (for lint, review)", or "" for a rule that is for everything.  The caller frees. */
static char *use_text(const struct rule *rule)
{
	struct buf text = BUF_INIT;
	const char *sep = " (for ";
	bool all = true;

	for (enum purpose p = PURPOSE_SCAN; p <= PURPOSE_REVIEW; p++) {
		all = all && rule_is_for(rule, p);
		if (!rule_is_for(rule, p))
			continue;
		buf_addf(&text, "%s%s", sep, purpose_name(p));
		sep = ", ";
	}
	buf_adds(&text, ")");
	if (all)
		buf_clear(&text);
	buf_adds(&text, "");
	return buf_detach(&text);
}

static void list_json(const struct pack *pack, struct buf *out)
{
	json_t *root = json_object(), *rules = json_array(), *refactors = json_array();

	for (size_t i = 0; i < pack->n_rules; i++) {
		const struct rule *r = &pack->rules[i];
		json_t *o = json_object();

		json_object_set_new(o, "id", json_text(r->id));
		json_object_set_new(o, "title", json_text(r->title));
		json_object_set_new(o, "severity", json_text(severity_name(r->severity)));
		json_object_set_new(o, "confidence", json_text(r->confidence));
		json_object_set_new(o, "use", use_json(r));
		json_object_set_new(o, "paths", json_strings(&r->paths));
		json_object_set_new(o, "refactor", json_text(r->refactor));
		json_object_set_new(o, "file", json_text(r->file));
		json_array_append_new(rules, o);
	}
	for (size_t i = 0; i < pack->n_refactors; i++) {
		const struct refactor *r = &pack->refactors[i];
		json_t *o = json_object();

		json_object_set_new(o, "id", json_text(r->id));
		json_object_set_new(o, "title", json_text(r->title));
		json_object_set_new(o, "upstream", json_text(r->upstream));
		json_object_set_new(o, "mends", json_strings(&r->mends));
		json_object_set_new(o, "file", json_text(r->file));
		json_array_append_new(refactors, o);
	}
	json_object_set_new(root, "icrfix", json_integer(1));
	json_object_set_new(root, "rules", rules);
	json_object_set_new(root, "refactors", refactors);
	json_emit(root, out);
}

static void list_text(const struct pack *pack, struct buf *out)
{
	buf_adds(out, "Rules:\n");
	for (size_t i = 0; i < pack->n_rules; i++) {
		const struct rule *r = &pack->rules[i];
		char *use = use_text(r);

		buf_addf(out, "  %-18s %-8s %s%s\n", r->id, severity_name(r->severity), r->title,
			 use);
		free(use);
	}
	buf_adds(out, "\nRefactors:\n");
	for (size_t i = 0; i < pack->n_refactors; i++)
		buf_addf(out, "  %-18s %-8s %s\n", pack->refactors[i].id,
			 pack->refactors[i].upstream ? "upstream" : "", pack->refactors[i].title);
}

static void write_list(void *ctx, const char *format, bool to_stdout, struct buf *out)
{
	(void)to_stdout;
	if (!strcmp(format, "json"))
		list_json(ctx, out);
	else
		list_text(ctx, out);
}

static void section(struct buf *out, const char *title, const char *text)
{
	if (!text || !*text)
		return;
	buf_addf(out, "\n%s\n", title);
	text_wrap(out, 2, text);
}

static void list_section(struct buf *out, const char *title, const struct strv *lines)
{
	if (lines->n)
		buf_addf(out, "\n%s\n", title);
	for (size_t i = 0; i < lines->n; i++)
		buf_addf(out, "  %s\n", lines->v[i]);
}

static void show_rule(const struct rule *r, struct buf *out)
{
	char *use = use_text(r);

	buf_addf(out, "%s: %s\n", r->id, r->title);
	buf_addf(out, "%s, confidence %s%s\n", severity_name(r->severity), r->confidence, use);
	free(use);
	section(out, "What", r->what);
	section(out, "Why", r->why);
	section(out, "How to mend it", r->fix);
	if (r->refactor)
		buf_addf(out, "  icrfix backport --refactor %s does it on a branch.\n",
			 r->refactor);
	list_section(out, "Links", &r->links);
	list_section(out, "Paths", &r->paths);
	if (r->n_exempt)
		buf_adds(out, "\nRight as it is in\n");
	for (size_t i = 0; i < r->n_exempt; i++) {
		buf_addf(out, "  %s, %s():\n", r->exempt[i].path, r->exempt[i].function);
		text_wrap(out, 4, r->exempt[i].reason);
	}
	buf_addf(out, "\nFiles\n  %s\n  %s\n", r->file, r->cocci.path);
}

static void show_refactor(const struct refactor *r, struct buf *out)
{
	buf_addf(out, "%s: %s\n", r->id, r->title);
	buf_addf(out, "a refactor%s, %s\n",
		 r->upstream ? "" : " that is not in mainline in this form",
		 r->functional_change ? "changes what the code does" : "no functional change");
	section(out, "What", r->what);
	if (r->upstream)
		buf_addf(out, "\nUpstream commit\n  %s\n", r->upstream);
	if (r->stable_commit)
		buf_addf(out, "\nThe form that stable can take\n  %s, upstream commit %s\n",
			 r->stable_refactor, r->stable_commit);
	list_section(out, "Mends", &r->mends);
	list_section(out, "Changes", &r->files);
	buf_addf(out, "\nFiles\n  %s\n  %s\n", r->file, r->cocci.path);
}

static int print(struct buf *out, struct err *err)
{
	int rc = app_print(out, err);

	buf_release(out);
	return rc;
}

static int run_show(const struct pack *pack, int argc, char **argv, struct err *err)
{
	struct buf out = BUF_INIT;

	if (!argc)
		return err_set(err, "which rule? 'icrfix rules list' shows all");
	for (int i = 0; i < argc; i++) {
		const struct rule *rule = pack_rule(pack, argv[i]);
		const struct refactor *refactor = pack_refactor(pack, argv[i]);

		if (!rule && !refactor) {
			buf_release(&out);
			return err_set(err,
				       "there is no rule or refactor '%s'; 'icrfix rules list' "
				       "shows all",
				       argv[i]);
		}
		if (i)
			buf_adds(&out, "\n");
		if (rule)
			show_rule(rule, &out);
		else
			show_refactor(refactor, &out);
	}
	return print(&out, err);
}

/* One line a rule or refactor; what failed behind it. */
static void tell_results(const char *id, const struct case_results *r, struct buf *out)
{
	if (!r->n)
		buf_addf(out, "%-18s NO CASES\n", id);
	else
		buf_addf(out, "%-18s %3zu cases, %s\n", id, r->n,
			 r->failures.n ? "FAILED:" : "as expected");
	for (size_t i = 0; i < r->failures.n; i++)
		buf_addf(out, "%s\n", r->failures.v[i]);
}

/* "DIR/rules/x.json" or "DIR/rules/refactors/x.json" as "DIR". */
static char *pack_dir_of(const char *file)
{
	const char *p = strstr(file, "/rules/"), *last = NULL;

	for (; p; p = strstr(p + 1, "/rules/"))
		last = p;
	return last ? xstrndup(file, (size_t)(last - file)) : xstrdup(".");
}

struct test {
	struct app *app;
	struct buf out;
	size_t failed;
	bool *known; /* each argument names a rule or refactor */
	int argc;
	char **argv;
};

static bool is_asked(struct test *t, const char *id)
{
	bool asked = !t->argc;

	for (int i = 0; i < t->argc; i++) {
		if (!strcmp(t->argv[i], id)) {
			t->known[i] = true;
			asked = true;
		}
	}
	return asked;
}

static int test_rule(struct test *t, const struct rule *rule, struct err *err)
{
	char *dir = pack_dir_of(rule->file);
	struct case_results results;
	int rc = cases_run(t->app->spatch, rule, dir, &results, err);

	if (!rc)
		tell_results(rule->id, &results, &t->out);
	t->failed += results.failures.n || !results.n;
	case_results_release(&results);
	free(dir);
	return rc;
}

static int test_refactor(struct test *t, const struct refactor *refactor, struct err *err)
{
	char *dir = pack_dir_of(refactor->file);
	struct case_results results;
	int rc = refactor_cases_run(t->app->spatch, refactor, dir, &results, err);

	if (!rc)
		tell_results(refactor->id, &results, &t->out);
	t->failed += results.failures.n || !results.n;
	case_results_release(&results);
	free(dir);
	return rc;
}

static int run_test(struct app *app, const struct pack *pack, int argc, char **argv,
		    struct err *err)
{
	struct test t = { app, BUF_INIT, 0, xcalloc((size_t)argc, sizeof(bool)), argc, argv };
	struct strv all = STRV_INIT;
	struct engine engine;
	int rc = app_engine(app, &all, PURPOSE_SCAN, &engine, err);

	for (size_t i = 0; !rc && i < pack->n_rules; i++)
		if (is_asked(&t, pack->rules[i].id))
			rc = test_rule(&t, &pack->rules[i], err);
	for (size_t i = 0; !rc && i < pack->n_refactors; i++)
		if (is_asked(&t, pack->refactors[i].id))
			rc = test_refactor(&t, &pack->refactors[i], err);
	for (int i = 0; !rc && i < argc; i++)
		if (!t.known[i])
			rc = err_set(err,
				     "there is no rule or refactor '%s'; 'icrfix rules list' "
				     "shows all",
				     argv[i]);
	buf_adds(&t.out, "");
	if (!rc)
		rc = print(&t.out, err);
	buf_release(&t.out);
	free(t.known);
	free((void *)(uintptr_t)engine.rules);
	return rc ? rc : t.failed ? STATUS_FINDINGS : STATUS_OK;
}

static int rules_run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	const char *what = argc ? argv[0] : "list";
	const struct pack *pack;

	(void)values;
	if (app_pack(app, &pack, err))
		return -1;
	if (!strcmp(what, "list") && argc < 2)
		return app_report(app, write_list, (void *)(uintptr_t)pack, err);
	if (!strcmp(what, "show"))
		return run_show(pack, argc - 1, argv + 1, err);
	if (!strcmp(what, "test"))
		return run_test(app, pack, argc - 1, argv + 1, err);
	return err_set(err, "usage: icrfix rules [list | show ID... | test [ID...]]");
}

const struct command cmd_rules = {
	.name = "rules",
	.summary = "what is known, and each rule's own test cases",
	.usage = "[list | show ID... | test [ID...]]",
	.text = "List the rules and refactors, show what one means and how to mend it, or run\n"
		"each on its own test cases.",
	.formats = "text|json",
	.options = rules_options,
	.run = rules_run,
};
