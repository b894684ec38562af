// SPDX-License-Identifier: GPL-2.0-only
/*
 * New paths that depend on the APIC's mode: without a comment, or with offsets
 * that nobody has thought of.  Both look at the first test of the mode that a
 * function gets; where it has one already, its readers know what to expect.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changed.h"
#include "check.h"
#include "code_run.h"

/* An if with braces whose condition asks for the APIC's mode. */
struct branch {
	const struct source *src;
	const struct function *fn;
	int line;
	struct span mode; /* the word in the condition */
	struct code_run condition, block;
};

struct mode_check {
	struct review *r;
	size_t patch;
	const char *id;
	char *(*judge)(const struct branch *b); /* what is to be said, or NULL; owned */
};

static struct code_run body_of(const struct function *fn)
{
	return (struct code_run){ fn->body, fn->end };
}

/* The next word that asks for the mode. */
static bool next_mode(const struct source *src, struct code_run *rest, struct span *word)
{
	while (code_word(src, rest, word))
		if (span_is(*word, "apic_x2apic_mode") || span_is(*word, "apic_xapic_mode"))
			return true;
	return false;
}

/* The next such branch; REST goes on in its block. */
static bool next_branch(struct branch *b, struct code_run *rest)
{
	struct span word;

	while (code_word(b->src, rest, &word)) {
		struct code_run in;

		if (!span_is(word, "if") || !code_call(b->src, *rest, word, &b->condition))
			continue;
		in = b->condition;
		if (!next_mode(b->src, &in, &b->mode) ||
		    !code_brackets(b->src, *rest, b->condition.to + 1, '{', &b->block))
			continue;
		b->line = source_line(b->src, (size_t)(word.p - b->src->code));
		return true;
	}
	return false;
}

/* Whether the block does something, rather than to leave with an error. */
static bool does_something(const struct branch *b)
{
	static const char *const none[] = { "if",     "for",    "while",  "switch",
					    "return", "sizeof", "likely", "unlikely" };
	struct code_run rest = b->block, args;
	struct span word;

	while (code_word(b->src, &rest, &word)) {
		bool is_call = code_call(b->src, b->block, word, &args);

		for (size_t i = 0; is_call && i < ARRAY_SIZE(none); i++)
			is_call = !span_is(word, none[i]);
		if (is_call)
			return true;
	}
	return false;
}

/* A comment in the two lines above it, in it, or in its block. */
static bool is_explained(const struct branch *b)
{
	int first = b->line > 2 ? b->line - 2 : 1;
	struct code_run run = { b->src->lines[first - 1], b->block.to };

	return code_has_comment(b->src, run);
}

/* Whether the function was there, and had nothing to do with the mode. */
static bool is_first(const struct changed_file *file, const struct branch *b)
{
	const struct function *was = source_function(&file->old, b->fn->name);
	struct code_run body;
	struct span word;

	if (!was)
		return false;
	body = body_of(was);
	return !next_mode(&file->old, &body, &word);
}

/* Whether the patch takes the same line away elsewhere: it is no news then. */
static bool is_moved(const struct mode_check *check, const struct branch *b)
{
	const struct series_patch *p = review_patch(check->r, check->patch);
	struct span rest = { p->diff, p->diff ? p->diff_len : 0 }, line, own;

	own.p = source_line_text(b->src, b->line, &own.n);
	own = span_trim(own);
	while (text_line(&rest, &line)) {
		struct span gone = { line.p + 1, line.n ? line.n - 1 : 0 };

		if (!line.n || *line.p != '-')
			continue;
		gone = span_trim(gone);
		if (gone.n == own.n && !memcmp(gone.p, own.p, own.n))
			return true;
	}
	return false;
}

static void judge_branch(const struct mode_check *check, const struct changed_file *file,
			 const struct branch *b)
{
	struct note note = { .patch = check->patch, .line = b->line, .severity = SEVERITY_NOTE };
	const char *line;
	size_t n;

	if (!changed_adds(file, b->line) || !does_something(b) || is_explained(b) ||
	    !is_first(file, b) || is_moved(check, b))
		return;
	note.text = check->judge(b);
	if (!note.text)
		return;
	line = source_line_text(b->src, b->line, &n);
	note.check = xstrdup(check->id);
	note.path = xstrdup(file->path);
	note.evidence = xstrndup(line, n);
	notes_add(&check->r->notes, &note);
}

static int look(void *ctx, const struct changed_file *file, struct err *err)
{
	struct branch b = { .src = &file->new };

	(void)err;
	for (size_t i = 0; !file->new.doubt &&i < file->new.n_functions; i++) {
		struct code_run rest;

		b.fn = &file->new.functions[i];
		rest = body_of(b.fn);
		while (next_branch(&b, &rest))
			judge_branch(ctx, file, &b);
	}
	return 0;
}

