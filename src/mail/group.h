/* SPDX-License-Identifier: GPL-2.0-only */
/* Which patch mails of a thread make up one revision of one series. */
#ifndef MAIL_GROUP_H
#define MAIL_GROUP_H

#include <stdbool.h>
#include <stddef.h>

#include "thread.h"

#define GROUP_MAX_PATCHES 9999

/* One posting of a series.  The mails belong to the thread. */
struct group {
	int revision;
	int m;        /* of n/m, or the highest n */
	bool counted; /* has n/m */
	bool resend;
	const struct mail *cover;    /* NULL: none */
	const struct mail **patches; /* [n - 1], NULL: missing */
	size_t cap;
	int found;                /* patches that are not NULL */
	long long date;           /* of the newest mail */
	const struct mail *first; /* the mail that opened it */
};

struct groups {
	struct group *v;
	size_t n, cap;
};

#define GROUPS_INIT        \
	{                  \
		NULL, 0, 0 \
	}

/* Sort all patches and covers of a linked thread into groups. */
void groups_find(struct groups *g, const struct thread *t);

/* The group that holds a mail, or one that the mail answers; NULL: none. */
struct group *groups_of(const struct groups *g, const struct mail *m);

/*
 * The patch or cover of the group that a mail answers, through other replies
 * too.  Where mails between are missing, subjects tell.  NULL: none.
 */
const struct mail *group_answered(const struct group *g, const struct mail *m);

/* Whether both are revisions of one series: sender and thread, or titles. */
bool group_related(const struct group *a, const struct group *b);

/* The series' title: the cover's, else the first patch's. */
const char *group_title(const struct group *g);

bool group_has(const struct group *g, const struct mail *m);

void groups_release(struct groups *g);

#endif
