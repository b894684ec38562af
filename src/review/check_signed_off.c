// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"

#define SIGNED_OFF "Signed-off-by:"

enum sign_off { ABSENT, BEFORE, LAST };

static bool is_person(const struct address *a, const struct address *b)
{
	return address_same(a->addr, b->addr) || (*a->name && !strcasecmp(a->name, b->name));
}

/* Where among the Signed-off-by lines, wherever in the changelog they stand, a person's is. */
static enum sign_off find_sign_off(const struct series_patch *p, const struct address *who)
{
	struct span rest = { p->changelog, strlen(p->changelog) }, line;
	enum sign_off found = ABSENT;

	while (text_line(&rest, &line)) {
		struct address a = ADDRESS_INIT;
		size_t n = strlen(SIGNED_OFF);

		if (!span_starts_nocase(line, SIGNED_OFF))
			continue;
		address_parse(&a, span_trim((struct span){ line.p + n, line.n - n }));
		if (is_person(&a, who))
			found = LAST;
		else if (found == LAST)
			found = BEFORE;
		address_release(&a);
	}
	return found;
}

static bool is_known(const struct address *a)
{
	return a->name && a->addr && strchr(a->addr, '@');
}

/* Lists and relays put their own address in. */
static bool is_relay(const struct address *a)
{
	return strcasestr(a->name, " via ") || !strncmp(a->addr, "devnull+", 8) ||
	       address_is_robot(a);
}

static void check_sender(struct review *r, size_t i, const struct series_patch *p)
{
	enum sign_off found;
	char *who;

	if (!is_known(&p->sender) || is_person(&p->sender, &p->author) || is_relay(&p->sender))
		return;
	found = find_sign_off(p, &p->sender);
	who = address_format(&p->sender);
	if (found == ABSENT)
		changelog_note(r, i, "signed-off-by", SEVERITY_WARNING, 0, 0,
			       xasprintf("there is no Signed-off-by of %s, who sends the patch of "
					 "another author",
					 who));
	else if (found == BEFORE)
		changelog_note(r, i, "signed-off-by", SEVERITY_NOTE, 0, 0,
			       xasprintf("the last Signed-off-by is to be that of %s, who sends "
					 "the patch",
					 who));
	free(who);
}

static void check_patch(struct review *r, size_t i)
{
	const struct series_patch *p = review_patch(r, i);
	char *who;

	/* A merge of branches carries no patch. */
	if (p->missing || !p->changelog || !is_known(&p->author) ||
	    (*r->lint->patches[i].commit && p->subject && !strncmp(p->subject, "Merge ", 6)))
		return;
	if (find_sign_off(p, &p->author) == ABSENT) {
		who = address_format(&p->author);
		changelog_note(r, i, "signed-off-by", SEVERITY_ERROR, 0, 0,
			       xasprintf("there is no Signed-off-by of the author, %s", who));
		free(who);
	}
	check_sender(r, i, p);
}

int check_signed_off(struct review *r, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < r->lint->n; i++)
		check_patch(r, i);
	return 0;
}
