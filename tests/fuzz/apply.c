// SPDX-License-Identifier: GPL-2.0-only
#include "tree/apply.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "fuzz.h"
#include "tree/repo_write.h"

#define TEXT(path, text)                                \
	{                                               \
		path, text, sizeof(text) - 1, .mode = 0 \
	}

static const struct new_file files[] = {
	TEXT("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
	TEXT("b", "1\n1\n1\n1\n2\n1\n1\n1\n1\n"),
	TEXT("d/c", "one\r\ntwo\r\n"),
	TEXT("d/e/f", "no end of line"),
	TEXT("empty", ""),
	{ "link", "d/c", 3, .mode = MODE_LINK },
};

static struct repo *repo;

static void open_repo(void)
{
	git_repository *git;
	struct err err = ERR_INIT;
	char *dir;

	repo_init();
	if (tmpdir_make(&dir, &err) || git_repository_init(&git, dir, true) ||
	    repo_open(&repo, dir, &err) || repo_write_to_memory(repo, &err))
		abort();
	git_repository_free(git);
	atexit(cleanup_run);
	free(dir);
}

static void check(const char *tree, const struct diff *diff, bool merge)
{
	struct applied out;
	struct err err = ERR_INIT;
	struct tree_entry entry;
	int rc = apply_diff(repo, tree, diff, merge, &out, &err);

	if (rc < 0 || (rc && (!out.reason || strcmp(out.tree, tree) != 0)) ||
	    (!rc && (out.reason || repo_entry(repo, out.tree, "none", &entry, &err) < 0)))
		abort();
	applied_release(&out);
	err_release(&err);
}

/* A diff onto a small tree, as it is and with a merge. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diff diff = DIFF_INIT;
	struct err err = ERR_INIT;
	char tree[OID_HEX];

	if (!repo)
		open_repo();
	if (repo_write_tree(repo, NULL, files, sizeof(files) / sizeof(*files), tree, NULL, &err))
		abort();
	if (!diff_parse(&diff, (const char *)data, size, &err)) {
		check(tree, &diff, false);
		check(tree, &diff, true);
	}
	diff_release(&diff);
	err_release(&err);
	repo_forget_written(repo);
	return 0;
}
