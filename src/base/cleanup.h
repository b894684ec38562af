/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What must not be left behind when the program ends early: child process
 * groups are killed and private directories removed, at a signal, when memory
 * runs out, and at a normal end.  Safe to use from several threads.
 */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

#include <sys/types.h>

#include "err.h"

/* Catch SIGINT, SIGTERM and SIGHUP: clean up, then end with status 128 + signal. */
void cleanup_install(void);

/* Kill all noted process groups and remove all noted directories, once. */
void cleanup_run(void);

/*
 * A child is started between cleanup_lock() and cleanup_unlock(), and noted
 * there, so that cleanup_sweep() never takes it for a stray.
 */
void cleanup_lock(void);
void cleanup_unlock(void);

/*
 * Kill and reap strays: what a child started and moved out of its process group.
 * When the child ends they become ours.
 */
void cleanup_sweep(void);

/* Note (under the lock) and forget a child's process group. */
void cleanup_add_group(pid_t pgid);
void cleanup_drop_group(pid_t pgid);

/*
 * Make a private directory (mode 0700) under $TMPDIR or /tmp; removed with
 * all it holds by tmpdir_remove() or cleanup_run().  The caller frees *path.
 */
int tmpdir_make(char **path, struct err *err) __attribute__((warn_unused_result));
void tmpdir_remove(const char *path);

/* Remove a file or a directory with all it holds; links are not followed. */
void remove_tree(const char *path);

#endif
