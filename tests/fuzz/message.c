// SPDX-License-Identifier: GPL-2.0-only
#include "mail/message.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "mail/patch.h"
#include "mail/subject.h"
#include "mail/trailers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trailers t = TRAILERS_INIT;
	struct err err = ERR_INIT;
	struct subject s;
	struct message m;
	struct patch p;
	size_t body;
	char *encoded;

	if (!message_parse(&m, (const char *)data, size, &err)) {
		if (strlen(m.text) > m.text_len || strpbrk(m.subject, "\r\n\033"))
			abort();
		subject_parse(&s, m.subject);
		patch_split(&p, m.text, m.text_len, m.attached);
		trailers_of_changelog(&t, p.changelog, &body);
		trailers_of_reply(&t, (struct span){ m.text, m.text_len });
		encoded = message_encode("Subject", m.subject);
		free(encoded);
		trailers_release(&t);
		patch_release(&p);
		subject_release(&s);
	}
	message_release(&m);
	err_release(&err);
	return 0;
}
