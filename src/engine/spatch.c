// SPDX-License-Identifier: GPL-2.0-only
#include "spatch.h"

#include <errno.h>
#include <glob.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/mem.h"

#define MIN_MAJOR 1
#define MIN_MINOR 1
#define MIN_PATCH 1

struct spatch {
	char *path;
	char *version;
	char *identity;
	char *dir; /* private; made at the first run */
	pthread_mutex_t lock;
	unsigned int runs;
	unsigned int timeout_ms;
	size_t max_memory;
};

/*
 * All that spatch starts by itself: Python for script rules, diff for context,
 * cp for --in-place.  The distribution's Python rather than whatever comes first in $PATH: a
 * wrapper there costs more than the whole run.
 */
static const char *const helpers[] = { "python3", "diff", "cp" };

static char *find_helper(const char *name)
{
	char *path = xasprintf("/usr/bin/%s", name);

	if (!access(path, X_OK))
		return path;
	free(path);
	return proc_find(name);
}

static int link_helpers(const char *bin, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(helpers); i++) {
		char *from = find_helper(helpers[i]), *to = xasprintf("%s/%s", bin, helpers[i]);
		int rc = 0;

		if (from && symlink(from, to))
			rc = err_set(err, "cannot make %s: %s", to, strerror(errno));
		free(from);
		free(to);
		if (rc)
			return rc;
	}
	return 0;
}

/*
 * spatch looks for libpython3.N.so, which only Python's development package has,
 * but also in ../lib beside the python3 it is given: there we name the library
 * itself.  Nothing found is no error: spatch may know better.
 */
static void link_libpython(const char *lib)
{
	char *python = find_helper("python3"), *real = python ? realpath(python, NULL) : NULL;
	const char *version = real ? strrchr(real, '/') + 1 : "";
	glob_t found = { .gl_pathc = 0 };

	if (!strncmp(version, "python3.", 8)) {
		char *pattern = xasprintf("/usr/lib*/{,*/}lib%s.so.1*", version);
		char *to = xasprintf("%s/lib%s.so", lib, version);

		if (!glob(pattern, GLOB_BRACE, NULL, &found) && symlink(found.gl_pathv[0], to))
			unlink(to);
		globfree(&found);
		free(pattern);
		free(to);
	}
	free(python);
	free(real);
}

static int make_dir(struct spatch *s, struct err *err)
{
	char *bin, *lib;
	int rc = 0;

	if (tmpdir_make(&s->dir, err))
		return -1;
	bin = xasprintf("%s/bin", s->dir);
	lib = xasprintf("%s/lib", s->dir);
	if (mkdir(bin, 0700) || mkdir(lib, 0700))
		rc = err_set(err, "cannot make directories in %s: %s", s->dir, strerror(errno));
	else
		rc = link_helpers(bin, err);
	if (!rc)
		link_libpython(lib);
	free(bin);
	free(lib);
	return rc;
}

/* A new directory for one run. */
static char *run_dir(struct spatch *s, struct err *err)
{
	char *dir = NULL;

	pthread_mutex_lock(&s->lock);
	if (s->dir || !make_dir(s, err)) {
		dir = xasprintf("%s/%u", s->dir, s->runs++);
		if (mkdir(dir, 0700)) {
			err_set(err, "cannot make %s: %s", dir, strerror(errno));
			free(dir);
			dir = NULL;
		}
	}
	pthread_mutex_unlock(&s->lock);
	return dir;
}

static int execute(struct spatch *s, const char *dir, const char *const *argv, size_t n_files,
		   struct proc_result *res, struct err *err)
{
	char *path = xasprintf("PATH=%s/bin", s->dir ? s->dir : dir);
	char *home = xasprintf("HOME=%s", dir), *tmp = xasprintf("TMPDIR=%s", dir);
	const char *env[] = {
		path, home, tmp, "LC_ALL=C", "PYTHONNOUSERSITE=1", "PYTHONDONTWRITEBYTECODE=1", NULL
	};
	struct proc proc = {
		.argv = argv,
		.env = env,
		.cwd = dir,
		/* The limit is meant for one file. */
		.timeout_ms = s->timeout_ms + (unsigned int)n_files * 2000,
		.max_memory = s->max_memory,
		.max_output = (size_t)16 << 20,
		.max_procs = 64,
	};
	int rc = proc_run(&proc, res, err);

	free(path);
	free(home);
	free(tmp);
	return rc;
}

