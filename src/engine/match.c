// SPDX-License-Identifier: GPL-2.0-only
#include "match.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/*
 * spatch skips what it cannot parse, and functions whose control flow it
 * cannot follow, without a word.  So it is asked first, by a semantic patch of
 * our own, for every place where one of the rule's tokens stands in a function
 * body, or, where tokens are no expressions of their own, for every function;
 * what it does not name, it has not seen.  The question costs no Python: with
 * --show-transinfo each match leaves this line.
 */
static const char match_mark[] = "with rule_elem";
/* ... and before the matches of a file, this one, */
static const char file_mark[] = "\nseen = ";
/* before those of definitions, also in what is consulted, this one. */
static const char definitions_mark[] = "\ndefined = ";

/* Each round of questions hides a function that cannot be parsed, or more. */
#define MAX_ROUNDS 32

struct file {
	struct match *match;
	const struct source *src;
	char *hide; /* a byte a function: blanked in the slice */
	char *slice;
	unsigned short *seen; /* tokens seen on each line, while lines are asked for */
	bool done;            /* nothing more to ask */
};

struct job {
	struct spatch *spatch;
	const struct rule *rule;
	const struct consults *consults;
	const struct consulted **consulted; /* of them, those that matter */
	char **with;                        /* their slices */
	size_t *with_lens;
	size_t n_with;
	struct file *files;
	size_t n;
	bool whole;
};

/*
 * A pattern of function granularity lies in one function, which holds all its
 * tokens, so that the others need not be shown, unless the boundaries are in
 * doubt.
 */
static bool only_functions(const struct job *job, const struct file *f)
{
	return !job->whole && !job->rule->whole_file && !f->src->doubt;
}

static void make_slice(const struct job *job, struct file *f)
{
	free(f->slice);
	f->slice = source_slice(f->src, f->hide, only_functions(job, f));
}

static void hide_others(const struct job *job, struct file *f)
{
	f->hide = xcalloc(f->src->n_functions, 1);
	if (!only_functions(job, f))
		return;
	for (size_t i = 0; i < f->src->n_functions; i++)
		f->hide[i] = !function_matches(f->src, &f->src->functions[i], &job->rule->tokens);
}

static void add_token_list(struct buf *text, const struct tokens *tokens)
{
	const char *sep = "";

	for (size_t i = 0; i < tokens->all.n; i++, sep = ", ")
		buf_addf(text, "%s%s", sep, tokens->all.v[i]);
	for (size_t i = 0; i < tokens->any.n; i++, sep = ", ")
		buf_addf(text, "%s%s", sep, tokens->any.v[i]);
}

/* Every token, with its line. */
static void ask_for_tokens(struct buf *text, const struct rule *rule, bool lines)
{
	buf_adds(text, "@seen@\nidentifier I = {");
	add_token_list(text, &rule->tokens);
	buf_adds(text, lines ? "};\nposition p;\n@@\nI@p\n" : "};\n@@\n* I\n");
}

/* Every function, with the line of its name. */
static void ask_for_functions(struct buf *text, bool lines)
{
	buf_adds(text, "@seen@\nidentifier F;\n");
	buf_adds(text, lines ? "position p;\n@@\nF@p(...) { ... }\n" : "@@\n* F(...)\n{ ... }\n");
}

static char *seen_cocci(const struct rule *rule, bool lines)
{
	const struct tokens definitions = { .any = rule->definitions };
	struct buf text = BUF_INIT;

	if (rule->tokens.words)
		ask_for_functions(&text, lines);
	else
		ask_for_tokens(&text, rule, lines);
	if (lines)
		buf_adds(&text, "\n@script:python@\np << seen.p;\n@@\n"
				"for x in p: print(\"%s:%s\" % (x.file, x.line))\n");
	if (!rule->definitions.n)
		return buf_detach(&text);
	buf_adds(&text, "\n@defined@\nidentifier F = {");
	add_token_list(&text, &definitions);
	buf_adds(&text, lines ? "};\nposition p;\n@@\nF@p(...) { ... }\n\n@script:python@\n"
				"p << defined.p;\n@@\n"
				"for x in p: print(\"definition %s:%s:\" % (x.file, x.line))\n"
			      : "};\n@@\n* F(...)\n{ ... }\n");
	return buf_detach(&text);
}

