/* SPDX-License-Identifier: GPL-2.0-only */
/* Message-IDs, the mails that have them, and which of them hang together. */
#ifndef MAIL_ID_TABLE_H
#define MAIL_ID_TABLE_H

#include <stddef.h>

struct id_table;
struct mail;

struct id_table *id_table_new(void);
void id_table_free(struct id_table *t);

/* The number of an id, which gets one when it is new. */
size_t id_table_add(struct id_table *t, const char *id);

/* The mail of an id; NULL when there is none or the id is unknown. */
struct mail *id_table_mail(const struct id_table *t, const char *id);
void id_table_set_mail(struct id_table *t, size_t number, struct mail *mail);

/* Two ids belong together; and the mark of all that do. */
void id_table_join(struct id_table *t, size_t a, size_t b);
size_t id_table_root(struct id_table *t, size_t number);

#endif
