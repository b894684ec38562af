/* SPDX-License-Identifier: GPL-2.0-only */
/* Pieces of text reports that several writers share. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include <stdbool.h>

#include "base/buf.h"

enum text_color { COLOR_NONE, COLOR_BOLD, COLOR_RED, COLOR_YELLOW, COLOR_CYAN, COLOR_GREEN };

/* Add S in a colour when ON. */
void text_color(struct buf *out, bool on, enum text_color color, const char *s);

/*
 * Add foreign bytes: control characters, escape sequences and Unicode's
 * bidirectional and other format characters become \xNN, so that they cannot
 * play tricks on a terminal.  Tabs stay.
 */
void text_safe(struct buf *out, const char *s, size_t len);

/* Add a paragraph, wrapped to 80 columns, each line behind INDENT blanks. */
void text_wrap(struct buf *out, int indent, const char *s);

#endif
