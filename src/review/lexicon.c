// SPDX-License-Identifier: GPL-2.0-only
#include "lexicon.h"

#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "near.h"
#include "word_forms.h"
#include "word_table.h"

#define LIST_MAX ((size_t)64 << 20)

struct lexicon {
	struct buf word_text, codespell_text, kernel_text; /* what the tables point into */
	struct word_table words, codespell, kernels;
};

static const char *const word_lists[] = { "/usr/share/dict/american-english",
					  "/usr/share/dict/words" };

/* Where the distributions put it. */
static const char *const codespell_dicts[] = {
	"/usr/lib/python3/dist-packages/codespell_lib/data/dictionary.txt",
	"/usr/lib/python3*/site-packages/codespell_lib/data/dictionary.txt",
	"/usr/local/lib/python3*/*-packages/codespell_lib/data/dictionary.txt",
	"/usr/share/codespell/dictionary.txt",
};

static char *first_of(const char *const *globs, size_t n)
{
	char *found = NULL;

	for (size_t i = 0; !found && i < n; i++) {
		glob_t g;

		if (!glob(globs[i], 0, NULL, &g))
			found = xstrdup(g.gl_pathv[0]);
		globfree(&g);
	}
	return found;
}

/* The file that the setting names, else the first that is there: 1 when there is none. */
static int read_list(const char *setting, const char *const *globs, size_t n, struct buf *out,
		     struct err *err)
{
	char *path = setting ? xstrdup(setting) : first_of(globs, n);
	int rc = path ? buf_read_file(out, path, err) : 1;

	buf_adds(out, "");
	free(path);
	return rc;
}

/* Make it small in place; true when it was and has ASCII letters only. */
static bool lower(char *s)
{
	bool plain = true;

	for (; *s; s++) {
		plain = plain && islower((unsigned char)*s);
		*s = (char)tolower((unsigned char)*s);
	}
	return plain;
}

/* The text as lines, each ended by a NUL in place: the next one, or NULL. */
static char *next_line(char **rest)
{
	char *line = *rest, *end;

	if (!*line)
		return NULL;
	end = strchrnul(line, '\n');
	*rest = end + (*end != '\0');
	*end = '\0';
	if (end > line && end[-1] == '\r')
		end[-1] = '\0';
	return line;
}

static void take_words(struct lexicon *lex)
{
	char *rest = lex->word_text.p, *line;

	while ((line = next_line(&rest))) {
		bool plain = lower(line);

		if (*line)
			word_table_add(&lex->words, line, NULL, plain);
	}
}

/*
 * "wrong||right" or "wrong->right, perhaps this,".  What has a comma but ends in
 * none closes with a reason why codespell does not trust it itself.
 */
static void take_corrections(struct buf *text, const char *mark, struct word_table *t)
{
	char *rest = text->p, *line;

	while ((line = next_line(&rest))) {
		char *right = *line == '#' ? NULL : strstr(line, mark);
		size_t n;

		if (!right)
			continue;
		*right = '\0';
		right += strlen(mark);
		n = strlen(right);
		if (strchr(right, ',') && right[n - 1] != ',')
			continue;
		while (n && (right[n - 1] == ',' || right[n - 1] == ' '))
			right[--n] = '\0';
		lower(line);
		if (*line && n)
			word_table_add(t, line, right, true);
	}
}

/* The review goes on without what the tree or a partial clone has not. */
static void read_kernels(struct lexicon *lex, struct repo *repo, const char *tree,
			 struct strv *said)
{
	static const char path[] = "scripts/spelling.txt";
	struct err err = ERR_INIT;
	char id[OID_HEX];
	struct blob blob;
	int rc = tree ? repo_find(repo, tree, path, id, &err) : 1;

	if (!rc)
		rc = repo_read_blob(repo, id, path, &blob, &err);
	if (rc) {
		strv_take(said, rc < 0 ? xasprintf("spelling: %s", err.text)
				       : xasprintf("the tree has no %s", path));
		err_release(&err);
		return;
	}
	buf_add(&lex->kernel_text, blob.p, blob.len < LIST_MAX ? blob.len : LIST_MAX);
	blob_release(&blob);
	take_corrections(&lex->kernel_text, "||", &lex->kernels);
}

