// SPDX-License-Identifier: GPL-2.0-only
#include "ci.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define MAX_EVENT ((size_t)32 << 20) /* of GitHub's event file, bytes */

/* Where GitHub's events name the two ends. */
static const struct {
	const char *object, *from, *to, *source;
} github_events[] = {
	{ "pull_request", "base", "head", "GitHub, pull_request of GITHUB_EVENT_PATH" },
	{ "merge_group", "base_sha", "head_sha", "GitHub, merge_group of GITHUB_EVENT_PATH" },
	{ NULL, "before", "after", "GitHub, push of GITHUB_EVENT_PATH" },
};

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static bool is_id(const char *s)
{
	return s && strlen(s) == 40 && strspn(s, "0123456789abcdef") == 40;
}

static int set(struct ci_range *out, const char *from, const char *to, const char *source,
	       struct err *err)
{
	if (!is_id(from) || !is_id(to))
		return err_set(err, "%s does not name two commits; give the range as an argument",
			       source);
	if (strspn(from, "0") == 40)
		return err_set(err,
			       "%s names no commit before this push (a new branch); give the "
			       "range as an argument, such as origin/main..%s",
			       source, to);
	*out = (struct ci_range){ xstrdup(from), xstrdup(to), source };
	return 1;
}

static int gitlab(struct ci_range *out, struct err *err)
{
	const char *from = variable("CI_MERGE_REQUEST_DIFF_BASE_SHA");
	const char *to = variable("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");

	if (!from)
		return 0;
	if (to)
		return set(out, from, to,
			   "GitLab, CI_MERGE_REQUEST_DIFF_BASE_SHA and "
			   "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
			   err);
	return set(out, from, variable("CI_COMMIT_SHA"),
		   "GitLab, CI_MERGE_REQUEST_DIFF_BASE_SHA and CI_COMMIT_SHA", err);
}

/* A commit is told as its id, or as an object with the id. */
static const char *sha(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_string_value(json_is_object(value) ? json_object_get(value, "sha") : value);
}

static int github_event(const json_t *event, struct ci_range *out, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(github_events); i++) {
		const char *name = github_events[i].object;
		const json_t *object = name ? json_object_get(event, name) : event;

		if (json_object_get(object, github_events[i].from))
			return set(out, sha(object, github_events[i].from),
				   sha(object, github_events[i].to), github_events[i].source, err);
	}
	return 0;
}

static int github(struct ci_range *out, struct err *err)
{
	const char *path = variable("GITHUB_EVENT_PATH");
	struct buf text = BUF_INIT_MAX(MAX_EVENT);
	json_error_t bad;
	json_t *event;
	int rc;

	if (!path)
		return 0;
	if (buf_read_file(&text, path, err)) {
		buf_release(&text);
		return err_context(err, "GITHUB_EVENT_PATH");
	}
	event = json_loadb(text.p, text.len, 0, &bad);
	if (event)
		rc = github_event(event, out, err);
	else
		rc = err_set(err, "GITHUB_EVENT_PATH: %s:%d: %s", path, bad.line, bad.text);
	json_decref(event);
	buf_release(&text);
	return rc;
}

int ci_range(struct ci_range *out, struct err *err)
{
	int rc = gitlab(out, err);

	return rc ? rc : github(out, err);
}

void ci_range_release(struct ci_range *range)
{
	free(range->from);
	free(range->to);
}
