// SPDX-License-Identifier: GPL-2.0-only
#include "repo_merge.h"

#include <stdio.h>
#include <string.h>

#include "repo_priv.h"

/* A shortened id while it is looked up. */
struct prefix {
	git_odb *odb;
	char hex[OID_HEX];
	git_oid found;
	size_t n; /* blobs */
};

static void note_blob(struct prefix *p, const git_oid *oid)
{
	if (!p->n || !git_oid_equal(&p->found, oid)) {
		git_oid_cpy(&p->found, oid);
		p->n++;
	}
}

static int note_object(struct prefix *p, const git_oid *oid)
{
	git_object_t type;
	size_t size;

	if (git_odb_read_header(&size, &type, p->odb, oid))
		return -1;
	if (type == GIT_OBJECT_BLOB)
		note_blob(p, oid);
	return 0;
}

/* Where several objects share LEN digits, those with one digit more are looked at. */
static int look_up(struct prefix *p, size_t len)
{
	git_oid part, oid;
	int rc;

	if (git_oid_fromstrn(&part, p->hex, len))
		return -1;
	rc = git_odb_exists_prefix(&oid, p->odb, &part, len);
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (!rc)
		return note_object(p, &oid);
	if (rc != GIT_EAMBIGUOUS || len >= OID_HEX - 1)
		return -1;
	for (const char *digit = "0123456789abcdef"; *digit && p->n < 2; digit++) {
		p->hex[len] = *digit;
		if (look_up(p, len + 1))
			return -1;
	}
	return 0;
}

static void look_in_memory(const struct repo *repo, struct prefix *p, size_t len)
{
	git_oid part;

	if (git_oid_fromstrn(&part, p->hex, len))
		return;
	for (size_t i = 0; i < repo->n_blobs; i++)
		if (!git_oid_ncmp(&part, &repo->blobs[i], len))
			note_blob(p, &repo->blobs[i]);
}

int repo_find_blob(struct repo *repo, const char *hex, char out[OID_HEX], struct err *err)
{
	struct prefix p = { .n = 0 };
	size_t len = strlen(hex);
	int rc;

	if (len < GIT_OID_MINPREFIXLEN || len >= OID_HEX)
		return 1;
	if (git_repository_odb(&p.odb, repo->git))
		return git_err(err, "cannot look up objects in %s", repo->dir);
	memcpy(p.hex, hex, len + 1);
	look_in_memory(repo, &p, len);
	rc = look_up(&p, len);
	git_odb_free(p.odb);
	if (rc)
		return git_err(err, "cannot look up object %s", hex);
	git_oid_tostr(out, OID_HEX, &p.found);
	if (!p.n)
		return 1;
	return p.n > 1 ? 2 : 0;
}

int repo_blob_size(struct repo *repo, const char *blob, size_t *size, struct err *err)
{
	git_object_t type;
	git_odb *odb;
	git_oid oid;
	int rc = git_repository_odb(&odb, repo->git);

	if (!rc)
		rc = git_oid_fromstr(&oid, blob);
	if (!rc)
		rc = git_odb_read_header(size, &type, odb, &oid);
	git_odb_free(odb);
	return rc ? git_err(err, "cannot read blob %.12s", blob) : 0;
}

static int input(struct repo *repo, const char *id, struct blob *blob, git_merge_file_input *in,
		 struct err *err)
{
	git_merge_file_input_init(in, GIT_MERGE_FILE_INPUT_VERSION);
	in->ptr = "";
	if (!id)
		return 0;
	if (repo_read_blob(repo, id, "a file to be merged", blob, err))
		return -1;
	in->ptr = blob->p;
	in->size = blob->len;
	return 0;
}

static int merge(struct repo *repo, const git_merge_file_input in[3], char out[OID_HEX],
		 struct err *err)
{
	git_merge_file_result result = { 0 };
	git_oid oid;
	int rc;

	if (git_merge_file(&result, &in[0], &in[1], &in[2], NULL))
		return git_err(err, "cannot merge a file");
	rc = !result.automergeable;
	if (!rc)
		rc = write_object(repo, GIT_OBJECT_BLOB, result.ptr ? result.ptr : "", result.len,
				  &oid, err);
	if (!rc)
		git_oid_tostr(out, OID_HEX, &oid);
	git_merge_file_result_free(&result);
	return rc;
}

int repo_merge_blobs(struct repo *repo, const char *base, const char *ours, const char *theirs,
		     size_t max, char out[OID_HEX], struct err *err)
{
	const char *ids[3] = { base, ours, theirs };
	struct blob blobs[3] = { { .handle = NULL } };
	git_merge_file_input in[3];
	int rc = 0;

	for (int i = 0; i < 3 && !rc; i++) {
		rc = input(repo, ids[i], &blobs[i], &in[i], err);
		if (!rc && in[i].size > max)
			rc = 1;
	}
	if (!rc)
		rc = merge(repo, in, out, err);
	for (int i = 0; i < 3; i++)
		blob_release(&blobs[i]);
	return rc;
}
