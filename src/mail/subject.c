// SPDX-License-Identifier: GPL-2.0-only
#include "subject.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

#define MAX_WORDS 64

/* "Re:", "RE[2]:", "Aw:", "Fwd:" and other two or three letters before a "[". */
static size_t reply_mark(const char *s)
{
	static const char *const marks[] = { "Re", "Aw", "Fwd", "Fw", "Sv", "Antw" };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		n = strlen(marks[i]);
		if (strncasecmp(s, marks[i], n))
			continue;
		if (s[n] == '[' || s[n] == '^')
			n += strcspn(s + n, ":");
		if (s[n] == ':')
			return n + 1;
	}
	for (n = 0; n < 4 && isalpha((unsigned char)s[n]); n++)
		;
	if (n >= 2 && n <= 3 && s[n] == ':' && s[n + 1 + strspn(s + n + 1, " ")] == '[')
		return n + 1;
	return 0;
}

static bool small_number(const char *p, size_t n, int *v)
{
	if (!n || n > 4)
		return false;
	*v = 0;
	for (size_t i = 0; i < n; i++) {
		if (!isdigit((unsigned char)p[i]))
			return false;
		*v = *v * 10 + (p[i] - '0');
	}
	return true;
}

static bool counter(struct subject *s, const char *w)
{
	size_t a = strcspn(w, "/");
	int n, m;

	if (w[a] != '/' || !small_number(w, a, &n) ||
	    !small_number(w + a + 1, strlen(w + a + 1), &m))
		return false;
	s->n = n;
	s->m = m;
	s->has_counter = true;
	return true;
}

static bool revision(struct subject *s, const char *w)
{
	int v;

	if ((*w != 'v' && *w != 'V') || !small_number(w + 1, strlen(w + 1), &v))
		return false;
	s->revision = v;
	s->has_revision = true;
	return true;
}

static void word(struct subject *s, char *w)
{
	size_t n = strlen(w);

	while (n && strchr(",;:", w[n - 1]))
		w[--n] = '\0';
	if (!n || s->words.n >= MAX_WORDS)
		return;
	strv_add(&s->words, w);
	if (counter(s, w) || revision(s, w))
		return;
	s->rfc |= !strncasecmp(w, "rfc", 3);
	s->resend |= !strncasecmp(w, "resend", 6);
	s->autosel |= !strcasecmp(w, "autosel");
	if (!strncasecmp(w, "patch", 5)) {
		s->patch = true;
		/* PATCHv3, PATCH-v3, PATCHv3/5 do all occur. */
		w += 5 + (w[5] == '-' || w[5] == '_');
		revision(s, w);
	}
}

/* One [...] at the start with what is nested in it; its length, 0: none. */
static size_t bracket(const char *p)
{
	int depth = 0;

	for (size_t i = 0; p[i]; i++) {
		depth += p[i] == '[';
		depth -= p[i] == ']';
		if (!depth)
			return *p == '[' ? i + 1 : 0;
	}
	return 0;
}

static void words(struct subject *s, const char *p, size_t n)
{
	struct buf w = BUF_INIT;

	for (size_t i = 0; i <= n; i++) {
		if (i < n && p[i] != ' ' && p[i] != '[' && p[i] != ']') {
			buf_addc(&w, p[i]);
			continue;
		}
		if (w.len)
			word(s, w.p);
		buf_clear(&w);
	}
	buf_release(&w);
}

void subject_parse(struct subject *s, const char *text)
{
	char *copy = xstrdup(text);
	const char *p = copy;
	size_t n;

	*s = (struct subject){ .revision = 1, .n = 1, .m = 1 };
	text_squeeze(copy);
	while ((n = reply_mark(p))) {
		s->reply = true;
		p += n;
		p += strspn(p, " ");
	}
	while ((n = bracket(p))) {
		words(s, p + 1, n - 2);
		p += n;
		p += strspn(p, " ");
		/* Re: after a list's [tag] */
		if (reply_mark(p)) {
			s->reply = true;
			p += reply_mark(p);
			p += strspn(p, " ");
		}
	}
	s->title = xstrdup(p);
	free(copy);
}

void subject_release(struct subject *s)
{
	free(s->title);
	strv_release(&s->words);
	*s = (struct subject)SUBJECT_INIT;
}