/* A key for what is behind a path now. */
static char *program_key(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return xstrdup(path);
	return xasprintf("%s %lld %lld.%09ld %llu", path, (long long)st.st_size,
			 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
			 (unsigned long long)st.st_ino);
}

/* "spatch version 1.1.1 compiled with ..." */
static char *parse_version(const char *text)
{
	const char *p = strstr(text, "version ");
	size_t n;

	if (!p)
		return NULL;
	p += strlen("version ");
	n = strspn(p, "0123456789.");
	return n ? xstrndup(p, n) : NULL;
}

static int ask_version(struct spatch *s, struct err *err)
{
	const char *argv[] = { s->path, "--version", NULL };
	struct proc_result res = PROC_RESULT_INIT;
	int rc = execute(s, "/", argv, 0, &res, err);

	if (!rc) {
		s->version = parse_version(res.out.len ? res.out.p : "");
		if (!s->version)
			rc = err_set(err,
				     "%s does not tell its version; is it Coccinelle's "
				     "spatch?",
				     s->path);
	}
	proc_result_release(&res);
	return rc;
}

static int check_version(struct spatch *s, const struct spatch_memory *memory, struct err *err)
{
	char *key = program_key(s->path);
	int major = 0, minor = 0, patch = 0, rc = 0;

	if (memory)
		s->version = memory->get(memory->ctx, key);
	if (!s->version) {
		rc = ask_version(s, err);
		if (!rc && memory)
			memory->put(memory->ctx, key, s->version);
	}
	if (!rc)
		s->identity = xasprintf("%s %s", s->version, key);
	free(key);
	if (rc)
		return rc;
	if (sscanf(s->version, "%d.%d.%d", &major, &minor, &patch) < 2 || major < MIN_MAJOR ||
	    (major == MIN_MAJOR &&
	     (minor < MIN_MINOR || (minor == MIN_MINOR && patch < MIN_PATCH))))
		return err_set(err, "%s is version %s, too old: icrfix needs %d.%d.%d or newer",
			       s->path, s->version, MIN_MAJOR, MIN_MINOR, MIN_PATCH);
	return 0;
}

int spatch_open(struct spatch **spatch, const struct spatch_options *options,
		const struct spatch_memory *memory, struct err *err)
{
	const char *name = options->program ? options->program : "spatch";
	struct spatch *s;
	char *path = proc_find(name);

	if (!path)
		return err_set(err,
			       "cannot find %s: install Coccinelle (Debian: apt install "
			       "coccinelle), or set icrfix.spatch to its path",
			       name);
	s = xcalloc(1, sizeof(*s));
	pthread_mutex_init(&s->lock, NULL);
	s->path = path;
	s->timeout_ms = options->timeout_ms ? options->timeout_ms : 60000;
	s->max_memory = options->max_memory ? options->max_memory : (size_t)2 << 30;
	if (check_version(s, memory, err)) {
		spatch_close(s);
		return -1;
	}
	*spatch = s;
	return 0;
}

void spatch_close(struct spatch *s)
{
	if (!s)
		return;
	tmpdir_remove(s->dir);
	pthread_mutex_destroy(&s->lock);
	free(s->dir);
	free(s->path);
	free(s->version);
	free(s->identity);
	free(s);
}

const char *spatch_version(const struct spatch *s)
{
	return s->version;
}

bool spatch_has_python(void)
{
	char *path = find_helper("python3");
	bool there = path != NULL;

	free(path);
	return there;
}

const char *spatch_identity(const struct spatch *s)
{
	return s->identity;
}

static int put_file(const char *dir, const char *name, const char *p, size_t n, struct err *err)
{
	char *path = xasprintf("%s/%s", dir, name);
	FILE *f = fopen(path, "wxe");
	int rc = 0;

	if (!f || (n && fwrite(p, 1, n, f) != n) || fflush(f))
		rc = err_set(err, "cannot write %s: %s", path, strerror(errno));
	if (f && fclose(f) && !rc)
		rc = err_set(err, "cannot write %s: %s", path, strerror(errno));
	free(path);
	return rc;
}

/* N sources as PREFIX<I>.c. */
static int put_texts(const char *dir, char prefix, const char *const *texts, const size_t *lens,
		     size_t n, struct err *err)
{
	char name[32];
	int rc = 0;

	for (size_t i = 0; !rc && i < n; i++) {
		snprintf(name, sizeof(name), "%c%zu.c", prefix, i);
		rc = put_file(dir, name, texts[i], lens[i], err);
	}
	return rc;
}

