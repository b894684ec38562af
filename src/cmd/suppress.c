// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "base/mem.h"
#include "cmd.h"

/*
 * As git has it for blame.ignoreRevsFile: ~/ is the home directory, what is
 * relative begins at the top of the repository, wherever the command is run.
 */
static char *setting_path(const struct app *app, const char *path)
{
	const char *home = getenv("HOME");

	if (path[0] == '~' && path[1] == '/' && home)
		return xasprintf("%s%s", home, path + 1);
	if (*path == '/' || !app->repo)
		return xstrdup(path);
	return xasprintf("%s/%s", repo_dir(app->repo), path);
}

/* An empty name forgets what was named before it. */
static void add_file(struct strv *files, const char *name, char *path)
{
	if (*name)
		strv_take(files, path);
	else {
		strv_release(files);
		free(path);
	}
}

int app_suppressions(struct app *app, const struct strv *options, struct suppressions *out,
		     struct err *err)
{
	struct strv settings = STRV_INIT, files = STRV_INIT;
	int rc = 0;

	app_config_all(app, "icrfix.suppressions", &settings);
	for (size_t i = 0; i < settings.n; i++)
		add_file(&files, settings.v[i], setting_path(app, settings.v[i]));
	for (size_t i = 0; i < options->n; i++)
		add_file(&files, options->v[i], xstrdup(options->v[i]));
	for (size_t i = 0; !rc && i < files.n; i++)
		rc = suppressions_load(out, files.v[i], err);
	strv_release(&settings);
	strv_release(&files);
	return rc;
}
