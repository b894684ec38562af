// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "html.h"

/* The two trees' side of a file, and which lines of it the patch changes. */
struct side {
	const struct source *source; /* NULL: it is not there */
	char *changed;               /* [line]; 0: not */
	char mark;
};

static void init_side(struct side *side, const struct sheet *s, size_t file, enum sheet_side which)
{
	const struct source *src = sheet_source(s, file, which);

	*side = (struct side){ .mark = which == SHEET_NEW ? '+' : '-' };
	if (!src || src->doubt)
		return;
	side->source = src;
	side->changed = xcalloc(src->n_lines + 1, 1);
	for (size_t i = 0; i < s->n; i++) {
		const struct sheet_line *l = &s->v[i];
		size_t line = (size_t)(which == SHEET_NEW ? l->new_line : l->old_line);

		if (l->kind == SHEET_CODE && l->file == file && l->mark == side->mark &&
		    line <= src->n_lines)
			side->changed[line] = 1;
	}
}

/* The names of functions with changed lines, in the order of the file. */
static void add_names(const struct side *side, struct strv *names)
{
	for (size_t i = 0; side->source && i < side->source->n_functions; i++) {
		const struct function *fn = &side->source->functions[i];
		bool changed = false;

		for (int line = fn->line; line <= fn->end_line && !changed; line++)
			changed = side->changed[line];
		if (changed && !strv_has(names, fn->name))
			strv_add(names, fn->name);
	}
}

static bool is_blank(const struct source *src, int line)
{
	struct span text;

	text.p = source_line_text(src, line, &text.n);
	return !span_trim(text).n;
}

/* Where it begins, with what stands right above it: its comment. */
static int first_line(const struct source *src, const struct function *fn)
{
	int begin = source_line(src, fn->start), line = fn->line;

	while (line > begin && !is_blank(src, line - 1))
		line--;
	return line;
}

static void add_side(struct buf *out, const struct side *side, const char *name, const char *title)
{
	const struct function *fn = side->source ? source_function(side->source, name) : NULL;

	buf_addf(out, "<div class=\"file\"><p>%s%s</p>\n", title, fn ? "" : ": not there");
	if (fn) {
		buf_adds(out, "<div class=\"box\"><div class=\"lines\">\n");
		for (int line = first_line(side->source, fn); line <= fn->end_line; line++) {
			struct span text;

			text.p = source_line_text(side->source, line, &text.n);
			html_code_line(out, side->changed[line] ? side->mark : ' ', 0, line, text,
				       false);
		}
		buf_adds(out, "</div></div>\n");
	}
	buf_adds(out, "</div>\n");
}

void html_functions(struct buf *out, const struct sheet *s, size_t file)
{
	const char *path = diff_file_path(&s->diff.files[file]);
	struct strv names = STRV_INIT;
	struct side old, new;

	if (!path || !engine_is_c(path))
		return;
	init_side(&old, s, file, SHEET_OLD);
	init_side(&new, s, file, SHEET_NEW);
	add_names(&new, &names);
	add_names(&old, &names);
	for (size_t i = 0; i < names.n; i++) {
		buf_adds(out, "<details class=\"function\">\n<summary><code>");
		html_string(out, names.v[i]);
		buf_adds(out, "()</code> before and after</summary>\n<div class=\"pair\">\n");
		add_side(out, &old, names.v[i], "before");
		add_side(out, &new, names.v[i], "after");
		buf_adds(out, "</div>\n</details>\n");
	}
	strv_release(&names);
	free(old.changed);
	free(new.changed);
}
