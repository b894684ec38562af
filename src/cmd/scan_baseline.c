// SPDX-License-Identifier: GPL-2.0-only
#include "scan_baseline.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "scan_place.h"

static int open_revision(struct app *app, struct scan_baseline *b, struct err *err)
{
	struct repo *repo;
	int rc = app_repo(app, &repo, err);

	b->is_revision = true;
	if (!rc)
		rc = repo_resolve(repo, b->word, &b->rev, err);
	if (rc > 0)
		return err_set(err, "--baseline: '%s' is neither a file nor a revision of %s",
			       b->word, repo_dir(repo));
	return rc ? err_context(err, "--baseline %s", b->word) : 0;
}

int scan_baseline_open(struct app *app, const char *word, struct scan_baseline *b, struct err *err)
{
	struct stat st;
	bool file = !stat(word, &st) && !S_ISDIR(st.st_mode);

	b->word = word;
	/* As for the targets: in a bare repository, HEAD is a file too. */
	if (!file || (scan_place_is_revision(app, word) && repo_is_bare(app->repo)))
		return open_revision(app, b, err);
	if (scan_place_is_revision(app, word))
		return err_set(err,
			       "--baseline: '%s' is both a file and a revision; say './%s' for the "
			       "file or '%s^0' for the revision",
			       word, word, word);
	if (baseline_read(&b->report, word, err))
		return err_context(err, "--baseline");
	return 0;
}

/*
 * Only what lies where the target was looked at: code that was copied from
 * elsewhere, where it still stands, would pass as moved.
 */
static int scan_below(struct app *app, struct scan_baseline *b, const struct engine *engine,
		      const char *prefix, struct err *err)
{
	struct engine_stats stats;
	struct snapshot snap;
	int rc;

	findings_release(&b->findings);
	free(b->prefix);
	b->prefix = xstrdup(prefix);
	snapshot_init_rev(&snap, app->repo, b->word, &b->rev);
	free(snap.prefix);
	snap.prefix = xstrdup(prefix);
	rc = scan_snapshot(app, engine, &snap, &b->findings, &stats, err);
	snapshot_release(&snap);
	if (!rc && !stats.files && !*prefix)
		rc = err_set(err, "no C file lies under any rule's paths");
	return rc ? err_context(err, "--baseline %s", b->word) : 0;
}

int scan_baseline_find(struct app *app, struct scan_baseline *b, const struct engine *engine,
		       const char *target, const struct snapshot *snap, const struct findings **out,
		       struct err *err)
{
	if (!b->is_revision)
		return baseline_find(&b->report, target, out, err) ? err_context(err, "--baseline")
								   : 0;
	if ((!b->prefix || strcmp(b->prefix, snap->prefix) != 0) &&
	    scan_below(app, b, engine, snap->prefix, err))
		return -1;
	*out = &b->findings;
	return 0;
}

void scan_baseline_release(struct scan_baseline *b)
{
	baseline_release(&b->report);
	findings_release(&b->findings);
	free(b->prefix);
}
