// SPDX-License-Identifier: GPL-2.0-only
/* base: child processes.  Every wait here has an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/proc.h"

static const char *const env[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", NULL };

static void run(const char *script, unsigned int timeout_ms, size_t max_output,
		struct proc_result *res)
{
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	const struct proc proc = { .argv = argv,
				   .env = env,
				   .cwd = "/",
				   .timeout_ms = timeout_ms,
				   .max_output = max_output };
	struct err err = ERR_INIT;

	assert_int_equal(proc_run(&proc, res, &err), 0);
	assert_null(err.text);
}

static void end_is(const struct proc_result *res, const char *expected)
{
	char *text = proc_end_text(res);

	assert_string_equal(text, expected);
	free(text);
}

static void exit_status_and_output(void **state)
{
	struct proc_result res = PROC_RESULT_INIT;

	(void)state;
	run("echo out; echo err >&2; exit 7", 60000, 100, &res);
	assert_int_equal(res.end, PROC_EXITED);
	assert_int_equal(res.code, 7);
	assert_string_equal(res.out.p, "out\n");
	assert_string_equal(res.err.p, "err\n");
	end_is(&res, "exit status 7");
	/* A result can be used again. */
	run("pwd", 60000, 100, &res);
	assert_int_equal(res.code, 0);
	assert_string_equal(res.out.p, "/\n");
	proc_result_release(&res);
}

static void signal_is_told(void **state)
{
	struct proc_result res = PROC_RESULT_INIT;

	(void)state;
	run("kill -11 $$", 60000, 100, &res);
	assert_int_equal(res.end, PROC_SIGNALLED);
	assert_int_equal(res.code, 11);
	end_is(&res, "killed by signal 11");
	proc_result_release(&res);
}

/* Whether a process is gone or a mere zombie, after at most ten seconds. */
static bool is_gone(long pid)
{
	char *path = xasprintf("/proc/%ld/stat", pid);
	bool gone = false;

	for (int i = 0; !gone && i < 1000; i++) {
		FILE *f = fopen(path, "re");
		char state = 'Z';

		if (f && fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
			state = 'Z';
		if (f)
			fclose(f);
		gone = state == 'Z' || state == 'X';
		if (!gone)
			usleep(10000);
	}
	free(path);
	return gone;
}

static void time_out_ends_the_children_too(void **state)
{
	struct proc_result res = PROC_RESULT_INIT;
	long self, child;

	(void)state;
	run("sleep 600 & echo $$ $!; wait", 500, 100, &res);
	assert_int_equal(res.end, PROC_TIMED_OUT);
	end_is(&res, "time-out");
	assert_int_equal(sscanf(res.out.p, "%ld %ld", &self, &child), 2);
	assert_true(is_gone(self));
	assert_true(is_gone(child));
	proc_result_release(&res);
}

static void closed_output_is_no_end(void **state)
{
	struct proc_result res = PROC_RESULT_INIT;

	(void)state;
	run("exec >&- 2>&-; exit 3", 60000, 100, &res);
	assert_int_equal(res.end, PROC_EXITED);
	assert_int_equal(res.code, 3);
	run("exec >&- 2>&-; sleep 600", 300, 100, &res);
	assert_int_equal(res.end, PROC_TIMED_OUT);
	proc_result_release(&res);
}

static void children_end_with_a_good_end(void **state)
{
	struct proc_result res = PROC_RESULT_INIT;
	long child;

	(void)state;
	run("sleep 600 >/dev/null 2>&1 & echo $!", 60000, 100, &res);
	assert_int_equal(res.end, PROC_EXITED);
	assert_int_equal(sscanf(res.out.p, "%ld", &child), 1);
	assert_true(is_gone(child));
	proc_result_release(&res);
}

static void too_much_output(void **state)
{
	struct proc_result res = PROC_RESULT_INIT;

	(void)state;
	run("while :; do echo 0123456789; done", 60000, 1000, &res);
	assert_int_equal(res.end, PROC_TOO_MUCH_OUTPUT);
	assert_int_equal(res.out.len, 1000);
	end_is(&res, "too much output");
	run("while :; do echo 0123456789 >&2; done", 60000, 1000, &res);
	assert_int_equal(res.end, PROC_TOO_MUCH_OUTPUT);
	run("printf 12345", 60000, 5, &res);
	assert_int_equal(res.end, PROC_EXITED);
	assert_string_equal(res.out.p, "12345");
	proc_result_release(&res);
}

static void nothing_is_inherited(void **state)
{
	int fd = open("/dev/null", O_RDONLY), high = fcntl(fd, F_DUPFD, 77);
	struct proc_result res = PROC_RESULT_INIT;

	(void)state;
	assert_true(fd >= 0 && high >= 77);
	assert_int_equal(setenv("ICRFIX_UNIT_SECRET", "x", 1), 0);
	run("[ -e /proc/self/fd/77 ] && echo leaked; echo \"$ICRFIX_UNIT_SECRET\"; cat", 60000, 100,
	    &res);
	assert_string_equal(res.out.p, "\n");
	close(fd);
	close(high);
	proc_result_release(&res);
}

static void missing_program_is_an_error(void **state)
{
	const char *const argv[] = { "/nowhere/none", NULL };
	struct proc proc = {
		.argv = argv, .env = env, .cwd = "/", .timeout_ms = 60000, .max_output = 10
	};
	struct proc_result res = PROC_RESULT_INIT;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(proc_run(&proc, &res, &err), -1);
	assert_non_null(strstr(err.text, "/nowhere/none"));
	proc.cwd = "/nowhere";
	assert_int_equal(proc_run(&proc, &res, &err), -1);
	err_release(&err);
	proc_result_release(&res);
}

static void programs_are_found(void **state)
{
	char *path = proc_find("sh");

	(void)state;
	assert_non_null(path);
	assert_int_equal(*path, '/');
	free(path);
	assert_null(proc_find("icrfix-no-such-program"));
	assert_null(proc_find("/nowhere/none"));
	path = proc_find("/bin/sh");
	assert_non_null(path);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exit_status_and_output),
		cmocka_unit_test(signal_is_told),
		cmocka_unit_test(time_out_ends_the_children_too),
		cmocka_unit_test(closed_output_is_no_end),
		cmocka_unit_test(children_end_with_a_good_end),
		cmocka_unit_test(too_much_output),
		cmocka_unit_test(nothing_is_inherited),
		cmocka_unit_test(missing_program_is_an_error),
		cmocka_unit_test(programs_are_found),
	};

	return cmocka_run_group_tests_name("proc", tests, NULL, NULL);
}
