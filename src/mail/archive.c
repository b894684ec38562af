// SPDX-License-Identifier: GPL-2.0-only
#include "archive.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/strv.h"

static int hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

char *archive_unescape(const char *p)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (; *p; p++) {
		if (*p == '%' && hex(p[1]) >= 0 && hex(p[2]) >= 0 && (p[1] != '0' || p[2] != '0')) {
			buf_addc(&out, (char)(hex(p[1]) * 16 + hex(p[2])));
			p += 2;
		} else {
			buf_addc(&out, *p);
		}
	}
	return buf_detach(&out);
}

static char *escape(const char *p, const char *plain)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (; *p; p++) {
		if (isalnum((unsigned char)*p) || strchr(plain, *p))
			buf_addc(&out, *p);
		else
			buf_addf(&out, "%%%02X", (unsigned char)*p);
	}
	return buf_detach(&out);
}

char *archive_escape(const char *message_id)
{
	return escape(message_id, "-._~!$&'()*+,;=:@");
}

char *archive_escape_query(const char *query)
{
	return escape(query, "-._~:");
}

bool archive_is_url(const char *what)
{
	return !strncasecmp(what, "https://", 8) || !strncasecmp(what, "http://", 7);
}

/* What public-inbox puts behind a Message-ID. */
static bool is_view(const char *word)
{
	static const char *const views[] = { "",  "raw", "t.mbox.gz", "t.atom", "T", "t",
					     "R", "d",   "t.mbox",    "f",      "e", "s" };

	for (size_t i = 0; i < ARRAY_SIZE(views); i++)
		if (!strcmp(word, views[i]))
			return true;
	return false;
}

/* Short forms that stand for the default archive. */
static bool is_redirector(const char *base)
{
	static const char *const bases[] = {
		"https://lore.kernel.org/",  "https://lore.kernel.org/r/",
		"https://lkml.kernel.org/",  "https://lkml.kernel.org/r/",
		"https://patch.msgid.link/", "https://msgid.link/",
	};

	base = !strncasecmp(base, "http://", 7) ? base + 7 : base + 8;
	for (size_t i = 0; i < ARRAY_SIZE(bases); i++)
		if (!strcasecmp(base, bases[i] + 8))
			return true;
	return false;
}

static int set_id(struct archive_ref *ref, const char *text, const char *what, struct err *err)
{
	char *decoded = archive_unescape(text);
	size_t n = strlen(decoded);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)decoded[i] <= ' ' || decoded[i] == 0x7f ||
		    strchr("<>", decoded[i]))
			n = 0;
	if (!n || n > 1000 || !strchr(decoded, '@')) {
		free(decoded);
		return err_set(err, "no Message-ID in '%s'", what);
	}
	ref->message_id = decoded;
	if (strcmp(decoded, text))
		ref->literal = xstrdup(text);
	return 0;
}

static int parse_url(struct archive_ref *ref, const char *what, struct err *err)
{
	char *url = xstrndup(what, strcspn(what, "?#")), *slash, *host = strstr(url, "://") + 3;
	int rc = -1;

	if (memchr(host, '@', strcspn(host, "/"))) {
		err_set(err, "a URL with a user name is not taken: '%s'", what);
		goto out;
	}
	while ((slash = strrchr(host, '/')) && is_view(slash + 1))
		*slash = '\0';
	if (!slash) {
		err_set(err, "no Message-ID in '%s'", what);
		goto out;
	}
	rc = set_id(ref, slash + 1, what, err);
	slash[1] = '\0';
	if (!rc && !is_redirector(url))
		ref->base = xstrdup(url);
out:
	free(url);
	return rc;
}

int archive_parse(struct archive_ref *ref, const char *what, struct err *err)
{
	char *id;
	size_t n;
	int rc;

	if (archive_is_url(what))
		return parse_url(ref, what, err);
	if (!strncasecmp(what, "mid:", 4))
		what += 4;
	n = strlen(what);
	if (n > 2 && what[0] == '<' && what[n - 1] == '>')
		id = xstrndup(what + 1, n - 2);
	else
		id = xstrdup(what);
	rc = set_id(ref, id, what, err);
	free(id);
	return rc;
}

void archive_ref_release(struct archive_ref *ref)
{
	free(ref->base);
	free(ref->message_id);
	free(ref->literal);
	*ref = (struct archive_ref)ARCHIVE_REF_INIT;
}
