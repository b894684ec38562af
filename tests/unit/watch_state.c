// SPDX-License-Identifier: GPL-2.0-only
/* watch_state: which posting is looked at, what it is told to be, and damage. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/mem.h"
#include "store/watch_state.h"

static const struct watch_key key = { "https://example.org/list/", "dfn:x", "/repo" };

static int make_place(void **state)
{
	struct err err = ERR_INIT;

	return tmpdir_make((char **)state, &err);
}

static int drop_place(void **state)
{
	tmpdir_remove(*state);
	free(*state);
	return 0;
}

static struct watch_state *open_state(const char *dir)
{
	struct watch_state *s;
	struct err err = ERR_INIT;

	assert_int_equal(watch_state_open(&s, dir, &key, &err), 0);
	return s;
}

/* Whether it cannot be opened; with that status and these words. */
static bool refused(const char *dir, enum status status, const char *words)
{
	struct watch_state *s;
	struct err err = ERR_INIT;
	int rc = watch_state_open(&s, dir, &key, &err);
	bool as_wanted = rc < 0 && err.status == status && strstr(err.text, words);

	if (!rc)
		watch_state_close(s);
	err_release(&err);
	return as_wanted;
}

static size_t note(struct watch_state *s, const char *id, int64_t date)
{
	struct watch_mail m = { id, date };
	struct err err = ERR_INIT;
	size_t fresh;

	assert_int_equal(watch_state_note(s, 1000, 900, &m, 1, &fresh, &err), 0);
	return fresh;
}

/* The postings to do, by the mails that name them, with blanks between. */
static char *todo_list(struct watch_state *s)
{
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct watch_ids ids;

	buf_adds(&out, "");
	assert_int_equal(watch_state_todo(s, &ids, &err), 0);
	for (size_t i = 0; i < ids.n; i++) {
		struct watch_todo todo;

		assert_int_equal(watch_state_begin(s, ids.v[i], &todo, &err), 1);
		buf_addf(&out, "%s%s", i ? " " : "", todo.message_id);
		assert_int_equal(watch_state_put_back(s, &todo, &err), 0);
		watch_todo_release(&todo);
	}
	free(ids.v);
	return buf_detach(&out);
}

static void assert_todo(struct watch_state *s, const char *wanted)
{
	char *list = todo_list(s);

	assert_string_equal(list, wanted);
	free(list);
}

static struct watch_todo begin(struct watch_state *s, const char *id)
{
	struct watch_todo todo = { .posting = 0 };
	struct err err = ERR_INIT;
	struct watch_ids ids;

	assert_int_equal(watch_state_todo(s, &ids, &err), 0);
	for (size_t i = 0; i < ids.n; i++) {
		assert_int_equal(watch_state_begin(s, ids.v[i], &todo, &err), 1);
		if (!strcmp(todo.message_id, id))
			break;
		assert_int_equal(watch_state_put_back(s, &todo, &err), 0);
		watch_todo_release(&todo);
	}
	free(ids.v);
	assert_non_null(todo.message_id);
	return todo;
}

/* One posting of a test; words are separated by blanks. */
struct sample {
	const char *mails, *name, *patch, *kin;
	int revision;
	bool incomplete;
	const char *digest;
};

static void add_words(struct strv *to, const char *words)
{
	while (words && *words) {
		size_t n = strcspn(words, " ");

		strv_take(to, xstrndup(words, n));
		words += n + (words[n] == ' ');
	}
}

static enum watch_claim claim(struct watch_state *s, struct watch_todo *todo,
			      const struct sample *sample, struct watch_before *before)
{
	struct watch_posting p = { .revision = sample->revision, .complete = !sample->incomplete };
	struct err err = ERR_INIT;
	enum watch_claim how;

	add_words(&p.mails, sample->mails);
	add_words(&p.names, sample->name);
	add_words(&p.likenesses, sample->patch);
	add_words(&p.kin, sample->kin);
	snprintf(p.digest, sizeof(p.digest), "%s", sample->digest ? sample->digest : sample->mails);
	assert_int_equal(watch_state_claim(s, todo, &p, &how, before, &err), 0);
	watch_posting_release(&p);
	return how;
}

static void finish(struct watch_state *s, struct watch_todo *todo, const struct sample *sample,
		   const char *findings, const char *delivery)
{
	struct watch_result r = {
		.delivery = (char *)(uintptr_t)delivery,
		.name = (char *)(uintptr_t) "name",
		.subject = (char *)(uintptr_t) "subject",
		.text = (char *)(uintptr_t) "text",
		.json = (char *)(uintptr_t) "{}",
	};
	struct watch_outcome o = {
		.findings = findings,
		.complete = !sample->incomplete,
		.whole = !sample->incomplete,
		.digest = sample->digest ? sample->digest : sample->mails,
		.result = delivery ? &r : NULL,
	};
	struct err err = ERR_INIT;

	assert_int_equal(watch_state_finish(s, todo, &o, &err), 0);
}