/* Run over the files that are not done; which[] gets their indices. */
static int run_open(struct job *job, const char *cocci, const char *mode, const char *const *extra,
		    size_t *which, size_t *n_which, struct spatch_output *out, struct err *err)
{
	const char **texts = xcalloc(job->n, sizeof(*texts));
	size_t *lens = xcalloc(job->n, sizeof(*lens)), n = 0;
	struct spatch_run run = {
		.cocci = cocci,
		.options = &job->rule->cocci.options,
		.mode = mode,
		.extra = extra,
		.texts = texts,
		.lens = lens,
		.with = (const char *const *)job->with,
		.with_lens = job->with_lens,
		.n_with = job->n_with,
	};
	int rc = 0;

	for (size_t i = 0; i < job->n; i++) {
		if (job->files[i].done)
			continue;
		which[n] = i;
		texts[n] = job->files[i].slice;
		lens[n++] = job->files[i].src->len;
	}
	*n_which = run.n = n;
	if (n)
		rc = spatch_run(job->spatch, &run, out, err);
	free(texts);
	free(lens);
	return rc;
}

static void add_unseen(struct job *job, struct file *f, int line, const char *function,
		       const char *reason, bool transient)
{
	struct unseen u = {
		.rule = xstrdup(job->rule->id),
		.line = line,
		.function = xstrdup(function),
		.reason = xstrdup(reason),
		.transient = transient,
	};

	findings_add_unseen(&f->match->found, &u);
}

/* This file cannot be told of: every function that held something back. */
static void give_up(struct job *job, struct file *f, const char *reason, bool transient)
{
	bool any = false;

	for (size_t i = 0; i < f->src->n_functions; i++) {
		const struct function *fn = &f->src->functions[i];

		if (!f->hide[i] && function_matches(f->src, fn, &job->rule->tokens)) {
			add_unseen(job, f, fn->line, fn->name, reason, transient);
			any = true;
		}
	}
	if (!any)
		add_unseen(job, f, 0, "", reason, transient);
	f->done = true;
}

/* What spatch is to name: tokens or functions, and definitions that the rule consults. */
struct tally {
	size_t tokens, definitions;
};

static void count_function(const struct job *job, const struct source *src,
			   const struct function *fn, struct tally *t)
{
	t->tokens += job->rule->tokens.words
			     ? 1
			     : source_count(src, &job->rule->tokens, fn->body, fn->end, false);
	t->definitions += strv_has(&job->rule->definitions, fn->name);
}

/* Tokens in exported symbols are named too. */
static void count_exports(const struct job *job, const struct source *src, struct tally *t)
{
	static const char export[] = "\nEXPORT_SYMBOL";
	const char *p = src->code, *end = p + src->len;

	if (job->rule->tokens.words)
		return;
	while ((p = memmem(p, (size_t)(end - p), export, sizeof(export) - 1))) {
		size_t from = (size_t)(p - src->code) + 1, len = strcspn(src->code + from, "\n");

		t->tokens += source_count(src, &job->rule->tokens, from, from + len, false);
		p += sizeof(export) - 1;
	}
}

/* Of a file and what is looked at with it. */
static struct tally expected(const struct job *job, const struct file *f)
{
	struct tally t = { 0, 0 };

	count_exports(job, f->src, &t);
	for (size_t i = 0; i < f->src->n_functions; i++)
		if (!f->hide[i])
			count_function(job, f->src, &f->src->functions[i], &t);
	for (size_t i = 0; i < job->n_with; i++) {
		const struct source *src = &job->consulted[i]->src;

		count_exports(job, src, &t);
		for (size_t j = 0; j < src->n_functions; j++)
			if (job->whole || consulted_defines(job->consults, &src->functions[j]))
				count_function(job, src, &src->functions[j], &t);
	}
	return t;
}

static size_t count_marks(const char *from, const char *to, const char *mark)
{
	size_t n = 0;

	for (; (from = memmem(from, (size_t)(to - from), mark, strlen(mark))); n++)
		from += strlen(mark);
	return n;
}

