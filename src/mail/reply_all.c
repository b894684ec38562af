// SPDX-License-Identifier: GPL-2.0-only
#include "reply_all.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/mem.h"

struct recipients {
	struct addresses to, cc;
};

/* Add one who is neither there nor ME. */
static void add(struct recipients *r, struct addresses *list, const struct address *a,
		const struct address *me)
{
	if (address_is_plain(a->addr) && strcasecmp(a->addr, me->addr) != 0 &&
	    !addresses_have(&r->to, a->addr))
		addresses_add(list, a);
}

static void add_all(struct recipients *r, struct addresses *list, const struct addresses *all,
		    const struct address *me)
{
	for (size_t i = 0; i < all->n; i++)
		add(r, list, &all->v[i], me);
}

static void choose(struct recipients *r, const struct message *m, const struct address *author,
		   const struct address *me)
{
	struct addresses none = ADDRESSES_INIT;

	if (m->followup_to.n) {
		add_all(r, &r->to, &m->followup_to, me);
	} else {
		if (m->reply_to.n)
			add_all(r, &r->to, &m->reply_to, me);
		else
			add(r, &r->to, &m->from, me);
		if (author)
			add(r, &r->to, author, me);
		add_all(r, &r->cc, &m->to, me);
		add_all(r, &r->cc, &m->cc, me);
	}
	if (!r->to.n) {
		r->to = r->cc;
		r->cc = none;
	}
	/* Who answers only themselves does want to. */
	if (!r->to.n)
		addresses_add(&r->to, me);
}

static void add_addresses(struct buf *out, const char *field, const struct addresses *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct address a = { text_visible_dup(all->v[i].name), all->v[i].addr };
		char *text = message_encode_address(&a);

		buf_addf(out, "%s%s%s", i ? "," : field, i ? "\n\t" : ": ", text);
		free(text);
		free(a.name);
	}
	if (all->n)
		buf_addc(out, '\n');
}

static void add_subject(struct buf *out, const struct message *m)
{
	const char *p = m->subject;
	char *subject, *value;

	while (!strncasecmp(p, "Re:", 3))
		p += 3 + strspn(p + 3, " ");
	subject = xasprintf("Re: %s", p);
	value = message_encode("Subject", subject);
	buf_addf(out, "Subject: %s\n", value);
	free(value);
	free(subject);
}

/* The mail's own References, else what it answers, and then the mail. */
static void add_references(struct buf *out, const struct message *m)
{
	if (!m->id[0])
		return;
	buf_addf(out, "In-Reply-To: <%s>\nReferences:", m->id);
	for (size_t i = 0; i < m->references.n; i++)
		if (strcmp(m->references.v[i], m->id) != 0)
			buf_addf(out, " <%s>\n", m->references.v[i]);
	if (!m->references.n && m->in_reply_to[0])
		buf_addf(out, " <%s>\n", m->in_reply_to);
	buf_addf(out, " <%s>\n", m->id);
}

void reply_header(struct buf *out, const struct message *m, const struct address *author,
		  const struct address *me)
{
	struct recipients r = { ADDRESSES_INIT, ADDRESSES_INIT };
	struct addresses from = { (struct address *)(uintptr_t)me, 1, 1 };

	choose(&r, m, author, me);
	add_addresses(out, "From", &from);
	add_addresses(out, "To", &r.to);
	add_addresses(out, "Cc", &r.cc);
	add_subject(out, m);
	add_references(out, m);
	addresses_release(&r.to);
	addresses_release(&r.cc);
}

void reply_attribution(struct buf *out, const struct message *m)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t local = (time_t)(m->date + (long long)m->tz * 60);
	const char *who = m->from.name[0] ? m->from.name : m->from.addr;
	struct tm tm;

	if (m->has_date && gmtime_r(&local, &tm))
		buf_addf(out, "On %.3s, %.3s %02d, %d, ", days + 3 * tm.tm_wday,
			 months + 3 * tm.tm_mon, tm.tm_mday, tm.tm_year + 1900);
	text_visible(out, who, strlen(who), false);
	buf_adds(out, " wrote:\n");
}
