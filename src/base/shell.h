/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commands that the user wrote, run through a shell as git runs editors and
 * hooks.  Nothing foreign may come near the command line or the environment;
 * what the command is to know it reads from its standard input.
 */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include <stddef.h>

#include "err.h"
#include "proc.h"

/*
 * Run "sh -c COMMAND" to its end, in the current directory, with our
 * environment and our standard output and error, and with N bytes of INPUT (in
 * a file, so that it need not read them) as standard input.  Whatever it left
 * running is ended with it, and it ends when icrfix does.  -1 only when it
 * could not be started; how it ended is in res->end and res->code.
 */
int shell_run(const char *command, const void *input, size_t n, struct proc_result *res,
	      struct err *err) __attribute__((warn_unused_result));

#endif