/* What spatch named of one file, in its part of the output. */
static struct tally named(const char *from, const char *to)
{
	const char *definitions =
		memmem(from, (size_t)(to - from), definitions_mark, sizeof(definitions_mark) - 1);
	const char *end = definitions ? definitions : to;

	return (struct tally){
		.tokens = count_marks(from, end, match_mark),
		.definitions = count_marks(end, to, match_mark),
	};
}

/*
 * Whether there are tokens that spatch names or not, as it likes: in macros,
 * and in tables where these are shown.  Then the sum says nothing.
 */
static bool any_astray(const struct job *job, const struct source *src)
{
	const struct tokens *tokens = &job->rule->tokens;

	for (size_t i = 0; i < src->n_macros; i++)
		if (source_count(src, tokens, src->macros[i].body, src->macros[i].end, true))
			return true;
	for (size_t i = 0; i < src->n_initializers; i++)
		if ((job->whole || job->rule->whole_file) &&
		    source_count(src, tokens, src->initializers[i].body, src->initializers[i].end,
				 false))
			return true;
	return false;
}

static bool countable(const struct job *job, const struct source *src)
{
	return !src->doubt && !any_astray(job, src);
}

static bool with_countable(const struct job *job)
{
	for (size_t i = 0; i < job->n_with; i++)
		if (!countable(job, &job->consulted[i]->src))
			return false;
	return true;
}

/*
 * Whether the count of matches is, file by file, that of the tokens and
 * definitions we know of.  Any other form of the output is a no.
 */
static bool all_counted(const struct job *job, const struct buf *out, const size_t *which, size_t n)
{
	const char *p = out->len ? strstr(out->p, file_mark) : NULL;

	for (size_t i = 0; i < n; i++) {
		const struct file *f = &job->files[which[i]];
		struct tally want = expected(job, f), got;
		const char *next;

		if (!p || !countable(job, f->src) || !with_countable(job))
			return false;
		next = strstr(p + 1, file_mark);
		got = named(p, next ? next : out->p + out->len);
		if (got.tokens != want.tokens || got.definitions != want.definitions)
			return false;
		p = next;
	}
	return !p;
}

/* Whether a line ends something at file scope, in the kernel's style. */
static bool closes_scope(const struct source *src, int line)
{
	const char *p = src->code + src->lines[line - 1];

	return *p == '}' || *p == ')';
}

/* Spatch named a token on a line, or the function that begins there. */
static void note_line(const struct job *job, struct file *f, int line)
{
	const struct function *fn = source_function_at(f->src, line);
	int last = fn ? fn->end_line : line;

	if (!job->rule->tokens.words) {
		f->seen[line]++;
		return;
	}
	while (!fn && last < (int)f->src->n_lines && !closes_scope(f->src, last))
		last++;
	for (line = fn ? fn->line : line; line <= last; line++)
		f->seen[line]++;
}

/* "f3.c:17" lines into each file's seen[]. */
static void note_lines(struct job *job, const char *text, const size_t *which, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct file *f = &job->files[which[i]];

		free(f->seen);
		f->seen = xcalloc(f->src->n_lines + 2, sizeof(*f->seen));
	}
	for (const char *p = text; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
		unsigned long file, line;

		if (sscanf(p, "f%lu.c:%lu", &file, &line) == 2 && file < n &&
		    line <= job->files[which[file]].src->n_lines)
			note_line(job, &job->files[which[file]], (int)line);
	}
}

/* Whether a line holds more tokens than spatch named there, or is in no function that it named. */
static bool line_missed(const struct job *job, const struct file *f, int line)
{
	size_t len, from = f->src->lines[line - 1], n;

	source_line_text(f->src, line, &len);
	n = source_count(f->src, &job->rule->tokens, from, from + len, false);
	return f->seen[line] < (job->rule->tokens.words && n ? 1 : n);
}

static bool function_missed(const struct job *job, const struct file *f, const struct function *fn)
{
	for (int line = source_line(f->src, fn->body); line <= fn->end_line; line++)
		if (line_missed(job, f, line))
			return true;
	return false;
}

