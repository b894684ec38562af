// SPDX-License-Identifier: GPL-2.0-only
#include "repo_write.h"

#include <git2/sys/mempack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "repo_priv.h"

int repo_write_to_memory(struct repo *repo, struct err *err)
{
	git_odb_backend *backend;
	int rc = git_repository_odb(&repo->odb, repo->git);

	if (!rc)
		rc = git_mempack_new(&backend);
	/* First in the order, so that writes go there. */
	if (!rc)
		rc = git_odb_add_backend(repo->odb, backend, 1000);
	if (rc)
		return git_err(err, "cannot set up objects in memory");
	repo->memory = backend;
	return 0;
}

void repo_forget_written(struct repo *repo)
{
	if (!repo->memory)
		return;
	forget_trees(repo);
	repo->n_blobs = 0;
	git_mempack_reset(repo->memory);
}

static int keep_object(struct repo *repo, git_object_t type, const void *p, size_t len,
		       const git_oid *oid)
{
	if (type == GIT_OBJECT_BLOB) {
		GROW(repo->blobs, repo->n_blobs, repo->cap_blobs);
		git_oid_cpy(&repo->blobs[repo->n_blobs++], oid);
	}
	return repo->memory->write(repo->memory, oid, p, len, type);
}

int write_object(struct repo *repo, git_object_t type, const void *p, size_t len, git_oid *out,
		 struct err *err)
{
	git_odb *odb;
	int rc;

	if (!repo->memory) {
		rc = git_repository_odb(&odb, repo->git);
		if (!rc)
			rc = git_odb_write(out, odb, p, len, type);
		git_odb_free(odb);
		return rc ? git_err(err, "cannot write an object") : 0;
	}
	/* git_odb_write() would look for new packs and touch those it finds the object in. */
	rc = git_odb_hash(out, p, len, type);
	if (!rc && !git_odb_exists_ext(repo->odb, out, GIT_ODB_LOOKUP_NO_REFRESH))
		rc = keep_object(repo, type, p, len, out);
	return rc ? git_err(err, "cannot keep an object in memory") : 0;
}

int repo_write_commit(struct repo *repo, const struct new_commit *c, char out[OID_HEX],
		      struct err *err)
{
	git_signature *author = NULL, *committer = NULL;
	const git_commit *parents[1];
	git_commit *parent = NULL;
	git_tree *tree = NULL;
	git_oid oid;
	int rc = -1;

	if (find_tree(repo, c->tree, &tree, err) || find_commit(repo, c->parent, &parent, err))
		goto out;
	if (git_signature_new(&author, c->author.name, c->author.email, c->author.time,
			      c->author.offset) ||
	    git_signature_new(&committer, c->committer.name, c->committer.email, c->committer.time,
			      c->committer.offset)) {
		git_err(err, "cannot make a commit by %s <%s> and %s <%s>", c->author.name,
			c->author.email, c->committer.name, c->committer.email);
		goto out;
	}
	parents[0] = parent;
	if (git_commit_create(&oid, repo->git, NULL, author, committer, NULL, c->message, tree, 1,
			      parents)) {
		git_err(err, "cannot write a commit");
		goto out;
	}
	git_oid_tostr(out, OID_HEX, &oid);
	rc = 0;
out:
	git_signature_free(author);
	git_signature_free(committer);
	git_commit_free(parent);
	git_tree_free(tree);
	return rc;
}

int repo_check_branch(struct repo *repo, const char *name, bool force, struct err *err)
{
	git_reference *ref = NULL;
	int valid = 0, rc;

	if (git_branch_name_is_valid(&valid, name) || !valid)
		return err_set(err, "'%s' cannot be the name of a branch; give one with --branch",
			       name);
	rc = git_branch_lookup(&ref, repo->git, name, GIT_BRANCH_LOCAL);
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (rc)
		return git_err(err, "cannot look up the branch %s", name);
	rc = 0;
	if (!force)
		rc = err_set(err, "the branch %s exists already; --force overwrites it", name);
	else if (git_branch_is_checked_out(ref))
		rc = err_set(err, "the branch %s is checked out and cannot be overwritten", name);
	git_reference_free(ref);
	return rc;
}

int repo_write_branch(struct repo *repo, const char *name, const char *commit, bool force,
		      struct err *err)
{
	char *full;
	git_reference *ref = NULL;
	git_oid oid;
	int rc = 0;

	if (repo_check_branch(repo, name, force, err))
		return -1;
	full = xasprintf("refs/heads/%s", name);
	if (git_oid_fromstr(&oid, commit) ||
	    git_reference_create(&ref, repo->git, full, &oid, force, "icrfix backport"))
		rc = git_err(err, "cannot make the branch %s", name);
	git_reference_free(ref);
	free(full);
	return rc;
}

static int parse_date(const char *date, struct person *out)
{
	struct tm tm = { .tm_isdst = 0 };
	int hours, minutes;
	char sign;

	if (sscanf(date, "%4d-%2d-%2dT%2d:%2d:%2d%c%2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
		   &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &sign, &hours, &minutes) != 9 ||
	    (sign != '+' && sign != '-'))
		return -1;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	out->offset = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
	out->time = (int64_t)timegm(&tm) - (int64_t)out->offset * 60;
	return 0;
}

int person_parse(const char *author, const char *date, struct person *out, char **name,
		 char **email, struct err *err)
{
	const char *lt = strchr(author, '<'), *gt = lt ? strchr(lt, '>') : NULL, *end = lt;

	if (!gt)
		return err_set(err, "'%s' is not of the form Name <address>", author);
	if (parse_date(date, out))
		return err_set(err, "'%s' is not a date like 2021-09-10T15:07:57-07:00", date);
	while (end > author && end[-1] == ' ')
		end--;
	*name = xstrndup(author, (size_t)(end - author));
	*email = xstrndup(lt + 1, (size_t)(gt - lt - 1));
	out->name = *name;
	out->email = *email;
	return 0;
}
