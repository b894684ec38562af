/* SPDX-License-Identifier: GPL-2.0-only */
/* Colour, line breaks and phrases of text reports. */
#ifndef REPORT_STYLE_H
#define REPORT_STYLE_H

#include <stdbool.h>

#include "base/buf.h"

enum text_color { COLOR_NONE, COLOR_BOLD, COLOR_RED, COLOR_YELLOW, COLOR_CYAN, COLOR_GREEN };

/* Add S in a colour when ON. */
void text_color(struct buf *out, bool on, enum text_color color, const char *s);

/* Add a paragraph, wrapped to 80 columns, each line behind INDENT blanks. */
void text_wrap(struct buf *out, int indent, const char *s);

/* The same with lines of at most WIDTH columns. */
void text_wrap_to(struct buf *out, int indent, int width, const char *s);

#endif