static const char parse_reason[] = "spatch cannot parse it";

/* Hide the functions that were missed; says whether there was one. */
static bool hide_missed(struct job *job, struct file *f)
{
	bool any = false;

	for (size_t i = 0; i < f->src->n_functions; i++) {
		const struct function *fn = &f->src->functions[i];

		if (f->hide[i] || !function_missed(job, f, fn))
			continue;
		f->hide[i] = 1;
		any = true;
		if (job->rule->whole_file || function_matches(f->src, fn, &job->rule->tokens))
			add_unseen(job, f, fn->line, fn->name, parse_reason, false);
	}
	return any;
}

static bool missed_line(const struct job *job, const struct file *f, int line, const char **name)
{
	const struct function *fn = source_function_at(f->src, line);

	*name = fn ? fn->name : "";
	return line_missed(job, f, line) && (!fn || !f->hide[fn - f->src->functions]);
}

/* From FROM to TO: words only together mean something. */
static void report_missed_words(struct job *job, struct file *f, int from, int to)
{
	const struct source *src = f->src;
	size_t begin = src->lines[from - 1],
	       end = (size_t)to < src->n_lines ? src->lines[to] : src->len;
	const char *name;

	if (!tokens_match(&job->rule->tokens, src->code + begin, end - begin))
		return;
	while (from <= to && !missed_line(job, f, from, &name))
		from++;
	if (from <= to)
		add_unseen(job, f, from, name, parse_reason, false);
}

/* In doubt about boundaries each line counts by itself, words by what they stand in. */
static void report_missed_lines(struct job *job, struct file *f)
{
	int last = (int)f->src->n_lines, from = 1;
	const char *name;

	for (int line = 1; line <= last; line++) {
		if (!job->rule->tokens.words) {
			if (missed_line(job, f, line, &name))
				add_unseen(job, f, line, name, parse_reason, false);
		} else if (closes_scope(f->src, line) || line == last) {
			report_missed_words(job, f, from, line);
			from = line + 1;
		}
	}
}

static int ask_lines(struct job *job, bool *again, struct err *err);

/*
 * A run over several files failed: each alone, so that only the one at fault is
 * given up.
 */
static int each_alone(struct job *job, int (*step)(struct job *, struct err *), const char *reason,
		      struct err *err)
{
	size_t open = 0;
	int rc = 0;

	for (size_t i = 0; i < job->n; i++)
		open += !job->files[i].done;
	for (size_t i = 0; !rc && i < job->n; i++) {
		struct job one = *job;

		if (job->files[i].done)
			continue;
		if (open == 1) {
			give_up(job, &job->files[i], reason, true);
			continue;
		}
		one.files = &job->files[i];
		one.n = 1;
		rc = step(&one, err);
	}
	return rc;
}

static int ask_seen(struct job *job, struct err *err)
{
	static const char *const extra[] = { "--no-show-diff", "--show-transinfo", NULL };
	size_t *which = xcalloc(job->n, sizeof(*which)), n;
	struct spatch_output out = SPATCH_OUTPUT_INIT;
	char *cocci = seen_cocci(job->rule, false), *failure = NULL;
	bool again = false;
	int rc = run_open(job, cocci, NULL, extra, which, &n, &out, err);

	if (!rc && n) {
		failure = spatch_failure(&out);
		again = !failure && !all_counted(job, &out.result.out, which, n) &&
			!all_counted(job, &out.result.err, which, n);
	}
	free(cocci);
	free(which);
	spatch_output_release(&out);
	if (failure) {
		rc = each_alone(job, ask_seen, failure, err);
		free(failure);
		return rc;
	}
	/* A function that cannot be parsed may hide others: ask until all are seen. */
	for (int round = 0; !rc && again && round < MAX_ROUNDS; round++)
		rc = ask_lines(job, &again, err);
	for (size_t i = 0; !rc && again && i < job->n; i++)
		if (!job->files[i].done)
			give_up(job, &job->files[i], "too much that spatch cannot parse", true);
	return rc;
}