/* Note the first mail, begin, claim, and if it is fresh finish with the findings. */
static enum watch_claim look_at(struct watch_state *s, const struct sample *sample,
				const char *findings, int *before_revision)
{
	char *id = xstrndup(sample->mails, strcspn(sample->mails, " "));
	struct watch_before before;
	struct watch_todo todo;
	enum watch_claim how;

	note(s, id, 500);
	todo = begin(s, id);
	how = claim(s, &todo, sample, &before);
	if (how == WATCH_FRESH)
		finish(s, &todo, sample, findings, NULL);
	if (before_revision)
		*before_revision = before.revision;
	watch_before_release(&before);
	watch_todo_release(&todo);
	free(id);
	return how;
}

static void test_notes(void **place)
{
	struct watch_state *s = open_state(*place);

	assert_int_equal(watch_state_cursor(s), 0);
	assert_int_equal(note(s, "b", 200), 1);
	assert_int_equal(note(s, "a", 100), 1);
	assert_int_equal(note(s, "b", 300), 0);
	assert_int_equal(note(s, "from-the-future", 5000), 1);
	assert_int_equal(note(s, "c", 899), 1);
	assert_todo(s, "a b c from-the-future");
	watch_state_close(s);
	s = open_state(*place);
	assert_int_equal(watch_state_cursor(s), 1000);
	assert_todo(s, "a b c from-the-future");
	watch_state_close(s);
}

static void test_one_posting_of_many_mails(void **place)
{
	struct watch_state *s = open_state(*place);
	struct sample v1 = { "cover one two", "title", NULL, NULL, 1, false, NULL };
	struct watch_before before;
	struct watch_todo todo;

	note(s, "one", 100);
	note(s, "two", 101);
	note(s, "cover", 99);
	todo = begin(s, "two");
	assert_int_equal(claim(s, &todo, &v1, &before), WATCH_FRESH);
	assert_int_equal(before.revision, 0);
	assert_todo(s, "cover");
	finish(s, &todo, &v1, "[]", NULL);
	assert_todo(s, "");
	assert_int_equal(note(s, "one", 100), 0);
	/* Another mail turns out to be of it. */
	v1.mails = "cover one two three";
	note(s, "three", 102);
	watch_todo_release(&todo);
	todo = begin(s, "three");
	assert_int_equal(claim(s, &todo, &v1, &before), WATCH_KNOWN);
	assert_todo(s, "");
	assert_int_equal(note(s, "three", 102), 0);
	watch_todo_release(&todo);
	watch_state_close(s);
}

static void test_completed_later(void **place)
{
	struct watch_state *s = open_state(*place);
	struct sample half = { "cover one", "title", NULL, NULL, 1, true, "half" };
	struct sample full = { "cover one two", "title", NULL, NULL, 1, false, "full" };
	struct watch_before before;
	struct watch_todo todo;

	assert_int_equal(look_at(s, &half, "[1]", NULL), WATCH_FRESH);
	note(s, "two", 300);
	todo = begin(s, "two");
	assert_int_equal(claim(s, &todo, &full, &before), WATCH_FRESH);
	assert_int_equal(before.revision, 1);
	assert_string_equal(before.findings, "[1]");
	assert_false(before.whole);
	assert_int_equal(todo.round, 1);
	watch_before_release(&before);
	finish(s, &todo, &full, "[2]", NULL);
	assert_todo(s, "");
	watch_todo_release(&todo);
	watch_state_close(s);
}

static void test_revisions(void **place)
{
	struct watch_state *s = open_state(*place);
	struct sample v1 = { "a", "title", "p1 p2", NULL, 1, false, NULL };
	struct sample v2 = { "b", "title", "p1 p3", NULL, 2, false, NULL };
	struct sample renamed = { "c", "other", "p3", NULL, 3, false, NULL };
	struct sample replied = { "d", "third", "p9", "x c", 4, false, NULL };
	struct sample alike = { "e", "fourth", "p1", NULL, 1, false, NULL };
	struct sample late = { "f", "title", NULL, NULL, 2, true, NULL };
	struct sample again = { "g", "title", NULL, NULL, 4, false, "d" };
	struct sample older = { "h", "title", NULL, NULL, 2, false, NULL };
	int before;

	look_at(s, &v1, "[]", &before);
	assert_int_equal(before, 0);
	look_at(s, &v2, "[]", &before);
	assert_int_equal(before, 1);
	look_at(s, &renamed, "[]", &before);
	assert_int_equal(before, 2);
	look_at(s, &replied, "[]", &before);
	assert_int_equal(before, 3);
	look_at(s, &alike, "[]", &before);
	assert_int_equal(before, 0);
	assert_int_equal(look_at(s, &late, "[]", NULL), WATCH_SUPERSEDED);
	assert_int_equal(look_at(s, &again, "[]", NULL), WATCH_REPEATED);
	assert_int_equal(look_at(s, &older, "[]", &before), WATCH_FRESH);
	assert_int_equal(before, 2);
	assert_todo(s, "");
	watch_state_close(s);
}

