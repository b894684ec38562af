/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines and characters of foreign text (UTF-8, perhaps broken). */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* A run of bytes in somebody else's memory. */
struct span {
	const char *p;
	size_t n;
};

/*
 * Take the next line off *rest; the line loses its LF (and a CR before it).
 * False when there is none left.
 */
bool text_line(struct span *rest, struct span *line);

bool span_starts(struct span s, const char *prefix);
bool span_is(struct span s, const char *text);
struct span span_trim(struct span s);

/* A copy of bytes that may hold NULs, with one behind them. */
char *bytes_dup(const char *p, size_t n);

/* Whether the text starts so, no matter the case of ASCII letters. */
bool span_starts_nocase(struct span s, const char *prefix);

/* The length of the UTF-8 character at p (n >= 1) and which it is; 0 when broken. */
int utf8_decode(const char *p, size_t n, uint32_t *cp);

/* Bidirectional control characters, which make text look other than it is. */
bool cp_is_bidi(uint32_t cp);

/* Bidirectional and all other invisible format characters (Unicode's Cf). */
bool cp_is_format(uint32_t cp);

/*
 * Add the text so that it can be shown anywhere: control (but not TAB) and
 * bidirectional characters become <U+001B>, broken bytes <FF>.  With KEEP_LF
 * line feeds stay, else they too are shown.
 */
void text_visible(struct buf *out, const char *p, size_t n, bool keep_lf);

/* The same for a string on one line; the caller frees it. */
char *text_visible_dup(const char *s);

/* Make a text valid UTF-8: broken bytes become U+FFFD.  The caller frees it. */
char *text_valid_dup(const char *p, size_t n);

/* The string with runs of blanks as one blank, none at the ends; in place. */
void text_squeeze(char *s);

#endif