/* The sources and their list, in which a blank line ends what is looked at together. */
static int put_files(const char *dir, const struct spatch_run *run, struct err *err)
{
	struct buf groups = BUF_INIT;
	int rc = put_file(dir, "rule.cocci", run->cocci, strlen(run->cocci), err);

	if (!rc)
		rc = put_texts(dir, 'f', run->texts, run->lens, run->n, err);
	if (!rc)
		rc = put_texts(dir, 'w', run->with, run->with_lens, run->n_with, err);
	for (size_t i = 0; i < run->n; i++) {
		buf_addf(&groups, "f%zu.c\n", i);
		for (size_t j = 0; j < run->n_with; j++)
			buf_addf(&groups, "w%zu.c\n", j);
		buf_addc(&groups, '\n');
	}
	if (!rc)
		rc = put_file(dir, "groups", groups.p, groups.len, err);
	buf_release(&groups);
	return rc;
}

/* Take back what the run changed. */
static int take_changed(const char *dir, const struct spatch_run *run, struct spatch_output *out,
			struct err *err)
{
	int rc = 0;

	out->n = run->n;
	out->changed = xcalloc(run->n, sizeof(*out->changed));
	for (size_t i = 0; !rc && i < run->n; i++) {
		char *path = xasprintf("%s/f%zu.c", dir, i);
		struct buf text = BUF_INIT_MAX((size_t)128 << 20);

		rc = buf_read_file(&text, path, err);
		if (!rc &&
		    (text.len != run->lens[i] || memcmp(text.p, run->texts[i], text.len) != 0))
			out->changed[i] = buf_detach(&text);
		buf_release(&text);
		free(path);
	}
	return rc;
}

/* The arguments; what they point to lives as long as the run. */
static void make_argv(const struct spatch *s, const struct spatch_run *run, const char **argv,
		      size_t room)
{
	size_t n = 0;

	argv[n++] = s->path;
	argv[n++] = "--very-quiet";
	/* spatch's own search for tokens wants egrep, and skips all without it. */
	argv[n++] = "--no-scanner";
	for (size_t i = 0; run->options && i < run->options->n && n < room - 16; i++)
		argv[n++] = run->options->v[i];
	if (run->mode) {
		argv[n++] = "-D";
		argv[n++] = run->mode;
	}
	for (size_t i = 0; run->extra && run->extra[i] && n < room - 8; i++)
		argv[n++] = run->extra[i];
	if (run->in_place)
		argv[n++] = "--in-place";
	argv[n++] = "--sp-file";
	argv[n++] = "rule.cocci";
	argv[n++] = "--file-groups";
	argv[n++] = "groups";
	argv[n] = NULL;
}

int spatch_run(struct spatch *s, const struct spatch_run *run, struct spatch_output *out,
	       struct err *err)
{
	char *dir = run_dir(s, err);
	const char *argv[64];
	int rc;

	if (!dir)
		return -1;
	make_argv(s, run, argv, ARRAY_SIZE(argv));
	rc = put_files(dir, run, err);
	if (!rc)
		rc = execute(s, dir, argv, run->n, &out->result, err);
	if (!rc && out->result.err.len && strstr(out->result.err.p, "Py.find_library"))
		rc = err_set(err,
			     "%s cannot load Python's library: install it (Debian: apt install "
			     "libpython3.11)",
			     s->path);
	if (!rc && run->in_place)
		rc = take_changed(dir, run, out, err);
	remove_tree(dir);
	free(dir);
	return rc;
}

/* What spatch tells of itself when it gives up on a file and goes on. */
static const char *const complaints[] = {
	"Fatal error", "EXN:",   "exception", "Stack overflow", "Out of memory", "timeout",
	"Error:",      "error:", "Traceback", "ImportError",    "Python error",
};

char *spatch_failure(const struct spatch_output *out)
{
	const struct buf *e = &out->result.err;

	if (out->result.end != PROC_EXITED || out->result.code)
		return proc_end_text(&out->result);
	for (size_t i = 0; e->len && i < ARRAY_SIZE(complaints); i++) {
		const char *at = strstr(e->p, complaints[i]);

		if (at)
			return xasprintf("spatch: %.*s", (int)strcspn(at, "\n"), at);
	}
	return NULL;
}

void spatch_output_release(struct spatch_output *out)
{
	proc_result_release(&out->result);
	for (size_t i = 0; i < out->n; i++)
		free(out->changed[i]);
	free(out->changed);
	out->changed = NULL;
	out->n = 0;
}
