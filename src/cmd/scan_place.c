// SPDX-License-Identifier: GPL-2.0-only
#include "scan_place.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/glob.h"
#include "base/mem.h"
#include "base/progress.h"

static void add_place(struct scan_places *places, const char *name, const struct revision *rev)
{
	struct scan_place *p;

	GROW(places->v, places->n, places->cap);
	p = &places->v[places->n++];
	*p = (struct scan_place){ .name = xstrdup(name), .is_path = !rev };
	if (rev)
		p->rev = *rev;
}

static int add_revision(struct app *app, struct scan_places *places, const char *name,
			struct err *err)
{
	struct revision rev;
	struct repo *repo;
	int rc;

	if (app_repo(app, &repo, err))
		return -1;
	rc = repo_resolve(repo, name, &rev, err);
	if (rc > 0)
		return err_set(err, "unknown revision '%s' in %s", name, repo_dir(repo));
	if (!rc)
		add_place(places, name, &rev);
	return rc;
}

/* Branches, else remote branches, else tags of that name. */
static int add_glob(struct app *app, struct scan_places *places, const char *glob, struct err *err)
{
	static const char *const spaces[] = { "refs/heads/", "refs/remotes/", "refs/tags/" };
	struct strv refs = STRV_INIT;
	struct repo *repo;
	int rc = app_repo(app, &repo, err);

	for (size_t i = 0; !rc && !refs.n && i < ARRAY_SIZE(spaces); i++) {
		char *full = xasprintf("%s%s", spaces[i], glob);

		rc = repo_refs(repo, full, &refs, err);
		for (size_t j = 0; !rc && j < refs.n; j++) {
			struct revision rev;

			rc = repo_resolve(repo, refs.v[j], &rev, err);
			if (!rc)
				add_place(places, refs.v[j] + strlen(spaces[i]), &rev);
		}
		free(full);
	}
	if (!rc && !refs.n)
		rc = err_set(err, "no branch or tag matches '%s' in %s", glob, repo_dir(repo));
	strv_release(&refs);
	return rc < 0 ? rc : 0;
}

bool scan_place_is_revision(struct app *app, const char *name)
{
	struct err err = ERR_INIT;
	struct revision rev;
	struct repo *repo;
	bool yes = !app_repo(app, &repo, &err) && repo_resolve(repo, name, &rev, &err) == 0;

	err_release(&err);
	return yes;
}

static int add_word(struct app *app, struct scan_places *places, const char *word, struct err *err)
{
	bool path = !access(word, F_OK);

	if (path && scan_place_is_revision(app, word) && repo_is_bare(app->repo))
		return add_revision(app, places, word, err);
	if (path && scan_place_is_revision(app, word))
		return err_set(err,
			       "'%s' is both a path and a revision; say 'icrfix scan -- %s' for "
			       "the path or 'icrfix scan %s --' for the revision",
			       word, word, word);
	if (path) {
		add_place(places, word, NULL);
		return 0;
	}
	if (glob_is(word))
		return add_glob(app, places, word, err);
	if (strchr(word, '/') && !scan_place_is_revision(app, word))
		return err_set(err, "'%s' is neither a path nor a revision", word);
	return add_revision(app, places, word, err);
}

int scan_places_find(struct app *app, struct scan_places *places, int argc, char **argv,
		     struct err *err)
{
	int rc = 0;

	for (int i = 0; !rc && i < argc; i++) {
		if (app->dashdash < 0)
			rc = add_word(app, places, argv[i], err);
		else if (i >= app->dashdash)
			add_place(places, argv[i], NULL);
		else if (glob_is(argv[i]))
			rc = add_glob(app, places, argv[i], err);
		else
			rc = add_revision(app, places, argv[i], err);
	}
	if (!argc)
		add_place(places, ".", NULL);
	return rc;
}

int scan_place_open(struct app *app, const struct scan_place *p, struct snapshot *snap,
		    struct err *err)
{
	struct repo *repo;

	if (p->is_path)
		return snapshot_init_dir(snap, p->name, err);
	if (app_repo(app, &repo, err))
		return -1;
	snapshot_init_rev(snap, repo, p->name, &p->rev);
	return 0;
}

int scan_snapshot(const struct app *app, const struct engine *engine, struct snapshot *snap,
		  struct findings *out, struct engine_stats *stats, struct err *err)
{
	struct engine shown = *engine;
	struct progress progress;
	int rc;

	progress_start(&progress, "Reading files", app->globals.quiet);
	shown.progress = progress_update;
	shown.progress_ctx = &progress;
	rc = engine_scan(&shown, snap, out, stats, err);
	progress_stop(&progress);
	return rc;
}

void scan_places_release(struct scan_places *places)
{
	for (size_t i = 0; i < places->n; i++)
		free(places->v[i].name);
	free(places->v);
}
