// SPDX-License-Identifier: GPL-2.0-only
#include "tree_words.h"

#include <ctype.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"
#include "near.h"
#include "needles.h"
#include "word_forms.h"

/* Part of the key: change it when the same tree can give other results. */
#define SEARCH_VERSION 1

/* How far a file is from the changed ones. */
enum rank { RANK_SAME_DIR, RANK_BESIDE, RANK_COMMON, RANK_FS_NET, RANK_SAME_TOP, RANK_REST };

struct file {
	char *path;
	char blob[OID_HEX];
	enum rank rank;
};

/* A word near one of ours in the changed files' directories. */
struct neighbour {
	size_t word; /* index into tree_words.v */
	char text[WORD_MAX + 1];
	size_t times;
};

struct search {
	struct tree_words *tw;
	struct strv forms; /* what to look for ... */
	size_t *of;        /* ... and for which word */
	struct needles *needles;
	struct file *files;
	size_t n, cap;
	atomic_size_t next;
	atomic_bool *found;
	struct neighbour *neighbours;
	size_t n_neighbours, cap_neighbours;
	pthread_mutex_t lock; /* of the neighbours and the error */
	struct err *err;
	atomic_bool failed;
};

static size_t dir_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

/* How many bytes the first N directories of a path take; 0 when it has fewer. */
static size_t top_len(const char *path, int n)
{
	const char *p = path;

	while (n-- && p)
		p = strchr(p + (p != path), '/');
	return p ? (size_t)(p - path) : 0;
}

static bool same_start(const char *a, size_t na, const char *b, size_t nb)
{
	return na == nb && !memcmp(a, b, na);
}

static enum rank rank_beside(const char *path, const char *changed)
{
	size_t top = top_len(path, 1), two = top_len(path, 2);

	if (same_start(path, dir_len(path), changed, dir_len(changed)))
		return RANK_SAME_DIR;
	if (two && same_start(path, two, changed, top_len(changed, 2)))
		return RANK_BESIDE;
	return top && same_start(path, top, changed, top_len(changed, 1)) ? RANK_SAME_TOP
									  : RANK_REST;
}

static bool is_under(const char *path, const char *const *tops, size_t n)
{
	size_t top = top_len(path, 1);

	for (size_t i = 0; i < n; i++)
		if (same_start(path, top, tops[i], strlen(tops[i])))
			return true;
	return false;
}

static enum rank rank_of(const struct tree_words *tw, const char *path)
{
	static const char *const large[] = { "arch", "tools", "sound", "drivers" };
	static const char *const middle[] = { "fs", "net" };
	enum rank rank = is_under(path, large, ARRAY_SIZE(large))     ? RANK_REST
			 : is_under(path, middle, ARRAY_SIZE(middle)) ? RANK_FS_NET
								      : RANK_COMMON;

	for (size_t i = 0; i < tw->paths->n; i++) {
		enum rank near = rank_beside(path, tw->paths->v[i]);

		if (near < rank)
			rank = near;
	}
	return rank;
}

static void list_file(void *ctx, const struct tree_file *f)
{
	struct search *s = ctx;
	struct file *file;

	GROW(s->files, s->n, s->cap);
	file = &s->files[s->n++];
	file->path = xstrdup(f->path);
	memcpy(file->blob, f->blob, OID_HEX);
	file->rank = rank_of(s->tw, f->path);
}

static int by_rank(const void *pa, const void *pb)
{
	const struct file *a = pa, *b = pb;

	return a->rank != b->rank ? (a->rank > b->rank) - (a->rank < b->rank)
				  : strcmp(a->path, b->path);
}

struct forms {
	struct search *s;
	size_t word;
};

/* Asked for each form in turn: note it, and go on. */
static bool note_form(void *ctx, const char *form)
{
	struct forms *f = ctx;
	struct search *s = f->s;

	if (strlen(form) >= NEEDLE_MIN) {
		s->of = xreallocarray(s->of, s->forms.n + 1, sizeof(*s->of));
		s->of[s->forms.n] = f->word;
		strv_add(&s->forms, form);
	}
	return false;
}

