// SPDX-License-Identifier: GPL-2.0-only
#include "deliver.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/shell.h"
#include "mail/encode.h"
#include "mail/message.h"

#define MAX_ID 900

/* A foreign Message-ID that may stand in a header field. */
static bool id_is_plain(const char *id)
{
	for (const char *p = id; *p; p++)
		if (*p <= ' ' || *p >= 0x7f || strchr("<>", *p))
			return false;
	return *id && strlen(id) <= MAX_ID;
}

static void add_field(struct buf *out, const char *name, char *value)
{
	buf_addf(out, "%s: %s\n", name, value);
	free(value);
}

static void add_header(const struct deliver *d, const struct watch_result *r, struct buf *out)
{
	struct address user = { xstrdup(d->name ? d->name : ""), xstrdup(d->email) };

	add_field(out, "From", message_encode_address(&user));
	add_field(out, "To", message_encode_address(&user));
	add_field(out, "Subject", message_encode("Subject", r->subject));
	add_field(out, "Date", message_date(r->created, 0));
	buf_addf(out, "Message-ID: <%s@icrfix.invalid>\n", r->delivery);
	if (r->reply_to && id_is_plain(r->reply_to))
		buf_addf(out, "In-Reply-To: <%s>\nReferences: <%s>\n", r->reply_to, r->reply_to);
	buf_adds(out, "Auto-Submitted: auto-generated\n"
		      "User-Agent: icrfix/" ICRFIX_VERSION "\n");
	address_release(&user);
}

static int write_mail(const struct deliver *d, const struct watch_result *r, struct err *err)
{
	char *path = xasprintf("%s/%s", d->mail_dir, r->name);
	char *tmp = xasprintf("%s/.%s.new", d->mail_dir, r->name);
	struct buf mail = BUF_INIT;
	int rc;

	add_header(d, r, &mail);
	encode_body(&mail, r->text, strlen(r->text));
	rc = file_write_through(path, tmp, mail.p, mail.len, err);
	buf_release(&mail);
	free(path);
	free(tmp);
	return rc;
}

static int run_command(const struct deliver *d, const struct watch_result *r, struct err *err)
{
	struct proc_result res = PROC_RESULT_INIT;
	char *input = xasprintf("%s\n", r->json), *how;
	int rc = shell_run(d->command, input, strlen(input), &res, err);

	if (!rc && (res.end != PROC_EXITED || res.code)) {
		how = proc_end_text(&res);
		rc = err_set(err, "'%s': %s", d->command, how);
		free(how);
	}
	proc_result_release(&res);
	free(input);
	return rc;
}

static int print_report(const struct deliver *d, const struct watch_result *r, struct err *err)
{
	struct buf out = BUF_INIT;
	int rc;

	buf_addf(&out, "%s\n", d->json ? r->json : r->text);
	rc = d->print(&out, err);
	buf_release(&out);
	return rc;
}

int deliver_result(const struct deliver *d, const struct watch_result *r, struct err *err)
{
	/* What can be done twice without harm comes first. */
	if (d->mail_dir && write_mail(d, r, err))
		return -1;
	if (d->command && run_command(d, r, err))
		return -1;
	return d->print ? print_report(d, r, err) : 0;
}