static int read_words(struct lexicon *lex, const char *setting, struct strv *said, struct err *err)
{
	int rc = read_list(setting, word_lists, ARRAY_SIZE(word_lists), &lex->word_text, err);

	if (rc < 0)
		return err_context(err, "icrfix.wordList");
	if (rc)
		strv_add(said, "no word list in /usr/share/dict (Debian: wamerican): unknown "
			       "words are not looked for");
	else
		take_words(lex);
	return 0;
}

static int read_codespell(struct lexicon *lex, const char *setting, struct strv *said,
			  struct err *err)
{
	int rc = read_list(setting, codespell_dicts, ARRAY_SIZE(codespell_dicts),
			   &lex->codespell_text, err);

	if (rc < 0)
		return err_context(err, "icrfix.codespellDict");
	if (rc)
		strv_add(said, "codespell's dictionary is not installed: only the tree's "
			       "scripts/spelling.txt tells what is misspelled");
	else
		take_corrections(&lex->codespell_text, "->", &lex->codespell);
	return 0;
}

int lexicon_open(struct lexicon **out, const struct lexicon_options *opt, struct repo *repo,
		 const char *tree, struct strv *said, struct err *err)
{
	struct lexicon *lex = xcalloc(1, sizeof(*lex));
	int rc;

	lex->word_text = lex->codespell_text = (struct buf)BUF_INIT_MAX(LIST_MAX);
	lex->kernel_text = (struct buf)BUF_INIT;
	rc = read_words(lex, opt->word_list, said, err);
	if (!rc)
		rc = read_codespell(lex, opt->codespell_dict, said, err);
	if (rc) {
		lexicon_close(lex);
		return -1;
	}
	read_kernels(lex, repo, tree, said);
	*out = lex;
	return 0;
}

/* "in-flight" for inflight: how words are joined is taste. */
static bool only_joined(const char *word, const char *right)
{
	for (; *right; right++) {
		if (*right == ' ' || *right == '-')
			continue;
		if (*right != *word)
			return false;
		word++;
	}
	return !*word;
}

bool lexicon_correction(const struct lexicon *lex, const char *word, struct correction *out)
{
	const struct word_entry *e = word_table_find(&lex->kernels, word);

	*out = (struct correction){ e ? e->value : NULL, e != NULL };
	if (e)
		return true;
	/* Short ones are names of things too often (hda, iput), and some are words. */
	if (strlen(word) < 5 || lexicon_has(lex, word))
		return false;
	e = word_table_find(&lex->codespell, word);
	if (!e || only_joined(word, e->value))
		return false;
	out->text = e->value;
	return true;
}

bool lexicon_has_words(const struct lexicon *lex)
{
	return lex->words.n;
}

bool lexicon_has(const struct lexicon *lex, const char *word)
{
	return word_table_find(&lex->words, word);
}

static bool has(void *ctx, const char *word)
{
	return lexicon_has(ctx, word);
}

bool lexicon_knows(const struct lexicon *lex, const char *word)
{
	return word_is_made_of(word, has, (void *)(uintptr_t)lex);
}

const char *lexicon_near(const struct lexicon *lex, const char *word)
{
	const char *found = NULL;

	for (size_t i = 0; i < lex->words.cap; i++) {
		const struct word_entry *e = &lex->words.v[i];

		if (!e->word || !e->plain || !words_near(word, e->word))
			continue;
		if (found)
			return NULL;
		found = e->word;
	}
	return found;
}

void lexicon_close(struct lexicon *lex)
{
	if (!lex)
		return;
	buf_release(&lex->word_text);
	buf_release(&lex->codespell_text);
	buf_release(&lex->kernel_text);
	word_table_release(&lex->words);
	word_table_release(&lex->codespell);
	word_table_release(&lex->kernels);
	free(lex);
}