/* Whether spatch named a definition of one of the consulted files, in any line or this. */
static bool definition_named(const char *text, size_t with, int line)
{
	char *mark = line ? xasprintf("definition w%zu.c:%d:", with, line)
			  : xasprintf("definition w%zu.c:", with);
	bool yes = text && strstr(text, mark);

	free(mark);
	return yes;
}

/* Whether it named all that matter; in doubt about boundaries, one. */
static bool definitions_named(const struct job *job, size_t with, const char *text)
{
	const struct source *src = &job->consulted[with]->src;

	if (src->doubt)
		return definition_named(text, with, 0);
	for (size_t i = 0; i < src->n_functions; i++)
		if (consulted_defines(job->consults, &src->functions[i]) &&
		    !definition_named(text, with, src->functions[i].line))
			return false;
	return true;
}

/* Without the definitions that the rule consults nothing can be said. */
static void check_definitions(struct job *job, const char *text)
{
	for (size_t i = 0; i < job->n_with; i++) {
		char *reason;

		if (definitions_named(job, i, text))
			continue;
		reason = xasprintf("the rule consults %s, which spatch cannot parse",
				   job->consulted[i]->path);
		for (size_t j = 0; j < job->n; j++)
			if (!job->files[j].done)
				give_up(job, &job->files[j], reason, false);
		free(reason);
	}
}

static int ask_lines(struct job *job, bool *again, struct err *err)
{
	size_t *which = xcalloc(job->n, sizeof(*which)), n;
	struct spatch_output out = SPATCH_OUTPUT_INIT;
	char *cocci = seen_cocci(job->rule, true), *failure = NULL;
	int rc = run_open(job, cocci, NULL, NULL, which, &n, &out, err);

	*again = false;
	if (!rc && n) {
		failure = spatch_failure(&out);
		note_lines(job, out.result.out.p, which, n);
		if (!failure)
			check_definitions(job, out.result.out.p);
	}
	for (size_t i = 0; !rc && !failure && i < n; i++) {
		struct file *f = &job->files[which[i]];

		if (f->done) {
			continue;
		} else if (hide_missed(job, f)) {
			make_slice(job, f);
			*again = true;
		} else if (f->src->doubt) {
			report_missed_lines(job, f);
		}
	}
	for (size_t i = 0; !rc && failure && i < n; i++)
		give_up(job, &job->files[which[i]], failure, true);
	free(failure);
	free(cocci);
	free(which);
	spatch_output_release(&out);
	return rc;
}

/* Without Python: context mode needs none. */
static int ask_any(struct job *job, bool *any, char **failure, struct err *err)
{
	static const char *const extra[] = { "--no-show-diff", "--show-transinfo", NULL };
	size_t *which = xcalloc(job->n, sizeof(*which)), n;
	struct spatch_output out = SPATCH_OUTPUT_INIT;
	int rc = run_open(job, job->rule->cocci.text, "context", extra, which, &n, &out, err);

	*any = false;
	if (!rc && n) {
		*failure = spatch_failure(&out);
		*any = (out.result.out.len && strstr(out.result.out.p, match_mark)) ||
		       (out.result.err.len && strstr(out.result.err.p, match_mark));
	}
	free(which);
	spatch_output_release(&out);
	return rc;
}

/* The lines of "(with line 12)" or "(with lines 12, 14)" at the end of a message. */
static void with_lines(struct finding *f)
{
	const char *p = strrchr(f->message, '(');

	f->lines = xcalloc(strlen(f->message) + 1, sizeof(*f->lines));
	f->lines[f->n_lines++] = f->line;
	if (!p || strncmp(p, "(with line", 10) != 0)
		return;
	p += 10;
	p += *p == 's';
	while (*p) {
		char *end;
		long line = strtol(p, &end, 10);

		if (end == p)
			break;
		if (line > 0 && line < 10000000)
			f->lines[f->n_lines++] = (int)line;
		p = end + strspn(end, ", ");
	}
}

static int compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void sort_lines(struct finding *f)
{
	size_t out = 0;

	qsort(f->lines, f->n_lines, sizeof(*f->lines), compare_ints);
	for (size_t i = 0; i < f->n_lines; i++)
		if (!out || f->lines[out - 1] != f->lines[i])
			f->lines[out++] = f->lines[i];
	f->n_lines = out;
	f->end_line = f->lines[out - 1];
	if (f->end_line < f->line)
		f->end_line = f->line;
}

