/* SPDX-License-Identifier: GPL-2.0-only */
/* What a subject line says: "[PATCH v4 5/6] title", and replies to such. */
#ifndef MAIL_SUBJECT_H
#define MAIL_SUBJECT_H

#include <stdbool.h>

#include "base/strv.h"

struct subject {
	char *title;                    /* owned: without prefixes and Re: */
	bool reply;                     /* begins Re:, Aw:, Fwd: or the like */
	bool patch, rfc, resend;        /* words of the prefixes */
	bool autosel;                   /* [PATCH AUTOSEL ...] */
	bool has_revision, has_counter; /* else the values below are assumed */
	int revision;                   /* 1 without a v */
	int n, m;                       /* 1, 1 without n/m; n is 0 in a cover letter, may be > m */
	struct strv words;              /* all words of the prefixes, as written */
};

#define SUBJECT_INIT \
	{            \
		0    \
	}

/* Parse a decoded subject on one line. */
void subject_parse(struct subject *s, const char *text);

void subject_release(struct subject *s);

#endif