static void search_init(struct search *s, struct tree_words *tw)
{
	*s = (struct search){ .tw = tw, .lock = PTHREAD_MUTEX_INITIALIZER };
	s->found = xcalloc(tw->n, sizeof(*s->found));
	for (size_t i = 0; i < tw->n; i++) {
		struct forms forms = { s, i };

		atomic_init(&s->found[i], tw->v[i].found);
		if (!tw->v[i].found)
			word_is_form(tw->v[i].word, note_form, &forms);
	}
	s->needles = needles_new((const char *const *)s->forms.v, s->forms.n);
}

static void search_release(struct search *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->files[i].path);
	free(s->files);
	free(s->found);
	free(s->of);
	free(s->neighbours);
	needles_free(s->needles);
	strv_release(&s->forms);
}

static void hit(void *ctx, size_t i)
{
	struct search *s = ctx;

	atomic_store(&s->found[s->of[i]], true);
}

static void count_neighbour(struct search *s, size_t word, const char *text)
{
	struct neighbour *nb;

	for (size_t i = 0; i < s->n_neighbours; i++) {
		if (s->neighbours[i].word == word && !strcmp(s->neighbours[i].text, text)) {
			s->neighbours[i].times++;
			return;
		}
	}
	GROW(s->neighbours, s->n_neighbours, s->cap_neighbours);
	nb = &s->neighbours[s->n_neighbours++];
	*nb = (struct neighbour){ .word = word, .times = 1 };
	memcpy(nb->text, text, strlen(text) + 1);
}

static void see_word(struct search *s, const char *p, size_t n)
{
	char text[WORD_MAX + 1];

	for (size_t i = 0; i < n; i++)
		text[i] = (char)tolower((unsigned char)p[i]);
	text[n] = '\0';
	for (size_t i = 0; i < s->tw->n; i++) {
		if (atomic_load(&s->found[i]) || !words_near(s->tw->v[i].word, text))
			continue;
		pthread_mutex_lock(&s->lock);
		count_neighbour(s, i, text);
		pthread_mutex_unlock(&s->lock);
	}
}

static void find_neighbours(struct search *s, const char *p, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t n = 0;

		while (i + n < len && isalpha((unsigned char)p[i + n]))
			n++;
		if (n + 2 >= NEAR_MIN && n <= WORD_MAX)
			see_word(s, p + i, n);
		i += n + 1;
	}
}

static bool all_found(struct search *s)
{
	for (size_t i = 0; i < s->tw->n; i++)
		if (!atomic_load(&s->found[i]))
			return false;
	return true;
}

static int look_into(struct search *s, struct repo *repo, const struct file *file, struct err *err)
{
	struct blob blob;

	if (repo_read_blob(repo, file->blob, file->path, &blob, err))
		return -1;
	needles_run(s->needles, blob.p, blob.len, hit, s);
	if (file->rank == RANK_SAME_DIR)
		find_neighbours(s, blob.p, blob.len);
	blob_release(&blob);
	return 0;
}

static void fail(struct search *s, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	if (!atomic_exchange(&s->failed, true))
		err_status(s->err, err->status, "%s", err->text);
	pthread_mutex_unlock(&s->lock);
}

static void work(void *ctx, int worker)
{
	struct search *s = ctx;
	struct err err = ERR_INIT;
	struct repo *repo = NULL;
	size_t i;

	(void)worker;
	if (repo_dup(&repo, s->tw->repo, &err)) {
		fail(s, &err);
		err_release(&err);
		return;
	}
	while ((i = atomic_fetch_add(&s->next, 1)) < s->n && i < TREE_WORDS_FILES) {
		if (atomic_load(&s->failed) || all_found(s))
			break;
		if (look_into(s, repo, &s->files[i], &err))
			fail(s, &err);
	}
	repo_free(repo);
	err_release(&err);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct neighbour *)a)->text, ((const struct neighbour *)b)->text);
}

