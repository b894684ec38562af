// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "repo_priv.h"

/* git's $GIT_CONFIG_GLOBAL stands for both of the user's files; libgit2 does not know it. */
static void use_environment(git_config *config, struct repo *repo)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	git_repository *git = repo ? repo->git : NULL;

	if (!global)
		return;
	/* A file that is not there is an empty one. */
	if (!strcmp(global, "/dev/null"))
		global = "";
	git_config_add_file_ondisk(config, "/dev/null/xdg", GIT_CONFIG_LEVEL_XDG, git, 1);
	git_config_add_file_ondisk(config, *global ? global : "/dev/null/global",
				   GIT_CONFIG_LEVEL_GLOBAL, git, 1);
}

/* A snapshot, so that the strings live as long as we look at them. */
static git_config *open_config(struct repo *repo)
{
	git_config *config = NULL, *snapshot = NULL;
	int rc =
		repo ? git_repository_config(&config, repo->git) : git_config_open_default(&config);

	if (!rc) {
		use_environment(config, repo);
		git_config_snapshot(&snapshot, config);
	}
	git_config_free(config);
	return snapshot;
}

char *repo_setting(struct repo *repo, const char *key)
{
	git_config *config = open_config(repo);
	const char *value;
	char *copy = NULL;

	if (config && !git_config_get_string(&value, config, key))
		copy = xstrdup(value);
	git_config_free(config);
	return copy;
}

void repo_settings(struct repo *repo, const char *key, struct strv *out)
{
	git_config *config = open_config(repo);
	git_config_iterator *it = NULL;
	git_config_entry *entry;

	if (config && !git_config_multivar_iterator_new(&it, config, key, NULL))
		while (!git_config_next(&entry, it))
			strv_add(out, entry->value ? entry->value : "");
	git_config_iterator_free(it);
	git_config_free(config);
}