/* The code of part of a line, blanks only where they part two words. */
static void add_tokens(struct buf *to, const struct source *src, int line, int from, int to_column)
{
	size_t len, begin;
	bool gap = false;

	source_line_text(src, line, &len);
	if (!len)
		return;
	begin = src->lines[line - 1];
	for (size_t i = (size_t)from; i < len && (to_column <= from || i < (size_t)to_column);
	     i++) {
		char c = src->code[begin + i];
		bool word = isalnum((unsigned char)c) || c == '_';

		if (isspace((unsigned char)c)) {
			gap = true;
			continue;
		}
		if (gap && word && to->len &&
		    (isalnum((unsigned char)to->p[to->len - 1]) || to->p[to->len - 1] == '_'))
			buf_addc(to, ' ');
		gap = false;
		buf_addc(to, c);
	}
}

/* Of a finding about the whole function none of its text counts. */
static char *make_identity(const struct rule *rule, const struct source *src,
			   const struct finding *f)
{
	struct buf text = BUF_INIT;

	if (rule->about_function && *f->function)
		return xstrdup("");
	add_tokens(&text, src, f->line, f->column - 1, f->end_column - 1);
	for (size_t i = 0; i < f->n_lines; i++) {
		if (f->lines[i] == f->line)
			continue;
		buf_addc(&text, '\n');
		add_tokens(&text, src, f->lines[i], 0, 0);
	}
	buf_adds(&text, "");
	return buf_detach(&text);
}

#define SNIPPET_LINES 12

static char *make_snippet(const struct source *src, const struct finding *f)
{
	bool whole = f->end_line - f->lines[0] < SNIPPET_LINES;
	struct buf text = BUF_INIT;
	int last = 0;

	for (int line = f->lines[0], i = 0; line <= f->end_line;) {
		size_t len;
		const char *p = source_line_text(src, line, &len);

		if (last && line > last + 1)
			buf_adds(&text, "...\n");
		buf_add(&text, p, len);
		buf_addc(&text, '\n');
		last = line;
		if (whole)
			line++;
		else
			line = (size_t)++i < f->n_lines ? f->lines[i] : f->end_line + 1;
	}
	return buf_detach(&text);
}

static bool told_as_macro(const struct job *job, const struct file *f, int line)
{
	const struct macro *m = source_macro_at(f->src, line);

	return m && tokens_match(&job->rule->tokens, f->src->text + m->body, m->end - m->body);
}

/* One line of report mode: "f0.c:2812:2-21: message", column from 0. */
static int take_report_line(struct job *job, const char *p, size_t len, const size_t *which,
			    size_t n, struct err *err)
{
	unsigned long file, line, column, end;
	char *text = xstrndup(p, len);
	struct finding f = { .rule = NULL };
	const struct function *fn;
	struct file *to;
	int at = 0;

	/* What is consulted counts only where it is a candidate. */
	if (job->n_with && *p == 'w') {
		free(text);
		return 0;
	}
	if (sscanf(text, "f%lu.c:%lu:%lu-%lu: %n", &file, &line, &column, &end, &at) < 4 || !at ||
	    file >= n || !line || line > job->files[which[file]].src->n_lines || column > 1000000 ||
	    end > 1000000) {
		err_set(err, "%s: report mode printed a line that is no finding: %s",
			job->rule->cocci.path, text);
		free(text);
		return -1;
	}
	to = &job->files[which[file]];
	/* Some bodies spatch reads, others not: they are all told as not analysed. */
	if (told_as_macro(job, to, (int)line)) {
		free(text);
		return 0;
	}
	f.rule = xstrdup(job->rule->id);
	f.severity = job->rule->severity;
	f.line = (int)line;
	f.column = (int)column + 1;
	f.end_column = end > column ? (int)end + 1 : 0;
	f.message = xstrdup(text + at);
	fn = source_function_at(to->src, f.line);
	f.function = xstrdup(fn ? fn->name : "");
	with_lines(&f);
	sort_lines(&f);
	f.identity = make_identity(job->rule, to->src, &f);
	f.snippet = make_snippet(to->src, &f);
	findings_add(&to->match->found, &f);
	free(text);
	return 0;
}

