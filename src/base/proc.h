/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Child processes: an argument vector, never a shell; own process group,
 * standard input from /dev/null, no inherited descriptors, bounded in time,
 * memory, processes and output, and ended with its children.
 */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"

struct proc {
	const char *const *argv; /* [0] is an absolute path, ends with NULL */
	const char *const *env;  /* NAME=value, ends with NULL */
	const char *cwd;
	unsigned int timeout_ms; /* wall time, at least 1 */
	size_t max_memory;       /* bytes of address space, 0: no limit */
	size_t max_output;       /* bytes of stdout and of stderr each */
	unsigned int max_procs;  /* processes beside those the user has now */
};

enum proc_end {
	PROC_EXITED,    /* code is the exit status */
	PROC_SIGNALLED, /* code is the signal */
	PROC_TIMED_OUT,
	PROC_TOO_MUCH_OUTPUT,
};

/* Initialise with PROC_RESULT_INIT, free with proc_result_release(). */
struct proc_result {
	enum proc_end end;
	int code;
	struct buf out, err;
};

#define PROC_RESULT_INIT                           \
	{                                          \
		PROC_EXITED, 0, BUF_INIT, BUF_INIT \
	}

/*
 * Run to the end.  -1 only when the child could not be started; how it ended
 * is in the result.
 */
int proc_run(const struct proc *proc, struct proc_result *res, struct err *err)
	__attribute__((warn_unused_result));

/* How it ended, in words ("exit status 2", "killed by signal 11"); caller frees. */
char *proc_end_text(const struct proc_result *res);

void proc_result_release(struct proc_result *res);

/*
 * The absolute path of a program: NAME itself when it holds a '/', else the
 * first executable in $PATH.  The caller frees it; NULL when there is none.
 */
char *proc_find(const char *name);

#endif