static void test_failures(void **place)
{
	struct watch_state *s = open_state(*place);
	struct watch_todo todo;
	struct err err = ERR_INIT;

	note(s, "a", 100);
	note(s, "b", 200);
	for (int i = 1; i <= 2; i++) {
		todo = begin(s, "a");
		assert_int_equal(todo.failed, i - 1);
		assert_int_equal(watch_state_again(s, &todo, &err), 0);
		watch_todo_release(&todo);
	}
	assert_todo(s, "a b");
	/* Runs that end while they look at it. */
	for (int i = 1; i <= 3; i++) {
		todo = begin(s, "a");
		assert_int_equal(todo.begun, i);
		watch_todo_release(&todo);
		watch_state_close(s);
		s = open_state(*place);
	}
	assert_todo(s, "b a");
	watch_state_close(s);
}

static void test_results(void **place)
{
	struct watch_state *s = open_state(*place);
	struct sample a = { "a", "a", NULL, NULL, 1, false, NULL };
	struct sample b = { "b", "b", NULL, NULL, 1, false, NULL };
	struct watch_result r;
	struct watch_before before;
	struct watch_todo todo;
	struct err err = ERR_INIT;
	int64_t first;

	for (int i = 0; i < 2; i++) {
		note(s, i ? "b" : "a", 100);
		todo = begin(s, i ? "b" : "a");
		claim(s, &todo, i ? &b : &a, &before);
		finish(s, &todo, i ? &b : &a, "[]", i ? "second" : "first");
		watch_todo_release(&todo);
	}
	watch_state_close(s);
	s = open_state(*place);
	assert_int_equal(watch_state_result(s, 0, &r, &err), 1);
	assert_string_equal(r.delivery, "first");
	assert_null(r.reply_to);
	first = r.id;
	watch_result_release(&r);
	assert_int_equal(watch_state_result(s, first, &r, &err), 1);
	assert_string_equal(r.delivery, "second");
	assert_int_equal(watch_state_delivered(s, r.id, &err), 0);
	watch_result_release(&r);
	assert_int_equal(watch_state_result(s, first, &r, &err), 0);
	assert_int_equal(watch_state_delivered(s, first, &err), 0);
	assert_int_equal(watch_state_result(s, 0, &r, &err), 0);
	watch_state_close(s);
}

static void test_others(void **place)
{
	struct watch_state *s = open_state(*place), *t;
	struct watch_key other = { key.archive, "dfn:y", key.repo };
	struct err err = ERR_INIT;

	note(s, "a", 100);
	assert_true(refused(*place, STATUS_TEMPFAIL, "another run"));
	assert_int_equal(watch_state_open(&t, *place, &other, &err), 0);
	assert_int_equal(watch_state_cursor(t), 0);
	assert_todo(t, "");
	assert_int_equal(note(t, "a", 100), 1);
	watch_state_close(t);
	watch_state_close(s);
	s = open_state(*place);
	watch_state_close(s);
}

static void write_file(const char *dir, const char *text, size_t n)
{
	char *path = xasprintf("%s/watch.db", dir);
	FILE *f = fopen(path, "r+");

	assert_non_null(f);
	if (!n)
		assert_int_equal(ftruncate(fileno(f), 0), 0);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
	free(path);
}

static void test_damage(void **place)
{
	char junk[4096];

	watch_state_close(open_state(*place));
	memset(junk, 'x', sizeof(junk));
	write_file(*place, "", 0);
	assert_true(refused(*place, STATUS_USAGE, "is damaged"));
	write_file(*place, junk, sizeof(junk));
	assert_true(refused(*place, STATUS_USAGE, "mv "));
}

/* One that was killed while it made the file leaves another name behind. */
static void test_half_made(void **place)
{
	char *path = xasprintf("%s/watch.db.new", (char *)*place);
	struct err err = ERR_INIT;

	assert_int_equal(file_write(path, "half", 4, &err), 0);
	watch_state_close(open_state(*place));
	assert_int_equal(access(path, F_OK), -1);
	free(path);
}

/* Killed after a commit: the lock is gone and what was noted is there. */
static void test_killed(void **place)
{
	pid_t pid = fork();
	struct watch_state *s;
	int status;

	if (!pid) {
		s = open_state(*place);
		note(s, "a", 100);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	s = open_state(*place);
	assert_todo(s, "a");
	watch_state_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_notes, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_one_posting_of_many_mails, make_place,
						drop_place),
		cmocka_unit_test_setup_teardown(test_completed_later, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_revisions, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_failures, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_results, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_others, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_damage, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_half_made, make_place, drop_place),
		cmocka_unit_test_setup_teardown(test_killed, make_place, drop_place),
	};

	return cmocka_run_group_tests_name("watch_state", tests, NULL, NULL);
}