static int ask_report(struct job *job, char **failure, struct err *err)
{
	size_t *which = xcalloc(job->n, sizeof(*which)), n;
	struct spatch_output out = SPATCH_OUTPUT_INIT;
	int rc = run_open(job, job->rule->cocci.text, "report", NULL, which, &n, &out, err);

	if (!rc && n)
		*failure = spatch_failure(&out);
	if (!rc && n && !*failure && out.result.out.len) {
		const char *p = out.result.out.p;

		while (!rc && *p) {
			size_t len = strcspn(p, "\n");

			if (len)
				rc = take_report_line(job, p, len, which, n, err);
			p += len + (p[len] == '\n');
		}
	}
	free(which);
	spatch_output_release(&out);
	return rc;
}

static int ask_findings(struct job *job, struct err *err)
{
	bool any = true, python = spatch_has_python();
	char *failure = NULL;
	int rc = 0;

	/* Only report mode needs Python, and only where there is something to report. */
	if (!python)
		rc = ask_any(job, &any, &failure, err);
	if (!rc && !failure && any && !python)
		rc = err_set(err, "%s matches, but telling where needs Python: install python3",
			     job->rule->id);
	if (!rc && !failure && any)
		rc = ask_report(job, &failure, err);
	if (!rc && failure)
		rc = each_alone(job, ask_findings, failure, err);
	free(failure);
	return rc;
}

/* A macro's body is text to spatch: it looks for nothing there. */
static void report_macros(struct job *job, struct file *f)
{
	for (size_t i = 0; i < f->src->n_macros; i++) {
		const struct macro *m = &f->src->macros[i];

		if (tokens_match(&job->rule->tokens, f->src->text + m->body, m->end - m->body))
			add_unseen(job, f, m->line, m->name, "in a macro", false);
	}
}

/* Whether any function, or in doubt any code, holds what the tokens ask for. */
static bool worth_a_run(const struct job *job, const struct file *f)
{
	const struct tokens *tokens = &job->rule->tokens;

	if (f->src->doubt || job->rule->whole_file)
		return tokens_match(tokens, f->src->code, f->src->len);
	for (size_t i = 0; i < f->src->n_functions; i++)
		if (function_matches(f->src, &f->src->functions[i], tokens))
			return true;
	return false;
}

/* A file that cannot be consulted: nothing can be said of any candidate. */
static void tell_too_large(struct job *job, const struct consulted *file)
{
	char *reason = xasprintf("the rule consults %s, which is too large", file->path);

	for (size_t i = 0; i < job->n; i++)
		if (!job->files[i].done)
			give_up(job, &job->files[i], reason, false);
	free(reason);
}

/* Slices of what is consulted.  Where nothing is defined there, the rule says nothing. */
static void consult(struct job *job)
{
	const struct consults *c = job->consults;

	job->consulted = xcalloc(c->n, sizeof(*job->consulted));
	job->with = xcalloc(c->n, sizeof(*job->with));
	job->with_lens = xcalloc(c->n, sizeof(*job->with_lens));
	for (size_t i = 0; i < c->n; i++) {
		const struct consulted *file = &c->v[i];

		if (file->too_large)
			tell_too_large(job, file);
		if (!file->text || !consulted_matters(c, file))
			continue;
		job->consulted[job->n_with] = file;
		job->with[job->n_with] = consulted_slice(c, file, job->whole);
		job->with_lens[job->n_with++] = file->src.len;
	}
}

/* Whether there is anything to ask spatch about. */
static bool prepare(struct job *job, struct match *matches)
{
	bool any = false;

	for (size_t i = 0; i < job->n; i++) {
		struct file *f = &job->files[i];

		*f = (struct file){ .match = &matches[i], .src = matches[i].src };
		hide_others(job, f);
		f->done = !worth_a_run(job, f);
	}
	consult(job);
	for (size_t i = 0; i < job->n; i++) {
		struct file *f = &job->files[i];

		if (job->rule->consults.n && !job->n_with)
			f->done = true;
		else
			report_macros(job, f);
		any = any || !f->done;
		if (!f->done)
			make_slice(job, f);
	}
	return any;
}