static int check(struct review *r, const char *id, char *(*judge)(const struct branch *b),
		 struct err *err)
{
	struct mode_check check = { .r = r, .id = id, .judge = judge };
	int rc = 0;

	for (size_t i = 0; !rc && i < r->lint->n; i++) {
		const struct series_patch *p = review_patch(r, i);

		check.patch = i;
		if (p->diff && memmem(p->diff, p->diff_len, "apic_mode", 9))
			rc = changed_files(r, i, look, &check, err);
	}
	return rc;
}

static char *judge_comment(const struct branch *b)
{
	return xasprintf("%s() gets a path of its own for the APIC's mode here: a comment should "
			 "say when it is taken and why it differs.",
			 b->fn->name);
}

int check_mode_comment(struct review *r, struct err *err)
{
	return check(r, "mode-comment", judge_comment, err);
}

/* "offset" of a condition that asks for x2APIC mode and "offset == APIC_ICR". */
static bool icr_offset(const struct branch *b, struct span *offset)
{
	struct code_run rest = b->condition;
	struct span word;

	while (code_word(b->src, &rest, &word))
		if (!span_is(word, "APIC_ICR") &&
		    code_comparisons(b->src, b->condition, word) == 1) {
			*offset = word;
			return true;
		}
	return false;
}

static bool mentions(const struct source *src, struct code_run rest, const char *prefix)
{
	struct span word;

	while (code_word(src, &rest, &word))
		if (span_starts(word, prefix))
			return true;
	return false;
}

/* "kvm_lapic_reg_write64" */
static bool is_wide(struct span name)
{
	return name.n > 2 && !memcmp(name.p + name.n - 2, "64", 2);
}

/* A call that accesses a register of the APIC at this offset; WIDE: 64 bits of it. */
static bool accesses(const struct source *src, struct code_run run, struct span offset, bool wide)
{
	const struct span eight = { "8", 1 };
	struct code_run rest = run, args;
	struct span word;

	while (code_word(src, &rest, &word)) {
		if (!span_starts(word, "kvm_lapic_") || !code_call(src, run, word, &args) ||
		    !code_has_argument(src, args, offset))
			continue;
		if (!wide || is_wide(word) || code_has_argument(src, args, eight))
			return true;
	}
	return false;
}

static bool has_guard(const struct branch *b)
{
	static const char *const guards[] = { "WARN", "BUG", "KVM_BUG", "kvm_vm_bugged" };

	for (size_t i = 0; i < ARRAY_SIZE(guards); i++)
		if (mentions(b->src, body_of(b->fn), guards[i]))
			return true;
	return false;
}

/* Only APIC_ICR takes the path, and others go on as in xAPIC mode. */
static bool lets_others_by(const struct branch *b)
{
	struct code_run behind = { b->block.to, b->fn->end };
	struct span offset;

	return mentions(b->src, b->condition, "APIC_ICR") && icr_offset(b, &offset) &&
	       code_comparisons(b->src, body_of(b->fn), offset) == 1 &&
	       accesses(b->src, behind, offset, false);
}

/* The path is for the mode alone, and accesses 64 bits at an offset that the caller gives. */
static bool takes_any(const struct branch *b)
{
	struct code_run header = { b->fn->start, b->fn->body };
	struct span name;

	if (mentions(b->src, b->condition, "APIC_"))
		return false;
	while (code_word(b->src, &header, &name))
		if (accesses(b->src, b->block, name, true) &&
		    !code_comparisons(b->src, body_of(b->fn), name))
			return true;
	return false;
}

static char *judge_offset(const struct branch *b)
{
	size_t n = b->condition.to - b->condition.from;

	if (code_before(b->src, b->mode) == '!' || !span_is(b->mode, "apic_x2apic_mode") ||
	    memchr(b->src->code + b->condition.from, '|', n) || has_guard(b))
		return NULL;
	if (lets_others_by(b))
		return xstrdup("other offsets than APIC_ICR fall through to the common path in "
			       "x2APIC mode; if they cannot happen, WARN_ON_ONCE() on them.");
	if (takes_any(b))
		return xstrdup("any offset is taken as one of a 64-bit register in x2APIC mode; "
			       "if only APIC_ICR can happen, WARN_ON_ONCE() on others.");
	return NULL;
}

int check_mode_offset(struct review *r, struct err *err)
{
	return check(r, "mode-offset", judge_offset, err);
}
