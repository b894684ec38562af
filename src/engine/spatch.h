/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs of Coccinelle's spatch.  Each has a private directory as working
 * directory, HOME and TMPDIR, so that no .cocciconfig is ever read but there;
 * files are written under names of our own; limits on time, memory, output and
 * processes hold, and its children end with it.
 */
#ifndef ENGINE_SPATCH_H
#define ENGINE_SPATCH_H

#include <stddef.h>

#include "base/err.h"
#include "base/proc.h"
#include "rule.h"

struct spatch;

struct spatch_options {
	const char *program;     /* name or path, NULL: "spatch" */
	unsigned int timeout_ms; /* of one run, 0: the default of 60 s */
	size_t max_memory;       /* bytes, 0: the default of 2 GiB */
};

/*
 * What a version check found is kept by the caller between runs: looked up and
 * noted by a key that names the program file and its state.  Both may be NULL.
 */
struct spatch_memory {
	char *(*get)(void *ctx, const char *key); /* caller of get() frees */
	void (*put)(void *ctx, const char *key, const char *version);
	void *ctx;
};

/* Find it and check that it is new enough.  Free with spatch_close(). */
int spatch_open(struct spatch **spatch, const struct spatch_options *options,
		const struct spatch_memory *memory, struct err *err)
	__attribute__((warn_unused_result));
void spatch_close(struct spatch *spatch);

/* "1.1.1" */
const char *spatch_version(const struct spatch *spatch);

/* The version, and the size and time of the program: what results depend on. */
const char *spatch_identity(const struct spatch *spatch);

/* Whether there is a Python for script rules. */
bool spatch_has_python(void);

struct spatch_run {
	const char *cocci;          /* text of the semantic patch */
	const struct strv *options; /* from its Options: line, or NULL */
	const char *mode;           /* the virtual rule: report, context ..., or NULL */
	const char *const *extra;   /* more arguments, ends with NULL; or NULL */
	const char *const *texts;   /* the sources, one file each */
	const size_t *lens;
	size_t n;
	/*
	 * With each of them, as if they were one file, these are looked at: w<I>.c in
	 * the output, once for each source.
	 */
	const char *const *with;
	const size_t *with_lens;
	size_t n_with;
	bool in_place; /* read the files back after the run */
};

/* Free with spatch_output_release(). */
struct spatch_output {
	struct proc_result result;
	char **changed; /* with in_place: N texts, NULL where it is unchanged */
	size_t n;
};

#define SPATCH_OUTPUT_INIT                \
	{                                 \
		PROC_RESULT_INIT, NULL, 0 \
	}

/*
 * Run it.  Source I is called f<I>.c in the output.  -1 when it could not be
 * run at all; that it failed or was killed is told by spatch_failure().
 * Safe from several threads.
 */
int spatch_run(struct spatch *spatch, const struct spatch_run *run, struct spatch_output *out,
	       struct err *err) __attribute__((warn_unused_result));

/*
 * Why the run is not to be trusted, NULL when it is: a time-out, a crash, a
 * status that is not 0, a stack overflow or an exception that it only tells on
 * stderr.  The caller frees.
 */
char *spatch_failure(const struct spatch_output *out);

void spatch_output_release(struct spatch_output *out);

#endif