static void take_results(struct search *s)
{
	if (s->n_neighbours)
		qsort(s->neighbours, s->n_neighbours, sizeof(*s->neighbours), by_text);
	for (size_t i = 0; i < s->tw->n; i++) {
		struct tree_word *w = &s->tw->v[i];
		struct buf near = BUF_INIT;

		w->found = atomic_load(&s->found[i]);
		buf_adds(&near, "");
		for (size_t k = 0; !w->found && k < s->n_neighbours; k++)
			if (s->neighbours[k].word == i && s->neighbours[k].times > 1)
				buf_addf(&near, "%s%s", near.len ? " " : "", s->neighbours[k].text);
		free(w->near);
		w->near = buf_detach(&near);
	}
}

static bool enter_all(void *ctx, const char *dir)
{
	(void)ctx;
	(void)dir;
	return true;
}

static int search_tree(struct tree_words *tw, struct err *err)
{
	struct search s;
	int rc;

	search_init(&s, tw);
	s.err = err;
	rc = repo_walk(tw->repo, tw->tree, enter_all, list_file, &s, err);
	if (!rc && s.n) {
		qsort(s.files, s.n, sizeof(*s.files), by_rank);
		pool_run(tw->jobs, work, &s);
	}
	if (atomic_load(&s.failed))
		rc = -1;
	if (!rc)
		take_results(&s);
	search_release(&s);
	return rc;
}

/* The order of files, and so what counts as near, depends on the directories only. */
static char *make_key(const struct tree_words *tw, const char *word)
{
	struct strv dirs = STRV_INIT;
	struct buf all = BUF_INIT;
	char id[OID_HEX], *key;

	for (size_t i = 0; i < tw->paths->n; i++)
		strv_take(&dirs, xstrndup(tw->paths->v[i], dir_len(tw->paths->v[i])));
	strv_sort(&dirs, true);
	for (size_t i = 0; i < dirs.n; i++)
		buf_addf(&all, "%s\n", dirs.v[i]);
	blob_id(all.p ? all.p : "", all.len, id);
	key = xasprintf("%d %s %s %s", SEARCH_VERSION, tw->tree, id, word);
	buf_release(&all);
	strv_release(&dirs);
	return key;
}

/* "+" found, "-" not found and the words near it. */
static bool is_kept(const struct tree_words *tw, struct tree_word *w)
{
	char *key = make_key(tw, w->word);
	struct buf value = BUF_INIT;
	bool kept = tw->store && store_get(tw->store, "words", key, &value) && value.len;

	if (kept) {
		w->found = *value.p == '+';
		w->near = xstrdup(value.p + 1);
	}
	buf_release(&value);
	free(key);
	return kept;
}

static void keep(const struct tree_words *tw, const struct tree_word *w)
{
	char *key = make_key(tw, w->word),
	     *value = xasprintf("%c%s", w->found ? '+' : '-', w->near);

	if (tw->store)
		store_put(tw->store, "words", key, value, strlen(value));
	free(value);
	free(key);
}

int tree_words_find(struct tree_words *tw, struct err *err)
{
	struct tree_words rest = *tw;
	size_t *from = xcalloc(tw->n, sizeof(*from));
	int rc = 0;

	rest.v = xcalloc(tw->n, sizeof(*rest.v));
	rest.n = 0;
	for (size_t i = 0; i < tw->n; i++) {
		if (tw->v[i].found || is_kept(tw, &tw->v[i]))
			continue;
		from[rest.n] = i;
		rest.v[rest.n++].word = tw->v[i].word;
	}
	if (rest.n)
		rc = search_tree(&rest, err);
	for (size_t i = 0; i < rest.n; i++) {
		tw->v[from[i]] = rest.v[i];
		if (!rc)
			keep(tw, &rest.v[i]);
	}
	free(rest.v);
	free(from);
	return rc;
}

void tree_words_in_text(struct tree_words *tw, const char *text, size_t len)
{
	struct search s;

	search_init(&s, tw);
	needles_run(s.needles, text, len, hit, &s);
	for (size_t i = 0; i < tw->n; i++)
		tw->v[i].found = atomic_load(&s.found[i]);
	search_release(&s);
}