static void job_release(struct job *job)
{
	for (size_t i = 0; i < job->n; i++) {
		free(job->files[i].hide);
		free(job->files[i].slice);
		free(job->files[i].seen);
	}
	for (size_t i = 0; i < job->n_with; i++)
		free(job->with[i]);
	free(job->files);
	free(job->with);
	free(job->with_lens);
	free(job->consulted);
}

int match_rule(struct spatch *spatch, const struct consults *consults, struct match *matches,
	       size_t n, bool whole_files, struct err *err)
{
	struct job job = {
		.spatch = spatch,
		.rule = consults->rule,
		.consults = consults,
		.files = xcalloc(n, sizeof(*job.files)),
		.n = n,
		.whole = whole_files,
	};
	int rc = 0;

	if (prepare(&job, matches)) {
		rc = ask_seen(&job, err);
		if (!rc)
			rc = ask_findings(&job, err);
	}
	job_release(&job);
	return rc;
}

void line_set_add(struct line_set *set, int line)
{
	size_t at = set->n;

	while (at && set->v[at - 1] > line)
		at--;
	if (at && set->v[at - 1] == line)
		return;
	GROW(set->v, set->n, set->cap);
	memmove(set->v + at + 1, set->v + at, (set->n - at) * sizeof(*set->v));
	set->v[at] = line;
	set->n++;
}

/* The old lines that unified diffs of "f<I>.c" take away. */
static void diff_lines(const char *diff, struct line_set *sets, size_t n)
{
	unsigned long file = n;
	int line = 0;

	for (const char *p = diff; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		if (!strncmp(p, "--- ", 4)) {
			file = n;
			sscanf(p, "--- f%lu.c", &file);
		} else if (!strncmp(p, "@@ -", 4)) {
			line = (int)strtol(p + 4, NULL, 10);
		} else if (strncmp(p, "+++ ", 4) != 0) {
			if (*p == '-' && file < n)
				line_set_add(&sets[file], line);
			line += *p == '-' || *p == ' ';
		}
	}
}

static void report_lines(const char *text, struct line_set *sets, size_t n)
{
	for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		struct finding f = { .rule = NULL };
		unsigned long file, line;

		if (sscanf(p, "f%lu.c:%lu:", &file, &line) != 2 || file >= n)
			continue;
		f.line = (int)line;
		f.message = xstrndup(p, strcspn(p, "\n"));
		with_lines(&f);
		for (size_t i = 0; i < f.n_lines; i++)
			line_set_add(&sets[file], f.lines[i]);
		finding_release(&f);
	}
}

int match_plain(struct spatch *spatch, const struct consults *consults, const char *mode,
		const struct source *const *srcs, size_t n, struct line_set *sets, struct err *err)
{
	const char **texts = xcalloc(n + consults->n, sizeof(*texts));
	size_t *lens = xcalloc(n + consults->n, sizeof(*lens));
	struct spatch_run run = {
		.cocci = consults->rule->cocci.text,
		.options = &consults->rule->cocci.options,
		.mode = mode,
		.texts = texts,
		.lens = lens,
		.n = n,
		.with = texts + n,
		.with_lens = lens + n,
	};
	struct spatch_output out = SPATCH_OUTPUT_INIT;
	int rc;

	for (size_t i = 0; i < n; i++) {
		texts[i] = srcs[i]->text;
		lens[i] = srcs[i]->len;
	}
	for (size_t i = 0; i < consults->n; i++) {
		if (!consults->v[i].text)
			continue;
		texts[n + run.n_with] = consults->v[i].text;
		lens[n + run.n_with++] = consults->v[i].src.len;
	}
	rc = spatch_run(spatch, &run, &out, err);
	if (!rc && out.result.out.len && !strcmp(mode, "context"))
		diff_lines(out.result.out.p, sets, n);
	else if (!rc && out.result.out.len)
		report_lines(out.result.out.p, sets, n);
	spatch_output_release(&out);
	free(texts);
	free(lens);
	return rc;
}
